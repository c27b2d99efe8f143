"""What the narrative says of applications and disputes, against the numbers of sections three and four.

What is said may be meant in several ways (`docs/checks.md` lists them); only where its number agrees with none of them
is it a finding.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from annual_report.checks.agents import is_government, is_own
from annual_report.checks.findings import Finding
from annual_report.checks.grammar import Reader
from annual_report.checks.lexicon import DISPUTE, ORGANIZATION_COLUMNS, RESULT
from annual_report.checks.prose import MAX_QUOTED, UNITS, Prose, full_width, quotation_of, sentences
from annual_report.checks.readings import Tables, paths_of
from annual_report.checks.relations import cell_at
from annual_report.checks.statements import AT_MOST, DENIED, NEW, ONE_OF, SUM, WHOLE, with_parts
from annual_report.checks.texts import PREAMBLE
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.checks.findings import Quotation
    from annual_report.checks.statements import Statement
    from annual_report.checks.texts import Paragraphs, ReportTexts
    from annual_report.form import Edition
    from annual_report.report.model import AnnualReport

# What a sentence must have to be worth the grammar, most of a report being about other things.
_CELLS = "结转|公开[答回]复|予以公开|部分公开|公开[的（(]|不予|无法提供|自然人|法人|收件|不再处理"
_NAMES_OF_CELLS = re.compile(_CELLS)
_NAMES = re.compile(f"申请|复议|诉讼|争议|{_CELLS}")
_OF_CASES = re.compile(
    "结转|转结|下年|[答办]复|办结|回复|受理|[办处]理|收到|接收|收件|公开|不予|提供|自然人|法人|企业|维持|纠|结果|审[结理]|合计"
    "|掌握|存在|现成|秘密|权益|事务|过程性|案卷|补正|信访"
)
_NUMERAL = "0-9０-９〇○零一二两三四五六七八九十百千万"
_IN_TIMES = "|".join(f"(?<=[议讼][0-9０-９]{{{digits}}})次" for digits in (1, 2, 3))
_COUNTED = f"(?<=[{_NUMERAL}])\\s*[）)]?[{UNITS}]|(?<=为)[0-9０-９]+(?=[，。；]|$)|{_IN_TIMES}"
_COUNTS = re.compile(f"[{_NUMERAL}为](?:{_COUNTED})")
_STATES = re.compile(f"[{_NUMERAL}为未无没不](?:{_COUNTED}|(?<=[未无没零])|(?<=不)存在)")
"""A number with a unit, or a denial. Both patterns begin with a set of characters, for which `re` searches fast."""

_OWN_LEVEL, _LONGEST_NAME = "本级", 10
_OTHER_LEVELS = "[；;。][^；;。，,]{0,12}(?:部门|单位|[乡镇]|街道)[^；;。，,]{0,6}(?:收到|受理|接收|办理)"
_STOPS = "；;。"
_WHOLE_PLACE = re.compile("全[省市县区州旗盟]")
_IN_ONE_CLAUSE = "[^；;。，,]"
_NEXT_COUNT = (
    f"[0-9]+件|(?:作为{_IN_ONE_CLAUSE}{{1,12}}[，,])?(?:共|新)?(?:收到|受理|接收){_IN_ONE_CLAUSE}{{0,16}}申请"
    f"|{_IN_ONE_CLAUSE}{{0,4}}行政[复诉]"
)
_NEXT_BODY = f"[；;。](?:其中)?[，,]?([^；;。，,0-9]{{2,12}}?)(?={_NEXT_COUNT})"
_NATURAL_PERSONS = re.compile("自然人|公民|个人")
_LONGEST_HEADING = 60
_RUN_IN_HEADING = re.compile("[^。，；]{0,8}依申请公开[^。，；]{0,12}。")
_SENTENCES_BEFORE = 2


def findings(report: AnnualReport, texts: ReportTexts) -> Iterator[Finding]:
    """Compare every claim of the narratives with the tables."""
    tables = Tables(report)
    for key, paragraphs in texts.sections.items():
        if key == PREAMBLE:
            continue
        for index, statement in _statements(report.form, report.agency, report.year, paragraphs):
            if not _agrees(statement, tables):
                quotation = quotation_of(key, index, paragraphs[index][0], statement.span)
                yield _finding(report, statement, tables, quotation)


@lru_cache(maxsize=32)
def _statements(form: Edition, agency: str, year: int, paragraphs: Paragraphs) -> tuple[tuple[int, Statement], ...]:
    """Read what a text states, each with its paragraph's index; kept, because `render` checks what was checked before.

    Of each paragraph it takes the text, and whether there is a sub-heading.
    """
    reader = Reader(form, agency, year)
    found: list[tuple[int, Statement]] = []
    for index, (text, has_heading) in enumerate(paragraphs):
        reader.begin(heading=has_heading)
        stated = [one for one in _in_paragraph(reader, text) if not _is_of_one_level(one, text)]
        if stated and not is_government(agency) and _WHOLE_PLACE.search(text):
            stated = [one for one in stated if not _is_of_its_place(one, text, agency)]
        found += [(index, statement) for statement in stated]
    with_parts(found)
    return tuple(_as_meant(found, paragraphs))


def _is_of_one_level(statement: Statement, text: str) -> bool:
    """Return whether a number is of a government's own level, and the next sentences have those of the other levels."""
    start, end = statement.span
    is_of_own_level = statement.kind == WHOLE and _OWN_LEVEL in text[max(0, start - _LONGEST_NAME) : start]
    return is_of_own_level and re.compile(_OTHER_LEVELS).search(text, end, end + MAX_QUOTED) is not None


