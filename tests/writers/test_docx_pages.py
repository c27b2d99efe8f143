"""Where the tables of the Word document may break over pages."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn
from extremes import render_anyway as render

from annual_report import AnnualReport, Style, compare
from annual_report.document.comparison import CHANGE
from annual_report.form.sections import TABLES
from annual_report.style import PRESETS
from annual_report.writers.docx.pages import rows

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
    text = 2 * style.fonts.clause_table.size * style.tables.leading
    assert max(heights) == pytest.approx(text + 2 * style.tables.row_space + style.tables.rule)
    label = docx.Document(BytesIO(render(housing_bureau, style=style))).styles["Clause Header"].paragraph_format
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
