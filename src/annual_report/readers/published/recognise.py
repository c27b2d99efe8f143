"""Recognises a report in a file's blocks: every edition of the form is tried; whatever is uncertain is a deviation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.errors import Problem, UnusableInputError
from annual_report.form import registry
from annual_report.form.sections import NARRATIVES, REPORT_NAME, SECTIONS, TABLES
from annual_report.messages import message
from annual_report.readers import comparisons
from annual_report.readers.as_printed import filled_in, is_as_printed, with_whole_spines
from annual_report.readers.blocks import Table
from annual_report.readers.labels import core
from annual_report.readers.match import place, texts_as_printed
from annual_report.readers.placement import Placement
from annual_report.readers.published.characters import printable
from annual_report.readers.published.copies import without_copy
from annual_report.readers.published.deviation_list import WHOLE, DeviationList
from annual_report.readers.published.figures import (
    Figures,
    figures,
    figures_as_printed,
    is_total,
    with_whole_totals,
    writes_none_for_zero,
)
from annual_report.readers.published.one_a_line import listed
from annual_report.readers.published.outline import Outline, outline
from annual_report.readers.published.prose import joined, marks_sub_headings, narrative
from annual_report.readers.published.sections import kind_of
from annual_report.readers.published.signature import Ending, ending, marked_ending
from annual_report.readers.published.title import Beginning, beginning
from annual_report.readers.reading import Reading, plain
from annual_report.report.model import AnnualReport
from annual_report.report.narrative import UNFINISHED, Narrative
from annual_report.report.places import section_title
from annual_report.report.problems import explain
from annual_report.report.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from annual_report.form.grid import Grid
    from annual_report.readers.blocks import Block, Content, Paragraph
    from annual_report.readers.placement import Placement

CLEARLY = 0.9
"""By how much another edition fits worse where there is no doubt: about one row or column of the form."""

LEAST_HEADINGS = 3
"""How many sections' headings tell a report whose tables are missing, one of a table's among them."""

_NOT_FOUND = message("the table of this section is not found")
_UNCLEAR = message(
    "the table's cells stand one after the other, and which of them are blank cannot be told: "
    "read the page or the file itself, or copy the table into Word"
)


@dataclass
class _Fit:
    """An edition tried on a file's tables, each of which it may print exactly as it is."""

    edition: registry.Edition
    tables: dict[str, list[Table]]
    is_as_printed: bool = False

    @cached_property
    def placements(self) -> dict[str, Placement]:
        return {key: place(tables, self.edition.grids[key], key) for key, tables in self.tables.items()}

    @property
    def cost(self) -> float:
        return sum(placement.cost for placement in self.placements.values())

    @property
    def is_comparison(self) -> bool:
        """Whether every table has rows for several years."""
        if self.is_as_printed or not self.tables:
            return False
        return all(comparisons.compares_years(pieces[0], "rows") for pieces in self.tables.values())

    def figures(self, key: str, around: Sequence[str], year: int | None) -> Figures:
        """Read the numbers of a section's table."""
        grid = self.edition.grids[key]
        texts = texts_as_printed(self.tables[key][0], grid, key) if self.is_as_printed else None
        if texts and (found := figures_as_printed(texts, grid, around)):
            return found
        none_is_zero = key == TABLES[0] and any(
            writes_none_for_zero(placement, self.edition.grids[other])
            for other, placement in self.placements.items()
            if other != key
        )
        return figures(self.placements[key], grid, around, year, none_is_zero=none_is_zero)