def _is_of_its_place(statement: Statement, text: str, agency: str) -> bool:
    """Return whether a number is of the whole place, and the next sentences have its own: 全市400件；我局80件."""
    start, end = statement.span
    first = max(0, start - MAX_QUOTED)
    begin = max(text.rfind(stop, first, start) for stop in _STOPS)
    if not _WHOLE_PLACE.search(text, max(first, begin), start):
        return False
    names = [found[1] for found in re.compile(_NEXT_BODY).finditer(text, end, end + MAX_QUOTED)]
    return any(is_own(name, agency) and not _WHOLE_PLACE.match(name) for name in names)


def _as_meant(found: list[tuple[int, Statement]], paragraphs: Paragraphs) -> list[tuple[int, Statement]]:
    """Read denials of a part of applications by what else the text has of them.

    That of organizations' applications is one of any, if a sub-heading is followed by nothing else: the law's words are
    公民、法人或者其他组织, and an office would state there what it received from natural persons. That of written ones
    is not, if any others are counted.
    """
    of_applications = [place for place, (_, said) in enumerate(found) if said.kind not in {DISPUTE, RESULT}]
    if len(of_applications) == 1:
        (place,) = of_applications
        index, said = found[place]
        is_of_organizations = DENIED in said.how and set(said.cells) == set(ORGANIZATION_COLUMNS)
        has_heading = any(heading for _, heading in paragraphs[max(0, index - 1) : index + 1])
        if is_of_organizations and has_heading and not _NATURAL_PERSONS.search(paragraphs[index][0]):
            found[place] = index, said._replace(kind=WHOLE, cells=(), how=frozenset({NEW}))
    if any(found[place][1].number for place in of_applications):
        return [(index, said) for index, said in found if not said.is_of_written]
    return found


def _in_paragraph(reader: Reader, text: str) -> Iterator[Statement]:
    """Read the sentences of a paragraph that may state a number, and those just before that they depend on."""
    if not (reader.is_about_cases or _NAMES.search(text)):
        return
    text = full_width(text)
    if _RUN_IN_HEADING.match(text):
        reader.begin_applications()
    passed: list[str] = []
    for start, sentence in sentences(text) if _STATES.search(text) else [(0, text)]:
        if not ((reader.is_about_cases or _NAMES.search(sentence)) and _may_state(sentence, reader)):
            passed.append(sentence)
            continue
        if not _names_cases(sentence):
            for before in passed[-_SENTENCES_BEFORE:]:
                reader.notice(Prose(before))
        passed = []
        yield from reader.read(Prose(sentence, start))
    if passed and len(text) < _LONGEST_HEADING:
        reader.notice(Prose(text))


def _names_cases(text: str) -> bool:
    """Return whether a text says by itself that it is about applications or disputes."""
    return "申请" in text or "复议" in text or "诉讼" in text or "争议" in text


def _may_state(sentence: str, reader: Reader) -> bool:
    """Return whether what a sentence counts or denies may be applications or disputes."""
    if _names_cases(sentence):
        return _STATES.search(sentence) is not None
    if not reader.is_about_cases:
        return bool(_NAMES_OF_CELLS.search(sentence) and _COUNTS.search(sentence))
    return bool(_STATES.search(sentence) and (_OF_CASES.search(sentence) or not _COUNTS.search(sentence)))


def _agrees(statement: Statement, tables: Tables) -> bool:
    """Return whether the number, alone or with those beside it, is one that it may be."""
    numbers = tables.numbers(statement)
    if statement.number in numbers or (AT_MOST in statement.how and statement.number <= max(numbers)):
        return True
    if ONE_OF in statement.how and not set(numbers).isdisjoint(statement.before):
        return True
    if SUM in statement.how and statement.number in accumulate(statement.before):
        return True
    sums = tables.sums(statement)
    if not sums:
        return False
    before, after = list(accumulate(statement.before, initial=0)), list(accumulate(statement.after, initial=0))
    beside = {first + second for first in before for second in after} - {0}
    return any(statement.number + others in sums for others in beside)


def _finding(report: AnnualReport, statement: Statement, tables: Tables, quotation: Quotation) -> Finding:
    cells = tuple(cell_at(report.form, path) for path in paths_of(statement))
    first, expected = cells[0], tables.numbers(statement)[0]
    words = message(
        "the narrative says {actual}, the table {expected}: “{sentence}”",
        actual=statement.number,
        expected=expected,
        sentence=quotation.text,
    )
    rule = "narrative.disputes" if statement.kind in {DISPUTE, RESULT} else "narrative.applications"
    return Finding(rule, "warning", first.path, first.place, words, cells, expected, statement.number, quotation)
