"""The title of a report and what it says: the body, the year; and the introduction below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from annual_report.form.sections import REPORT_NAME, TABLES
from annual_report.readers.published.boilerplate import contents_of, is_before, is_page_number
from annual_report.readers.published.dates import DIGITS, YEAR
from annual_report.readers.published.names import (
    BODY,
    MAX_TITLE,
    PLACE,
    begins_above,
    is_body,
    is_other_name,
    may_be_cut,
    may_be_title,
    tight,
)
from annual_report.readers.published.publisher import Issue, below_title
from annual_report.report.model import FIRST_YEAR, LAST_YEAR
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annual_report.readers.blocks import Paragraph

_Said: TypeAlias = tuple[str, int | None]
"""The body and the year that a title names, as far as it does."""

MAX_LINES = 4
"""Into how many lines a title may be broken."""

_MAX_LENGTH = MAX_TITLE * MAX_LINES

_NAMING = 50
"""In how many titles elsewhere, and in how many sentences, the body's name is looked for."""

_END = 20
"""In how many lines at the end the signature is looked for."""

_SENTENCE = 40
"""How many characters a paragraph has at least that is more than a heading or a link."""

_DISCLOSURE = r"(?:(?:政府|政务)(?:信息)?(?:与政务)?公开|信息公开)(?:工作)?(?:情况)?(?:的)?"
_REPORT = r"(?:(?:年度|年)?(?:工作)?(?:总结)?报告|年报)"


def _dated(name: str) -> str:
    """Return a pattern for the year in a title, which may be in brackets."""
    return rf"[（(〔\[【]?(?P<{name}>{YEAR})年?度?(?:[）)〕\]】]年?度?)?"


_SUBJECT = re.compile(
    rf"(?:关于)?{_DISCLOSURE}(?:{_REPORT}[》”]?(?:{_dated('late')})?|{_dated('within')}{_REPORT})[》”]?$"
)
"""What a title ends with."""
_TITLE_YEAR = re.compile(rf"(?:关于)?{_dated('year')}")
_USUAL = re.compile(rf"(?s)(?P<agency>.*?)(?P<year>[0-9]{{4}})\s*年{REPORT_NAME}")
_DESCRIPTION = re.compile(
    rf"(?P<agency>.*?)(?P<year>[0-9]{{4}})年(?:{'|'.join(section_title(key).partition('、')[2] for key in TABLES)})"
)
"""The description of a table of this library's documents."""
_WITHIN = ("年", "府信息", "务公开", "务信息")
"""What a title's second line begins with where the first one ends within a word."""
_TRAILING = re.compile(
    r"\s*[_|｜]\s*|\s+[-–—]+\s+|(?<=报告)[-–—]{1,2}|[-–—]{1,2}(?=[^-–—]*(?:网|门户|政府|局|委)[^-–—]*$)"
)
_AROUND_NAME = re.compile(r"^附件\d*[:：]?(?:关于)?|^关于|^[《“]|的$|(?:关于)?[《“]$|关于$")
_LAST_YEAR = re.compile(rf"\s*(?P<year>{YEAR})\s*年度?$")
_PERIOD = re.compile(r"([12][0-9]{3})\s*年\s*0?1\s*月\s*0?1\s*日")
_NAMED = re.compile(rf"(?:(?:信息)?名\s*称|标\s*题)\s*[:：]\s*(.{{1,{MAX_TITLE}}})")
_SITE = re.compile(r"(?:网站?|门户)$")


class _Words(NamedTuple):
    """The words of a title that may be the body's name, and the year; empty where there is none."""

    names: tuple[str, ...]
    year: str


@dataclass
class Beginning:
    """What stands above section one.

    Parameters
    ----------
    title
        The title's lines; empty where none is printed.
    agency
        The body's name; empty where none is found.
    year
        The year reported on; none where none is found.
    preamble
        The introduction.
    agency_source, year_source
        The text that the body and the year are from, where that is not the title.
    issue
        The date of issue, if it is below the title.
    line_above
        The line above the title, if the body's name may begin in it and nothing tells.
    """

    title: list[Paragraph] = field(default_factory=list)
    agency: str = ""
    year: int | None = None
    preamble: list[Paragraph] = field(default_factory=list)
    agency_source: str = ""
    year_source: str = ""
    issue: Issue | None = None
    line_above: Paragraph | None = None


