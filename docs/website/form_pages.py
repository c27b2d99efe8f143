"""The form as pages of the site: each table as printed, with the keys of the data beside the printed words."""

from __future__ import annotations

from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING

from annual_report.form.registry import known
from annual_report.form.sections import NARRATIVES, TABLES, TITLES

if TYPE_CHECKING:
    from annual_report.form.grid import Cell, DataCell, Grid
    from annual_report.form.registry import Edition
    from annual_report.messages import Language

WORDS = {
    "title": {"zh": "格式：{id} 年版", "en": "The form: edition {id}"},
    "lead": {
        "zh": "{instrument}（{number}）规定的格式。表格按印出的样子排列，每个栏目下面是数据中的键；"
        "数据格的路径由行、列的键以点连接。表三如“（一）予以公开”行、“自然人”列为 "
        "`applications.outcomes.granted.natural_person`。",
        "en": "The form of {instrument} ({number}). The tables are arranged as printed, with the data's keys under the "
        "printed words; the path of a value joins the keys of its row and column with dots. Row （一）予以公开, column "
        "自然人 of section three is `applications.outcomes.granted.natural_person`.",
    },
    "texts": {"zh": "文字部分", "en": "Texts"},
    "section": {"zh": "部分", "en": "Section"},
    "key": {"zh": "键", "en": "Key"},
    "paths": {"zh": "每一格的路径", "en": "The path of every cell"},
    "path": {"zh": "路径", "en": "Path"},
    "labels": {"zh": "表上的文字", "en": "Printed words"},
    "kind": {"zh": "数值", "en": "Value"},
    "count": {"zh": "整数", "en": "whole number"},
    "signed": {"zh": "整数，可为负", "en": "whole number, may be negative"},
    "amount": {"zh": "小数，{unit}", "en": "decimal, in {unit}"},
    "derived": {"zh": "总计，可不填", "en": "total, may be left out"},
}


def form_pages(language: Language) -> dict[str, str]:
    """Give a page for each edition, the newest first, by name."""
    return {f"form-{edition.id}.md": _page(edition, language) for edition in reversed(known())}


def _page(edition: Edition, language: Language) -> str:
    def words(key: str) -> str:
        return WORDS[key][language]

    parts = [
        f"# {words('title').format(id=edition.id)}",
        words("lead").format(instrument=edition.instrument, number=edition.document_number),
        f"## {words('texts')}",
        f"| {words('section')} | {words('key')} |\n| --- | --- |\n"
        + "\n".join(f"| {TITLES[key]} | `{key}` |" for key in NARRATIVES),
    ]
    for key in TABLES:
        grid = edition.grids[key]
        parts += [f"## {TITLES[key]} {{ #{key} }}", f"`{key}`", _table(grid), _paths(key, grid, language)]
    return "\n\n".join(parts) + "\n"


def _table(grid: Grid) -> str:
    """Give a table as HTML, with its merged cells."""
    rows: list[list[str]] = [[] for _ in range(grid.height)]
    for cell in grid.cells:
        rows[cell.row].append(_cell(grid, cell))
    body = "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f'<div class="form form-{grid.layout}"><table>\n{body}\n</table></div>'


def _cell(grid: Grid, cell: Cell) -> str:
    spans = "".join(
        f' {name}="{size}"' for name, size in (("rowspan", cell.rows), ("colspan", cell.columns)) if size > 1
    )
    if cell.is_value:
        return f"<td{spans}></td>"
    key = key_of(grid, cell).rpartition(".")[2].replace("_", "_<wbr>")
    shown = f"<br><code>{key}</code>" if key else ""
    return f"<th{spans}>{escape(cell.text)}{shown}</th>"


def key_of(grid: Grid, label: Cell) -> str:
    """Give the keys that lead to a label in the data: what the paths of the values beside or below it share."""
    beside = label.role in {"stub", "spine", "total"}
    paths = [cell.path.split(".") for cell in (_beside(grid, label) if beside else _below(grid, label))]
    if not paths:
        return ""
    if beside:
        shared = _shared(paths)
        return ".".join(shared[:-1] if len(paths) == 1 else shared)
    ending = _shared([path[::-1] for path in paths])
    return ending[0] if ending else ".".join(_shared(paths))


def _shared(paths: list[list[str]]) -> list[str]:
    """Give the keys that all paths begin with."""
    return [keys[0] for keys in takewhile(lambda keys: len(set(keys)) == 1, zip(*paths, strict=False))]


def _beside(grid: Grid, label: Cell) -> list[Cell]:
    rows = range(label.row, label.row + label.rows)
    return [cell for cell in grid.cells if cell.is_value and cell.row in rows and cell.column > label.column]


def _below(grid: Grid, label: Cell) -> list[Cell]:
    """Find the values below a heading, up to the next band."""
    if label.role == "band":
        return []
    columns = range(label.column, label.column + label.columns)
    bands = [cell.row for cell in grid.cells if cell.role == "band" and cell.row > label.row]
    rows = range(label.row + 1, min(bands, default=grid.height))
    return [cell for cell in grid.cells if cell.is_value and cell.row in rows and cell.column in columns]


def _paths(section: str, grid: Grid, language: Language) -> str:
    head = " | ".join(WORDS[key][language] for key in ("path", "labels", "kind"))
    rows = "\n".join(
        f"    | `{section}.{value.path}` | {escape(' › '.join(value.labels))} | {_kind(value, language)} |"
        for value in grid.values
    )
    return f'??? note "{WORDS["paths"][language]}"\n\n    | {head} |\n    | --- | --- | --- |\n{rows}'


def _kind(value: DataCell, language: Language) -> str:
    if not value.adds_up:
        return WORDS["derived"][language]
    kind = "count" if value.is_plain else "signed" if value.signed else "count" if value.is_count else "amount"
    return WORDS[kind][language].format(unit=value.unit)
