"""Many reports as one data frame, and frames of other origins as reports."""

from __future__ import annotations

import re
import sys
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from conftest import FIXTURES

from annual_report import AnnualReport, MissingExtraError, UnusableInputError
from annual_report.form import registry
from annual_report.tables import columns, from_frame, to_frame

NUMBER = "applications.received.natural_person"


@pytest.fixture
def both(large_city, housing_bureau):
    """A report of each edition."""
    return [large_city, housing_bureau]


def blank(**changes):
    report = AnnualReport.blank(agency="某局", year=2024)
    return AnnualReport.model_validate(report.model_dump() | changes)


def test_a_wide_frame_has_a_row_a_report_and_the_union_of_paths(both):
    frame = to_frame(both)
    assert list(frame.columns[:3]) == ["agency", "year", "edition"]
    for index, report in enumerate(both):
        assert frame.loc[index, "agency"] == report.agency
        for path, value in report.values.items():
            assert frame.loc[index, path] == value
    only_2021 = set(registry.find("2021").cells) - set(registry.find("2019").cells)
    assert only_2021
    assert frame.loc[1, sorted(only_2021)].isna().all()
    assert frame.loc[0, list(registry.find("2021").cells)].notna().all()


def test_counts_are_integers_and_amounts_decimal_throughout(both):
    frame = to_frame(both)
    assert str(frame[NUMBER].dtype) == "int64"
    assert str(frame["proactive_disclosure.rules.issued"].dtype) == "Int64"
    assert [type(value) for value in frame["proactive_disclosure.fees.amount"]] == [Decimal, type(None)]
    assert [type(value) for value in frame["proactive_disclosure.central_procurement.amount"]] == [type(None), Decimal]


def test_words_head_the_columns_as_places(both):
    frame = to_frame(both, keys=False)
    assert frame.loc[0, "行政机关名称"] == both[0].agency
    assert frame.loc[0, "三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 › 总计"] == 14069
    assert frame.columns.is_unique


def test_a_long_frame_has_a_row_a_value_or_text(large_city):
    frame = to_frame([large_city], "long")
    assert list(frame.columns) == ["agency", "year", "edition", "path", "section", "row", "column", "value"]
    values = frame.set_index("path")["value"]
    assert {path: values[path] for path in large_city.values} == large_city.values
    assert values["overview"] == str(large_city.overview)
    row = frame[frame["path"] == "applications.outcomes.refused.state_secret.natural_person"].iloc[0]
    assert list(row[["section", "row", "column"]]) == [
        "applications",
        "outcomes.refused.state_secret",
        "natural_person",
    ]
    words = to_frame([large_city], "long", keys=False)
    assert list(words.columns) == ["行政机关名称", "报告年度", "格式版本", "路径", "部分", "行", "列", "内容"]
    row = words[words["路径"] == "disputes.litigation.direct.upheld"].iloc[0]
    assert list(row[["部分", "行", "列"]]) == [
        "四、政府信息公开行政复议、行政诉讼情况",
        "行政诉讼 › 未经复议直接起诉",
        "结果维持",
    ]


@pytest.mark.parametrize("keys", [True, False])
def test_a_long_frame_is_read_without_its_paths_and_in_any_order(both, keys):
    frame = to_frame(both, "long", keys=keys).drop(columns="path" if keys else "路径")
    assert list(from_frame(frame.sort_values(frame.columns[-2], kind="stable"))) != []
    assert {report.agency: report for report in from_frame(frame.sample(frac=1, random_state=1))} == {
        report.agency: report for report in both
    }


def test_files_are_read(large_city):
    assert list(from_frame(to_frame([FIXTURES / "large-city-2025.json"]))) == [large_city]


def test_columns_tell_what_compares():
    found = {column.path: column for column in columns()}
    assert found[NUMBER].editions == ("2021", "2019")
    assert found["proactive_disclosure.fees.amount"].editions == ("2021",)
    assert found["applications.outcomes.other_handling.natural_person"].editions == ("2019",)
    assert found["agency"].editions == ("2021", "2019")
    assert len({column.words for column in columns()}) == len(columns())


def test_no_reports_are_a_frame_without_rows():
    frame = to_frame([])
    assert (len(frame), list(from_frame(frame))) == (0, [])


