"""Lines under words and through them, told from the rules of tables by where they begin and end."""

from __future__ import annotations

import pytest

from annual_report.readers.published.pdf.characters import Character
from annual_report.readers.published.pdf.geometry import Rule
from annual_report.readers.published.pdf.strokes import without_strokes

UNDER, THROUGH = 101.0, 96.5


def word(x=50.0, y=100.0, size=10.0, turn=0):
    """A word of two characters with its base line at a height, in points downwards."""
    return [
        Character("字", x + shift, y - size, x + shift + size, y, x + shift, y, size, turn, bold=False, painted=True)
        for shift in (0.0, size)
    ]


def rule(at, start=50.0, end=70.0):
    return Rule(at, start, end)


def test_a_line_under_a_word_is_no_rule_and_strikes_nothing():
    assert without_strokes([rule(UNDER)], [], word()) == ([], [])


def test_a_line_through_a_word_is_no_rule_and_strikes_its_characters():
    characters = word()
    assert without_strokes([rule(THROUGH)], [], characters) == ([], characters)


@pytest.mark.parametrize("at", [99.0, 102.0, 93.0], ids=["on the base line", "far below", "far above"])
def test_a_line_at_another_height_is_a_rule(at):
    assert without_strokes([rule(at)], [], word()) == ([rule(at)], [])


@pytest.mark.parametrize(("start", "end"), [(47.0, 70.0), (50.0, 73.0), (53.0, 70.0), (50.0, 67.0)])
@pytest.mark.parametrize("at", [UNDER, THROUGH])
def test_a_line_that_begins_or_ends_elsewhere_than_the_word_is_a_rule(at, start, end):
    assert without_strokes([rule(at, start, end)], [], word()) == ([rule(at, start, end)], [])


@pytest.mark.parametrize(
    ("down", "is_rule"),
    [
        ([Rule(50, 80, 101), Rule(70, 80, 101)], True),
        ([Rule(50, 101, 120), Rule(70, 101, 120)], True),
        ([Rule(50, 80, 101)], False),
        ([Rule(70, 80, 101)], False),
        ([Rule(50, 80, 99), Rule(70, 80, 99)], False),
        ([Rule(50, 103, 120), Rule(70, 103, 120)], False),
        ([Rule(52, 80, 101), Rule(68, 80, 101)], False),
    ],
)
def test_a_line_that_meets_upright_ones_at_both_ends_is_a_cells_border(down, is_rule):
    kept, struck = without_strokes([rule(UNDER)], down, word())
    assert (kept, struck) == ([rule(UNDER)] if is_rule else [], [])


def test_a_word_is_judged_by_its_own_size_beside_smaller_and_larger_ones():
    small, large = word(200, 100, size=5), word(300, 100, size=30)
    lines = [rule(101.5, 50, 70), rule(104, 300, 360), rule(101.5, 200, 210)]
    assert without_strokes(lines, [], [*small, *word(), *large]) == ([lines[2]], [])


def test_a_line_beside_turned_text_is_a_rule():
    assert without_strokes([rule(UNDER)], [], word(turn=1)) == ([rule(UNDER)], [])


def test_what_is_beside_the_line_is_not_under_it():
    characters = word()
    assert without_strokes([rule(THROUGH)], [], [*characters, *word(x=80)]) == ([], characters)
