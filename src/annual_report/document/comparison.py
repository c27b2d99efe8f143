"""A comparison of years as a document: sentences on the largest changes, then the three tables with every year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from annual_report.checks.findings import PREVIOUS
from annual_report.checks.previous import COPIED_SECTIONS
from annual_report.document.blocks import Block, Document, Heading, Paragraph, Table, Title
from annual_report.document.highlights import Mark, annotate
from annual_report.form.grid import Cell, DataCell, Grid
from annual_report.form.sections import REPORT_NAME, TABLES
from annual_report.report.narrative import Run
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annual_report.analysis.compare import ComparedCell, Comparison
    from annual_report.checks.findings import Finding
    from annual_report.form import Edition

NAME = f"{REPORT_NAME}数据对比"
YEAR = "年度"
CHANGE = "增减"
ABSENT = "—"
"""The text of cells that a year's edition does not have."""

_RATES = {
    "share_granted": "予以公开和部分公开占办理结果的比例",
    "share_refused": "不予公开占办理结果的比例",
    "reconsiderations_corrected": "结果纠正占已审结行政复议的比例",
    "suits_lost": "结果纠正占已审结行政诉讼的比例",
}


def compose_comparison(comparison: Comparison) -> Document:
    """Compose a comparison.

    Parameters
    ----------
    comparison
        The comparison; the tables follow the edition of its latest report.

    Returns
    -------
    Document
        Its blocks and properties, with a mark for each finding on last year's report.
    """
    latest = comparison.reports[-1]
    lines = (f"{latest.agency}{'、'.join(f'{year}年' for year in comparison.years[:-1])}与{latest.year}年", NAME)
    document = Document(
        blocks=tuple(_blocks(comparison, lines)),
        title="".join(lines),
        subject=NAME,
        author=latest.agency,
        created=latest.issued_on or date(latest.year, 12, 31),
        json=comparison.to_json,
    )
    marks = tuple(_mark(finding, latest.year) for finding in comparison.findings if finding.quotation is None)
    return annotate(document, marks) if marks else document


def with_notes(document: Document) -> Document:
    """Print the marks of a comparison, for formats that show none: a sign in each cell, and its note below the table.

    Parameters
    ----------
    document
        The comparison; marks on no cell get a note before the first table.

    Returns
    -------
    Document
        The document with the signs and notes, without marks.
    """
    tables = [block for block in document.blocks if isinstance(block, Table)]
    printed = [f"{table.key}.{cell.path}" for table in tables for cell in table.grid.values]
    order = {path: index for index, path in enumerate(printed)}
    signs: defaultdict[str, str] = defaultdict(str)
    notes: defaultdict[str, list[Block]] = defaultdict(list)
    for index, mark in enumerate(sorted(document.marks, key=lambda mark: order.get(mark.path, -1))):
        signs[mark.path] += _sign(index)
        key = mark.path.partition(".")[0] if mark.path in order else ""
        notes[key].append(_paragraph(f"{_sign(index)}{mark.place}：{mark.message.text('zh')}。"))
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            blocks += notes.pop("", [])
        blocks.append(_signed(block, signs) if isinstance(block, Table) else block)
        if isinstance(block, Table):
            blocks += notes[block.key]
    return replace(document, blocks=tuple(blocks), marks=())


def _signed(table: Table, signs: Mapping[str, str]) -> Table:
    """Return a table with the signs of its cells printed after their numbers."""
    pairs = zip(table.grid.values, table.values, strict=True)
    return replace(table, values=tuple(value + signs.get(f"{table.key}.{cell.path}", "") for cell, value in pairs))


def _sign(index: int) -> str:
    """Return the sign of a note: ① to ⑳, then （21）."""
    return chr(ord("①") + index) if index <= ord("⑳") - ord("①") else f"（{index + 1}）"


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run.model_construct(text=text, emphasis=False),))


def _mark(finding: Finding, year: int) -> Mark:
    path, *cells = (_of_year(path, year) for path in (finding.path, *(cell.path for cell in finding.cells)))
    return Mark(finding.severity, finding.message, path, finding.place, cells=tuple(cells))


def _of_year(path: str, year: int) -> str:
    """Return the path of a cell's row for a year, or for the year before if the path says so."""
    plain = path.removeprefix(PREVIOUS)
    if plain.partition(".")[0] not in TABLES:
        return path
    return f"{plain}@{year if plain == path else year - 1}"


def _blocks(comparison: Comparison, lines: tuple[str, ...]) -> Iterator[Block]:
    yield Title(lines)
    for sentence in _sentences(comparison):
        yield _paragraph(sentence)
    edition = comparison.reports[-1].form
    for key in TABLES:
        yield Heading(1, (Run.model_construct(text=section_title(key), emphasis=False),), section=key)
        layout = _layout(edition, key, comparison.years)
        values = tuple(_printed(comparison.cells[f"{key}.{path}"], cell, row) for path, row, cell in layout.values)
        name = section_title(key).partition("、")[2]
        yield Table(key, layout.grid, values, name, f"{lines[0]}{name}对比")


