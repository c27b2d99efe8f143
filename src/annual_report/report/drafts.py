"""Drafts of the narratives: plain sentences from the tables, with placeholders where the office must add its own text.

A draft is a starting point: `check` compares it with the tables like text that an office wrote. Sentences are built
from pieces, so that a workbook can write the same ones as formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import leaves, walk
from annual_report.form.marks import Signed, Spanner, Unit
from annual_report.form.sections import TOPICS
from annual_report.report.arguments import require_report
from annual_report.report.model import NUMERALS
from annual_report.report.narrative import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from annual_report.form import Edition
    from annual_report.form.fields import Node
    from annual_report.report.model import AnnualReport


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of some cells in a sentence.

    Parameters
    ----------
    paths
        The paths of the cells, none of them a total.
    """

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Pieces that depend on whether the sum of some cells is zero.

    Parameters
    ----------
    cells
        The cells.
    nought, otherwise
        The pieces if their sum is zero, and if it is not.
    """

    cells: Sum
    nought: Line
    otherwise: Line


Line: TypeAlias = "tuple[str | Sum | Choice, ...]"


def draft_narratives(report: AnnualReport) -> dict[str, str]:
    """Write drafts of sections one, five and six from the tables.

    Parameters
    ----------
    report
        The report with its tables filled in; its narratives are ignored.

    Returns
    -------
    dict[str, str]
        The drafts as plain text, by section; `（待填写）` marks what the office must fill in.

    Notes
    -----
    国办公开办函〔2021〕30号 asks section six to say whether 信息处理费 was collected; earlier editions do not.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> report = AnnualReport.blank(agency="某局", year=2024)
    >>> print(draft_narratives(report)["overview"].splitlines()[3])
    2024年，本机关未收到政府信息公开申请。未发生因政府信息公开引起的行政复议、行政诉讼。
    """
    require_report(report)
    return drafted(report.form, report.year, report.values)


def drafted(edition: Edition, year: int, values: Mapping[str, int | Decimal]) -> dict[str, str]:
    """Write the drafts as plain text, by section.

    Parameters
    ----------
    edition
        The edition whose cells the sentences name.
    year
        The year reported on.
    values
        The values by path; a sentence has `（待填写）` for those that are not known yet.
    """
    return {key: "\n".join(told(line, values) for line in lines) for key, lines in drafts(edition, year).items()}


def drafts(edition: Edition, year: int) -> dict[str, tuple[Line, ...]]:
    """Return the drafts as pieces: the lines of each section, by key.

    Parameters
    ----------
    edition
        The edition whose cells the sentences name.
    year
        The year reported on.
    """
    written = {TOPICS[0]: _proactive(edition, year), TOPICS[1]: (*_applications(edition, year), *_disputes(edition))}
    overview: list[Line] = []
    for numeral, topic in zip(NUMERALS, TOPICS, strict=False):
        overview += [(f"（{numeral}）{topic}情况",), written.get(topic, (UNFINISHED,))]
    problems = ("（一）存在的主要问题", UNFINISHED, "（二）改进情况", UNFINISHED)
    return {
        "overview": tuple(overview),
        "problems_and_improvements": tuple((line,) for line in problems),
        "other_matters": tuple((line,) for line in _other_matters(edition, year)),
    }


def told(line: Line, values: Mapping[str, int | Decimal]) -> str:
    """Return a line as text.

    Parameters
    ----------
    line
        The line's pieces.
    values
        The values by path, those that are known.
    """
    text = ""
    for piece in line:
        if isinstance(piece, str):
            text += piece
        elif isinstance(piece, Sum):
            number = _added(piece, values)
            text += UNFINISHED if number is None else format(number, "d" if isinstance(number, int) else "f")
        else:
            text += told(piece.nought if _added(piece.cells, values) == 0 else piece.otherwise, values)
    return text


def _added(cells: Sum, values: Mapping[str, int | Decimal]) -> int | Decimal | None:
    """Add the cells, unless one is not known."""
    if not values.keys() >= set(cells.paths):
        return None
    first, *rest = (values[path] for path in cells.paths)
    return sum(rest, first)


def _proactive(edition: Edition, year: int) -> Line:
    """State the numbers of section two, row by row."""
    pieces: list[str | Sum | Choice] = [f"{year}年，本机关主动公开政府信息{UNFINISHED}条。"]
    for number, row in enumerate(walk(edition.tables["proactive_disclosure"])):
        pieces.append(f"{'；' if number else ''}{row.name}")
        for index, cell in enumerate(row.children):
            before, unit = _around(cell)
            pieces += [f"{'、' if index else ''}{before}", Sum((f"proactive_disclosure.{cell.path}",)), unit]
    return (*pieces, "。")


def _around(cell: Node) -> tuple[str, str]:
    """Return the text before and after a number of section two: `本年制发` and `件` for the column 本年制发件数."""
    unit = cell.mark(Unit)
    known = unit.label if unit else cell.title.partition("单位：")[2].rstrip("）")
    if known or cell.mark(Signed) is not None:
        return cell.name, known
    counted = cell.name.removesuffix("件数").removesuffix("数量")
    counted += "数" if counted.endswith("总") else ""
    return counted, "项" if counted.endswith("项目") else "件"


def _applications(edition: Edition, year: int) -> Line:
    """State how many applications were received, carried in, processed and carried forward."""
    rows = {node.key: node for node in walk(edition.tables["applications"])}
    received, carried_in, outcomes, forward = (
        _cells("applications", [rows[key]]) for key in ("received", "carried_in", "outcomes", "carried_forward")
    )
    applicants = _listed("applications", _applicants(rows["received"]))
    kinds = _listed("applications", [(n.name, [n]) for n in rows["outcomes"].children if n.key != TOTAL_KEY])
    return (
        f"{year}年，本机关",
        Choice(
            Sum(received.paths + carried_in.paths + outcomes.paths + forward.paths),
            ("未收到政府信息公开申请。",),
            (
                *("新收政府信息公开申请", received, "件", *_where_any(received, applicants), "；"),
                *("上年结转政府信息公开申请", carried_in, "件。"),
                *("本年度共办结政府信息公开申请", outcomes, "件", *_where_any(outcomes, kinds), "；"),
                *(rows["carried_forward"].name, forward, "件。"),
            ),
        ),
    )


def _where_any(cells: Sum, listed: Line) -> Line:
    """List the parts of a number unless it is zero."""
    return (Choice(cells, (), ("，其中", *listed)),)


def _listed(section: str, parts: Iterable[tuple[str, list[Node]]]) -> Line:
    pieces: list[str | Sum | Choice] = []
    for name, nodes in parts:
        pieces += [f"{'，' if pieces else ''}{name}", _cells(section, nodes), "件"]
    return tuple(pieces)


def _applicants(row: Node) -> Iterator[tuple[str, list[Node]]]:
    """Yield the kinds of applicants with their columns, grouped by common heading."""
    columns = [node for node in row.children if node.key != TOTAL_KEY]
    for spanner, members in groupby(columns, key=lambda node: node.mark(Spanner)):
        alike = list(members)
        yield spanner.label if spanner else alike[0].name, alike


def _cells(section: str, nodes: Iterable[Node]) -> Sum:
    """Return the cells at and below some fields, excluding totals."""
    return Sum(tuple(f"{section}.{leaf.path}" for node in nodes for leaf in node.leaves() if not leaf.is_total))


def _disputes(edition: Edition) -> Line:
    """State the numbers of reconsiderations and lawsuits by result."""
    table = edition.tables["disputes"]
    kinds = walk(table)
    every = Sum(tuple(f"disputes.{leaf.path}" for leaf in leaves(table) if not leaf.is_total))
    none = f"未发生因政府信息公开引起的{'、'.join(kind.name for kind in kinds)}。"
    return (Choice(every, (none,), tuple(piece for kind in kinds for piece in _dispute(kind))),)


def _dispute(kind: Node) -> Line:
    cells = _cells("disputes", [kind])
    groups = list(kind.rows())
    results = [
        (column.name, [row.children[index] for row in groups])
        for index, column in enumerate(groups[0].children)
        if column.key != TOTAL_KEY
    ]
    stated = (f"因政府信息公开引起的{kind.name}", cells, "件，其中", *_listed("disputes", results), "。")
    return (Choice(cells, (f"未发生因政府信息公开引起的{kind.name}。",), stated),)


def _other_matters(edition: Edition, year: int) -> Iterator[str]:
    """Yield the usual statement about fees if the edition requires one, and a placeholder for the rest."""
    if edition.must_report:
        yield "（一）收取信息处理费情况"
        yield (
            f"{year}年，本机关{UNFINISHED}收取信息处理费：发出收费通知{UNFINISHED}件，"
            f"总金额{UNFINISHED}元，实际收取{UNFINISHED}元。"
        )
        yield "（二）其他需要报告的事项"
    yield UNFINISHED
