from __future__ import annotations

import pytest

from annual_report import AnnualReport
from annual_report.form import registry
from annual_report.form.sections import TABLES
from annual_report.report.places import place


def places(edition):
    yield from (place(edition, path.split(".")) for path in edition.cells)
    yield from (place(edition, [key]) for key in AnnualReport.model_fields)
    yield from (place(edition, ["texts", table, text]) for table in TABLES for text in ("before", "notes"))


@pytest.mark.parametrize("edition", registry.known(), ids=lambda edition: edition.id)
def test_every_place_has_an_english_name_of_its_own(edition):
    named = list(places(edition))
    assert len({where.english for where in named}) == len(named)
    assert all(where.english.isascii() for where in named)
    assert not any("_" in where.english for where in named)
    assert not any(where.isascii() for where in named)


@pytest.mark.parametrize(
    ("path", "english"),
    [
        ("applications.received.natural_person", "Section 3, received this year, natural persons"),
        ("applications.outcomes.total.total", "Section 3, total of all outcomes, total"),
        ("applications.outcomes", "Section 3, outcomes of this year"),
        (
            "disputes.litigation.direct.other",
            "Section 4, administrative litigation, without prior reconsideration, other results",
        ),
        ("texts.disputes.notes", "Section 4, notes under the table"),
        ("overview.0.body", "Section 1, 0, body"),
        ("recieved_from", "recieved_from"),
        ("", ""),
    ],
)
def test_places_are_named_from_the_section_down(path, english):
    assert place(registry.find("2021"), path.split(".") if path else []).english == english