@pytest.mark.parametrize(
    "kind", [np.int8, np.int64, np.uint16, float, np.float32, np.float64, str, "７".replace, Decimal, int]
)
def test_numbers_of_any_type_are_counts(kind):
    value = "７" if not isinstance(kind, type) else kind(7)
    frame = to_frame([blank()]).astype(object)
    frame.loc[0, NUMBER] = value
    (report,) = from_frame(frame.drop(columns=[column for column in frame if column.endswith("total")]))
    assert report.values[NUMBER] == 7
    assert report.values["applications.received.total"] == 7


@pytest.mark.parametrize("value", [None, np.nan, pd.NA, pd.NaT, "", "  ", "/", "-", "--", "—", "——", "／"])
def test_blanks_are_zero_in_counts_and_nothing_in_totals_and_texts(value):
    frame = to_frame([blank()]).astype(object)
    for path in (NUMBER, "applications.received.total", "proactive_disclosure.fees.amount"):
        frame.loc[0, path] = value
    if value in {None, ""} or value is pd.NA:
        frame.loc[0, ["title", "overview", "issued_on"]] = value
    assert [report.values for report in from_frame(frame)] == [blank().values]


@pytest.mark.parametrize("value", [None, "", " ", "-", "—", "–", "/"])
def test_a_total_that_is_left_out_is_the_sum(large_city, value):
    for layout in ("wide", "long"):
        frame = to_frame([large_city], layout).astype(object)
        if layout == "wide":
            frame["applications.received.total"] = value
        else:
            frame.loc[frame["path"] == "applications.received.total", "value"] = value
        assert list(from_frame(frame)) == [large_city]


@pytest.mark.parametrize(
    "value",
    [
        *(pd.Timestamp(2025, 1, 5), pd.Timestamp(2025, 1, 5).date(), "2025-01-05", "2025年1月5日", "2025/1/5"),
        *("2025-1-5", "2025.01.05", "2025-01-05 00:00:00", "2025-01-05T00:00", " 2025-01-05 00:00"),
    ],
)
def test_dates_are_read_as_people_write_them(value):
    frame = to_frame([blank()]).astype(object)
    frame.loc[0, "issued_on"] = value
    (report,) = from_frame(frame)
    assert report.issued_on.isoformat() == "2025-01-05"


@pytest.mark.parametrize(
    ("value", "digits"),
    [(0.1, "0.1"), (np.float32(0.1), "0.1"), (3.0, "3"), ("59237.2440", "59237.2440"), ("1,234.50", "1234.50")],
)
def test_amounts_keep_the_digits_that_are_written(value, digits):
    frame = to_frame([blank()]).astype(object)
    frame.loc[0, "proactive_disclosure.fees.amount"] = value
    (report,) = from_frame(frame)
    assert format(report.values["proactive_disclosure.fees.amount"], "f") == digits


def test_years_and_editions_are_read_as_people_write_them():
    frame = to_frame([blank(), blank(), blank()]).astype(object)
    frame["year"] = ["2024年", 2024.0, "2024年度"]
    frame["edition"] = [2021, None, " 2021 "]
    assert list(from_frame(frame)) == [blank(), blank(), blank()]


@pytest.mark.parametrize("value", [pd.Timestamp(2025, 1, 5, 10, 30), "2025年2月30日", "2025-01-05 10:30", "去年"])
def test_what_is_no_date_is_told(value):
    frame = to_frame([blank()]).astype(object)
    frame.loc[0, "issued_on"] = value
    with pytest.raises(UnusableInputError, match="第 0 行 issued_on 列：应为日期"):
        list(from_frame(frame))


@pytest.mark.parametrize(("path", "value"), [("proactive_disclosure.fees.amount", True), (NUMBER, Decimal("1E+5000"))])
def test_what_is_no_number_of_a_report_is_told_as_it_is(path, value):
    frame = to_frame([blank()]).astype(object)
    frame.loc[0, path] = value
    shown = "true" if value is True else str(value)
    with pytest.raises(UnusableInputError, match=f"第 0 行 {path} 列：.*现为 {re.escape(shown)}$"):
        list(from_frame(frame))