def beginning(
    paragraphs: Sequence[Paragraph],
    elsewhere: Iterable[str],
    texts: Sequence[Paragraph],
    *,
    marked: bool,
    is_own: bool = False,
) -> Beginning:
    """Read what stands above section one.

    Parameters
    ----------
    paragraphs
        The paragraphs above section one.
    elsewhere
        Titles that the file has outside its text, best first, and its name.
    texts
        Paragraphs that may tell the period reported on where no title tells the year.
    marked
        Whether the file marks its structure, so that no line of the page around the report is to be looked for.
    is_own
        Whether the file is as this library wrote it, so that its title is what is marked as one.

    Returns
    -------
    Beginning
        Title, body, year and introduction, as far as they are found.
    """
    found, elsewhere = Beginning(), [*elsewhere, *_named(paragraphs)]
    first, last = _marked_title(paragraphs, is_own=is_own)
    if not is_own:
        sentences = [paragraph.text for paragraph in texts if len(paragraph.text) > _SENTENCE]
        short = [tight([paragraph.text]) for paragraph in texts[-_END:] if len(paragraph.text) <= MAX_TITLE]
        signing = [line for line in short if BODY.search(line)]
        naming = [*elsewhere[:_NAMING], *sentences[:_NAMING], *signing]
        first, last = _printed_title(paragraphs, first, last, elsewhere, naming)
    found.title = list(paragraphs[first:last])
    contents = set() if is_own else contents_of(paragraph.text for paragraph in paragraphs[last:])
    below = [
        paragraph
        for paragraph in paragraphs[last:]
        if paragraph.text.strip()
        and (marked or not is_page_number(paragraph))
        and paragraph.text.strip() not in contents
        and (is_own or not _is_title(paragraph.text))
    ]
    found.preamble = [paragraph for paragraph in below if marked or not is_before(paragraph.text)]
    found.agency, found.year = _said_by_lines([line.text for line in found.title])
    if found.title and not is_own:
        found.agency = _AROUND_NAME.sub("", found.agency)
        _take_lines_below(found, below, is_first=first == 0)
    _take_full_name(found, elsewhere)
    for text in elsewhere:
        if found.agency and found.year:
            break
        agency, year = _said_elsewhere(text)
        if agency and not found.agency:
            found.agency = found.agency_source = agency if is_own else _AROUND_NAME.sub("", agency)
        if year and not found.year:
            found.year, found.year_source = year, text
    if not found.year:
        _take_period(found, texts)
    if first and not is_own and not found.agency_source:
        _doubt_line_above(found, paragraphs[:first], elsewhere, texts)
    return found


def _doubt_line_above(
    found: Beginning, above: Sequence[Paragraph], elsewhere: Iterable[str], texts: Sequence[Paragraph]
) -> None:
    """Keep the line above the title if the body's name may begin in it, and no other text has just the name."""
    if not may_be_cut(found.agency, tight([above[-1].text])):
        return
    is_signed = any(
        tight([line.text]) == found.agency and before.text.endswith("。") for before, line in pairwise(texts)
    )
    if not is_signed and all(_said_elsewhere(text)[0] != found.agency for text in elsewhere):
        found.line_above = above[-1]


def _take_lines_below(found: Beginning, below: Sequence[Paragraph], *, is_first: bool) -> None:
    """Take the publisher's name, the year and the date of issue out of the introduction."""
    said = below_title(below, found.agency, found.year, is_first=is_first)
    if said.name and not found.agency:
        found.agency = found.agency_source = said.name
    found.title += said.years
    found.year, found.issue = said.year, said.issue
    taken = {id(line) for line in said.taken}
    found.preamble = [paragraph for paragraph in found.preamble if id(paragraph) not in taken]


