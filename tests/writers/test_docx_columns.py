"""The columns of the tables of the Word document, and the sizes of their numbers."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from extremes import nine_digits
from extremes import render_anyway as render
from hypothesis import given
from hypothesis import strategies as st

from annual_report import AnnualReport, Style
from annual_report.style import PRESETS
from annual_report.writers.docx.columns import columns, digit_width, text_width, value_sizes

GRID = AnnualReport.blank(agency="某局", year=2024).form.grids["disputes"]


def disputes(report, style=None):
    """Give the sizes of section four's numbers in points, and the widths of its columns in twips."""
    table = docx.Document(BytesIO(render(report, style=style))).tables[2]
    sizes = {cell.paragraphs[0].style.font.size.pt for cell in table.rows[-1].cells}
    return sizes, [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]


def with_long_number(data, length: int) -> AnnualReport:
    data["disputes"]["reconsideration"] = {"upheld": 10 ** (length - 1), "corrected": 0, "other": 0, "pending": 0}
    return AnnualReport.model_validate(data)


@pytest.mark.parametrize("style", PRESETS)
def test_a_column_of_nine_digits_is_wider_and_its_numbers_are_as_large_as_others(data, style):
    sizes, widths = disputes(with_long_number(data, 9), style)
    assert sizes == {PRESETS[style].fonts.table.size}
    assert widths[0] == widths[4] > 1.4 * widths[1]
    assert sum(widths) == 11906 - 1587 - 1474


def test_columns_are_even_where_all_numbers_fit_them(data):
    sizes, widths = disputes(with_long_number(data, 5))
    assert sizes == {9}
    assert max(widths) - min(widths) <= 1


@pytest.mark.parametrize("style", PRESETS)
def test_numbers_of_nine_digits_in_every_column_of_section_four_are_of_six_points(style):
    sizes, widths = disputes(nine_digits("2021"), style)
    assert sizes == {6}
    assert sum(widths) == 11906 - 1587 - 1474


@given(
    st.lists(st.integers(1, 11), min_size=GRID.width, max_size=GRID.width).map(tuple),
    st.integers(10, 30),
)
def test_every_number_fits_its_column(digits, half_points):
    style = Style(fonts={"table": {"east_asian": "宋体", "size": half_points / 2}})
    measured = columns(GRID, style, digits)
    assert sum(measured.widths) == text_width(style)
    (size,) = value_sizes(GRID, measured, style, digits)
    for width, count in zip(measured.widths, digits, strict=True):
        assert count * digit_width(style, size) + 2 * measured.padding <= width / 20


def test_only_the_styles_that_an_author_applies_are_in_words_gallery():
    document = docx.Document(BytesIO(render(nine_digits("2021"))))
    sizes = [style for style in document.styles if style.name.startswith("Table Number ")]
    assert len(sizes) > 5
    for style in sizes:
        assert (style.quick_style, style.hidden, style.unhide_when_used) == (False, True, True)
    gallery = [style.name for style in document.styles if style.quick_style]
    assert "Body Text" in gallery
    assert len(gallery) < 25
