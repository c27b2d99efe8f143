from itertools import combinations
from typing import Annotated, get_args

from annual_report.form.marks import Item, Spanner, Unit


def test_marks_of_two_kinds_are_told_apart_even_if_they_have_the_same_word():
    """Else `typing` would take the one annotation for the other."""
    marks = [kind("一") for kind in (Item, Spanner, Unit)]
    assert all(first != second for first, second in combinations(marks, 2))
    assert [get_args(Annotated[int, mark])[1] for mark in marks] == marks
