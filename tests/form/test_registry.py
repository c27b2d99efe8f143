"""Editions that are not built before they are needed are found like others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from annual_report.form import in_force, known
from annual_report.report.model import FIRST_YEAR, LAST_YEAR

OLDER = "annual_report.form.edition_2019"


def in_a_new_process(code):
    code = f"import sys; from dataclasses import replace; from annual_report.form import *\n{code}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("find('2019').id", "2019"),
        ("find('1999')", "None"),
        ("in_force(2020).id", "2019"),
        ("in_force(2018)", "None"),
        ("[edition.id for edition in known()]", "['2019', '2021']"),
        ("[unregister('2019'), in_force(2020)]", "[None, None]"),
        ("[unregister('2019'), unregister('2021'), in_force(2024)]", "[None, None, None]"),
        ("[register(replace(find('2021'), id='own')).id, in_force(2024).id]", "['own', 'own']"),
    ],
)
def test_an_edition_is_found_before_it_is_built(expression, found):
    assert in_a_new_process(f"print({expression})") == found


def test_its_identifier_is_taken_before_it_is_built():
    code = "try: register(replace(find('2021'), id='2019'))\nexcept ValueError as error: print(error)"
    assert in_a_new_process(code) == "edition '2019' is registered already"


def test_a_report_on_a_later_year_does_not_build_it():
    assert in_a_new_process(f"in_force(2024); find('2021'); print({OLDER!r} in sys.modules)") == "False"


@pytest.mark.parametrize("year", range(FIRST_YEAR - 1, LAST_YEAR + 1, 3))
def test_the_newest_edition_that_covers_a_year_is_in_force(year):
    covering = [edition for edition in known() if edition.covers(year)]
    assert in_force(year) is (covering[-1] if covering else None)
