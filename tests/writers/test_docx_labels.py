"""Labels of tables end their lines between words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_report import AnnualReport
from annual_report.document.line_breaks import boundaries
from annual_report.style import PRESETS
from annual_report.writers.docx.columns import columns
from annual_report.writers.docx.labels import laid_out, name_width
from annual_report.writers.docx.units import ems

LABELS = sorted(
    {
        cell.text
        for year in (2020, 2024)
        for grid in AnnualReport.blank(agency="某局", year=year).form.grids.values()
        for cell in grid.cells
        if cell.text
    }
)


def line_ends(label, room: float, size: float) -> set[int]:
    """Set a label as a typesetter does, a character after the other while they fit; give where its lines end."""
    ends, offset, filled = set(), 0, 0.0
    for text, space in label.parts:
        for position, character in enumerate(text):
            if filled + ems(character) * size > room - label.indent:
                ends.add(offset)
                filled = 0.0
            filled += ems(character) * size + (space if position == len(text) - 1 else 0.0)
            offset += 1
    return ends


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("year", [2020, 2024])
@pytest.mark.parametrize("key", ["applications", "disputes"])
def test_every_line_of_every_label_of_the_form_ends_between_words(preset, year, key):
    grid = AnnualReport.blank(agency="某局", year=year).form.grids[key]
    measured = columns(grid, PRESETS[preset])
    for cell in grid.cells:
        if cell.text and cell.role != "spine":
            room, size = measured.room(cell), measured.font.size
            assert line_ends(laid_out(cell.text, room, size), room, size) <= set(boundaries(cell.text)), cell.text


@given(st.sampled_from(LABELS), st.integers(15, 300), st.integers(8, 40))
def test_a_label_loses_nothing_and_its_lines_are_those_counted(text, tenths, half_points):
    size = half_points / 2
    room = tenths / 10 * size
    label = laid_out(text, room, size)
    assert "".join(part for part, _ in label.parts) == text
    ends = line_ends(label, room, size)
    assert label.lines == len(ends) + 1
    if len(label.parts) > 1:
        assert label.indent == 0
        assert ends <= set(boundaries(text))


@given(st.text("某市人民政府办公室AB1（）", min_size=1, max_size=100), st.integers(4, 60))
def test_a_name_takes_as_few_lines_as_fit_its_capacity(name, capacity):
    width = name_width(name, capacity)
    assert width <= capacity
    lines = _filled(name, width)
    assert len(lines) == len(_filled(name, capacity))
    if len(lines) == 1:
        assert width == ems(name)


def _filled(name: str, width: float) -> list[str]:
    """Break a name by filling every line."""
    lines = [""]
    for character in name:
        if ems(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines
