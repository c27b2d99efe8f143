"""Where the tables of the Word document may break over pages."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn
from extremes import render_anyway as render
from hypothesis import given
from hypothesis import strategies as st

from annual_report import AnnualReport, Style, compare
from annual_report.document.blocks import Paragraph, Table
from annual_report.document.comparison import CHANGE
from annual_report.document.compose import compose
from annual_report.document.subheadings import arranged
from annual_report.form.grid import Cell
from annual_report.form.registry import known
from annual_report.form.sections import TABLES
from annual_report.report.narrative import Run
from annual_report.style import PRESETS
from annual_report.writers.docx.body import body_xml
from annual_report.writers.docx.breaks import expected_breaks
from annual_report.writers.docx.pages import Rows, divided, rows

GROUPS = ("（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理")
SPINE = "三、本年度办理结果"


def table(report, key, style=None):
    return docx.Document(BytesIO(render(report, style=style))).tables[TABLES.index(key)]


def texts(row) -> list[str]:
    return [cell.text for cell in row.cells]


def page_starts(table) -> list[int]:
    """Give the rows before which a page may end, since no paragraph of the row above is kept with the next."""
    rows = [[paragraph for cell in row._tr.tc_lst for paragraph in cell.p_lst] for row in table.rows]
    kept = [{is_kept(table, paragraph) for paragraph in paragraphs} for paragraphs in rows]
    assert all(len(found) == 1 for found in kept)
    assert kept[-1] == {False}
    return [number for number, found in enumerate(kept[:-1], 1) if found == {False}]


def is_kept(table, paragraph) -> bool:
    own = paragraph.pPr.find(qn("w:keepNext"))
    if own is not None:
        return own.get(qn("w:val")) != "0"
    return bool(table.part.document.styles.get_by_id(paragraph.pPr.pStyle.val, 1).paragraph_format.keep_with_next)


def parts(table, column: int, text: str) -> list[list[int]]:
    """Give the rows of each merged cell of a column that has this text."""
    found: list[list[int]] = []
    for number, row in enumerate(table.rows):
        if texts(row)[column] == text:
            if row._tr.tc_lst[column].vMerge != "continue":
                found.append([])
            found[-1].append(number)
    return found


@pytest.mark.parametrize("style", PRESETS)
@pytest.mark.parametrize("name", ["seed", "housing_bureau"])
def test_section_three_breaks_between_its_groups_only(request, name, style):
    report = request.getfixturevalue(name)
    found = table(report, "applications", style)
    starts = page_starts(found)
    assert starts
    assert {texts(found.rows[start])[1] for start in starts} <= {"（一）予以公开", *GROUPS}
    parted = [group[:3] for group in groups(report) if any(row in group[1:] for row in starts)]
    assert parted == ([] if style == "gbt9704" else [[7, 8, 9]])


@pytest.mark.parametrize("style", PRESETS)
@pytest.mark.parametrize("name", ["seed", "housing_bureau"])
def test_no_rows_kept_together_take_a_third_of_a_page(request, name, style):
    report = request.getfixturevalue(name)
    for key, grid in report.form.grids.items():
        starts = page_starts(table(report, key, style))
        tops = rows(grid, PRESETS[style]).tops
        units = pairwise([0, *starts, grid.height])
        assert max(tops[end] - tops[begin] for begin, end in units) < PRESETS[style].text_height / 3


def groups(report) -> list[list[int]]:
    cells = report.form.grids["applications"].cells
    return [[*range(cell.row, cell.row + cell.rows)] for cell in cells if cell.role == "stub" and cell.rows > 1]


def test_a_label_that_goes_on_is_repeated_where_a_page_is_expected_to_begin(seed):
    found = table(seed, "applications")
    assert [texts(found.rows[start])[1][:3] for start in page_starts(found)] == ["（一）", "（四）", "（五）", "（六）"]
    assert parts(found, 0, SPINE) == [[*range(5, 18)], [*range(18, 27)]]


@pytest.mark.parametrize("style", [Style(), Style(sub_headings="own-line")])
def test_the_label_of_a_table_that_fits_on_its_page_is_one_cell(style):
    report = AnnualReport.blank(agency="某局", year=2024, overview="人民政府工作" * 90)
    assert parts(table(report, "applications", style), 0, SPINE) == [[*range(5, 27)]]


def test_text_that_grows_moves_the_break_up_the_table():
    lines = range(22)
    reports = [AnnualReport.blank(agency="某局", year=2024, overview="\n".join(["年"] * count)) for count in lines]
    breaks = [[part[0] for part in parts(table(report, "applications"), 0, SPINE)[1:]] for report in reports]
    assert [] in breaks
    assert {row for found in breaks for row in found} == {18, 23}
    assert breaks.index([23]) < breaks.index([18])


@pytest.mark.parametrize(("lines", "starts"), [(1, (23,)), (2, (18, 23)), (8, (15,)), (9, (5, 15)), (12, (5,))])
def test_notes_between_the_tables_may_take_a_line_more_or_less_than_estimated(lines, starts):
    blocks = compose(AnnualReport.blank(agency="某局", year=2024)).blocks
    notes = next(place for place, block in enumerate(blocks, 1) if isinstance(block, Table))
    note = Paragraph(runs=(Run(text="年"),))
    assert expected_breaks([*blocks[:notes], *[note] * lines, *blocks[notes:]], Style()) == starts


@pytest.mark.parametrize("size", [14, 16, 18])
@pytest.mark.parametrize("lines", [0, 8, 20])
def test_no_page_has_more_of_a_table_than_fits_on_it_with_the_repeated_head(size, lines):
    style = Style(fonts={"table": {"east_asian": "宋体", "size": size}})
    report = AnnualReport.blank(agency="某局", year=2024, overview="\n".join(["年"] * lines))
    measured = rows(report.form.grids["applications"], style)
    starts = expected_breaks(compose(report).blocks, style)
    assert len(starts) > 1
    for begin, end in pairwise([*starts, len(measured.tops) - 1]):
        height = measured.tops[measured.header_rows] + measured.tops[end] - measured.tops[begin]
        assert height <= style.text_height


@pytest.mark.parametrize(("text", "headings", "lines"), [("做好。", 3, 8), ("做好。", 6, 0), ("认真做好。" * 11, 3, 2)])
def test_breaks_are_expected_for_headings_that_are_run_in_and_for_those_that_are_not(text, headings, lines):
    overview = "\n".join([f"（一）工作。{text}"] * headings + ["年"] * lines)
    blocks = arranged(compose(AnnualReport.blank(agency="某局", year=2024, overview=overview)).blocks, "run-in")
    run_in, as_in_word, as_in_libreoffice = [], [], []
    for block in blocks:
        run_in.append(block)
        lead = block.lead if isinstance(block, Paragraph) else ()
        as_in_word.append(Paragraph(runs=(*lead, *block.runs)) if lead else block)
        as_in_libreoffice += [Paragraph(runs=lead), Paragraph(runs=block.runs)] if lead else [block]
    either = {row for found in (as_in_word, as_in_libreoffice) for row in expected_breaks(found, Style())}
    assert expected_breaks(as_in_word, Style()) != expected_breaks(as_in_libreoffice, Style())
    assert {*expected_breaks(run_in, Style())} == either


@pytest.mark.parametrize(("length", "lines"), [(26, 1), (27, 2), (54, 2), (55, 3)])
def test_a_paragraph_takes_as_many_lines_as_its_text_with_the_indentation(length, lines):
    def breaks(paragraphs, further):
        overview = "\n".join([*paragraphs, *["年"] * further])
        return expected_breaks(compose(AnnualReport.blank(agency="某局", year=2024, overview=overview)).blocks, Style())

    same, fewer = ([breaks(["年"] * 4 * count, further) for further in range(8)] for count in (lines, lines - 1))
    assert [breaks(["年" * length] * 4, further) for further in range(8)] == same != fewer


@pytest.mark.parametrize("spaced", ["现行有效 9 件，", "第 12 场", "规章 › 制发："])
def test_spaces_beside_chinese_characters_take_no_more_than_programs_add(spaced):
    def breaks(text, further):
        overview = "\n".join([text * 40, *["年"] * further])
        return expected_breaks(compose(AnnualReport.blank(agency="某局", year=2024, overview=overview)).blocks, Style())

    assert [breaks(spaced, further) for further in range(22)] == [
        breaks(spaced.replace(" ", ""), further) for further in range(22)
    ]


def test_a_table_that_is_kept_whole_is_not_expected_to_break():
    style = Style(tables={"keep_whole": ["applications"]})
    blocks = compose(AnnualReport.blank(agency="某局", year=2024)).blocks
    assert expected_breaks(blocks, Style()) != expected_breaks(blocks, style) == ()


@pytest.mark.parametrize("below", [11, 19])
def test_a_heading_goes_to_the_next_page_with_the_first_line_below_it(below):
    blocks = compose(AnnualReport.blank(agency="某局", year=2024)).blocks
    first = next(place for place, block in enumerate(blocks) if isinstance(block, Table))
    note = Paragraph(runs=(Run(text="年"),))
    section = [blocks[first - 1], *[note] * below, *blocks[first:]]
    full = Style().lines
    at_the_top, with_a_line, alone, below_a_full_page = (
        expected_breaks([*[note] * lines, *section], Style()) for lines in (0, full - 2, full - 1, full)
    )
    assert at_the_top == alone == below_a_full_page != with_a_line


@pytest.mark.parametrize(
    ("size", "left", "begins_page"),
    [(14, 22, False), (14, 13, False), (14, 10, True), (14, 2, True), (18, 16, False), (18, 13, True)],
)
def test_for_libreoffice_a_long_tables_heading_begins_a_page_if_its_first_rows_may_not_fit(size, left, begins_page):
    style = Style(fonts={"table": {"east_asian": "宋体", "size": size}})
    document = compose(AnnualReport.blank(agency="某局", year=2024))
    tables = [place for place, block in enumerate(document.blocks) if isinstance(block, Table)]
    above = [Paragraph(runs=(Run(text="年"),))] * (style.lines - left)
    document = replace(document, blocks=(*above, *document.blocks[tables[1] - 1 :]))
    xml = body_xml(document, style, for_libreoffice=True).decode()
    first, *_ = re.findall(r"<w:p>(?:(?!</w:p>).)*Heading.*?</w:p>", xml)
    assert ("pageBreakBefore" in first) == begins_page


def test_for_libreoffice_no_text_runs_downwards(seed):
    for_word, for_libreoffice = (body_xml(compose(seed), Style(), for_libreoffice=asked) for asked in (False, True))
    assert b"<w:textDirection" in for_word
    assert b"<w:textDirection" not in for_libreoffice


@pytest.mark.parametrize("name", ["seed", "housing_bureau"])
def test_section_two_breaks_between_its_bands_only(request, name):
    found = table(request.getfixturevalue(name), "proactive_disclosure")
    starts = page_starts(found)
    assert len(starts) >= 3
    assert all(texts(found.rows[start])[0].startswith("第二十条") for start in starts)


def test_a_heading_of_two_lines_in_section_two_has_space_above_and_below(housing_bureau):
    style = PRESETS["large-print"]
    measured = rows(housing_bureau.form.grids["proactive_disclosure"], style)
    heights = [below - above for above, below in pairwise(measured.tops)]
    text = 2 * style.fonts.item_table.size * style.tables.leading
    assert max(heights) == pytest.approx(text + 2 * style.tables.row_space + style.tables.rule)
    label = docx.Document(BytesIO(render(housing_bureau, style=style))).styles["Item Header"].paragraph_format
    assert label.space_before.pt == label.space_after.pt == pytest.approx(style.tables.row_space, abs=0.05)


def test_section_four_never_breaks(seed):
    assert page_starts(table(seed, "disputes")) == []


@pytest.mark.parametrize("key", ["proactive_disclosure", "applications"])
def test_a_style_keeps_a_table_whole(seed, key):
    style = Style(tables={"keep_whole": [key]})
    whole = table(seed, key, style)
    assert page_starts(whole) == []
    (other,) = {"proactive_disclosure", "applications"} - {key}
    assert page_starts(table(seed, other, style))
    if key == "applications":
        assert len(parts(whole, 0, SPINE)) == 1


def test_a_table_too_tall_for_a_page_is_not_kept_whole(seed):
    style = Style(fonts={"table": {"east_asian": "宋体", "size": 15}}, tables={"keep_whole": ["applications"]})
    assert page_starts(table(seed, "applications", style))


def test_a_group_of_about_a_third_of_a_page_or_more_breaks_between_its_rows(seed):
    style = Style(fonts={"table": {"east_asian": "宋体", "size": 15}})
    parted = [
        group[0] for group in groups(seed) if set(group[1:]) & set(page_starts(table(seed, "applications", style)))
    ]
    assert parted == [7, 18]


@pytest.mark.parametrize("key", TABLES)
def test_the_rows_of_one_value_of_a_comparison_stay_together(large_city, key):
    comparison = compare(large_city.model_copy(update={"year": 2024}), large_city)
    found = table(comparison, key)
    starts = page_starts(found)
    for start in starts:
        assert CHANGE in texts(found.rows[start - 1])
    if key == "applications":
        assert len(starts) > 5
        first, *further = [part[0] for part in parts(found, 0, SPINE)]
        assert first == starts[0]
        assert set(further) <= set(starts)
        assert further


@pytest.mark.parametrize("key", TABLES)
def test_the_head_is_repeated_on_every_page_and_no_row_is_split(seed, key):
    rows = table(seed, key)._tbl.tr_lst
    repeated = [row.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    header_rows = seed.form.grids[key].header_rows
    assert repeated == [True] * header_rows + [False] * (len(rows) - header_rows)
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


GRIDS = [(edition, key) for edition in known() for key in TABLES]
sizes = st.floats(6, 18).map(lambda size: round(size * 2) / 2)


def of_size(size: float) -> Style:
    return Style(fonts={"table": {"east_asian": "宋体", "size": size}})


@given(st.sampled_from(GRIDS), sizes)
def test_pages_begin_below_the_head_and_leave_no_first_or_last_row_alone(table, size):
    edition, key = table
    grid = edition.grids[key]
    found = rows(grid, of_size(size))
    assert list(found.starts) == sorted(set(found.starts))
    assert all(grid.header_rows + 1 < start < grid.height - 1 for start in found.starts)
    assert found.room_for_labels(found.starts[:1])


@given(st.sampled_from(GRIDS), sizes)
def test_a_table_is_kept_whole_where_its_page_holds_it_and_a_line_before_it(table, size):
    edition, key = table
    style = of_size(size)
    whole = rows(edition.grids[key], style, whole=True)
    if whole.tops[-1] + style.line_pitch <= style.text_height:
        assert whole.starts == ()
    else:
        assert whole == rows(edition.grids[key], style)


@pytest.mark.parametrize(("lines", "is_whole"), [(16, False), (17, True)])
def test_a_table_nearly_as_high_as_its_page_is_not_kept_whole_without_room_for_a_line(seed, lines, is_whole):
    found = rows(seed.form.grids["applications"], Style(lines=lines), whole=True)
    assert found.tops[-1] < Style(lines=lines).text_height
    assert (found.starts == ()) is is_whole


def test_a_row_is_as_high_as_its_lines_with_the_space_and_rule_around_them(seed):
    style = Style()
    line = style.fonts.table.size * style.tables.leading
    tops = rows(seed.form.grids["applications"], style).tops
    around = 2 * style.tables.row_space + style.tables.rule
    lines = [round((below - above - around) / line, 6) for above, below in pairwise(tops)]
    assert lines[0] == 1  # beside a label over three rows, which has more lines
    assert set(lines) == {1, 2, 3, 4}
    banded = rows(seed.form.grids["proactive_disclosure"], style).tops
    assert {round(below - above, 6) for above, below in pairwise(banded)} == {style.tables.row_height}


def label(row: int, height: int) -> Cell:
    return Cell(row=row, column=0, rows=height, columns=1, text="一", role="stub")


def test_a_label_needs_room_only_where_it_goes_on():
    found = Rows(tops=(0, 10, 20, 30, 40), header_rows=0, starts=(1, 2, 3), labels={label(1, 2): 10, label(3, 1): 99})
    assert found.room_for_labels([])
    assert found.room_for_labels([1, 3])
    assert found.room_for_labels([2])
    assert not Rows(found.tops, 0, found.starts, {label(1, 2): 10.5}).room_for_labels([2])


def test_a_label_is_divided_where_it_goes_on():
    whole = label(1, 4)
    assert list(divided([whole], [1, 5])) == [whole]
    assert [(part.row, part.rows, part.text) for part in divided([whole], [0, 2, 4, 6])] == [
        (1, 1, "一"),
        (2, 2, "一"),
        (4, 1, "一"),
    ]
