from __future__ import annotations

import pytest
from conftest import ends_soon

from annual_report import AnnualReport, check
from annual_report.checks.personal_data import masked

# Numbers that no one has: the check digits are right, the district 110105 and the days are those of textbooks.
IDENTITY = "11010519491231002X"


def found(data, text, key="overview"):
    findings = check(AnnualReport.model_validate(data | {key: f"{data.get(key) or ''}\n{text}"}))
    return [finding for finding in findings if finding.id == "narrative.personal_data"]


@pytest.mark.parametrize("key", ["preamble", "overview", "problems_and_improvements", "other_matters"])
def test_an_identity_number_is_a_warning_and_is_quoted_masked(data, key):
    (finding,) = found(data, f"申请人身份证号{IDENTITY}。", key)
    assert (finding.severity, finding.path) == ("warning", key)
    assert finding.quotation.text == "申请人身份证号110*************2X。"
    assert IDENTITY not in str(finding.to_dict())
    assert finding.quotation.end - finding.quotation.start == len(finding.quotation.text)


@pytest.mark.parametrize("number", ["13812345678", "138 1234 5678", "138-1234-5678", "１３８１２３４５６７８"])
def test_a_mobile_number_is_a_warning_and_is_quoted_masked(data, number):
    (finding,) = found(data, f"联系电话：{number}。")
    assert "1234" not in finding.quotation.text
    assert finding.quotation.text.endswith("5678。")


@pytest.mark.parametrize("before", range(8))
@pytest.mark.parametrize("number", [IDENTITY, IDENTITY.lower(), "13812345678", "138 1234 5678", "１３８-１２３４ 5678"])
def test_a_number_is_found_wherever_it_is(data, number, before):
    assert len(found(data, f"{'字' * before}{number}{'字' * (9 - before)}")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "身份证号110105194912310021。",
        "身份证号11010519491331002X。",
        "统一社会信用代码11320800014344567A。",
        "联系电话：0517-87290606。",
        "邮编223100，传真051783593059。",
        "全年公开信息13812345678901条。",
        "投入138.12345678万元。",
        "编号213812345678。",
        "编号0517-13812345678。",
        "系数2.13812345678。",
        "投入13812345678.50元。",
    ],
)
def test_other_numbers_are_no_ones(data, text):
    assert found(data, text) == []


def test_numbers_are_in_the_order_of_the_report(data):
    text = f"联系电话：13812345678，身份证号{IDENTITY}。"
    findings = check(AnnualReport.model_validate(data | dict.fromkeys(("overview", "preamble"), text)))
    found = [finding for finding in findings if finding.id == "narrative.personal_data"]
    assert [finding.path for finding in found] == ["preamble"] * 2 + ["overview"] * 2
    assert ["手机" in finding.message.text("zh") for finding in found] == [True, False] * 2


def test_what_is_masked_keeps_its_length():
    text = f"甲{IDENTITY}乙13812345678，丙。"
    assert len(masked(text)) == len(text)
    assert masked("无。") == "无。"


@ends_soon
def test_no_number_is_found_in_millions_of_digits(data):
    assert found(data, "1381234567" * 300_000) == []