def recognise(content: Content, source: str = "") -> Reading:
    """Read a report from a file's blocks.

    Parameters
    ----------
    content
        What the file's reader found in it.
    source
        The file's name, which may tell the body and the year, and which errors give.

    Returns
    -------
    Reading
        The report, or as much of it as is beyond doubt.

    Raises
    ------
    UnusableInputError
        There is no table and hardly a section of the form, or the file compares years.
    """
    content = without_copy(printable(content))
    parts = outline(content.blocks)
    unclear: frozenset[str] = frozenset()
    if not parts.tables:
        blocks, unclear = listed(content.blocks)
        parts = outline(blocks)
    if not _may_be_report(parts):
        raise _no_report(content.blocks, source)
    texts = [*parts.front, *(paragraph for prose in parts.prose.values() for paragraph in prose)]
    marked = parts.marked_level is not None
    top = beginning(parts.front, [*content.titles, PurePath(source).stem], texts, marked=marked, is_own=content.is_own)
    best, is_clear = _edition(parts, top.year)
    if best.is_comparison:
        raise UnusableInputError([Problem(comparisons.REFUSAL)], source)
    if len(parts.headings) < LEAST_HEADINGS and not any(found.cells for found in best.placements.values()):
        raise _no_report(content.blocks, source)
    deviations = DeviationList(best.edition, parts, content.remarks)
    if not is_clear:
        deviations.doubt("edition.ambiguous", "edition", message("the tables fit more than one edition of the form"))
    if {kind_of(table) for _, table in parts.others}.issuperset(TABLES):
        deviations.doubt("report.ambiguous", WHOLE, message("the file holds more than one report"))
    data: dict[str, Any] = {"edition": best.edition.id}
    last = parts.prose.get(SECTIONS[-1], [])
    end = marked_ending(last) if content.is_own else ending(last, top.agency, marked=marked)
    _heading(data, top, end, deviations, is_own=content.is_own)
    values = _tables(data, best, parts, deviations, unclear)
    _prose(data, top, parts, end, deviations, is_own=content.is_own)
    _signature(data, top, end, deviations)
    beside = _texts(parts, deviations)
    if beside:
        data["texts"] = {
            key: {name: narrative(said, marked=marked) for name, said in texts.items()} for key, texts in beside.items()
        }
    report = None if deviations.doubts else _report(data, deviations)
    if report is None:
        _leave_out(data, deviations)
    said_beside = {
        key: {name: "\n".join(paragraph.text for paragraph in said) for name, said in texts.items()}
        for key, texts in beside.items()
    }
    return Reading(report, values, deviations.in_order(), said_beside, source, {} if report else _partial(data))


def _may_be_report(parts: Outline) -> bool:
    """Return whether there is a table of the form, or so many of its sections that the tables may be pictures."""
    return bool(parts.tables) or (
        len(parts.headings) >= LEAST_HEADINGS and not parts.headings.keys().isdisjoint(TABLES)
    )


def _no_report(blocks: Iterable[Block], source: str) -> UnusableInputError:
    compares = any(isinstance(block, Table) and comparisons.compares_years(block, "columns") for block in blocks)
    words = message("this is not an annual report: it has no table and no section of the form")
    return UnusableInputError([Problem(comparisons.REFUSAL if compares else words)], source)


def _edition(parts: Outline, year: int | None) -> tuple[_Fit, bool]:
    """Try every edition: give the one that fits best, and whether it fits clearly better than the others."""
    printed = _printed(parts.tables) or _printed(_with_whole_spines(parts.tables))
    if printed is not None:
        return printed, True
    fits = sorted((_Fit(edition, parts.tables) for edition in reversed(registry.known())), key=lambda fit: fit.cost)
    near = [fit for fit in fits if fit.cost < fits[0].cost + CLEARLY]
    if len(near) == 1:
        return fits[0], True
    by_year = registry.in_force(year) if year else None
    return next((fit for fit in near if fit.edition is by_year), near[0]), not parts.tables


def _with_whole_spines(tables: dict[str, list[Table]]) -> dict[str, list[Table]]:
    return {key: [with_whole_spines(table) for table in pieces] for key, pieces in tables.items()}


def _printed(tables: dict[str, list[Table]]) -> _Fit | None:
    """Find the edition that prints the tables as they are, cell for cell, if it is the only one that fits them."""
    known = registry.known()
    printed = [
        edition for edition in known if all(is_as_printed(pieces, edition.grids[key]) for key, pieces in tables.items())
    ]
    if len(printed) != 1:
        return None
    keys = tuple(tables)
    if any(_distance(printed[0], other, keys) < CLEARLY for other in known if other is not printed[0]):
        return None
    return _Fit(printed[0], tables, is_as_printed=True)


