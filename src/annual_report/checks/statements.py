"""What a sentence states: a number, and what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from annual_report.checks.lexicon import APPLICANT, GRANTED, NATURAL_PERSON, ORGANIZATION_COLUMNS, OUTCOME, RESULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annual_report.checks.phrases import Phrase
    from annual_report.checks.prose import Token

WHOLE, CARRIED_IN, CARRIED_FORWARD, CARRIED = "whole", "carried_in", "carried_forward", "carried"
"""Kinds of what is counted, beside the lexicon's outcomes, applicants, disputes and results."""

RECEIVED, NEW, HANDLED, ANSWERED = "received", "new", "handled", "answered"
ALL, AMONG, INCLUDING, SUM, CONCLUDED, PENDING, DENIED = (
    "all",
    "among",
    "including",
    "sum",
    "concluded",
    "pending",
    "denied",
)
AT_MOST, REST, ONE_OF, BY_BODY, OTHERWISE = "at most", "rest", "one of", "by body", "otherwise"
"""How it is counted."""

OTHER_RESULT = "other"
_FIRST = {APPLICANT: NATURAL_PERSON, OUTCOME: GRANTED[0], RESULT: "upheld"}
"""What a list must name for 其他 to be the rest of it."""
_UNLISTED = {ALL, SUM, AT_MOST, REST, DENIED}
_MAX_NEIGHBOURS = 6


class Statement(NamedTuple):
    """What the text says a number of; while a sentence is read, numbers are which one of the sentence, from 1.

    Parameters
    ----------
    kind
        What is counted.
    number
        The number; 0 where the text denies that there is any.
    span
        Where the words stand in the plain text.
    cells
        The cells that the words name, where it is counted by outcome, applicant, dispute or result.
    how
        What else is said: the verbs of applications, `all`, `among`, `sum`, `denied`, the result, `at most` of a part,
        `rest` of 其他, `one of` where it or a number before it must be in the table, `by body` of disputes that are
        counted for several bodies, `otherwise` of an outcome that offices may have put under 其他处理.
    wider
        The cells of the number if the words are meant in a wider sense; of a rest, what was named before it.
    before, after
        The numbers next to it in the sentence that may count the other parts of the same.
    """

    kind: str
    number: int
    span: tuple[int, int]
    cells: tuple[str, ...] = ()
    how: frozenset[str] = frozenset()
    wider: tuple[str, ...] = ()
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()

    @property
    def is_of_written(self) -> bool:
        """Whether written applications are denied, which may be all, or those that did not come by another channel."""
        return self.kind == WHOLE and DENIED in self.how

    def of(self, numbers: Sequence[int], span: tuple[int, int]) -> Statement:
        """Return the statement with its numbers instead of their indexes, and with its place in the paragraph."""
        before = tuple([numbers[index] for index in self.before])
        after = tuple([numbers[index] for index in self.after])
        return Statement(self.kind, numbers[self.number], span, self.cells, self.how, self.wider, before, after)


Said = tuple[int, Statement | None]
"""A number of a sentence and what it states, if that is known."""


def span_of(count: Token, phrase: Phrase | None = None) -> tuple[int, int]:
    """Return the place of a number, with the words that say what it counts."""
    if phrase is None or phrase.last < 0:
        return count.start, count.end
    return min(count.start, phrase.words[phrase.first].start), max(count.end, phrase.words[phrase.last].end)


def included(said: list[Said], parts: Iterable[Statement]) -> list[Statement]:
    """Widen the last number by the rows of its parts, and give the parts that say anything of their own.

    予以公开5件（含部分公开1件） may count both rows. 自然人15件（含律师个人2件） says no more of natural persons, nor
    收到申请20件（含重复申请2件） of the outcomes.
    """
    parts = list(parts)
    number, whole = said[-1] if said else (0, None)
    if whole is None:
        return parts
    if whole.kind == WHOLE:
        if ANSWERED in whole.how:
            return [part._replace(how=part.how | {ANSWERED, AMONG}) if part.kind == WHOLE else part for part in parts]
        return [part for part in parts if part.kind != OUTCOME or INCLUDING not in part.how]
    if whole.kind not in {OUTCOME, APPLICANT}:
        return parts
    cells = [cell for part in parts if part.kind == whole.kind for cell in part.cells]
    said[-1] = number, whole._replace(wider=tuple(dict.fromkeys((*(whole.wider or whole.cells), *cells))))
    return [part for part in parts if part.kind != whole.kind or part.cells != whole.cells]