def _named(paragraphs: Iterable[Paragraph]) -> Iterable[str]:
    """Return the titles that lines about the document name, as 标题：…."""
    return [named[1] for paragraph in paragraphs if (named := _NAMED.fullmatch(paragraph.text.strip()))]


def _take_full_name(found: Beginning, elsewhere: Iterable[str]) -> None:
    """Complete a name that the title shortens from a table's description, if that is of the same year."""
    described = next((said for text in elsewhere if (said := _DESCRIPTION.fullmatch(text))), None)
    if described is None or found.year not in {None, int(described["year"])}:
        return
    if found.agency and found.agency != described["agency"] and found.agency in described["agency"]:
        found.agency = found.agency_source = described["agency"]


def _take_period(found: Beginning, texts: Sequence[Paragraph]) -> None:
    for paragraph in texts:
        period = _PERIOD.search(paragraph.text)
        if period and FIRST_YEAR <= int(period[1]) <= LAST_YEAR:
            found.year, found.year_source = int(period[1]), period[0]
            return


def _marked_title(paragraphs: Sequence[Paragraph], *, is_own: bool) -> tuple[int, int]:
    """Find the first line of the title that the file marks, and the line after its last."""
    last = max((index for index, paragraph in enumerate(paragraphs, 1) if paragraph.level == 0), default=0)
    first = max(0, last - 1)
    while first and paragraphs[first - 1].level == 0:
        is_short = last - first <= MAX_LINES
        if is_short and not is_own and _is_apart(paragraphs[first - 1].text, paragraphs[first:last]):
            break
        first -= 1
    return first, last


def _is_apart(line: str, below: Sequence[Paragraph]) -> bool:
    """Return whether a line above a whole title is not part of it: the title again, the site's name or its owner's."""
    title = _text_of(below)
    agency, year = _said(title)
    line = tight([line])
    return bool(agency and year) and (_SITE.search(line) is not None or line[:PLACE] == title[:PLACE])


def _printed_title(
    paragraphs: Sequence[Paragraph], first: int, last: int, elsewhere: Sequence[str], naming: Sequence[str]
) -> tuple[int, int]:
    """Find the last title below the marked one that says the same; where none is marked, the best one of all.

    The texts that are `naming` the body may tell that its name begins in the line above a title.
    """
    marked = _said(_text_of(paragraphs[first:last]))
    titles: dict[tuple[int, int], _Said] = {}
    end = len(paragraphs)
    while end > last:
        begin = _begin(paragraphs, last, end, naming)
        if begin is not None:
            titles[begin, end] = _said(_text_of(paragraphs[begin:end]))
        end = end - 1 if begin is None else begin
    if last:
        return next((lines for lines, said in titles.items() if _says(said, marked)), (first, last))
    return _best(titles, elsewhere, naming) if titles else (first, last)


def _best(titles: dict[tuple[int, int], _Said], elsewhere: Sequence[str], texts: Iterable[str]) -> tuple[int, int]:
    """Choose the last title; of several that differ, the last that the page's own says too, or of the text's period."""
    last = next(iter(titles))
    if _agree(*titles.values()):
        return last
    period = next((int(found[1]) for text in texts if (found := _PERIOD.search(text))), None)
    own = next((said for text in elsewhere if any(said := _said_elsewhere(text))), ("", period))
    return next((lines for lines, said in titles.items() if _agree(said, own)), last)


def _begin(paragraphs: Sequence[Paragraph], start: int, end: int, naming: Sequence[str]) -> int | None:
    """Find the first line of a title that ends before a line; none where there is no title."""
    for begin in range(end - 1, max(start - 1, end - 1 - MAX_LINES), -1):
        text = paragraphs[begin].text.strip()
        if not may_be_title(text):
            return None
        title = _text_of(paragraphs[begin:end])
        if _words(title) and not text.startswith(_WITHIN):
            return max(start, _with_lines_above(paragraphs, begin, end, naming))
    return None


def _says(title: _Said, marked: _Said) -> bool:
    """Return whether a title says the same body and year as the marked one, as far as that says any."""
    return all(not one or one == other for one, other in zip(marked, title, strict=True))