@lru_cache(maxsize=64)
def _distance(one: registry.Edition, other: registry.Edition, keys: tuple[str, ...]) -> float:
    """Measure how badly an edition fits the tables of another."""
    return sum(place([filled_in(one.grids[key])], other.grids[key], key).cost for key in keys)


def _heading(data: dict[str, Any], top: Beginning, end: Ending, deviations: DeviationList, *, is_own: bool) -> None:
    """Set title, body and year, and note where they are from."""
    agency = top.agency or end.issued_by
    if not top.title:
        deviations.info("title.missing", "title", message("no title is printed above the text"))
    if not agency:
        deviations.doubt("agency.missing", "agency", message("the body's name is not found"))
    elif top.agency_source or not top.agency:
        words = message("the body's name is not in a title above the text, but elsewhere")
        deviations.info("agency.elsewhere", "agency", words, top.agency_source or agency)
    if top.line_above is not None:
        words = message("the body's name may begin in the line above, and is nowhere else whole")
        found = f"{top.line_above.text} | {top.title[0].text}"
        deviations.doubt("agency.uncertain", "agency", words, found, top.line_above.location)
    if top.year is None:
        deviations.doubt("year.missing", "year", message("the year reported on is not found"))
    elif top.year_source:
        words = message("the year is not in a title above the text, but elsewhere")
        deviations.info("year.elsewhere", "year", words, top.year_source)
    if end.is_guess:
        words = message("a last line with the body's name, without a date, is taken for the signature")
        deviations.info("signature.undated", "issued_by", words, end.issued_by)
    data |= {"agency": agency, "year": top.year}
    lines = [line.text if is_own else line.text.replace("\n", "").strip() for line in top.title]
    usual = f"{agency}{top.year}年{REPORT_NAME}"
    if lines and "".join("".join(lines).split()) != "".join(usual.split()):
        data["title"] = "\n".join(lines)


def _tables(
    data: dict[str, Any], fit: _Fit, parts: Outline, deviations: DeviationList, unclear: frozenset[str]
) -> dict[str, int | Decimal | None]:
    """Read the numbers of the three tables."""
    values: dict[str, int | Decimal | None] = {}
    for key in TABLES:
        grid = fit.edition.grids[key]
        if key in fit.tables:
            beside = (*parts.before.get(key, ()), *parts.notes.get(key, ()))
            around = [paragraph.text for paragraph in beside]
            around += [text for table in parts.tables[key] for text in table.texts if not text.isdigit()]
            found = fit.figures(key, around, data["year"])
        else:
            found = Figures({value.path: None for value in grid.values if not is_total(value.path)})
            deviations.doubt("table.missing", key, _UNCLEAR if key in unclear else _NOT_FOUND)
        for note in found.notes:
            deviations.note(key, note)
        paths = _full_paths(key, grid)
        values |= {paths[path]: number for path, number in found.values.items()}
        data[key] = _nested(with_whole_totals(found.values, grid))
        if key not in parts.headings and key in parts.tables:
            deviations.info("heading.missing", key, message("the section's heading is not found"))
    return values


@lru_cache(maxsize=64)
def _full_paths(section: str, grid: Grid) -> dict[str, str]:
    """Return the path from the report on of each value of a section's table."""
    return {value.path: f"{section}.{value.path}" for value in grid.values}


