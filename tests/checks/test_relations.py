"""Every number of sections three and four is tied to others: no single change goes unnoticed."""

from __future__ import annotations

import json
from functools import reduce

import pytest

from annual_report import AnnualReport, check


def numbers(value, path=()):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, (*path, key))
    elif isinstance(value, int):
        yield path


def changed(data, path, by):
    data = json.loads(json.dumps(data))
    holder = reduce(lambda part, key: part[key], path[:-1], data)
    holder[path[-1]] += by
    return data


def errors(data):
    return check(AnnualReport.model_validate(data)).errors


def test_every_change_of_a_single_number_is_found(large_city):
    data = large_city.model_dump(mode="json")
    assert errors(data) == ()
    paths = [(key, *path) for key in ("applications", "disputes") for path in numbers(data[key])]
    assert len(paths) == 25 * 7 + 15
    for path in paths:
        for by in (1, -1):
            value = reduce(lambda part, key: part[key], path, data)
            if value + by >= 0:
                found = errors(changed(data, path, by))
                assert found, path
                cells = {cell.path for finding in found for cell in finding.cells}
                assert ".".join(path) in cells, path


def test_one_wrong_total_is_one_finding(large_city):
    data = large_city.model_dump(mode="json")
    for path, rule in (
        (("applications", "received", "total"), "applications.total"),
        (("applications", "outcomes", "granted", "total"), "applications.total"),
        (("applications", "outcomes", "total", "total"), "applications.outcomes"),
        (("applications", "outcomes", "total", "natural_person"), "applications.outcomes"),
        (("disputes", "reconsideration", "total"), "disputes.total"),
        (("disputes", "litigation", "direct", "total"), "disputes.total"),
    ):
        (finding,) = errors(changed(data, path, 1))
        assert (finding.id, finding.path) == (rule, ".".join(path))
        assert finding.actual == finding.expected + 1


def test_a_total_stated_as_nought_is_wrong_where_its_parts_are_not(data):
    expected = data["applications"]["received"]["total"]
    data["applications"]["received"]["total"] = 0
    (finding,) = errors(data)
    assert (finding.id, finding.expected, finding.actual) == ("applications.total", expected, 0)


def test_an_imbalance_names_its_column_and_the_cells_it_read(data):
    for row in ("received", "carried_in"):
        data["applications"][row].pop("total", None)
    data["applications"]["carried_in"]["research_institution"] += 5
    (finding,) = errors(data)
    assert (finding.id, finding.path) == (
        "applications.balance",
        "applications.outcomes.total.research_institution",
    )
    assert finding.place == "三、收到和处理政府信息公开申请情况 › （七）总计 › 科研机构"
    assert [cell.path for cell in finding.cells] == [
        f"applications.{row}.research_institution"
        for row in ("received", "carried_in", "outcomes.total", "carried_forward")
    ]
    assert (finding.expected, finding.actual) == (5, 0)


def test_the_seed_as_published_has_its_two_errors(seed_as_published):
    findings = check(seed_as_published)
    assert [(finding.id, finding.path, finding.expected, finding.actual) for finding in findings] == [
        ("applications.outcomes", "applications.outcomes.total.natural_person", 1, 0),
        ("applications.outcomes", "applications.outcomes.total.total", 1, 0),
    ]


def test_the_seed_corrected_has_none(seed):
    assert list(check(seed)) == []


def without_totals(data):
    """Leave out every total and every row of totals."""
    return {
        key: without_totals(value) if isinstance(value, dict) else value
        for key, value in data.items()
        if key != "total"
    }


@pytest.mark.parametrize("name", ["housing_bureau", "large_city"])
def test_a_total_that_is_left_out_cannot_be_wrong(request, name):
    data = request.getfixturevalue(name).model_dump(mode="json")
    data |= {key: without_totals(data[key]) for key in ("applications", "disputes")}
    paths = [(key, *path) for key in ("applications", "disputes") for path in numbers(data[key])]
    assert errors(data) == ()
    for path in paths:
        expected = set() if path[0] == "disputes" else {"applications.balance"}
        assert {finding.id for finding in errors(changed(data, path, 1))} == expected, path
