"""`annual-report check` of many reports: one table of findings, by body, to read or to send back."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, TypeAlias

from annual_report.checks.severity import NAMES
from annual_report.cli import NOT_RECONCILED, UNUSABLE
from annual_report.cli.many import files_of, workers
from annual_report.cli.outputs import REVIEW, in_folder, make_folder, refuse_sources
from annual_report.cli.streams import tell
from annual_report.cli.terminal import COLOURS, PIPE_WIDTH, progress
from annual_report.errors import Problem, UnusableInputError
from annual_report.files import whole_file
from annual_report.messages import message, place_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.table import Table

    from annual_report.batch import Checked

Format: TypeAlias = Literal["text", "json", "csv"]

_CHUNK = 1 << 16
_TITLES = (
    message("File"),
    message("Body"),
    message("Year"),
    message("Severity"),
    message("Place"),
    message("Finding"),
    message("Rule"),
    message("Path"),
    message("Expected"),
    message("Actual"),
)


class _Tally:
    """Counts what goes by."""

    def __init__(self) -> None:
        self.reports = self.errors = self.warnings = 0
        self.failures: list[str] = []

    def counting(self, checked: Iterable[Checked]) -> Iterator[Checked]:
        for one in checked:
            if one.failure is not None:
                self.failures.append(one.failure.text())
            else:
                self.reports += not one.is_missing
                self.errors += len(one.findings.errors)
                self.warnings += len(one.findings.warnings)
            yield one

    def text(self) -> str:
        return message(
            "{reports} reports: {errors} errors, {warnings} warnings; {failed} failed",
            reports=self.reports,
            errors=self.errors,
            warnings=self.warnings,
            failed=len(self.failures),
        ).text()

    @property
    def status(self) -> int:
        """The exit status: 2 where no report could be read, 1 where any could not, or has errors."""
        if not self.reports:
            return UNUSABLE
        return NOT_RECONCILED if self.failures or self.errors else 0


def check_files(
    inputs: list[str],
    format: Format,
    output: str | None,
    roster: str | None,
    previous: str | None,
    emit: Callable[[bytes], None],
) -> int:
    """Check the reports that a command line names, and show what was found.

    Parameters
    ----------
    inputs
        Files, folders and patterns.
    format
        What to print, where there is no output file.
    output
        The file to write, `.xlsx`, `.csv` or `.json`.
    roster
        The file of the roster whose bodies are expected.
    previous
        The file, folder or pattern of last year's reports.
    emit
        What prints on standard output.

    Returns
    -------
    int
        The exit status.
    """
    import tempfile

    from annual_report.batch import check_many
    from annual_report.report.roster import Roster

    files, bodies = files_of(inputs), Roster.of(roster)
    earlier = files_of([previous]) if previous is not None else None
    read = [*files, *(earlier or ())]
    target = in_folder(output, f"{REVIEW}.xlsx") if output else None
    writer = _file_writer(target, [*read, roster or ""]) if target else None
    tally = _Tally()
    with tempfile.TemporaryFile() as file:
        with workers(read) as pool, progress(sys.stderr) as step:
            checked = tally.counting(check_many(files, executor=pool, progress=step, roster=bodies, previous=earlier))
            if writer:
                make_folder(str(output))
                writer(checked, Path(str(target)))
            else:
                _WRITERS[format](checked, file)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            emit(chunk)
    for failure in tally.failures:
        tell(failure)
    if output or format != "text":
        tell(tally.text())
    else:
        emit(f"{tally.text()}\n".encode())
    return tally.status


def _file_writer(output: str, files: list[str]) -> Callable[[Iterator[Checked], Path], None]:
    suffix = Path(output).suffix.lower()
    if suffix not in _FILE_WRITERS:
        words = message("findings are written to {suffix} files", suffix=", ".join(_FILE_WRITERS))
        raise UnusableInputError([Problem(words)], output)
    refuse_sources(output, *files)
    return _FILE_WRITERS[suffix]


def _text(checked: Iterable[Checked], file: IO[bytes]) -> None:
    """Show a table to read; its columns are as wide for every body, so that it can be written body by body."""
    from rich.console import Console

    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    width = Console(file=sys.stdout).width if is_terminal else PIPE_WIDTH
    text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True)
    console = Console(file=text, width=width, force_terminal=is_terminal, highlight=False)
    is_first = True
    for one in checked:
        if one.findings:
            console.print(_table(one, width, with_head=is_first))
            is_first = False
    text.detach()


def _table(one: Checked, width: int, *, with_head: bool) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_header=with_head, padding=(0, 1), width=width)
    table.add_column(message("Body").text(), width=width // 6, overflow="fold")
    table.add_column(message("Severity").text(), width=7)
    table.add_column(message("Place").text(), ratio=3, overflow="fold")
    table.add_column(message("Finding").text(), ratio=3, overflow="fold")
    table.add_column(message("Rule").text(), width=22, overflow="fold")
    for index, finding in enumerate(one.findings):
        table.add_row(
            Text("" if index else f"{one.agency} {one.year or ''}".strip()),
            Text(NAMES[finding.severity].text(), style=COLOURS[finding.severity]),
            Text(place_in(finding.place)),
            Text(finding.message.text()),
            Text(finding.id, style="dim"),
        )
    return table


def _json(checked: Iterable[Checked], file: IO[bytes]) -> None:
    lead = b"[\n"
    for one in checked:
        body = {
            "source": one.source,
            "agency": one.agency,
            "year": one.year,
            "findings": [finding.to_dict() for finding in one.findings],
            "problems": one.failure.text().splitlines() if one.failure else [],
        }
        file.write(lead + json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace"))
        lead = b",\n"
    file.write(b"\n]\n" if lead == b",\n" else b"[]\n")


def _csv(checked: Iterable[Checked], file: IO[bytes]) -> None:
    from annual_report.tables.csv_file import written

    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="backslashreplace", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow([title.text() for title in _TITLES])
    for one in checked:
        for row in _rows(one):
            rows.writerow([written(cell, is_text=isinstance(cell, str)) for cell in row])
    text.detach()


def _rows(one: Checked) -> Iterator[list[Any]]:
    """Yield a row for each finding, and for each problem with a report that cannot be read."""
    for finding in one.findings:
        severity, words = NAMES[finding.severity].text(), finding.message.text()
        numbers = (finding.expected, finding.actual)
        yield [
            one.source,
            one.agency,
            one.year,
            severity,
            place_in(finding.place),
            words,
            finding.id,
            finding.path,
            *numbers,
        ]
    for problem in one.problems:
        yield [one.source, "", None, message("unreadable").text(), "", problem, "", "", None, None]


def _review_workbook(checked: Iterator[Checked], path: Path) -> None:
    from annual_report.batch.review import review_rows, write_review  # importing it takes longer than one check

    write_review((row for one in checked for row in review_rows(one)), path)


def _to_file(writer: Callable[[Iterator[Checked], IO[bytes]], None]) -> Callable[[Iterator[Checked], Path], None]:
    def write(checked: Iterator[Checked], path: Path) -> None:
        with whole_file(path) as beside, beside.open("wb") as file:
            writer(checked, file)

    return write


_WRITERS: dict[str, Callable[[Iterator[Checked], IO[bytes]], None]] = {"text": _text, "json": _json, "csv": _csv}
_FILE_WRITERS = {".xlsx": _review_workbook, ".csv": _to_file(_csv), ".json": _to_file(_json)}