def _nested(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """Return numbers as nested objects; one in doubt is left out, but for a total, which must be seen to be."""
    parts: dict[str, dict[str, Any]] = {"": {}}
    for path, number in numbers.items():
        outer, key = _holder(path)
        part = parts[outer] if outer in parts else _part(parts, outer)
        if number is not None:
            part[key] = number
        elif is_total(path):
            part[key] = UNFINISHED
    return parts[""]


def _part(parts: dict[str, dict[str, Any]], path: str) -> dict[str, Any]:
    """Return an object by its path, and make it and those that it is in."""
    if path not in parts:
        outer, key = _holder(path)
        parts[path] = _part(parts, outer)[key] = {}
    return parts[path]


@lru_cache(maxsize=4096)
def _holder(path: str) -> tuple[str, str]:
    """Return the path of the part that a value is in, and its key there."""
    outer, _, key = path.rpartition(".")
    return outer, key


def _prose(
    data: dict[str, Any], top: Beginning, parts: Outline, end: Ending, deviations: DeviationList, *, is_own: bool
) -> None:
    """Read the introduction, sections one, five and six, and the signature."""
    sections = {**parts.prose, **({SECTIONS[-1]: end.body} if SECTIONS[-1] in parts.prose else {})}
    everything = [*top.preamble, *(paragraph for prose in sections.values() for paragraph in prose)]
    marked = is_own or (parts.marked_level is not None and marks_sub_headings(everything))
    for key, paragraphs in (("preamble", top.preamble), *((key, sections.get(key)) for key in NARRATIVES)):
        if paragraphs is None:
            deviations.doubt("section.missing", key, message("this section is not found"))
        else:
            data[key] = narrative(_whole(key, paragraphs, parts, deviations), marked=marked)
    for key, heading in parts.headings.items():
        if core(heading.text) != core(section_title(key)):
            words = message("the heading is worded “{title}” in the form", title=section_title(key))
            deviations.info("heading.wording", key, words, heading.text, heading.location)
    if end.after:
        words = message("what the page has after the report is left out")
        deviations.info("text.after", SECTIONS[-1], words, end.after[0].text, end.after[0].location)


def _signature(data: dict[str, Any], top: Beginning, end: Ending, deviations: DeviationList) -> None:
    """Set who signs and when, which may be below the title."""
    if end.issued_by:
        data["issued_by"] = end.issued_by
    day = end.issued_on or (top.issue.day if top.issue else None)
    if day:
        data["issued_on"] = day.isoformat()
    if top.issue and not end.issued_on:
        words = message("the date is below the title, and not at the report's end")
        deviations.info("date.elsewhere", "issued_on", words, top.issue.line.text, top.issue.line.location)
    elif top.issue and top.issue.day != day:
        words = message("the date below the title is not the one at the report's end, and is left out")
        deviations.info("date.elsewhere", "issued_on", words, top.issue.line.text, top.issue.line.location)


def _whole(key: str, paragraphs: list[Paragraph], parts: Outline, deviations: DeviationList) -> list[Paragraph]:
    """Put together paragraphs that pages' ends have cut, where the file does not mark its own."""
    if parts.marked_level is not None:
        return paragraphs
    whole = []
    for paragraph, was_cut in joined(paragraphs):
        whole.append(paragraph)
        if was_cut:
            words = message("a paragraph that is cut in two is put together")
            deviations.info("paragraph.joined", key, words, paragraph.text, paragraph.location)
    return whole


def _texts(parts: Outline, deviations: DeviationList) -> dict[str, dict[str, list[Paragraph]]]:
    """Return the paragraphs before and after the sections' tables."""
    texts: dict[str, dict[str, list[Paragraph]]] = {}
    for key in TABLES:
        for name, given in (("before", parts.before), ("notes", parts.notes)):
            said = [one for one in _whole(key, given.get(key, []), parts, deviations) if one.text.strip()]
            if said:
                texts.setdefault(key, {})[name] = said
    return texts


def _report(data: dict[str, Any], deviations: DeviationList) -> AnnualReport | None:
    try:
        return AnnualReport.model_validate(data)
    except ValidationError as error:
        for problem in explain(error, AnnualReport, data):
            deviations.doubt("report.invalid", problem.path or "edition", problem.message)
        return None


def _leave_out(data: dict[str, Any], deviations: DeviationList) -> None:
    """Leave out what is in doubt, so that the data are refused."""
    for key in ("agency", "year"):
        if not data[key]:
            del data[key]
    for doubt in deviations.doubts:
        if doubt.path in data and doubt.path not in TABLES:
            del data[doubt.path]
    try:
        AnnualReport.model_validate(data)
    except ValidationError:
        return
    data["edition"] = UNFINISHED


def _partial(data: dict[str, Any]) -> dict[str, Any]:
    """Return a report in doubt as JSON has it, as far as it goes."""
    texts = {key: Narrative.model_validate(data[key]).model_dump() for key in ("preamble", *NARRATIVES) if key in data}
    if "texts" in data:
        texts["texts"] = Texts.model_validate(data["texts"]).model_dump(mode="json", exclude_defaults=True)
    return {key: texts.get(key, plain(value)) for key, value in data.items()}
