"""The form's tables as data frames."""

from __future__ import annotations

import sys
from decimal import Decimal

import pytest
from extremes import extremes

from annual_report import AnnualReport, MissingExtraError
from annual_report.form.sections import TABLES

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
    last = [next(label for label in reversed(labels) if label) for labels in by_label.index]
    for value in report.form.grids[key].values:
        row, _, column = value.path.rpartition(".")
        assert last[by_key.index.get_loc(row)] == value.labels[-2]
        assert by_label.columns[by_key.columns.get_loc(column)] == value.labels[-1]


def test_labels_are_the_forms_from_the_outermost_inward(large_city):
    applications = large_city.applications.to_frame()
    assert applications.loc[("三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"), "自然人"] == 13
    assert applications.loc[("一、本年新收政府信息公开申请数量", "", ""), "总计"] == 14069
    assert list(applications.columns)[:2] == ["自然人", "商业企业"]
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


def test_without_pandas_the_error_says_how_to_install_it(large_city, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install pandas$") as caught:
        large_city.applications.to_frame()
    assert isinstance(caught.value, ImportError)