def _sentences(comparison: Comparison) -> Iterator[str]:
    """Yield neutral sentences on the largest changes, the rates, and what cannot be compared."""
    before, now = comparison.years[-2:]
    changes = [_change(cell) for cell in comparison.largest_changes()]
    if changes:
        yield f"{now}年与{before}年相比，变化最大的数据：{'；'.join(changes)}。"
    else:
        yield f"{now}年与{before}年相比，各项数据没有变化。"
    rates = [
        f"{label}分别为{_percent(rates[-2])}、{_percent(rates[-1])}"
        for name, label in _RATES.items()
        if any((rates := comparison.rates()[name])[-2:])
    ]
    if rates:
        yield f"{before}年、{now}年，{'；'.join(rates)}。"
    unchanged, count = comparison.unchanged_sentences
    if count:
        titles = "".join(f"“{section_title(key)}”" for key in COPIED_SECTIONS)
        yield f"{titles}共{count}句，其中{unchanged}句与上一份报告相同。"
    if comparison.repeated_numbers:
        yield f"相同的句子中写有数字或年份的：{'；'.join(f'“{words}”' for words in comparison.repeated_numbers)}。"
    if comparison.not_comparable:
        yield f"各年度采用的格式不同，{len(comparison.not_comparable)}项数据只在部分年度的格式中有，不作对比。"


def _change(cell: ComparedCell) -> str:
    before, now = cell.numbers[-2:]
    text = f"“{cell.place.partition(' › ')[2]}”由{before}变为{now}，{_direction(cell.change)}"
    return text if cell.percent is None else f"{text}（{abs(float(cell.percent)):.1f}%）"


def _direction(change: Any) -> str:
    return f"增加{change}" if change > 0 else f"减少{abs(change)}"


def _percent(rate: Any) -> str:
    return ABSENT if rate is None else f"{float(rate) * 100:.1f}%"


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table of several years: its grid, and for each value its path, the index of its row, and the form's cell."""

    grid: Grid
    values: tuple[tuple[str, int, DataCell], ...]


@lru_cache(maxsize=32)
def _layout(edition: Edition, key: str, years: tuple[int, ...]) -> _Layout:
    """Lay out a table with each row of values replaced by one row per year and one for the change."""
    grid = edition.grids[key]
    rows = [*(f"{year}年" for year in years), CHANGE]
    with_values = {cell.row for cell in grid.cells if cell.is_value}
    tops = [0]
    for row in range(grid.height):
        tops.append(tops[-1] + (len(rows) if row in with_values else 1))
    column = grid.label_columns
    cells = [_moved(cell, tops, column) for cell in grid.cells if not cell.is_value]
    cells += _year_headings(grid, tops, column)
    values: list[tuple[Cell, DataCell, str, int, DataCell]] = []
    by_path = {value.path: value for value in grid.values}
    for row in sorted(with_values):
        for index, label in enumerate(rows):
            cells.append(Cell(tops[row] + index, column, 1, 1, "stub", label))
            for cell in (cell for cell in grid.cells if cell.is_value and cell.row == row):
                value = by_path[cell.path]
                path = f"{cell.path}@{years[index] if index < len(years) else 'change'}"
                placed = cell._replace(row=tops[row] + index, column=cell.column + 1, rows=1, path=path)
                values.append(
                    (placed, value._replace(path=path, labels=(*value.labels, label)), cell.path, index, value)
                )
    values.sort(key=lambda found: (found[0].row, found[0].column))
    cells += [placed for placed, *_ in values]
    laid_out = Grid(
        grid.layout,
        tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        tuple(value for _, value, *_ in values),
        tops[-1],
        grid.width + 1,
        grid.header_rows,
        grid.label_columns,
    )
    return _Layout(laid_out, tuple((path, index, value) for _, _, path, index, value in values))


def _moved(cell: Cell, tops: list[int], column: int) -> Cell:
    """Move a label to the new position of its rows, and make room for the column of years."""
    top, bottom = tops[cell.row], tops[cell.row + cell.rows]
    across = cell.column < column < cell.column + cell.columns
    return cell._replace(
        row=top,
        rows=bottom - top,
        column=cell.column + (cell.column >= column),
        columns=cell.columns + across,
    )


def _year_headings(grid: Grid, tops: list[int], column: int) -> Iterator[Cell]:
    """Yield the headings of the column of years: one for the table, or one in each row of headings."""
    if grid.header_rows:
        yield Cell(0, column, tops[grid.header_rows], 1, "heading", YEAR)
        return
    for cell in grid.cells:
        if cell.role == "heading" and cell.column == 0:
            yield Cell(tops[cell.row], column, tops[cell.row + cell.rows] - tops[cell.row], 1, "heading", YEAR)


def _printed(cell: ComparedCell, value: DataCell, row: int) -> str:
    """Format a year's number, or the change, as the form prints the number."""
    if row < len(cell.numbers):
        number = cell.numbers[row]
        return ABSENT if number is None else value.print(number)
    change = cell.change
    if change is None:
        return ABSENT
    return format(change, "+f") if isinstance(change, Decimal) and change else f"{change:+d}" if change else "0"
