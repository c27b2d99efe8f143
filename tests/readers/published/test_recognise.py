"""A report is recognised in a file's blocks, whatever habits its office has, and nothing is read silently wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, groupby

import pytest
import strategies
from conftest import ends_soon
from found_blocks import Box, Sheet, content, printed_values, rows_of, sheets, split, table, unmerged, with_row
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annual_report import AnnualReport, UnusableInputError
from annual_report.form import registry
from annual_report.form.sections import TABLES, TOPICS
from annual_report.messages import message
from annual_report.readers.blocks import OBJECT, Cell, Content, Location, Paragraph, Remark, Table
from annual_report.readers.published.outline import MAX_PIECES
from annual_report.readers.published.recognise import recognise
from annual_report.report.narrative import Narrative


@pytest.fixture
def tables(seed):
    return sheets(seed)


def read(report, tables=None, **options):
    given = None if tables is None else {key: [one] if isinstance(one, Sheet) else one for key, one in tables.items()}
    return recognise(content(report, given, **options), "年报.docx")


def ids(reading, severity):
    return {deviation.id for deviation in reading.deviations if deviation.severity == severity}


def of(reading, path):
    (found,) = [deviation for deviation in reading.deviations if deviation.path == path]
    return found


def set_row(sheet, path, texts):
    """Print texts in a row of section three, from 自然人 to 总计."""
    cells = [box for box in sheet.boxes if box.path.rpartition(".")[0] == path]
    for box, text in zip(sorted(cells, key=lambda box: box.column), texts, strict=True):
        box.text = text


# ---- our own reports ----


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("name", ["seed", "seed_as_published", "large_city", "housing_bureau"])
def test_our_own_reports_come_back_equal(name, marked, request):
    report = request.getfixturevalue(name)
    reading = read(report, marked=marked)
    assert reading.report == report
    assert reading.deviations == ()
    values = {f"{key}.{cell.path}" for key, grid in report.form.grids.items() for cell in grid.values}
    assert set(reading.values) == values


@settings(max_examples=50)
@given(strategies.reports())
def test_any_report_comes_back_equal_from_a_file_that_marks_its_structure(data):
    report = AnnualReport.model_validate(data | {"title": None})
    found = content(report)
    if any(block.text != block.text.strip() or "\r" in block.text for block in found.blocks if hasattr(block, "text")):
        return  # no file keeps spaces at a paragraph's ends
    if not report.issued_on and getattr(found.blocks[-1], "text", "") == report.agency != report.issued_by:
        return  # a last line with the body's name alone is its signature
    reading = recognise(found, "x.docx")
    assert not reading.doubts
    for key in AnnualReport.model_fields.keys() - {"texts"}:
        assert joined(getattr(reading.report, key)) == joined(getattr(report, key)), key
    assert {key: joined(text) for key, text in reading.report.narratives.items()} == {
        key: joined(text) for key, text in report.narratives.items()
    }


def joined(value):
    """Put together neighbouring runs that are set alike, which no file tells apart."""
    if not isinstance(value, Narrative):
        return value
    return [
        [
            paragraph.level,
            *(
                [(emphasis, "".join(run.text for run in runs)) for emphasis, runs in groupby(part, key=_emphasis)]
                for part in (paragraph.heading, paragraph.body)
            ),
        ]
        for paragraph in value
    ]


def _emphasis(run):
    return run.emphasis


# ---- numbers as offices write them ----


@pytest.mark.parametrize(
    ("text", "value", "id"),
    [
        ("/", 0, "value.dash"),
        ("-", 0, "value.dash"),
        ("—", 0, "value.dash"),
        ("——", 0, "value.dash"),
        ("２２", 22, "value.written"),
        ("3,119", 3119, "value.written"),
        ("3 119", 3119, "value.written"),
        ("22（其中修订16件）", 22, "value.remark"),
        ("55（含自然失效29件）", 55, "value.remark"),
        ("22件", 22, "value.unit"),
        (" 22\n", 22, None),
    ],
)
def test_a_number_may_be_written_in_another_way(seed, tables, text, value, id):
    path = "proactive_disclosure.rules.issued"
    tables["proactive_disclosure"].at("rules.issued").text = text
    reading = read(seed, tables)
    assert reading.values[path] == value
    assert reading.report.proactive_disclosure.rules.issued == value
    found = [deviation.id for deviation in reading.deviations if deviation.path == path]
    assert found == ([id] if id else [])


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("约20", "value.not_a_number"),
        ("无", "value.not_a_number"),
        ("3.5", "value.not_a_number"),
        ("22²", "value.not_a_number"),
        ("22②", "value.not_a_number"),
        ("12 3", "value.not_a_number"),
        ("1\n2", "value.not_a_number"),
        ("22（16）", "value.not_a_number"),
        ("22人次", "value.other_unit"),
        ("22（万）", "value.other_unit"),
        ("22（万件）", "value.other_unit"),
        ("-3", "value.out_of_range"),
        ("9999999999", "value.out_of_range"),
    ],
)
def test_a_text_that_is_no_number_is_in_doubt(seed, tables, text, id):
    tables["proactive_disclosure"].at("rules.issued").text = text
    reading = read(seed, tables)
    assert reading.report is None
    assert reading.values["proactive_disclosure.rules.issued"] is None
    doubt = of(reading, "proactive_disclosure.rules.issued")
    assert (doubt.id, doubt.severity, doubt.found.split()) == (id, "doubt", text.split())
    assert (doubt.location.table, doubt.location.row, doubt.location.column) != (None, None, None)
    assert "issued" not in reading.data["proactive_disclosure"]["rules"]


@pytest.mark.parametrize(
    ("text", "value", "id"),
    [
        ("0元", Decimal(0), "value.unit"),
        ("25.1万元", Decimal("25.1"), "value.unit"),
        ("59,237.2449", Decimal("59237.2449"), "value.written"),
        ("251000元", None, "value.other_unit"),
        ("251000（元）", None, "value.other_unit"),
        ("25.10", Decimal("25.10"), None),
    ],
)
def test_an_amount_keeps_its_digits_and_never_its_neighbours_unit(seed, tables, text, value, id):
    tables["proactive_disclosure"].at("fees.amount").text = text
    reading = read(seed, tables)
    assert reading.values["proactive_disclosure.fees.amount"] == value
    assert [one.id for one in reading.deviations] == ([id] if id else [])
    if value is not None:
        assert str(reading.report.proactive_disclosure.fees.amount) == str(value)


@pytest.mark.parametrize("where", ["before", "notes"])
@pytest.mark.parametrize("said", ["单位：元", "注：收费金额单位为元。", "以下金额以元为单位。"])
def test_another_unit_in_a_sentence_beside_the_table_puts_the_amount_in_doubt(seed, said, where):
    texts = {"texts": {"proactive_disclosure": {where: said}}}
    numbers = seed.with_values({"proactive_disclosure.fees.amount": "251000"})
    reading = read(AnnualReport.model_validate(numbers.model_dump() | texts))
    assert reading.values["proactive_disclosure.fees.amount"] is None
    assert "value.other_unit" in ids(reading, "doubt")


def test_counts_in_another_unit_are_in_doubt(seed, tables):
    tables["proactive_disclosure"].label("本年制发件数").text = "本年制发件数（单位：百件）"
    tables["proactive_disclosure"].at("rules.issued").text = "3"
    reading = read(seed, tables)
    assert reading.values["proactive_disclosure.rules.issued"] is None
    assert "value.other_unit" in ids(reading, "doubt")


@pytest.mark.parametrize(
    ("label", "printed", "path"),
    [
        ("本年制发件数", "本年制发件数（占比%）", "rules.issued"),
        ("本年制发件数", "制发件数（2021年）", "rules.issued"),
        ("本年收费金额（单位：万元）", "上年收费金额（单位：万元）", "fees.amount"),
        ("行政许可", "行政许可同比增长", "licensing.decisions"),
        ("行政许可", "行政许可（2021年）", "licensing.decisions"),
    ],
)
def test_a_label_that_names_another_year_or_a_share_puts_the_number_in_doubt(seed, tables, label, printed, path):
    tables["proactive_disclosure"].label(label).text = printed
    reading = read(seed, tables)
    assert reading.values[f"proactive_disclosure.{path}"] is None
    assert "value.other_quantity" in ids(reading, "doubt")


@pytest.mark.parametrize("printed", ["本年制发件数（含上年起草的）", "本年制发件数（{year}年）"])
def test_a_label_may_explain_itself_or_name_the_reports_own_year(seed, tables, printed):
    tables["proactive_disclosure"].label("本年制发件数").text = printed.format(year=seed.year)
    assert read(seed, tables).report == seed


def test_a_blank_cell_whose_label_has_a_number_is_in_doubt(seed, tables):
    tables["proactive_disclosure"].label("行政许可").text = "行政许可：7件"
    tables["proactive_disclosure"].at("licensing.decisions").text = ""
    reading = read(seed, tables)
    assert reading.values["proactive_disclosure.licensing.decisions"] is None
    assert of(reading, "proactive_disclosure.licensing.decisions").id == "value.contradicted"


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("本年收费金额（单位：万元）", "本年收费金额（单位：元）"),
        ("本年收费金额（单位：万元）", "本年收费金额（元）"),
        ("行政事业性收费", "行政事业性收费（元）"),
        (None, "（单位：元）"),
    ],
)
def test_another_unit_in_a_label_or_above_the_table_puts_the_amount_in_doubt(seed, tables, label, printed):
    whole = tables["proactive_disclosure"]
    whole.at("fees.amount").text = "251000"
    if label is None:
        whole = with_row(whole, 0, [(0, 4, printed)])
    else:
        whole.label(label).text = printed
    reading = read(seed, {**tables, "proactive_disclosure": whole})
    assert reading.values["proactive_disclosure.fees.amount"] is None
    assert "value.other_unit" in ids(reading, "doubt")
    reading = read(seed, {**tables, "proactive_disclosure": [Paragraph("单位：元"), whole]})
    assert reading.values["proactive_disclosure.fees.amount"] is None


def test_no_money_is_no_money_in_any_unit(seed, tables):
    tables["proactive_disclosure"].at("fees.amount").text = "0"
    tables["proactive_disclosure"].label("行政事业性收费").text = "行政事业性收费（元）"
    reading = read(seed, tables)
    assert reading.values["proactive_disclosure.fees.amount"] == 0
    assert not reading.doubts


def test_a_label_in_other_words_is_told(seed, tables):
    tables["proactive_disclosure"].label("现行有效件数").text = "现行有效件数（历史累计）"
    tables["proactive_disclosure"].label("行政规范性文件").text = "规范性文件"
    reading = read(seed, tables)
    assert reading.report == seed
    assert [(one.id, one.severity, one.found) for one in reading.deviations] == [
        ("label.wording", "info", "现行有效件数（历史累计）"),
        ("label.wording", "info", "规范性文件"),
    ]


# ---- blank cells ----


def test_blank_cells_are_zero_where_the_totals_say_so(seed, tables):
    set_row(tables["applications"], "received", ["1", "", "", "", "", "", "1"])
    reading = read(seed, tables)
    assert reading.values["applications.received.commercial_enterprise"] == 0
    assert reading.report.applications == seed.applications
    assert [one.id for one in reading.deviations] == ["value.blank"] * 5


def test_a_row_of_blank_cells_is_zero_in_a_table_that_is_filled(seed, tables):
    set_row(tables["applications"], "outcomes.not_processed.repeated", [""] * 7)
    reading = read(seed, tables)
    assert reading.report.applications == seed.applications
    assert "applications.outcomes.not_processed.repeated.total" not in reading.values
    assert [one.id for one in reading.deviations] == ["value.blank"] * 6


def test_a_blank_total_is_no_stated_total(seed, tables):
    set_row(tables["applications"], "received", ["1", "0", "0", "0", "0", "0", ""])
    reading = read(seed, tables)
    assert "applications.received.total" not in reading.values
    assert reading.report == seed
    assert reading.deviations == ()


@pytest.mark.parametrize("texts", [["", "", "", "", "", "", "1"], ["", "0", "0", "0", "0", "0", "1"]])
def test_a_blank_that_a_total_contradicts_is_in_doubt(seed, tables, texts):
    set_row(tables["applications"], "received", texts)
    reading = read(seed, tables)
    assert reading.report is None
    assert reading.values["applications.received.natural_person"] is None
    assert of(reading, "applications.received.natural_person").id == "value.contradicted"


def test_a_blank_that_its_columns_total_contradicts_is_in_doubt(seed, tables):
    set_row(tables["applications"], "outcomes.granted", [""] * 7)
    set_row(tables["applications"], "outcomes.total", ["1", "0", "0", "0", "0", "0", "1"])
    reading = read(seed, tables)
    assert reading.values["applications.outcomes.granted.natural_person"] is None
    assert reading.values["applications.outcomes.granted.commercial_enterprise"] == 0
    assert reading.values["applications.outcomes.total.natural_person"] == 1


@pytest.mark.parametrize("between", ["", "\n"])
def test_a_blank_beside_labels_in_one_cell_is_read(seed, tables, between):
    applications = tables["applications"]
    set_row(applications, "outcomes.other_handling.other", [""] * 7)
    label = next(box for box in applications.boxes if box.text == "3.其他")
    label.text = f"（六）其他处理{between}3.其他"
    assert read(seed, tables).report == seed
    label.text = "3.其他5"
    assert read(seed, tables).values["applications.outcomes.other_handling.other.natural_person"] is None


@pytest.mark.parametrize("key", ["received", "outcomes.refused.prohibited_by_law", "carried_forward"])
def test_a_row_beside_numbers_without_a_label_is_in_doubt(large_city, key):
    tables = sheets(large_city)
    applications = tables["applications"]
    cell = applications.at(f"{key}.natural_person")
    rest = [
        replace(box, row=cell.row + 1, text=cell.text[-1] if box is cell else "")
        for box in applications.boxes
        if box.row == cell.row and (box.path or box.columns > 1)
    ]
    cell.text = cell.text[:-1]
    for box in applications.boxes:
        if box.row > cell.row:
            box.row += 1
        elif box.row + box.rows > cell.row + 1:
            box.rows += 1
    applications.boxes += [replace(box, path="") for box in rest]
    reading = read(large_city, tables)
    assert reading.values[f"applications.{key}.natural_person"] is None
    assert of(reading, f"applications.{key}").id == "row.uncertain"


@pytest.mark.parametrize("key", TABLES)
def test_numbers_above_a_tables_head_are_told(seed, key):
    tables = sheets(seed)
    for box in tables[key].boxes:
        box.row += 1
    tables[key].boxes += [Box(0, 0, 1, 1, "合计"), Box(0, 1, 1, 1, "12"), Box(0, 2, 1, 1, "-")]
    reading = read(seed, tables)
    assert reading.report == seed
    (told,) = reading.deviations
    assert (told.id, told.severity, told.path, told.found) == ("row.extra", "info", key, "合计 | 12 | -")
    assert told.location.row == 1


@pytest.mark.parametrize("key", TABLES)
def test_words_and_dashes_above_a_tables_head_need_no_telling(seed, key):
    tables = sheets(seed)
    for box in tables[key].boxes:
        box.row += 1
    tables[key].boxes += [Box(0, 0, 1, 1, "单位：件"), Box(0, 1, 1, 1, "-")]
    assert read(seed, tables).deviations == ()


@pytest.mark.parametrize("name", ["seed", "housing_bureau"])
@pytest.mark.parametrize("repeat", [None, False, True], ids=["merged", "blank", "repeated"])
def test_a_row_that_lacks_a_number_is_in_doubt(name, repeat, request):
    report = request.getfixturevalue(name)
    whole = (
        sheets(report)
        if repeat is None
        else {key: unmerged(sheet, repeat=repeat) for key, sheet in sheets(report).items()}
    )
    assert read(report, whole).report == report
    for key, sheet in whole.items():
        values = [box for box in sheet.boxes if box.path]
        for box in values if key == "proactive_disclosure" else values[::9]:
            assert read(report, {**whole, key: without(sheet, box)}).report is None, box.path


def test_rows_that_each_lack_their_only_number_are_in_doubt(seed):
    whole = sheets(seed)["proactive_disclosure"]
    values = [box for box in whole.boxes if box.path]
    alone = [box for box in values if sum(other.row == box.row for other in values) == 1]
    assert len(alone) == 4
    for count in range(2, 5):
        for lost in combinations(map(at, alone), count):
            sheet = unmerged(whole, repeat=False)
            for place in lost:
                sheet = without(sheet, next(box for box in sheet.boxes if at(box) == place))
            found = read(seed, {**sheets(seed), "proactive_disclosure": sheet})
            assert all(found.values[f"proactive_disclosure.{box.path}"] is None for box in alone if at(box) in lost)


def at(box):
    return box.row, box.column


def test_rows_with_a_blank_cell_are_read_where_other_rows_have_more(seed):
    sheet = unmerged(sheets(seed)["proactive_disclosure"], repeat=False)
    for box in sheet.boxes:
        box.text = "" if box.path.startswith(("penalties", "fees")) else box.text
    reading = read(seed, {**sheets(seed), "proactive_disclosure": sheet})
    assert {one.id for one in reading.deviations} == {"value.blank"}
    assert reading.report == seed


def without(sheet, gone):
    """Take a cell out of its row, so that those after it move to the left."""
    rest = [box for box in sheet.boxes if box is not gone]
    return replace(
        sheet,
        boxes=[
            replace(box, column=box.column - gone.columns) if box.row == gone.row and box.column > gone.column else box
            for box in rest
        ],
    )


def test_a_blank_beside_a_number_in_doubt_is_in_doubt(seed, tables):
    set_row(tables["applications"], "received", ["约1", "", "0", "0", "0", "0", "1"])
    reading = read(seed, tables)
    assert reading.values["applications.received.commercial_enterprise"] is None
    assert reading.values["applications.received.research_institution"] == 0


@pytest.mark.parametrize("section", ["proactive_disclosure", "applications", "disputes"])
@pytest.mark.parametrize("pieces", [1, 2])
def test_a_table_that_is_blank_all_over_is_in_doubt(seed, tables, section, pieces):
    for box in tables[section].boxes:
        box.text = "" if box.path else box.text
    whole = tables[section]
    tables[section] = split(whole, [whole.height - 1], heads=False) if pieces > 1 else whole
    reading = read(seed, tables)
    assert reading.report is None
    assert [(one.id, one.severity, one.path) for one in reading.deviations] == [("table.blank", "doubt", section)]
    assert all(number is None for path, number in reading.values.items() if path.startswith(section))


def test_strokes_are_filled_cells(seed, tables):
    for box in tables["disputes"].boxes:
        box.text = "/" if box.path else box.text
    reading = read(seed, tables)
    assert reading.report.disputes == seed.disputes
    assert ids(reading, "doubt") == set()
    assert reading.values["disputes.reconsideration.total"] == 0


def test_contradictions_are_not_repaired(seed_as_published, tables):
    set_row(tables["applications"], "received", ["1", "0", "0", "0", "0", "0", "5"])
    reading = read(seed_as_published, tables)
    assert reading.report.applications.received.total == 5
    assert reading.report.applications.received.natural_person == 1
    assert reading.deviations == ()


# ---- tables ----


@pytest.mark.parametrize("section", ["proactive_disclosure", "applications", "disputes"])
def test_a_table_that_is_missing_is_in_doubt(seed, tables, section):
    tables[section] = []
    reading = read(seed, tables)
    assert reading.report is None
    assert [(one.id, one.severity, one.path) for one in reading.deviations] == [("table.missing", "doubt", section)]
    assert all(number is None for path, number in reading.values.items() if path.startswith(section))
    assert reading.data["agency"] == seed.agency


def test_the_row_for_the_rest_takes_the_numbers_of_the_last_group_as_one_row(large_city):
    tables = sheets(large_city)
    whole = tables["applications"]
    first = whole.label("（六）其他处理").row
    whole = rows_of(whole, [row for row in range(whole.height) if row not in {first, first + 1}])
    whole.boxes = [box for box in whole.boxes if box.text != "3.其他" and (box.row, box.column) != (first, 1)]
    whole.boxes.append(Box(first, 1, 1, 2, "（六）其他处理"))
    tables["applications"] = whole
    reading = read(large_city, tables)
    handling = reading.report.applications.outcomes.other_handling
    assert handling.other == large_city.applications.outcomes.other_handling.other
    assert sum(handling.correction_overdue.leaves) == sum(handling.fee_overdue.leaves) == 0
    assert ("row.as_one", "applications.outcomes.other_handling") in {
        (one.id, one.path) for one in reading.deviations if one.severity == "info"
    }


def test_the_tables_of_2019_in_a_later_report_are_read_by_their_own_edition(housing_bureau):
    data = housing_bureau.model_dump(mode="json") | {"year": 2023}
    report = AnnualReport.model_validate(data)
    reading = read(report)
    assert (reading.report.edition, reading.report.year) == ("2019", 2023)
    assert reading.report == report


def test_tables_that_fit_two_editions_are_in_doubt(housing_bureau):
    tables = sheets(housing_bureau)
    tables["proactive_disclosure"] = []
    reading = read(housing_bureau, tables)
    assert "edition.ambiguous" in ids(reading, "doubt")


def test_a_table_of_the_city_as_a_whole_after_the_report_is_no_second_table(seed, tables):
    found = content(seed, {key: [one] for key, one in tables.items()})
    again = table(tables["applications"], 9)
    reading = recognise(Content((*found.blocks, again)), "x.docx")
    assert reading.report is not None
    assert reading.report.applications == seed.applications
    assert ids(reading, "info") == {"table.extra"}


def test_two_reports_in_one_file_are_in_doubt(seed, large_city):
    both = Content((*content(seed, marked=False).blocks, *content(large_city, marked=False).blocks))
    reading = recognise(both, "x.html")
    assert reading.report is None
    assert "report.ambiguous" in ids(reading, "doubt")


def test_a_report_that_a_page_holds_twice_alike_is_read_once(seed):
    blocks = content(seed, marked=False).blocks
    footer = Paragraph("网站标识码：1100000001")
    reading = recognise(Content((*blocks, *blocks, footer)), "x.html")
    assert reading.report == seed
    assert ids(reading, "info") >= {"report.twice"}


@pytest.mark.parametrize("place", [0, 4, -1])
def test_a_report_that_a_page_holds_twice_otherwise_is_in_doubt(seed, place):
    blocks = content(seed, marked=False).blocks
    tables = [index for index, block in enumerate(blocks) if isinstance(block, Table)]
    other = list(blocks)
    at = tables[-1] if place < 0 else place + 2
    if isinstance(other[at], Table):
        cells = list(other[at].cells)
        cells[-1] = cells[-1]._replace(text="77")
        other[at] = replace(other[at], cells=tuple(cells))
    else:
        other[at] = Paragraph("另一段文字。")
    reading = recognise(Content((*blocks, *other)), "x.html")
    assert reading.report is None
    assert "report.ambiguous" in ids(reading, "doubt")


def test_copies_that_are_signed_on_different_days_are_in_doubt(seed):
    blocks = content(seed, marked=False).blocks
    first, second = ((*blocks, Paragraph("某局"), Paragraph(f"2024年1月{day}日")) for day in (20, 21))
    assert recognise(Content((*first, *first)), "x.html").report is not None
    reading = recognise(Content((*first, *second)), "x.html")
    assert reading.report is None
    assert "report.ambiguous" in ids(reading, "doubt")


def test_two_tables_for_one_section_are_in_doubt(seed, tables):
    tables["disputes"] = [tables["disputes"], tables["disputes"]]
    reading = read(seed, tables)
    assert reading.report is None
    assert reading.values["disputes.reconsideration.upheld"] is None
    assert ids(reading, "doubt") == {"cell.ambiguous"}


def test_a_table_in_one_piece_with_all_sections_headings_in_it(seed, tables):
    """Every heading in a row of the table itself, as files made from spreadsheets have it."""
    found = content(seed, {key: [unmerged(one, repeat=False)] for key, one in tables.items()}, marked=False)
    blocks = []
    for block in found.blocks:
        if isinstance(block, Paragraph) and "、" in block.text[:2] and len(block.text) < 30:
            blocks.append(Table((Cell(0, 0, 1, 1, block.text),)))
        else:
            blocks.append(block)
    assert recognise(Content(tuple(blocks)), "x.html").report == seed


def test_a_heading_may_be_a_row_of_its_sections_table(seed, tables):
    for key, title in (("applications", "三、收到和处理政府信息公开申请情况"), ("disputes", "行政复议、行政诉讼情况")):
        tables[key] = with_row(tables[key], 0, [(0, tables[key].width, title)])
    found = content(seed, {key: [one] for key, one in tables.items()}, marked=False)
    blocks = [b for b in found.blocks if isinstance(b, Table) or not b.text.startswith(("三、", "四、"))]
    reading = recognise(Content(tuple(blocks)), "x.html")
    assert reading.report == seed
    assert ids(reading, "info") == {"heading.wording"}


# ---- sections, title, signature ----

HEADINGS = {
    "五、存在的主要问题及改进情况": [
        "五、存在问题及改进情况",
        "五、政府信息公开工作存在的主要问题及改进情况",
        "存在主要问题及改进情况",
        "五、主要问题和下步打算",
        "五、工作中的不足及下一步工作安排",
        "第五部分 问题与对策",
    ],
    "六、其他需要报告的事项": [
        "六、其他",
        "六、有关情况说明",
        "六、其他需要报告事项",
        "六、需要报告的其他事项",
        "六.其他需要报告的事项",
        "5、其他需要报告的事项",
    ],
    "二、主动公开政府信息情况": [
        "二、行政机关主动公开政府信息情况",
        "主动公开政府信息情况",
        "一、主动公开政府信息情况",
        "（二）主动公开政府信息情况",
    ],
    "三、收到和处理政府信息公开申请情况": [
        "三、收到和处理政府信息公开申请的情况",
        "三、收到和处理政府信息公开申请情况（单位：件）",
    ],
    "一、总体情况": ["总体情况", "一 、总体情况", "一、总体情况："],
}


@pytest.mark.parametrize(("title", "printed"), [(title, text) for title, texts in HEADINGS.items() for text in texts])
@pytest.mark.parametrize("marked", [True, False])
def test_a_heading_may_be_worded_otherwise(seed, title, printed, marked):
    reading = read(seed, marked=marked, headings=lambda text: printed if text == title else text)
    assert reading.report == seed
    assert ids(reading, "info") <= {"heading.wording"}


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("五、存在的主要问题及改进情况", "四、问题和打算"),
        ("五、存在的主要问题及改进情况", "五、下一步工作打算"),
        ("五、存在的主要问题及改进情况", "五、存在的问题有，公开不够及时"),
        ("六、其他需要报告的事项", "五、其他"),
    ],
)
def test_a_heading_of_other_words_needs_its_number_and_one_of_its_words(seed, title, printed):
    reading = read(seed, marked=False, headings=lambda text: printed if text == title else text)
    assert ids(reading, "doubt") == {"section.missing"}


def test_numbers_of_headings_may_restart_or_be_missing(seed):
    numbers = iter(["", "一、", "二、", "三、", "", "一、"])
    reading = read(seed, marked=False, headings=lambda text: next(numbers) + text.partition("、")[2])
    assert reading.report == seed


@pytest.mark.parametrize("numbers", ["（一）", "(1)", "1.", "1、", "第一部分 ", "第一部分：", "①", "Ⅰ、"])
@pytest.mark.parametrize("marked", [True, False])
def test_all_headings_may_be_numbered_otherwise(seed, numbers, marked):
    series = ["一二三四五六", "123456", "①②③④⑤⑥", "ⅠⅡⅢⅣⅤⅥ"]
    (digits,) = [digits for digits in series if digits[0] in numbers]
    headings = iter([numbers.replace(digits[0], digit) for digit in digits])
    reading = read(seed, marked=marked, headings=lambda text: next(headings) + text.partition("、")[2])
    assert reading.report == seed


def test_sub_headings_in_brackets_are_no_headings_where_a_section_has_none(seed):
    overview = "\n".join(f"（{number}）{title}\n甲。" for number, title in enumerate(TOPICS, 1))
    report = AnnualReport.model_validate(seed.model_dump() | {"overview": overview})
    found = content(report, marked=False)
    blocks = [block for block in found.blocks if getattr(block, "text", "") != "六、其他需要报告的事项"]
    assert ids(recognise(Content(tuple(blocks)), "x.html"), "doubt") == {"section.missing"}


@pytest.mark.parametrize("title", ["二、主动公开政府信息情况", "四、政府信息公开行政复议、行政诉讼情况"])
def test_a_tables_heading_may_be_missing(seed, title):
    found = content(seed, marked=False)
    blocks = [block for block in found.blocks if getattr(block, "text", "") != title]
    reading = recognise(Content(tuple(blocks)), "x.html")
    assert reading.report == seed
    assert ids(reading, "info") == {"heading.missing"}


@pytest.mark.parametrize("title", ["一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"])
def test_a_section_whose_heading_is_missing_is_in_doubt(seed, title):
    found = content(seed, marked=False)
    blocks = [block for block in found.blocks if getattr(block, "text", "") != title]
    reading = recognise(Content(tuple(blocks)), "x.html")
    assert reading.report is None
    assert ids(reading, "doubt") == {"section.missing"}


def test_a_table_of_contents_does_not_count(seed):
    found = content(seed, marked=False)
    headings = [Paragraph(block.text) for block in found.blocks if getattr(block, "text", "")[1:2] == "、"]
    assert (
        recognise(Content((*found.blocks[:2], *headings, *found.blocks[2:])), "x.html").report.overview == seed.overview
    )


@pytest.mark.parametrize("after", ["", "……3"])
def test_a_table_of_contents_does_not_count_where_the_headings_have_no_numbers(seed, after):
    found = content(seed, marked=False)
    is_heading = [getattr(block, "text", "")[1:2] == "、" for block in found.blocks]
    entries = [
        replace(block, text=f"{block.text}{after}") for block, yes in zip(found.blocks, is_heading, strict=True) if yes
    ]
    rest = [
        replace(block, text=block.text[2:]) if yes else block
        for block, yes in zip(found.blocks, is_heading, strict=True)
    ]
    report = recognise(Content((*rest[:2], *entries, *rest[2:])), "x.html").report
    assert report.narratives == seed.narratives


def test_text_before_a_table_and_notes_under_it_are_kept(seed, tables):
    before, note = Paragraph("2023年，共收到申请1件。"), Paragraph("注：以上数据含结转。")
    reading = read(seed, {**tables, "applications": [before, tables["applications"], note]}, marked=False)
    assert reading.texts == {"applications": {"before": before.text, "notes": note.text}}
    assert reading.report.applications == seed.applications


TITLES = [
    ["石嘴山市民政局2023年政府信息公开工作年度报告"],
    ["石嘴山市民政局", "2023 年政府信息公开工作年度报告"],
    ["石嘴山市民政局", "2023年政府信息公开", "工作年度报告"],
    ["石嘴山市民政局2023年度政府信息公开工作年度报告"],
    ["石嘴山市民政局2023年政府信息公开年度报告"],
    ["2023年石嘴山市民政局政府信息公开工作年度报告"],
    ["石嘴山市民政局政府信息公开工作年度报告", "（2023年）"],
    ["石嘴山市民政局关于2023年政府信息公开工作的年度报告"],
    ["石嘴山市民政局二〇二三年政府信息公开工作年度报告"],
]


@pytest.mark.parametrize("lines", TITLES)
def test_the_title_tells_body_and_year(seed, lines):
    found = content(seed, marked=False)
    title = [Paragraph(line, Location(paragraph=90 + index)) for index, line in enumerate(lines)]
    reading = recognise(Content((*title, *found.blocks[2:])), "x.html")
    assert (reading.report.agency, reading.report.year) == (seed.agency, seed.year)
    usual = "".join("".join(lines).split()) == "石嘴山市民政局2023年政府信息公开工作年度报告"
    assert reading.report.title == (None if usual else "\n".join(lines))
    assert reading.report.preamble == seed.preamble


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (("石嘴山市民政局2023年政府信息公开工作年度报告_石嘴山市人民政府",), "a.html"),
        (("政务公开", "石嘴山市民政局2023年政府信息公开年度报告-石嘴山市民政局网"), "a.html"),
        (("石嘴山市民政局2023年政府信息公开工作年度报告-新华街道办事处",), "a.pdf"),
        ((), "石嘴山市民政局2023年政府信息公开工作年度报告.pdf"),
        ((), "/年报/石嘴山市民政局2023年年报.docx"),
    ],
)
def test_body_and_year_may_be_only_in_the_pages_title_or_the_files_name(seed, titles, name):
    found = content(seed, marked=False)
    reading = recognise(Content(found.blocks[2:], titles=titles), name)
    assert (reading.report.agency, reading.report.year, reading.report.title) == (seed.agency, 2023, None)
    assert ids(reading, "info") == {"title.missing", "agency.elsewhere", "year.elsewhere"}


def test_a_body_that_is_named_nowhere_is_in_doubt(seed):
    found = content(seed, marked=False)
    reading = recognise(Content(found.blocks[2:]), "a.docx")
    assert "agency.missing" in ids(reading, "doubt")
    assert "agency" not in reading.data


PAGE = [
    "首页 > 政务公开 > 政府信息公开年报",
    "发布日期：2024-01-25 09:30",
    "来源：市民政局 浏览次数：123",
    "字体：[大 中 小]",
    "【打印】",
]
FOOT = [
    "附件：石嘴山市民政局2023年年报.docx",
    "扫一扫在手机打开当前页",
    "上一篇：没有了",
    "版权所有：石嘴山市人民政府",
    "宁ICP备05001234号",
]


def test_what_stands_around_the_report_is_left_out(seed):
    report = AnnualReport.model_validate(seed.model_dump() | {"issued_by": "石嘴山市民政局", "issued_on": "2024-01-25"})
    found = content(report, marked=False)
    title, rest = found.blocks[:2], found.blocks[2:]
    rest = tuple(replace(block, align=None) if isinstance(block, Paragraph) else block for block in rest)
    card = Table(
        tuple(
            Cell(r, c, 1, 1, t)
            for r, row in enumerate([["索引号", "640200/2024-1"], ["文号", ""]])
            for c, t in enumerate(row)
        )
    )
    page = (
        Paragraph("首页 > 政务公开"),
        card,
        *title,
        *(Paragraph(line) for line in PAGE[1:]),
        *rest,
        *(Paragraph(line) for line in FOOT),
    )
    reading = recognise(Content(page, titles=("年报",)), "x.html")
    assert reading.report == report
    assert ids(reading, "info") == {"text.after"}


@pytest.mark.parametrize(
    "lines",
    [
        ["石嘴山市民政局", "2024年1月25日"],
        ["石嘴山市民政局 2024年1月25日"],
        ["石嘴山市民政局", "二〇二四年一月二十五日"],
        ["石嘴山市民政局", "2024 年 1 月 25 日"],
        ["石嘴山市民政局", "2024-01-25"],
    ],
)
def test_signature_and_date_are_recognised(seed, lines):
    found = content(seed, marked=False)
    reading = recognise(Content((*found.blocks, *map(Paragraph, lines))), "x.html")
    assert (reading.report.issued_by, str(reading.report.issued_on)) == ("石嘴山市民政局", "2024-01-25")
    assert reading.report.other_matters == seed.other_matters


@pytest.mark.parametrize(("align", "infos"), [(None, {"signature.undated"}), ("right", set())])
def test_a_last_line_that_is_the_bodys_name_is_its_signature_and_one_that_may_be_text_is_told(seed, align, infos):
    found = content(seed, marked=False)
    reading = recognise(Content((*found.blocks, Paragraph(seed.agency, align=align))), "x.html")
    assert (reading.report.issued_by, reading.report.issued_on) == (seed.agency, None)
    assert ids(reading, "info") == infos


def test_paragraphs_that_a_pages_end_has_cut_are_put_together(seed):
    found = content(seed, marked=False)
    blocks = []
    for block in found.blocks:
        if isinstance(block, Paragraph) and len(block.text) > 200 and block.text[120].isalnum():
            blocks += [replace(block, text=block.text[:120]), Paragraph("- 3 -"), Paragraph(block.text[120:])]
        else:
            blocks.append(block)
    reading = recognise(Content(tuple(blocks)), "x.pdf")
    assert reading.report.overview == seed.overview
    assert ids(reading, "info") == {"paragraph.joined"}


def test_sub_headings_and_emphasis_come_back(seed):
    overview = "全年工作如下。\n（一）主动公开情况\n公开**12**条。\n1.依申请公开。收到1件。"
    report = AnnualReport.model_validate(seed.model_dump() | {"overview": overview})
    for marked in (True, False):
        assert read(report, marked=marked).report == report


# ---- files that are no report ----


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Paragraph("关于开展2023年政府信息公开工作年度报告编制工作的通知"), Paragraph("各科室：请于1月20日前报送。")),
        (Paragraph("一、总体情况"), Paragraph("今年的旅游情况很好。")),
        (Table((Cell(0, 0, 1, 1, "姓名"), Cell(0, 1, 1, 1, "电话"), Cell(1, 0, 1, 1, "张三"), Cell(1, 1, 1, 1, "1"))),),
    ],
)
def test_what_is_no_report_is_refused(blocks):
    with pytest.raises(UnusableInputError) as caught:
        recognise(Content(blocks), "通知.docx")
    assert "没有格式规定的表格" in str(caught.value)
    assert str(caught.value).startswith("通知.docx: ")


def test_a_readers_remarks_become_deviations_with_their_place(seed):
    found = content(seed)
    remark = Remark("ocr", "doubt", message("this is not a number"), "七", Location(table=None, paragraph=4))
    reading = recognise(Content(found.blocks, (remark,)), "x.pdf")
    assert reading.report is None
    assert [(one.id, one.path, one.found) for one in reading.doubts] == [("ocr", "overview", "七")]
    with pytest.raises(ValueError, match="overview"):
        AnnualReport.model_validate(reading.data)


# ---- laws ----

FIGURES = {"zero": ["0", "", "/", "-", "—", "０"], "other": ["{}", "{:,}", "{}（含补报1件）", " {} ", "{}\n"]}


@st.composite
def published(draw):
    """A report whose totals are right, and its tables with any habits; the truth is what the report says."""
    edition = draw(st.sampled_from(registry.known()))
    blank = AnnualReport.blank(agency="某市民政局", year=edition.first_year).model_dump(mode="json")
    few = st.one_of(st.just(0), st.just(0), st.integers(1, 40), strategies.counts)
    for key, grid in edition.grids.items():
        for value in grid.values:
            _put(blank[key], value.path.split("."), draw(few if value.is_count else strategies.amounts))
    report = AnnualReport.model_validate(blank)
    return report, {key: _arranged(draw, _relabelled(draw, whole)) for key, whole in sheets(report).items()}


def _put(table, keys, number):
    """Put a number into a table's data, or take the total out that is there."""
    *outer, last = keys
    for key in outer:
        table = table.get(key, {})
    if "total" in keys:
        table.pop("total", None)
    else:
        table[last] = number


