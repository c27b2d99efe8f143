"""Publish many reports, read them back, and say what came of it: `survey.py [COUNT] [SEED] [FORMAT…]`."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from publications import FORMATS, Publication, publish_many
from publications.others import others
from publications.printing import RADICALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annual_report import AnnualReport

SECTIONS = {"overview": ("preamble", "overview"), "problems_and_improvements": (), "other_matters": ()}
TO_PLAIN = str.maketrans({radical: plain for plain, radical in RADICALS.items()})
EXAMPLES = 40


@dataclass
class Tally:
    """What came of the files of one format."""

    files: int = 0
    whole: int = 0
    refused: int = 0
    sound: int = 0
    sound_whole: int = 0
    cells: int = 0
    right: int = 0
    doubted: int = 0
    paragraphs: int = 0
    returned: int = 0
    kept_whole: int = 0
    texts: int = 0
    texts_kept: int = 0
    silent: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    drawn: Counter[str] = field(default_factory=Counter)
    needless: list[str] = field(default_factory=list)


def _number(value: Any) -> Decimal | str:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return str(value)


def _doubted(reading: Any, path: str) -> bool:
    """Tell whether a doubt is about a path, or about a row, table or section that it is in."""
    doubts = [deviation.path for deviation in reading.deviations if deviation.severity == "doubt"]
    return any(path == doubt or path.startswith(f"{doubt}.") for doubt in doubts)


def silent_errors(publication: Publication, reading: Any) -> Iterator[tuple[str, Any, Any]]:
    """Give every value that differs from what a human reads, and that no doubt is about."""
    source = publication.report.model_dump()
    for path, truth in publication.truth.items():
        value = reading.values.get(path)
        if value is None or _doubted(reading, path):
            continue
        right = _at(source, path) if truth is None else truth
        if path in publication.doubtful or _number(value) != _number(right):
            yield path, value, "a doubt" if path in publication.doubtful else right
    yield from _silent_totals(publication, reading)
    if publication.must_doubt and reading.report is not None:
        yield "(the whole)", "a report", "a doubt"
    if reading.report is not None and reading.report.year != publication.report.year:
        yield "year", reading.report.year, publication.report.year


def _silent_totals(publication: Publication, reading: Any) -> Iterator[tuple[str, Any, Any]]:
    for path, total in publication.totals.items():
        value = reading.values.get(path)
        if _doubted(reading, path) or (value is None and reading.report is None):
            continue
        if value is None or _number(value) != _number(total):
            yield path, value, total


def _at(tree: Any, path: str) -> Any:
    for key in path.split("."):
        tree = tree[key]
    return tree


def plain(text: str) -> str:
    """Give text without what file formats do to it."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text.translate(TO_PLAIN)))


def _count_cells(tally: Tally, publication: Publication, values: dict[str, Any]) -> None:
    for path, truth in publication.truth.items():
        if truth is None:
            continue
        tally.cells += 1
        value = values.get(path)
        tally.doubted += value is None
        tally.right += value is not None and _number(value) == _number(truth)


def _count_prose(tally: Tally, publication: Publication, report: AnnualReport) -> None:
    for section, keys in SECTIONS.items():
        given = [paragraph for key in keys or (section,) for paragraph in getattr(publication.report, key)]
        found = [plain(paragraph.text) for key in keys or (section,) for paragraph in getattr(report, key)]
        tally.paragraphs += len(given)
        tally.returned += sum(plain(paragraph.text) in "".join(found) for paragraph in given)
        tally.kept_whole += sum(plain(paragraph.text) in found for paragraph in given)
    kept = plain(str(getattr(report, "texts", "")))
    for texts in publication.texts.values():
        tally.texts += len(texts)
        tally.texts_kept += sum(plain(text) in kept for text in texts)


def count(
    tally: Tally, publication: Publication, read: Callable[..., Any], refusal: type[Exception], name: str
) -> None:
    """Read a publication and count what came of it."""
    tally.files += 1
    tally.sound += not publication.must_doubt
    tally.drawn.update(publication.habits)
    try:
        reading = read(publication.data, name=publication.name)
    except refusal as error:
        tally.refused += 1
        tally.unread.update(publication.habits)
        _count_cells(tally, publication, {})
        if not publication.must_doubt:
            tally.needless.append(f"{name}: refused: {str(error).splitlines()[0][:160]} {publication.habits}")
        return
    whole = reading.report is not None
    tally.whole += whole
    tally.sound_whole += whole and not publication.must_doubt
    if not whole:
        tally.unread.update(publication.habits)
        if not publication.must_doubt:
            doubt = next((d for d in reading.deviations if d.severity == "doubt"), None)
            about = f"{doubt.id} at {doubt.path}, found {doubt.found!r}" if doubt else "no doubt is given"
            tally.needless.append(f"{name}: {about} {publication.habits}")
    _count_cells(tally, publication, reading.values)
    for path, value, right in silent_errors(publication, reading):
        tally.silent.append(f"{name}: {path} is {value!r} instead of {right!r} {publication.habits}")
    if whole:
        _count_prose(tally, publication, reading.report)
        if reading.report.agency != publication.report.agency:
            tally.heads.append(f"{name}: {reading.report.agency!r} instead of {publication.report.agency!r}")


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "none"


def show(format: str, tally: Tally) -> None:
    print(f"== {format}: {tally.files} files")
    print(f"read whole            {_share(tally.whole, tally.files)}; refused {tally.refused}")
    print(f"  of those readable   {_share(tally.sound_whole, tally.sound)}")
    print(f"cells right           {_share(tally.right, tally.cells)}; in doubt {tally.doubted}")
    print(
        f"paragraphs' text      {_share(tally.returned, tally.paragraphs)}; as paragraphs {_share(tally.kept_whole, tally.paragraphs)}"
    )
    print(f"texts beside tables   {_share(tally.texts_kept, tally.texts)}")
    print(f"body's name wrong     {len(tally.heads)}")
    print(f"SILENT ERRORS         {len(tally.silent)}")
    for title, lines in (("silent", tally.silent), ("name", tally.heads), ("needless doubt", tally.needless)):
        for line in lines[:EXAMPLES]:
            print(f"   {title}: {line}")
    print("habits of the files not read whole, with the share of all files that have them:")
    for habit, number in tally.unread.most_common(25):
        print(f"   {habit:34} {_share(number, tally.drawn[habit])}")


def main() -> int:
    from annual_report import UnusableInputError, read

    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    silent = 0
    for format_ in sys.argv[3:] or FORMATS:
        tally = Tally()
        rngs = [random.Random(f"{seed}/{format_}/{nth}") for nth in range(amount)]
        for nth, publication in enumerate(publish_many(rngs, format_)):
            count(tally, publication, read, UnusableInputError, f"{seed}/{format_}/{nth}")
        show(format_, tally)
        silent += len(tally.silent)
    print("== files that are no report")
    for other in others(random.Random(seed)):
        try:
            reading = read(other.data, name=other.name)
        except UnusableInputError as error:
            print(f"   refused: {other.kind} ({other.name.rpartition('.')[2]}): {str(error).splitlines()[0][:120]}")
        else:
            taken = "TAKEN FOR A REPORT" if reading.report is not None else "not refused, but in doubt"
            silent += reading.report is not None
            print(f"   {taken}: {other.kind} ({other.name})")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
