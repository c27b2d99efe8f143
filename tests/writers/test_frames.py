"""The form's tables as data frames."""

from __future__ import annotations

import sys
from decimal import Decimal

import pytest
from extremes import extremes
from pydantic import Field

from annual_report import AnnualReport, Finding, Findings, MissingExtraError, check
from annual_report.form.base import FormModel
from annual_report.form.sections import TABLES
from annual_report.form.values import Count
from annual_report.messages import message
from annual_report.writers.frames import frame

REPORTS = ["large_city", "housing_bureau", "nine digits", "nine digits, 2019"]


@pytest.fixture(params=REPORTS)
def report(request) -> AnnualReport:
    return extremes()[request.param] if request.param in extremes() else request.getfixturevalue(request.param)


@pytest.mark.parametrize("key", TABLES)
def test_every_number_stands_under_its_keys_and_nothing_else_does(report, key):
    grid = report.form.grids[key]
    frame = getattr(report, key).to_frame(keys=True)
    for value, number in zip(grid.values, grid.read(getattr(report, key)), strict=True):
        row, _, column = value.path.rpartition(".")
        assert frame.loc[row, column] == number
    assert frame.notna().sum().sum() == len(grid.values)


@pytest.mark.parametrize("key", TABLES)
def test_labels_stand_where_keys_do(report, key):
    table = getattr(report, key)
    by_label, by_key = table.to_frame(), table.to_frame(keys=True)
    assert by_label.to_numpy().tolist() == by_key.to_numpy().tolist()
    assert by_label.index.is_unique
    assert by_label.columns.is_unique
    assert None not in [*by_label.index.names, *by_label.columns.names, *by_key.index.names, *by_key.columns.names]
    last = [next(label for label in reversed(labels) if label) for labels in by_label.index]
    for value in report.form.grids[key].values:
        row, _, column = value.path.rpartition(".")
        assert last[by_key.index.get_loc(row)] == value.labels[-2]
        labels = by_label.columns[by_key.columns.get_loc(column)]
        words = [label for label in labels if label] if isinstance(labels, tuple) else [labels]
        assert words[-1] == value.labels[-1]


def test_labels_are_the_forms_from_the_outermost_inward(large_city):
    applications = large_city.applications.to_frame()
    assert applications.loc[("三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"), "自然人"] == 13
    assert applications.loc[("一、本年新收政府信息公开申请数量", "", ""), "总计"] == 14069
    assert applications.index.names == ["行1", "行2", "行3"]
    assert applications.columns.names == ["列1", "列2"]
    assert list(applications.columns)[:2] == [("自然人", ""), ("法人或其他组织", "商业企业")]
    assert list(applications["法人或其他组织"].columns)[-1] == "其他"
    assert len(applications) == 25
    disputes = large_city.disputes.to_frame()
    assert disputes.loc[("行政诉讼", "复议后起诉"), "总计"] == 156
    disclosure = large_city.proactive_disclosure.to_frame()
    assert disclosure.loc[("第二十条第（五）项", "行政许可"), "本年处理决定数量"] == 11398889


def test_numbers_are_numbers_and_amounts_keep_their_digits(data):
    data["proactive_disclosure"]["fees"]["amount"] = "59237.2440"
    report = AnnualReport.model_validate(data)
    assert {str(kind) for kind in report.applications.to_frame().dtypes} == {"int64"}
    frame = report.proactive_disclosure.to_frame(keys=True)
    assert str(frame["issued"].dtype) == "Int64"
    amount = frame.loc["fees", "amount"]
    assert (type(amount), str(amount)) == (Decimal, "59237.2440")
    assert frame["amount"].drop("fees").isna().all()


class SameTitle(FormModel):
    """Two numbers that the form calls the same."""

    made: Count = Field(title="数量")
    published: Count = Field(title="数量")


class Kinds(FormModel):
    """Rows whose last column has another title in the second."""

    rules: SameTitle = Field(title="规章")
    other: SameTitle = Field(title="其他")


def test_two_keys_with_one_title_keep_a_column_each():
    row = {"made": 1, "published": 2}
    table = frame(Kinds.model_validate({"rules": row, "other": row}))
    assert list(table.columns) == ["数量", "数量"]
    assert table.to_numpy().tolist() == [[1, 2], [1, 2]]


def test_findings_are_a_frame(seed_as_published):
    found = check(seed_as_published)
    table = found.to_frame()
    assert list(table.columns) == ["severity", "id", "path", "place", "message", "expected", "actual", "sentence"]
    assert table["id"].tolist() == ["applications.outcomes"] * 2
    assert table[["expected", "actual"]].to_numpy().tolist() == [[1, 0], [1, 0]]
    assert len(Findings().to_frame()) == 0


def test_numbers_of_findings_are_decimal_where_one_is_an_amount():
    words = message("is missing")
    amount = Finding("parts.sum", "warning", "a", "a", words, expected=Decimal("1.50"), actual=Decimal(0))
    count = Finding("parts.sum", "warning", "b", "b", words, expected=3)
    table = Findings([amount, count]).to_frame()
    assert [type(value) for value in table["expected"]] == [Decimal, Decimal]
    assert table["actual"].isna().tolist() == [False, True]


def test_without_pandas_the_error_says_how_to_install_it(large_city, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install pandas$") as caught:
        large_city.applications.to_frame()
    assert isinstance(caught.value, ImportError)