def _agree(*titles: _Said) -> bool:
    """Return whether titles name no two bodies and no two years."""
    return all(len({*filter(None, said)}) <= 1 for said in zip(*titles, strict=True))


def _is_title(line: str) -> bool:
    """Return whether a line is the title of a year's report, as in a list of links."""
    return may_be_title(line.strip()) and _said(tight([line]))[1] is not None


def _with_lines_above(paragraphs: Sequence[Paragraph], first: int, end: int, naming: Sequence[str]) -> int:
    """Add the lines above a title that has not all of the body's name or no year, where these are in them."""
    while first and end - first <= MAX_LINES:
        line, words = tight([paragraphs[first - 1].text]), _words(_text_of(paragraphs[first:end]))
        if words is None or not may_be_title(line) or not _belongs(line, words, naming):
            break
        first -= 1
    return first


def _belongs(line: str, below: _Words, naming: Sequence[str]) -> bool:
    """Return whether a line has the body's name or the year that the title below lacks, or the name's beginning."""
    name = next(filter(None, (_LAST_YEAR.sub("", name) for name in below.names)), "")
    if name and begins_above(name, line, naming):
        return True
    if name and not is_other_name(name):
        return False
    if not below.year and _TITLE_YEAR.fullmatch(line):
        return True
    body = line if below.year else _LAST_YEAR.sub("", line)
    return is_body(_without_about(body))


def _text_of(paragraphs: Iterable[Paragraph]) -> str:
    return tight(paragraph.text for paragraph in paragraphs)


def _said_by_lines(lines: Sequence[str]) -> _Said:
    """Read body and year from a title's lines."""
    if not lines:
        return "", None
    usual = _USUAL.fullmatch("\n".join(lines).strip())
    if usual is not None:
        return _without_about(_joined(usual["agency"].split("\n"))), _as_year(usual["year"])
    return _said(tight(lines))


def _without_about(name: str) -> str:
    """Leave out what leads from a body's name over to its report's, 某局关于2024年…."""
    body = name.removesuffix("关于").rstrip()
    return body if body != name and BODY.search(body) else name


def _joined(lines: Iterable[str]) -> str:
    """Join a name that is broken into lines."""
    return "".join(line.strip() if index else line.lstrip() for index, line in enumerate(lines)).strip()


def _said(text: str) -> _Said:
    found = _words(text)
    if found is None:
        return "", None
    agency, year = max(found.names, key=len), _as_year(found.year)
    if again := _LAST_YEAR.search(agency):  # the year is below the title as well as in it
        agency, year = agency[: again.start()], year if _as_year(again["year"]) == year else None
    return (agency if len(agency) > 1 else ""), year


def _words(title: str) -> _Words | None:
    """Read a title; none where a text is no title."""
    end = _SUBJECT.search(title) if len(title) <= _MAX_LENGTH else None
    if end is None:
        return None
    before, year = title[: end.start()], end["late"] or end["within"]
    found = None if year else _TITLE_YEAR.search(before)
    names = (before[: found.start()], before[found.end() :]) if found else (before,)
    return _Words(tuple(_AROUND_NAME.sub("", name) for name in names), year or (found["year"] if found else ""))


def _said_elsewhere(text: str) -> _Said:
    """Read body and year from a title or a table's description outside the text; a site's name may follow a title."""
    described = _DESCRIPTION.fullmatch(text)
    if described is not None:
        return described["agency"], _as_year(described["year"])
    usual = _USUAL.fullmatch(text.strip())
    if usual is not None:
        return _without_about(usual["agency"].strip()), _as_year(usual["year"])
    for part in (text, *_TRAILING.split(" ".join(text.split()))):
        name = part.removesuffix("年报").rstrip("-_ —")
        is_short = bool(name) and part.endswith("年报") and REPORT_NAME not in name
        for title in (part, name + REPORT_NAME if is_short else name):
            said = _said(tight([title]))
            if any(said):
                return said
    return "", None


def _as_year(text: str | None) -> int | None:
    if not text:
        return None
    year = int(text.translate(DIGITS))
    return year if FIRST_YEAR <= year <= LAST_YEAR else None