def _relabelled(draw, whole):
    """Draw how a table's numbers are written, and its labels."""
    for box in whole.boxes:
        if box.path.endswith("total") and draw(st.integers(0, 3)) == 0:
            box.text = ""
        elif box.path and box.text == "0":
            box.text = draw(st.sampled_from(FIGURES["zero"]))
        elif box.path and box.text.isdigit():
            box.text = draw(st.sampled_from(FIGURES["other"])).format(int(box.text))
        elif not box.path and draw(st.integers(0, 4)) == 0:
            box.text = draw(st.sampled_from(LABELS))(box.text)
    return whole


LABELS = [
    lambda text: text.replace("（", "(").replace("）", ")"),
    lambda text: text.replace(".", "、", 1),
    " ".join,
    lambda text: text[: len(text) // 2] + "\n" + text[len(text) // 2 :],
    lambda text: text.partition("（区")[0],
    lambda text: text if len(text) < 8 else text[:4] + text[5:],
    lambda text: text + "（注）" if len(text) > 4 else text,
]


def _arranged(draw, whole):
    """Draw how a table lies in the file."""
    if draw(st.booleans()):
        whole = unmerged(whole, repeat=draw(st.booleans()))
    if draw(st.integers(0, 3)) == 0 and whole.section != "disputes":
        row = draw(st.integers(whole.head_rows, whole.height))
        texts = [(0, 1, "其他情况"), *((column, 1, str(draw(st.integers(0, 9)))) for column in range(1, whole.width))]
        whole = with_row(whole, row, texts)
    if draw(st.integers(0, 2)) == 0:
        rows = draw(st.lists(st.integers(1, whole.height - 1), min_size=1, max_size=2, unique=True))
        return split(whole, rows, heads=False)
    return [whole]


@settings(suppress_health_check=list(HealthCheck), max_examples=60)
@given(published(), st.data())
def test_every_number_is_right_or_in_doubt(drawn, data):
    report, tables = drawn
    for pieces in tables.values():
        if data.draw(st.integers(0, 2)) == 0:
            _damage(data, data.draw(st.sampled_from(pieces)))
    reading = read(report, tables)
    truth = {
        f"{key}.{cell.path}": number
        for key, grid in report.form.grids.items()
        for cell, number in zip(grid.values, grid.read(getattr(report, key)), strict=True)
    }
    printed = printed_values(piece for pieces in tables.values() for piece in pieces)
    for path, number in reading.values.items():
        assert number is None or number == truth[path] or _is_printed(printed.get(path, ""), number), path
    if reading.report is not None:
        assert not reading.doubts
        assert reading.report.edition == report.edition


def _is_printed(text, number):
    """Tell whether the file itself says so: damage can leave a cell blank."""
    return number == 0 and not text.strip()


def _damage(data, piece):
    box = data.draw(st.sampled_from(piece.boxes))
    match data.draw(st.sampled_from(["gone", "shifted", "blank", "merged", "letters"])):
        case "gone":
            piece.boxes.remove(box)
        case "shifted":
            for other in piece.boxes:
                other.column += other.row == box.row and other.column >= box.column
        case "blank":
            box.text = ""
        case "merged":
            box.columns += 1
        case "letters":
            box.text += "约"


# ---- bounds ----


@ends_soon
@pytest.mark.parametrize(
    "make",
    [
        lambda: Table(tuple(Cell(r, c, 1, 1, "行政许可") for r in range(500) for c in range(500))),
        lambda: Table(tuple(Cell(r, c, 1, 1, f"行政{r}许可{c}") for r in range(290) for c in range(13))),
        lambda: Table(tuple(Cell(r, 0, 10**9, 10**9, "总计") for r in range(3000))),
        lambda: Table((Cell(0, 0, 10**9, 10**9, "第二十条第（一）项"), Cell(10**9, 10**9, 1, 1, "规章"))),
        lambda: Paragraph("一、总体情况" * 200_000),
        lambda: Paragraph("\n".join(f"其他{n}需要报告{n}事项" for n in range(4_000))),
        lambda: Paragraph("\n".join(["一、总体情况"] * 20_000)),
    ],
)
def test_hostile_blocks_beside_a_report_leave_it_readable(seed, make):
    found = content(seed, marked=False)
    assert recognise(Content((*found.blocks, make())), "x.html").report.agency == seed.agency


@ends_soon
def test_of_many_tables_in_a_section_those_beyond_the_first_are_told(seed, tables):
    one = table(tables["applications"])
    odd = [
        Table(tuple(cell._replace(text=f"{cell.text}{number}") if len(cell.text) > 3 else cell for cell in one.cells))
        for number in range(100)
    ]
    for more in ([one] * 100, odd):
        blocks = list(content(seed, marked=False).blocks)
        at = next(index for index, block in enumerate(blocks) if isinstance(block, Table)) + 3
        reading = recognise(Content((*blocks[:at], *more, *blocks[at:])), "x.html")
        extra = [deviation for deviation in reading.deviations if deviation.id == "table.extra"]
        assert len(extra) >= 100 - MAX_PIECES


# ---- numbers that a narrow column breaks, marks of notes ----


@pytest.mark.parametrize("mark", ["", ",", "，"])
def test_a_number_broken_into_lines_is_put_together_where_its_totals_agree(large_city, mark):
    tables = sheets(large_city)
    cell = tables["applications"].at("received.natural_person")
    cell.text = f"{cell.text[:2]}{mark}{cell.text[2:3]}\n{cell.text[3:]}"
    reading = read(large_city, tables)
    assert reading.report == large_city
    assert of(reading, "applications.received.natural_person").id == "value.broken"


@pytest.mark.parametrize("space", [" ", "\u3000", "\u00a0"])
def test_numbers_with_spaces_between_their_digits_are_put_together_where_their_totals_agree(large_city, space):
    tables = sheets(large_city)
    for box in tables["applications"].boxes:
        box.text = space.join(box.text) if box.path else box.text
    assert read(large_city, tables).report == large_city
    tables["applications"].at("received.natural_person").text = f"9{space}9"
    reading = read(large_city, tables)
    assert of(reading, "applications.received.natural_person").severity == "doubt"
    assert reading.values["applications.received.natural_person"] is None


def test_a_number_broken_into_lines_is_in_doubt_where_a_total_does_not_agree(large_city):
    tables = sheets(large_city)
    cell = tables["applications"].at("received.natural_person")
    cell.text = f"{cell.text[:2]}\n{cell.text[2:]}9"
    assert read(large_city, tables).values["applications.received.natural_person"] is None


@pytest.mark.parametrize("total", ["outcomes.granted.total", "outcomes.total.natural_person"])
def test_a_number_broken_into_lines_is_in_doubt_where_one_of_two_totals_does_not_agree(large_city, total):
    path = "outcomes.granted.natural_person"
    for wrong in (False, True):
        tables = sheets(large_city)
        cell, other = tables["applications"].at(path), tables["applications"].at(total)
        cell.text = f"{cell.text[:1]}\n{cell.text[1:]}"
        other.text = str(int(other.text) + wrong)
        number = read(large_city, tables).values[f"applications.{path}"]
        assert number == (None if wrong else large_city.values[f"applications.{path}"])


def test_full_width_digits_broken_into_lines_and_a_total_of_totals_are_put_together(large_city):
    tables = sheets(large_city)
    corner = tables["applications"].at("outcomes.total.total")
    wide = corner.text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    corner.text = f"{wide[:2]}\n{wide[2:]}"
    assert read(large_city, tables).report == large_city


def test_none_is_zero_where_the_totals_of_other_tables_say_so(seed, tables):
    for sheet in tables.values():
        for box in sheet.boxes:
            box.text = "无" if box.path and box.text == "0" else box.text
    assert read(seed, tables).report == seed


def test_none_is_in_doubt_where_a_total_contradicts_it(large_city):
    tables = sheets(large_city)
    tables["applications"].at("received.natural_person").text = "无"
    tables["proactive_disclosure"].at("licensing.decisions").text = "无"
    values = read(large_city, tables).values
    assert values["applications.received.natural_person"] is None
    assert values["proactive_disclosure.licensing.decisions"] is None


def test_none_in_section_four_is_in_doubt_whatever_it_means_in_section_three(large_city):
    tables = sheets(large_city)
    for box in tables["applications"].boxes:
        box.text = "无" if box.path and box.text == "0" else box.text
    tables["disputes"].at("reconsideration.upheld").text = "无"
    assert read(large_city, tables).values["disputes.reconsideration.upheld"] is None


@pytest.mark.parametrize("mark", ["¹", " ¹", ".0²"])
def test_a_raised_mark_of_a_note_is_left_out_where_its_totals_agree(large_city, mark):
    tables = sheets(large_city)
    cell = tables["applications"].at("received.natural_person")
    cell.text += mark
    reading = read(large_city, tables)
    assert reading.report == large_city
    assert of(reading, "applications.received.natural_person").id == "value.note_mark"


def test_a_raised_mark_is_in_doubt_where_a_total_does_not_agree(large_city):
    tables = sheets(large_city)
    cell = tables["applications"].at("received.natural_person")
    cell.text += "9¹"
    assert read(large_city, tables).values["applications.received.natural_person"] is None


def test_a_cell_that_shows_a_picture_is_in_doubt(seed, tables):
    tables["proactive_disclosure"].at("licensing.decisions").text = OBJECT
    assert read(seed, tables).values["proactive_disclosure.licensing.decisions"] is None


@pytest.mark.parametrize("text", ["7[1]", "7[¹]", "7*"])
def test_a_notes_mark_beside_a_number_is_told(seed, tables, text):
    tables["proactive_disclosure"].at("licensing.decisions").text = text
    reading = read(seed, tables)
    assert reading.report == seed
    assert of(reading, "proactive_disclosure.licensing.decisions").id == "value.note_mark"


@pytest.mark.parametrize("text", ["⁷", "7¹", "¹", "7（1）"])
def test_what_is_raised_without_brackets_is_in_doubt(seed, tables, text):
    tables["proactive_disclosure"].at("licensing.decisions").text = text
    assert read(seed, tables).values["proactive_disclosure.licensing.decisions"] is None


def test_a_total_in_doubt_tells_nothing_of_the_blanks_below_it(seed, tables):
    applications = tables["applications"]
    applications.at("received.research_institution").text = ""
    applications.at("received.total").text = "约1"
    assert read(seed, tables).values["applications.received.research_institution"] is None


# ---- what is a report ----


def test_a_report_whose_tables_are_pictures_is_in_doubt(seed):
    reading = read(seed, {"proactive_disclosure": [], "applications": [], "disputes": []}, marked=False)
    assert {doubt.path for doubt in reading.doubts} >= {"proactive_disclosure", "applications", "disputes"}


@pytest.mark.parametrize(
    "headings",
    [
        ["一、总体情况", "二、存在的主要问题", "三、其他事项"],
        ["一、主动公开", "二、依申请公开"],
    ],
)
def test_other_documents_with_headings_of_the_form_are_refused(headings):
    blocks = [Paragraph("某局2023年法治政府建设年度报告"), *map(Paragraph, headings)]
    with pytest.raises(UnusableInputError):
        recognise(Content(tuple(blocks)))


def test_a_form_for_applicants_is_refused():
    labels = ["申请人信息", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    cells = tuple(
        Cell(row, column, 1, 1, text) for row, text in enumerate(labels) for column, text in ((0, text), (1, ""))
    )
    with pytest.raises(UnusableInputError):
        recognise(Content((Paragraph("政府信息公开申请表"), Table(cells))))


def test_a_name_that_may_begin_above_the_title_is_in_doubt_and_left_out(seed):
    blocks = content(seed, marked=False).blocks[2:]
    lines = "云川县市场监督管", "理局2023年政府信息公开工作年度报告"
    top = [Paragraph(line, Location(paragraph=at)) for at, line in enumerate(lines, 1)]
    without_name = [
        replace(one, text=one.text.replace(seed.agency, "")) if hasattr(one, "text") else one for one in blocks
    ]
    reading = recognise(Content((*top, *without_name)), "年报.docx")
    doubt = of(reading, "agency")
    assert (doubt.id, doubt.severity, doubt.location.paragraph) == ("agency.uncertain", "doubt", 1)
    assert doubt.found == "云川县市场监督管 | 理局2023年政府信息公开工作年度报告"
    assert reading.report is None
    assert "agency" not in reading.data


def test_a_signature_that_a_line_s_end_cuts_is_put_together(seed):
    last = [Paragraph(line) for line in (seed.agency[:5], seed.agency[5:], "2024年1月20日")]
    reading = recognise(Content((*content(seed, marked=False).blocks, *last)), "年报.docx")
    assert reading.report == seed.model_copy(update={"issued_by": seed.agency, "issued_on": date(2024, 1, 20)})


def test_a_title_may_lead_over_from_the_body_to_its_report(seed):
    blocks = content(seed, marked=False).blocks
    title = f"{seed.agency}关于{seed.year}年政府信息公开工作年度报告"
    first = next(
        at for at, block in enumerate(blocks) if seed.preamble and block.text.startswith(str(seed.preamble)[:9])
    )
    reading = recognise(Content((Paragraph(title), *blocks[first:])))
    assert (reading.report.agency, reading.report.year, reading.report.title) == (seed.agency, seed.year, title)


@pytest.mark.parametrize("rest", ["年政府信息公开工作年度报告", "府信息公开工作年度报告", "政府信息公开工作年度报告"])
def test_a_title_may_break_within_a_word(seed, rest):
    blocks = content(seed, marked=False).blocks
    first = next(at for at, block in enumerate(blocks) if block.text.startswith(str(seed.preamble)[:9]))
    lines = [f"{seed.agency}{seed.year}年政府信息公开工作年度报告".removesuffix(rest), rest]
    reading = recognise(Content((*map(Paragraph, lines), *blocks[first:])))
    assert reading.report == seed


def test_a_table_with_but_one_number_in_doubt_is_blank_otherwise(seed, tables):
    disclosure = tables["proactive_disclosure"]
    for box in disclosure.boxes:
        box.text = "" if box.path else box.text
    disclosure.at("licensing.decisions").text = "若干"
    assert read(seed, tables).values["proactive_disclosure.penalties.decisions"] is None
