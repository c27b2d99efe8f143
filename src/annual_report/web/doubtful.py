"""What was read from a file that is in doubt, composed like a report, with every doubt marked in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.document.blocks import Document, Table, Title
from annual_report.document.compose import compose
from annual_report.document.highlights import Mark, annotate
from annual_report.form.fields import nested
from annual_report.form.registry import known
from annual_report.form.sections import NARRATIVES
from annual_report.report.model import AnnualReport

if TYPE_CHECKING:
    from annual_report.document.blocks import Block
    from annual_report.explanations import Severity
    from annual_report.readers.reading import Reading

UNKNOWN = "？"
"""What is shown where a number or the body's name is in doubt."""


def is_unfilled(reading: Reading) -> bool:
    """Return whether nothing is in doubt but tables that have not been filled in.

    Parameters
    ----------
    reading
        What was read from a file.
    """
    return reading.report is None and all(doubt.id == "table.blank" for doubt in reading.doubts)


def compose_doubtful(reading: Reading) -> Document | None:
    """Compose what was read.

    Parameters
    ----------
    reading
        What was read from a file, without a report.

    Returns
    -------
    Document | None
        The form, with a question mark for each number in doubt and a mark for each doubt; none if what was read cannot
        be shown in the form.
    """
    try:
        report = _filled_up(reading)
    except ValidationError:
        return None
    document = compose(report)
    blocks = tuple(_with_gaps(block, reading) for block in document.blocks)
    if not reading.partial.get("year"):
        blocks = tuple(_without_year(block, f"{report.year}年") for block in blocks)
    kind: Severity = "error" if is_unfilled(reading) else "doubt"
    marks = [Mark(kind, doubt.message, doubt.path, doubt.place) for doubt in reading.doubts]
    return annotate(replace(document, blocks=blocks), marks)


def _filled_up(reading: Reading) -> AnnualReport:
    """Make a report with zeros for the numbers in doubt."""
    part = reading.partial
    year = part.get("year") or known()[-1].first_year
    blank = AnnualReport.blank(agency=part.get("agency") or UNKNOWN, year=year, edition=part.get("edition"))
    numbers: dict[str, Any] = {}
    for path, zero in blank.values.items():
        number = reading.values.get(path)
        if number is not None or path not in blank.form.leaves:
            numbers[path] = zero if number is None else number
    texts = {key: part[key] for key in ("title", "preamble", *NARRATIVES, "issued_by", "issued_on") if part.get(key)}
    return AnnualReport.model_validate(blank.model_dump() | texts | nested(numbers))


def _with_gaps(block: Block, reading: Reading) -> Block:
    """Replace the zeros of a table that stand for numbers in doubt; totals that are not printed are left out."""
    if not isinstance(block, Table):
        return block
    paths = [f"{block.key}.{cell.path}" for cell in block.grid.values]
    shown = [
        value if reading.values.get(path) is not None else UNKNOWN if path in reading.values else ""
        for path, value in zip(paths, block.values, strict=True)
    ]
    return replace(block, values=tuple(shown))


def _without_year(block: Block, year: str) -> Block:
    """Replace the year that only stands in for one that is in doubt."""
    if isinstance(block, Title):
        return replace(block, lines=tuple(line.replace(year, f"{UNKNOWN}年") for line in block.lines))
    if isinstance(block, Table):
        return replace(block, description=block.description.replace(year, f"{UNKNOWN}年"))
    return block
