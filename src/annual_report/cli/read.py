"""The command that shows what is read from a published report, and everything that is not as the form has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from annual_report.cli.options import Lang
from annual_report.cli.outputs import in_folder, named_after, refuse_sources, write_as
from annual_report.cli.streams import STANDARD, json_text, read_input, write
from annual_report.errors import one_line
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.readers.deviations import Deviation
    from annual_report.readers.reading import Reading

IN_DOUBT = 1

_ALIKE = 5
"""How many remarks that say the same are shown one by one."""


def read_command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=message("A report in any format, - for standard input").text())
    ],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="OUT", help=message("Where to write the report's JSON").text()),
    ] = None,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help=message("Lines to read, or JSON").text())
    ] = "text",
    lang: Lang = None,
) -> None:
    """Show what is read from a report in any format."""
    target = None if output is None else in_folder(output, named_after(file, "json"))
    refuse_sources(target, file)
    reading = _read(file)
    if target is not None:
        write_as(json_text(reading.data), target, output)
    if output != STANDARD:
        write(json_text(reading.to_dict()) if format == "json" else _lines(reading).encode(), STANDARD)
    if reading.report is None:
        raise typer.Exit(IN_DOUBT)


def _read(file: str) -> Reading:
    from annual_report.readers.read import read

    return read(read_input(), name=STANDARD) if file == STANDARD else read(file)


def _lines(reading: Reading) -> str:
    """Return the reading as lines: what it is, what is in doubt, and what else was unusual."""
    lines = [_summary(reading)]
    lines += [message("in doubt: {deviation}", deviation=doubt.text()).text() for doubt in reading.doubts]
    lines += _remarks(reading.infos)
    counts = message("{doubts} in doubt, {infos} remarks", doubts=len(reading.doubts), infos=len(reading.infos))
    return "\n".join([*lines, counts.text()]) + "\n"


def _remarks(infos: tuple[Deviation, ...]) -> Iterator[str]:
    """Yield a line for each remark; of many that say the same, the first, and how many more there are."""
    alike: dict[str, list[Deviation]] = {}
    for info in infos:
        alike.setdefault(info.message.text(), []).append(info)
    for group in alike.values():
        shown = group if len(group) <= _ALIKE else group[:1]
        for info in shown:
            yield message("remark: {deviation}", deviation=info.text()).text()
        if group != shown:
            yield message("    {number} more like it; --format json lists them", number=len(group) - 1).text()


def _summary(reading: Reading) -> str:
    """Describe whose report it is, and how many numbers were read."""
    numbers = [number for number in reading.values.values() if number is not None]
    unknown = message("(unknown)").text()
    words = message(
        "{agency}, {year}, edition {edition}: {read} of {all} numbers read",
        agency=reading.data.get("agency") or unknown,
        year=reading.data.get("year") or unknown,
        edition=reading.data.get("edition") or unknown,
        read=len(numbers),
        all=len(reading.values),
    )
    return one_line(words.text())
