"""What must reconcile, as data, against what the state's form says of it."""

from __future__ import annotations

from typing import ClassVar

import pytest

from annual_report.form import registry
from annual_report.form.relations import Balance, CarryOver, Declared, Summation

APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organization",
    "legal_service_institution",
    "other_organization",
)
EDITIONS = registry.known()


def of(edition, kind):
    return [relation for relation in edition.relations if isinstance(relation, kind)]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_the_balance_holds_for_each_applicant(edition):
    assert of(edition, Balance) == [
        Balance(
            "applications.balance",
            left=(f"applications.received.{applicant}", f"applications.carried_in.{applicant}"),
            right=(f"applications.outcomes.total.{applicant}", f"applications.carried_forward.{applicant}"),
            first=f"applications.outcomes.total.{applicant}",
        )
        for applicant in APPLICANTS
    ]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_every_total_of_the_form_is_the_total_of_one_sum(edition):
    totals = {
        f"{key}.{value.path}" for key, grid in edition.grids.items() for value in grid.values if not value.adds_up
    }
    sums = of(edition, Summation)
    assert {relation.total for relation in sums} == totals
    assert len(sums) == len(totals)


def test_the_sums_of_the_total_row_have_every_outcome_as_a_part():
    edition = registry.find("2021")
    (relation,) = (
        relation
        for relation in of(edition, Summation)
        if relation.total == "applications.outcomes.total.natural_person"
    )
    rows = [path for path in edition.cells if path.startswith("applications.outcomes.") and ".total" not in path]
    assert relation.id == "applications.outcomes"
    assert list(relation.parts) == [path for path in rows if path.endswith(".natural_person")]
    assert len(relation.parts) == 21


def test_sums_of_rows_add_the_six_applicants_or_the_four_results():
    by_total = {relation.total: relation for relation in of(registry.find("2021"), Summation)}
    received = by_total["applications.received.total"]
    assert (received.id, received.parts) == (
        "applications.total",
        tuple(f"applications.received.{applicant}" for applicant in APPLICANTS),
    )
    direct = by_total["disputes.litigation.direct.total"]
    assert (direct.id, len(direct.parts)) == ("disputes.total", 4)


def test_what_carries_over_from_last_year():
    carried = {relation.cell: relation for relation in of(registry.find("2021"), CarryOver)}
    assert carried["applications.carried_in.natural_person"] == CarryOver(
        "previous.carried_in",
        "error",
        cell="applications.carried_in.natural_person",
        last_year="applications.carried_forward.natural_person",
    )
    assert carried["proactive_disclosure.rules.in_force"] == CarryOver(
        "previous.in_force",
        "warning",
        cell="proactive_disclosure.rules.in_force",
        last_year="proactive_disclosure.rules.in_force",
        increases=("proactive_disclosure.rules.issued",),
        decreases=("proactive_disclosure.rules.repealed",),
    )
    assert len(carried) == 8


def test_every_cell_that_a_relation_names_is_a_value_of_the_form():
    for edition in EDITIONS:
        for relation in edition.relations:
            named = [getattr(relation, name) for name in relation.__slots__ if name not in {"id", "severity"}]
            paths = [path for value in named for path in ([value] if isinstance(value, str) else value)]
            assert set(paths) <= set(edition.cells)


def test_a_class_of_a_new_edition_declares_relations_of_its_own():
    from annual_report.form.relations import relations_of

    class Stock(registry.find("2021").proactive_disclosure):
        relations: ClassVar[tuple[Declared, ...]] = (
            CarryOver("previous.stock", "warning", cell="licensing.decisions", last_year="penalties.decisions"),
        )

    assert relations_of("s", Stock)[0] == CarryOver(
        "previous.stock", "warning", cell="s.licensing.decisions", last_year="s.penalties.decisions"
    )
