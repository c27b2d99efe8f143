"""`read`, `load` and `loads`: any source, JSON as people write it, and what a reading gives."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from conftest import LARGE_CITY, SEED
from found_blocks import content, sheets

import annual_report
from annual_report import AnnualReport, Deviation, Reading, UnusableInputError, load, loads, read
from annual_report.loading import _beyond_doubt
from annual_report.readers.published.recognise import recognise


def test_the_names_are_public():
    assert {"read", "Reading", "Deviation"} <= set(annual_report.__all__)


@pytest.mark.parametrize("kind", ["path", "text", "bytes", "file"])
def test_a_source_may_be_a_path_or_bytes_or_a_file(large_city, kind):
    source = {
        "path": LARGE_CITY,
        "text": str(LARGE_CITY),
        "bytes": LARGE_CITY.read_bytes(),
        "file": io.BytesIO(LARGE_CITY.read_bytes()),
    }[kind]
    reading = read(source)
    assert isinstance(reading, Reading)
    assert reading.report == large_city
    assert reading.deviations == ()
    assert reading.source == (str(LARGE_CITY) if kind in {"path", "text"} else "")


def test_a_reading_is_shown_on_one_line(large_city, doubtful):
    assert repr(read(LARGE_CITY)) == f"<Reading: {LARGE_CITY}, {large_city.agency} {large_city.year}, 0 doubts>"
    assert repr(doubtful).endswith(f"no report, {len(doubtful.doubts)} doubts>")


def test_errors_name_the_file_that_bytes_are_of():
    with pytest.raises(UnusableInputError, match=r"某局\.json"):
        read(b"{", name="某局.json")


def test_what_cannot_be_opened_is_one_clear_error(tmp_path):
    with pytest.raises(UnusableInputError, match="没有这个文件"):
        read(tmp_path / "无.docx")
    with pytest.raises(UnusableInputError):
        read("a\0b")


def test_a_format_that_is_none_is_refused_with_those_that_are():
    with pytest.raises(UnusableInputError, match="docx"):
        read(b"{}", format="ofd")


def test_json_gives_its_values_and_only_the_totals_that_it_has(data):
    del data["applications"]["received"]["total"]
    reading = read(json.dumps(data).encode())
    assert "applications.received.total" not in reading.values
    assert reading.values["applications.carried_in.total"] == data["applications"]["carried_in"]["total"]
    assert reading.values["proactive_disclosure.fees.amount"] == Decimal(data["proactive_disclosure"]["fees"]["amount"])


HABITS = [
    ("7", 7, "value.written"),
    ("７", 7, "value.written"),
    (7.0, 7, "value.written"),
    ("", 0, "value.blank"),
    (None, 0, "value.blank"),
    ("/", 0, "value.dash"),
    ("-", 0, "value.dash"),
    ("—", 0, "value.dash"),
    ("7（其中补报1件）", 7, "value.remark"),
]


@pytest.mark.parametrize(("given", "value", "id"), HABITS)
def test_numbers_may_be_written_as_people_write_them(data, given, value, id):
    data["proactive_disclosure"]["rules"]["issued"] = given
    reading = read(json.dumps(data).encode())
    assert reading.report.proactive_disclosure.rules.issued == value
    assert reading.values["proactive_disclosure.rules.issued"] == value
    (deviation,) = reading.deviations
    assert (deviation.id, deviation.severity, deviation.path) == (id, "info", "proactive_disclosure.rules.issued")
    assert "规章 › 本年制发件数" in deviation.place


@pytest.mark.parametrize("given", ["", None])
def test_an_empty_amount_is_zero_and_an_empty_total_is_none(data, given):
    data["proactive_disclosure"]["fees"]["amount"] = given
    data["applications"]["received"]["total"] = given
    reading = read(json.dumps(data).encode())
    assert reading.report.proactive_disclosure.fees.amount == 0
    assert "applications.received.total" not in reading.values
    assert [deviation.id for deviation in reading.deviations] == ["value.blank", "value.blank"]


@pytest.mark.parametrize("given", ["2025年1月15日", "2025/1/15", "2025-1-15", "二〇二五年一月十五日"])
def test_a_date_may_be_written_as_people_write_it(data, given):
    data["issued_on"] = given
    reading = read(json.dumps(data).encode())
    assert str(reading.report.issued_on) == "2025-01-15"
    assert [deviation.id for deviation in reading.deviations] == ["date.written"]


def test_the_edition_and_the_year_may_be_of_the_other_type(data):
    data |= {"edition": 2021, "year": str(data["year"])}
    reading = read(json.dumps(data).encode())
    assert reading.report.edition == "2021"
    assert [deviation.id for deviation in reading.deviations] == ["edition.written", "year.written"]


def test_keys_may_be_the_forms_words(data, large_city):
    rules = data["proactive_disclosure"].pop("rules")
    data["proactive_disclosure"]["规章"] = {
        "本年制发件数": rules["issued"],
        "本年废止件数": rules["repealed"],
        "现行有效件数": rules["in_force"],
    }
    data["一、总体情况"] = data.pop("overview")
    data["行政机关名称"] = data.pop("agency")
    data["三、收到和处理政府信息公开申请情况"] = data.pop("applications")
    outcomes = data["三、收到和处理政府信息公开申请情况"].pop("outcomes")
    data["三、收到和处理政府信息公开申请情况"]["本年度办理结果"] = outcomes
    outcomes["（一） 予以公开"] = outcomes.pop("granted")
    reading = read(json.dumps(data).encode())
    assert reading.report == large_city
    assert {deviation.id for deviation in reading.deviations} == {"key.wording"}
    assert "proactive_disclosure.rules.issued" in {deviation.path for deviation in reading.deviations}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("三", "rules.issued"),
        ("251000元", "fees.amount"),
        (-1, "rules.issued"),
        (7.5, "rules.issued"),
        ([], "rules.issued"),
    ],
)
def test_json_that_is_no_report_stays_an_error(data, given, path):
    row, key = path.split(".")
    data["proactive_disclosure"][row][key] = given
    with pytest.raises(UnusableInputError, match=path.replace(".", r"\.")):
        read(json.dumps(data).encode())


def test_a_missing_key_stays_an_error_and_validation_stays_strict(data):
    del data["overview"]
    with pytest.raises(UnusableInputError, match="overview"):
        read(json.dumps(data).encode())
    with pytest.raises(ValueError, match="issued"):
        AnnualReport.model_validate(
            json.loads(LARGE_CITY.read_bytes()) | {"proactive_disclosure": {"rules": {"issued": "7"}}}
        )


# ---- what a reading gives ----


@pytest.fixture
def doubtful(seed):
    tables = {key: [one] for key, one in sheets(seed).items()}
    tables["proactive_disclosure"][0].at("rules.issued").text = "约7"
    tables["applications"][0].at("received.total").text = "若干"
    tables["applications"][0].at("carried_in.natural_person").text = "/"
    return recognise(content(seed, tables), "年报.docx")


def test_doubts_and_infos_are_told_apart(doubtful):
    assert doubtful.report is None
    assert [one.path for one in doubtful.doubts] == [
        "proactive_disclosure.rules.issued",
        "applications.received.total",
    ]
    assert [one.id for one in doubtful.infos] == ["value.dash"]


def test_the_data_of_a_doubtful_reading_are_refused_until_somebody_has_filled_them_in(doubtful, seed):
    with pytest.raises(UnusableInputError) as caught:
        loads(json.dumps(doubtful.data).encode())
    assert {problem.path for problem in caught.value.problems} == {
        "proactive_disclosure.rules.issued",
        "applications.received.total",
    }
    doubtful.data["proactive_disclosure"]["rules"]["issued"] = seed.proactive_disclosure.rules.issued
    doubtful.data["applications"]["received"]["total"] = seed.applications.received.total
    assert loads(json.dumps(doubtful.data).encode()) == seed


def test_a_doubtful_file_is_refused_with_every_doubt_and_the_command_that_shows_more(doubtful):
    with pytest.raises(UnusableInputError) as caught:
        _beyond_doubt(doubtful)
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert all(line.startswith("年报.docx: ") for line in lines)
    assert "规章 › 本年制发件数 (proactive_disclosure.rules.issued): 这里不是数字" in lines[0]
    assert lines[-1].endswith("annual-report read 年报.docx")


def test_a_deviation_is_told_in_both_languages_with_its_place_in_the_file(doubtful):
    deviation = doubtful.doubts[0]
    assert isinstance(deviation, Deviation)
    where = "二、主动公开政府信息情况 › 规章 › 本年制发件数 (proactive_disclosure.rules.issued)"
    assert deviation.text("en").startswith(
        "Section 2, administrative rules, issued this year (二、主动公开政府信息情况 › 规章 › 本年制发件数,"
        " proactive_disclosure.rules.issued): this is not a number (found “约7”; table "
    )
    assert deviation.text("zh").startswith(f"{where}: 这里不是数字（原文“约7”；第 ")
    plain = deviation.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["message"] == {"zh": "这里不是数字", "en": "this is not a number"}
    assert plain["location"]["row"] == 3
    assert (plain["id"], plain["severity"], plain["found"]) == ("value.not_a_number", "doubt", "约7")


def test_a_reading_is_json(doubtful, seed):
    plain = json.loads(json.dumps(doubtful.to_dict()))
    assert plain["report"] is None
    assert plain["values"]["proactive_disclosure.rules.issued"] is None
    assert plain["values"]["proactive_disclosure.fees.amount"] == "0"
    whole = read(SEED).to_dict()
    assert AnnualReport.model_validate(whole["report"]) == seed
    assert len(plain["deviations"]) == 3


def test_load_takes_what_read_takes(data, tmp_path):
    data["issued_on"] = "2025年1月15日"
    file = tmp_path / "年报.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert str(load(file).issued_on) == "2025-01-15"
