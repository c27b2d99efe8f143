"""Text that lists a table's cells, as it is copied from a page or a document: read where it is beyond doubt, or not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annual_report import AnnualReport, read, render

SECTIONS = ("proactive_disclosure", "applications", "disputes")


def copied(report: AnnualReport, style: str, change=lambda cells: cells) -> str:
    """A report's text as it is copied: each row of a table as one line or as several."""
    lines: list[str] = []
    for line in render(report, format="txt", allow_findings=True).decode().splitlines():
        cells = [cell for cell in change(line.split("\t")) if cell.strip()]
        if "\t" not in line:
            lines.append(line)
        elif style == "a row a line":
            lines.append(" ".join(cells))
        elif style == "bars":
            lines.append(" | ".join(cells) + " |")
        elif style == "a cell and a bar a line":
            lines += [f"{cell} |" for cell in cells]
        else:
            lines += cells
    return "\n".join(lines)


STYLES = ["a cell a line", "a row a line", "a cell and a bar a line", "bars"]


def with_blanks(cells: list[str]) -> list[str]:
    return ["" if cell == "0" else cell for cell in cells]


def doubts(text: str) -> set[tuple[str, str]]:
    return {(one.id, one.path) for one in read(text.encode(), name="年报.txt").deviations if one.severity == "doubt"}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["seed", "large_city"])
def test_a_report_copied_with_all_its_numbers_is_read(request, name, style):
    report = request.getfixturevalue(name)
    reading = read(copied(report, style).encode(), name="年报.txt")
    assert reading.report is not None, reading.deviations
    assert all(getattr(reading.report, key) == getattr(report, key) for key in SECTIONS)


def test_the_edition_before_is_read_too():
    report = AnnualReport.blank(agency="某某市民政局", year=2020)
    reading = read(copied(report, "a cell a line").encode(), name="年报.txt")
    assert all(value == 0 for value in reading.values.values())
    assert not any(one.severity == "doubt" for one in reading.deviations if one.path.startswith(SECTIONS))


@pytest.mark.parametrize("style", ["a cell a line", "a row a line", "a cell and a bar a line"])
def test_with_blank_cells_left_out_nothing_is_guessed(seed, style):
    text = copied(seed, style, with_blanks)
    reading = read(text.encode(), name="年报.txt")
    assert reading.report is None
    assert not any(value is not None for value in reading.values.values())
    assert {("table.missing", key) for key in SECTIONS} <= doubts(text)
    said = {one.message.text("en") for one in reading.deviations if one.id == "table.missing"}
    assert any("which of them are blank cannot be told" in words for words in said)


def test_a_number_alone_outside_the_tables_may_be_a_page_number(seed):
    assert ("table.missing", "applications") in doubts(copied(seed, "a cell a line") + "\n2\n")


@pytest.mark.parametrize("number", ["- {} -", "— {} —", "－ {} －", "{} / 5", "·{}·"])
def test_a_page_number_with_strokes_is_not_taken_for_three_cells(seed, number):
    def with_a_page_number(cells):
        return [cells[0], number.format(2)] if cells[0] == "规章" else cells

    copy = copied(seed, "a cell a line", with_a_page_number)
    assert ("table.missing", "proactive_disclosure") in doubts(copy)
    assert ("table.missing", "proactive_disclosure") in doubts(f"{copied(seed, 'a cell a line')}\n{number.format(3)}\n")


def test_numbers_with_separators_are_added_up_too(seed):
    def with_a_page_number(cells):
        return [cells[0], "1,234", "0", "0", "0", "0", "1,234", "2"] if cells[0].startswith("一、本年新收") else cells

    assert ("table.missing", "applications") in doubts(copied(seed, "a cell a line", with_a_page_number))


def test_numbering_apart_from_its_label_is_not_taken_for_a_number(seed):
    def apart(cells):
        return [cell.replace(".", ". ", 1) if cell[1:2] == "." else cell for cell in cells]

    for style in ("a cell a line", "a row a line"):
        reading = read(copied(seed, style, apart).encode(), name="年报.txt")
        assert reading.report is not None, reading.deviations
        assert all(getattr(reading.report, key) == getattr(seed, key) for key in SECTIONS)


def test_a_total_that_is_not_the_sum_is_not_taken_for_it(seed):
    def with_a_page_number(cells):
        return [*cells[:-2], cells[-1], "8"] if cells[0].startswith("一、本年新收") else cells

    assert ("table.missing", "applications") in doubts(copied(seed, "a cell a line", with_a_page_number))


def test_labels_broken_in_two_are_put_together(seed):
    text = copied(seed, "a cell a line").replace("商业企业", "商业\n企业").replace("法律服务机构", "法律服务\n机构")
    assert read(text.encode(), name="年报.txt").report is not None


@pytest.mark.parametrize("broken", ["法律服务\n机构", "法律\n服务\n机构", "法律\n服务\n机\n构"])
def test_a_label_of_up_to_four_pieces_is_put_together(seed, broken):
    text = copied(seed, "a cell a line").replace("法律服务机构", broken)
    assert read(text.encode(), name="年报.txt").report is not None


@settings(max_examples=60)
@given(
    style=st.sampled_from(STYLES), blank=st.sets(st.integers(0, 60)), pages=st.lists(st.integers(0, 400), max_size=4)
)
def test_what_is_read_is_what_was_written(seed, style, blank, pages):
    rows = iter(range(10_000))
    lines = copied(seed, style, lambda cells: with_blanks(cells) if next(rows) in blank else cells).splitlines()
    for number, place in enumerate(pages, 1):
        lines.insert(len(lines) * place // 400, str(number))
    written = read(render(seed, format="txt", allow_findings=True), name="年报.txt").values
    found = read("\n".join(lines).encode(), name="年报.txt").values
    assert all(value is None or value == written[path] for path, value in found.items())


@pytest.mark.parametrize("style", ["a cell a line", "a row a line"])
def test_the_only_cell_of_a_row_may_be_blank(seed, style):
    def with_blank_fees(cells):
        return [*cells[:1], *("" for _ in cells[1:])] if cells[0] == "行政事业性收费" else cells

    text = copied(seed, style, with_blank_fees)
    reading = read(text.encode(), name="年报.txt")
    assert reading.values["proactive_disclosure.fees.amount"] == 0
    assert {(one.id, one.path) for one in reading.deviations} >= {("value.blank", "proactive_disclosure.fees.amount")}
    assert reading.values["applications.received.total"] == seed.applications.received.total
    assert not doubts(text)


def test_a_blank_row_above_one_with_a_number_may_be_copied_by_columns(seed):
    def without(*labels):
        return lambda cells: [*cells[:1], *("" for _ in cells[1:])] if cells[0] in labels else cells

    lost = ("table.missing", "proactive_disclosure")
    assert lost in doubts(copied(seed, "a cell a line", without("行政处罚")))
    for labels in (("行政强制",), ("行政处罚", "行政强制")):
        text = copied(seed, "a cell a line", without(*labels))
        assert not doubts(text)
        assert read(text.encode(), name="年报.txt").values["proactive_disclosure.compulsion.decisions"] == 0