@pytest.mark.parametrize(
    "value", [1.5, -1, True, np.bool_(1), "几件", "1.5", "1,23", np.inf, "１e3", pd.Timestamp(2025, 1, 5)]
)
def test_what_is_no_count_is_told_by_row_and_column(value):
    frame = to_frame([blank(), blank(), blank()]).astype(object)
    frame.index = ["甲", "乙", "丙"]
    frame.loc["乙", NUMBER] = value
    frame.loc["丙", "year"] = 1999
    found = from_frame(frame)
    assert next(found) == blank()
    with pytest.raises(UnusableInputError) as caught:
        next(found)
    first, second = caught.value.problems
    assert first.path == NUMBER
    assert f"第 乙 行 {NUMBER} 列：应为不小于 0 的整数" in first.text("zh")
    assert "row 丙, column year: should be a whole number from 2019 to 2100, got 1999" in second.text("en")


def test_no_report_is_given_after_a_row_that_cannot_be_used():
    frame = to_frame([blank(agency=name) for name in ("甲局", "乙局", "丙局")]).astype(object)
    frame.loc[1, NUMBER] = "几件"
    given = []
    with pytest.raises(UnusableInputError):
        given.extend(report.agency for report in from_frame(frame))
    assert given == ["甲局"]


def test_without_an_edition_the_year_tells_it(both):
    assert list(from_frame(to_frame(both).drop(columns="edition"))) == both


def test_a_code_is_a_column_only_if_a_report_has_one():
    report = blank(agency_code="11100000000013338W")
    assert "agency_code" not in to_frame([blank()])
    assert list(to_frame([blank(), report])["agency_code"].fillna("")) == ["", "11100000000013338W"]


def test_what_is_wrong_within_a_text_is_told_with_its_column():
    frame = to_frame([blank()]).astype(object)
    frame.at[0, "overview"] = [{"txt": "一"}]  # noqa: PD008  # `loc` takes a list for several rows
    with pytest.raises(UnusableInputError, match="第 0 行 overview 列：没有这一项"):
        list(from_frame(frame))


def test_every_unknown_repeated_or_missing_column_is_told_at_once():
    frame = to_frame([blank()])
    frame = frame.rename(columns={NUMBER: "applications.received.natural_persons"})
    frame["备注"] = ""
    frame["行政机关名称"] = "某局"
    with pytest.raises(UnusableInputError) as caught:
        list(from_frame(frame))
    told = caught.value.text("en")
    assert f"the form has no “applications.received.natural_persons”; did you mean “{NUMBER}”?" in told
    assert "the form has no “备注”" in told
    assert "columns agency and 行政机关名称 are the same" in told
    with pytest.raises(UnusableInputError, match=NUMBER):
        list(from_frame(to_frame([blank()]).drop(columns=NUMBER)))


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_spaces_and_line_breaks_in_headings_do_not_matter(both, layout):
    frame = to_frame(both, layout, keys=False)
    spaced = frame.rename(columns={title: f" {title[:2]}\n{title[2:]} " for title in frame.columns})
    assert list(from_frame(spaced)) == both


def test_a_heading_of_other_words_is_known_by_the_path_in_brackets_at_its_end():
    frame = to_frame([blank()]).rename(columns={NUMBER: f"新收自然人申请 ({NUMBER})"})
    assert list(from_frame(frame)) == [blank()]


def test_a_misspelt_heading_in_the_forms_words_is_answered_with_the_one_that_is_meant():
    frame = to_frame([blank()], keys=False).rename(columns={"成文日期": "成文日"})
    with pytest.raises(UnusableInputError, match=r"“成文日”.*“成文日期”"):
        list(from_frame(frame))


def test_a_value_that_the_edition_does_not_have_is_told(both):
    frame = to_frame(both).astype(object)
    frame.loc[1, "proactive_disclosure.fees.amount"] = 0
    assert list(from_frame(frame)) == both
    frame.loc[1, "proactive_disclosure.fees.amount"] = 5
    found = from_frame(frame)
    next(found)
    with pytest.raises(UnusableInputError, match="2019 版格式没有这一项"):
        next(found)


def test_in_a_long_frame_a_value_that_the_edition_does_not_have_may_be_nought(both):
    frame = to_frame(both, "long").astype(object)
    fees = frame[frame["path"] == "proactive_disclosure.fees.amount"]
    older = fees.assign(**{key: getattr(both[1], key) for key in ("agency", "year", "edition")})
    assert list(from_frame(pd.concat([frame, older.assign(value=0)], ignore_index=True))) == both
    with pytest.raises(UnusableInputError, match="2019 版格式没有这一项"):
        list(from_frame(pd.concat([frame, older.assign(value=5)], ignore_index=True)))


def test_a_report_that_is_in_a_long_frame_twice_is_told_once():
    frame = to_frame([blank()], "long")
    with pytest.raises(UnusableInputError) as caught:
        list(from_frame(pd.concat([frame, frame], ignore_index=True)))
    (problem,) = caught.value.problems
    assert "was given already in row 0" in problem.message.text("en")


def test_the_year_of_a_long_frame_is_an_integer_like_that_of_a_wide_one(both):
    assert to_frame(both, "long")["year"].dtype == to_frame(both)["year"].dtype == "int64"


def test_an_apostrophe_before_a_formula_is_text_in_a_frame():
    report = blank(overview="'=1+1", title="'-1年报告")
    for layout in ("wide", "long"):
        assert list(from_frame(to_frame([report], layout))) == [report]


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_a_row_that_nobody_filled_in_is_no_report_of_zeros(layout):
    frame = to_frame([blank()], layout).astype(object)
    if layout == "wide":
        frame.loc[:, [column for column in frame if column.startswith("disputes.")]] = None
    else:
        frame.loc[frame["section"] == "disputes", "value"] = None
    with pytest.raises(UnusableInputError, match="没有填写任何数据") as caught:
        list(from_frame(frame))
    assert [problem.path for problem in caught.value.problems] == ["disputes"]


def test_a_long_frame_without_any_row_of_a_table_lacks_the_table():
    frame = to_frame([blank()], "long")
    with pytest.raises(UnusableInputError) as caught:
        list(from_frame(frame[frame["section"] != "disputes"]))
    (problem,) = caught.value.problems
    assert (problem.path, "缺少这一项" in str(problem)) == ("disputes", True)


def test_rows_that_write_the_year_and_edition_of_a_report_differently_belong_together():
    frame = to_frame([blank()], "long").astype(object)
    frame.loc[3:60, "year"] = "2024年"
    frame.loc[70:90, "edition"] = 2021
    assert list(from_frame(frame)) == [blank()]


def test_rows_of_one_value_that_cannot_be_used_are_told():
    frame = to_frame([blank()], "long").astype(object)
    again = frame[frame["path"] == NUMBER]
    odd = again.assign(path="applications.recieved.total")
    with pytest.raises(UnusableInputError) as caught:
        list(from_frame(pd.concat([frame, again, odd], ignore_index=True)))
    told = caught.value.text("en")
    assert "did you mean “applications.received.total”?" in told
    assert "was given already in row" in told


def test_a_long_frame_must_name_its_values_and_no_column_twice():
    frame = to_frame([blank()], "long")
    with pytest.raises(UnusableInputError, match=r"路径 \(path\): 缺少这一列"):
        from_frame(frame.drop(columns=["path", "section"]))
    with pytest.raises(UnusableInputError, match="path 列与 路径 列"):
        from_frame(frame.assign(路径=frame["path"]))
    with pytest.raises(UnusableInputError, match="备注"):
        from_frame(frame.assign(备注=""))


def test_what_is_no_table_of_reports_is_told():
    with pytest.raises(UnusableInputError, match="行政机关名称"):
        from_frame(pd.DataFrame({"name": ["某局"]}))


def test_an_edition_registered_later_is_a_column_too(both):
    frame = to_frame(both[:1])
    assert "applications.outcomes.other_handling.natural_person" not in frame
    assert "texts.applications.notes" not in frame
    noted = blank(texts={"applications": {"notes": "注：含转来的申请。"}})
    assert to_frame([both[0], noted]).loc[1, "texts.applications.notes"] == "注：含转来的申请。"


def test_without_pandas_the_error_says_how_to_install_it(large_city, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install pandas$"):
        to_frame([large_city])