def rest_of(said: Sequence[Said], count: Token, begin: int, rows: tuple[str, ...]) -> Iterator[Statement]:
    """Read 其他 at the end of a list of applicants, of outcomes or of results.

    Parameters
    ----------
    said
        What the sentence stated before it.
    count
        The number.
    begin
        Where 其他 begins, which is just after the list.
    rows
        The outcomes under 其他处理.
    """
    last = said[-1][1] if said else None
    if last is None or begin - last.span[1] > 1:
        return
    listed = _list_before(said, last)
    totals = [index for index, statement in enumerate(listed) if statement.cells == tuple(ORGANIZATION_COLUMNS)]
    if totals and totals[0]:  # 法人或其他组织9件，其中商业企业7件，其他2件
        del listed[totals[0]]
    named = [cell for statement in listed for cell in (statement.how if last.kind == RESULT else statement.cells)]
    if len(named) > len(set(named)) or _FIRST.get(last.kind) not in named:
        return
    rest = Statement(last.kind, count.number, (begin, count.end), how=frozenset({REST}), wider=tuple(named))
    if last.kind == APPLICANT and not set(ORGANIZATION_COLUMNS) <= set(named):
        yield rest._replace(cells=tuple(ORGANIZATION_COLUMNS[-1:]))
    elif last.kind == OUTCOME and len(listed) > 1 and _is_group(last) and set(rows).isdisjoint(named):
        yield rest._replace(cells=rows)
    elif last.kind == RESULT and OTHER_RESULT not in named:
        yield rest._replace(cells=last.cells)


def _list_before(said: Sequence[Said], last: Statement) -> list[Statement]:
    """Return the statements of a list, the last one first; none where any may mean more than its own cells."""
    listed: list[Statement] = []
    for _, statement in reversed(said):
        if statement is not None and statement.kind != last.kind:
            break
        if statement is None or not _UNLISTED.isdisjoint(statement.how):
            return []
        if statement.wider not in ({last.cells} if last.kind == RESULT else {(), statement.cells}):
            return []
        if CONCLUDED not in statement.how:
            listed.append(statement)
    return listed


def _is_group(outcome: Statement) -> bool:
    """Return whether an outcome is one of the form's groups, or a row of none."""
    return len(outcome.cells) > 1 or outcome.cells[0].count(".") == 1


def with_neighbours(said: Sequence[Said]) -> Iterator[Statement]:
    """Give each statement of a sentence the numbers next to it that may count other parts of the same.

    Of a sum, or where one of several is meant, they are any; else those of its kind or of none. Outcomes before a
    number of answers, and after one of none, may be other parts too: 1件无法提供，18件已答复. Of an outcome or a
    result they are those after it of which nothing is known: 信息不存在9件，查无记录2件 may be one row. An outcome may
    count only the rows that were not counted before it: 逾期未补正2件，其他处理5件.
    """
    counted: set[str] = set()
    for index, (_, statement) in enumerate(said):
        if statement is not None:
            kind = None if statement.how & {SUM, ONE_OF} else statement.kind
            also = OUTCOME if ANSWERED in statement.how else None
            also_after = OUTCOME if {ANSWERED, AMONG} <= statement.how else None
            first, last = said[max(0, index - _MAX_NEIGHBOURS) : index], said[index + 1 : index + 1 + _MAX_NEIGHBOURS]
            before: tuple[int, ...] = ()
            after: tuple[int, ...] = ()
            if kind in {OUTCOME, RESULT}:
                after = tuple([number for number, other in last if number and other is None])
            else:
                before, after = tuple(_like(reversed(first), kind, also)), tuple(_like(last, kind, also_after))
            wider = statement.wider
            if statement.kind == OUTCOME:
                rest = tuple([cell for cell in statement.cells if cell not in counted])
                wider = wider or (rest if len(rest) < len(statement.cells) else ())
                counted.update(statement.cells)
            yield statement._replace(wider=wider, before=before, after=after)


def _like(said: Iterable[Said], kind: str | None, also: str | None = None) -> Iterator[int]:
    known = True
    for number, statement in said:
        if kind and statement and statement.kind not in {kind, also} and (known or kind != WHOLE):
            return
        known = statement is not None
        yield number


def with_parts(found: list[tuple[int, Statement]]) -> None:
    """Give the same outcomes or results of a paragraph each other's numbers, since they may be parts of one.

    信息不存在2件，本机关不掌握3件 are of one row; 予以公开13件……上年结转1件，予以公开1件 are of two years.

    Parameters
    ----------
    found
        The statements of a text, each with its paragraph's index.
    """
    places_of: dict[tuple[Any, ...], list[int]] = {}
    for place, (paragraph, said) in enumerate(found):
        if said.kind in {OUTCOME, RESULT}:
            of_what = paragraph, said.cells, said.kind == OUTCOME or said.how
            places_of.setdefault(of_what, []).append(place)
    for places in places_of.values():
        if len(places) > 1:
            _share_numbers(found, places)


def _share_numbers(found: list[tuple[int, Statement]], places: Sequence[int]) -> None:
    numbers = [found[place][1].number for place in places]
    for nth, place in enumerate(places):
        paragraph, said = found[place]
        if said.how.isdisjoint({SUM, ONE_OF, REST}):
            before, after = numbers[max(0, nth - _MAX_NEIGHBOURS) : nth], numbers[nth + 1 : nth + 1 + _MAX_NEIGHBOURS]
            found[place] = paragraph, said._replace(before=tuple(reversed(before)), after=(*after, *said.after))
