"""The lines between a title and the introduction: the publisher's name, the date of issue, and the year once more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from annual_report.readers.published.boilerplate import is_before
from annual_report.readers.published.dates import DIGITS, YEAR, as_date
from annual_report.readers.published.names import is_body, tight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from annual_report.readers.blocks import Paragraph

_DIGIT = "[0-9〇○零一二三四五六七八九十]"
_DAY = re.compile(rf"(?P<bracket>[（(])?(?P<date>{YEAR}[年./-]{_DIGIT}{{1,3}}[月./-]{_DIGIT}{{1,3}}日?)[）)]?$")
_YEAR_ALONE = re.compile(rf"(?P<year>{YEAR})年度?|[（(〔\[【](?P<within>{YEAR})年?度?[）)〕\]】](?:年度?)?")


class Issue(NamedTuple):
    """The date of issue, and the line that it is in."""

    day: date
    line: Paragraph


@dataclass
class Below:
    """What the lines right below a title say.

    Parameters
    ----------
    name
        The publisher's name; empty where it is not there.
    years
        The lines that say the year, as a part of the title.
    year
        The year that they say.
    issue
        The date of issue; none where there is none, or where it may be the date on which a site published the page.
    taken
        All lines that are none of the introduction.
    """

    name: str = ""
    years: list[Paragraph] = field(default_factory=list)
    year: int | None = None
    issue: Issue | None = None
    taken: list[Paragraph] = field(default_factory=list)


def below_title(lines: Sequence[Paragraph], agency: str, year: int | None, *, is_first: bool) -> Below:
    """Read the lines right below a title.

    Parameters
    ----------
    lines
        The lines below the title that are not blank.
    agency
        The body's name, if the title says it; else the first line that reads like a name is taken for it.
    year
        The year reported on, if the title says it.
    is_first
        Whether nothing stands above the title, as it does on a site's page.

    Returns
    -------
    Below
        The publisher, the year, and the date of issue.
    """
    found = Below(year=year)
    may_be_site = not is_first
    dated: list[tuple[Issue, bool]] = []
    for count, paragraph in enumerate(lines, 1):
        line = tight([paragraph.text])
        day = _DAY.search(line)
        words = line[: day.start()] if day else line
        if words and (words == agency or (not agency and is_body(words))):
            found.name = agency = words
            found.taken = [*lines[:count]]
        elif words and found.name and _is_year(words, found):
            found.years.append(paragraph)
            found.taken = [*lines[:count]]
        elif words and not is_before(paragraph.text):
            break
        elif found.name:
            found.taken = [*lines[:count]]
        may_be_site |= bool(words) and words != found.name and paragraph not in found.years
        if day and words in {"", found.name} and (issue := _issue(day, year, paragraph)):
            dated.append((issue, day["bracket"] is not None))
    found.issue = next((issue for issue, is_own in dated if is_own or found.name or not may_be_site), None)
    if found.issue and found.issue.line not in found.taken:
        found.taken.append(found.issue.line)
    return found


def _is_year(line: str, found: Below) -> bool:
    """Return whether a line is the year reported on and nothing else, and keep it."""
    said = _YEAR_ALONE.fullmatch(line)
    if said is None:
        return False
    year = int((said["year"] or said["within"]).translate(DIGITS))
    if found.year not in {None, year}:
        return False
    found.year = year
    return True


def _issue(day: re.Match[str], year: int | None, line: Paragraph) -> Issue | None:
    """Read a date written in words, after the year reported on."""
    issued = as_date(day["date"]) if "年" in day["date"] else None
    return Issue(issued, line) if issued and (year is None or issued.year > year) else None
