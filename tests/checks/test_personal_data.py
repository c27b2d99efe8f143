from __future__ import annotations

import pytest
from conftest import ends_soon
from hypothesis import given
from hypothesis import strategies as st

from annual_report import AnnualReport, check
from annual_report.checks.masking import masked
from annual_report.checks.prose import quotation_of

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


@pytest.mark.parametrize(
    "number",
    [
        *("+8613812345678", "+86 13812345678", "+86-138-1234-5678", "＋８６１３８１２３４５６７８", "008613812345678"),
        *("（13812345678）", "(138 1234 5678)", "-13812345678", "138 12345678", "138－1234－5678", "138　1234　5678"),
        *("11010519491231002Ｘ", "１１０１０５１９４９１２３１００２ｘ"),
        *("110105 19491231 002X", "1101 0519 4912 3100 2X", "110105-19491231-002x", "110105 19491231002X"),
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
    ],
)
@pytest.mark.parametrize("before", range(4))
def test_a_number_is_found_in_the_ways_that_people_write_it(data, number, before):
    assert len(found(data, f"{'字' * before}联系人张某，{number}，欢迎来电。")) == 1


@pytest.mark.parametrize("number", [IDENTITY, "13812345678", "＋８６　１３８１２３４５６７８"])
def test_no_finding_quotes_a_number_of_a_person(data, number):
    text = f"全年收到政府信息公开申请987654件，经办人{number}。其他（待填写），经办人{number}。"
    report = AnnualReport.model_validate(data | {"overview": text, "problems_and_improvements": text})
    last = AnnualReport.model_validate(report.model_dump() | {"year": report.year - 1, "edition": report.edition})
    findings = check(report, previous=last)
    assert {"narrative.applications", "narrative.unfinished", "previous.narrative", "narrative.personal_data"} <= {
        finding.id for finding in findings
    }
    for finding in findings:
        assert number not in str(finding.to_dict())
        assert finding.quotation is None or finding.quotation.end - finding.quotation.start == len(
            finding.quotation.text
        )


@given(st.integers(0, 10**9), st.text("。，字", max_size=3), st.integers(0, 400))
def test_a_quotation_that_ends_within_a_number_masks_it(seed, mark, length):
    text = f"{'字' * length}（待填写）{'字' * (seed % 230)}{IDENTITY}{mark}{'字' * length}"
    start = text.index("（")
    assert "19491231" not in quotation_of("overview", 0, text, (start, start + 5)).text


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
        "采购总金额13812345678元。",
        "浏览量15812345678次。",
        "受理决定书15812345678号。",
        f"统一社会信用代码：{IDENTITY}。",
        "客服400-812-3456，800 820 8820，热线12345。",
        "银行账号6222021381234567890。",
        "分别公开138、1234、5678条，占13.8%。",
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


@given(st.lists(st.sampled_from(["", "", " ", "-"]), min_size=17, max_size=17))
def test_an_identity_number_is_masked_however_it_is_grouped(marks):
    number = "130105194912310023"
    text = number[0] + "".join(mark + digit for mark, digit in zip(marks, number[1:], strict=True))
    assert masked(text) == text[:3] + "*" * (len(text) - 5) + text[-2:]


@pytest.mark.parametrize("number", ["130 1051 9491 2310023", "110105 19491231002X", "13800019491 2310023"])
def test_what_looks_like_a_mobile_number_in_an_identity_number_is_a_part_of_it(number):
    assert masked(number) == f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


@ends_soon
def test_many_numbers_take_no_time():
    assert masked(f"{IDENTITY}，13812345678。" * 40_000) == masked(f"{IDENTITY}，13812345678。") * 40_000


@ends_soon
def test_no_number_is_found_in_millions_of_digits(data):
    assert found(data, "1381234567" * 300_000) == []
