"""What a text says that there is none of: 未收到政府信息公开申请, 未发生行政复议、行政诉讼."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.checks.context import ELSEWHERE
from annual_report.checks.labels import directions_of
from annual_report.checks.lexicon import APPLICANT, DISPUTE, OUTCOME, RESULT
from annual_report.checks.phrases import CAUSES, OTHER, OWN, Phrase
from annual_report.checks.statements import DENIED, HANDLED, NEW, RECEIVED, WHOLE, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annual_report.checks.context import Context
    from annual_report.checks.prose import Token

_NARROWING = {
    *("narrowing", "stage", "removed", "valid", "withdrawal", "instance", "delegated", "levels"),
    *("other_time", "comparison", "among"),
    *(RESULT, OUTCOME),
}
_WITH_VERB = {"未", "没", "未曾", "并未", "从未", "也未", "亦未", "均未", "尚未", "暂未", "未再"}
"""Denials that say nothing without a verb."""

_MEASURES = ("家", "个", "名", "户")
_OF_ONE_WORD = "零"
_WRITTEN = "书面"
"""What may be any application, or those that did not come by another channel."""

_OTHER_YEARS = {"last_year", "next_year"}
_YEARS = {*_OTHER_YEARS, "filler"}
_EVERY_YEAR = {"历年"}


def denied(context: Context, phrase: Phrase) -> Iterator[Statement]:
    """Read that there is none of something.

    Parameters
    ----------
    context
        What is understood.
    phrase
        A clause, or what follows its last number.
    """
    starts = [index for index, word in enumerate(phrase.words) if word.group == "denial"]
    if not starts:
        return
    before = Phrase(phrase.words[: starts[0]])
    if not _is_of_itself(context, before) or before.has("narrowing", "valid", "comparison") or before.is_part:
        return
    if not context.in_year and _EVERY_YEAR.isdisjoint([word.text for word in before.of("other_time")]):
        return
    for start, end in zip(starts, [*starts[1:], len(phrase.words)], strict=True):
        word, scope = phrase.words[start], _scope(before, phrase.words[start:end])
        if scope.has("narrowing", "valid") and not scope.has(DISPUTE, "application"):
            return  # 未发生应公开未公开引发的行政复议
        if not scope.has(DISPUTE) and any(part.text in CAUSES for part in scope.words):
            return  # 未发生因未按时答复被申请行政复议的情况
        if scope.last < 0 and scope.groups <= {"occurrence", "filler"}:
            if start == starts[0]:  # what is denied was named before: 行政复议、行政诉讼均未发生
                yield from _denial(context, word, before if before.words else context.waiting or scope)
        elif word.text not in _WITH_VERB or scope.has("occurrence", "carry", RECEIVED, NEW, HANDLED):
            yield from _denial(context, word, scope)


def _is_of_itself(context: Context, before: Phrase) -> bool:
    """Return whether it is the body itself that has none: not 部分单位人手不足，全年未收到申请 nor 17家未收到申请."""
    counted = [word.group == "number" for word in before.words[-2:-1]]
    if any(counted) and before.words[-1].text.startswith(_MEASURES):
        return False
    return (context.ours or before.has(OWN)) and context.is_own(before)


def _scope(before: Phrase, words: Sequence[Token]) -> Phrase:
    """Return what a denial denies, with the year that stands before it: 上年无结转."""
    scope = Phrase(words[1:2] if words[0].text == _OF_ONE_WORD else words[1:])
    if not scope.is_carrying or scope.has(*_OTHER_YEARS):
        return scope
    return Phrase([*[word for word in before.words if word.group in _OTHER_YEARS], *scope.words])


def _denial(context: Context, word: Token, scope: Phrase) -> Iterator[Statement]:
    """Read what is denied, from the last of several things to the first; what narrows one narrows all before it."""
    if Phrase(scope.words[: scope.first]).has(*_NARROWING):
        return
    span = (word.start, max(word.end, scope.words[-1].end if scope.words else 0))
    for item in reversed(_split(scope.words)):
        nouns = [index for index, part in enumerate(item.words) if part.group in {DISPUTE, "application"}]
        after = Phrase(item.words[nouns[-1] + 1 :] if nouns else item.words)
        if after.has(*_NARROWING) or (nouns and after.has("unknown", "matter")):
            return
        if item.has(*_NARROWING, OTHER):
            continue
        if item.is_carrying and item.has("carry"):
            yield from (Statement(direction, 0, span) for direction in directions_of(item))
        elif item.has(DISPUTE):
            yield from (Statement(DISPUTE, 0, span, name.cells) for name in item.names(DISPUTE))
        elif item.has("application") and _is_of_applications(context, item, scope):
            yield _no_application(scope, span)


def _is_of_applications(context: Context, item: Phrase, scope: Phrase) -> bool:
    """Return whether it is applications that are denied, not what they caused and not some other ones."""
    if item.has("matter") or scope.is_part or any(word.text in CAUSES for word in item.words):
        return False
    return scope.is_full or (context.topic != ELSEWHERE and not item.is_modified)


def _no_application(scope: Phrase, span: tuple[int, int]) -> Statement:
    if scope.has(APPLICANT) and not scope.is_of_everyone:
        cells = tuple(cell for word in scope.of(APPLICANT) for cell in word.cells)
        return Statement(APPLICANT, 0, span, cells, frozenset({DENIED}))
    is_written = any(word.text.startswith(_WRITTEN) for word in scope.of("application"))
    return Statement(WHOLE, 0, span, how=frozenset({NEW, DENIED} if is_written else {NEW}))


def _split(words: Sequence[Token]) -> list[Phrase]:
    """Split words at their conjunctions, but for those between years: 无上年和下年结转."""
    items: list[list[Token]] = [[]]
    for word in words:
        if word.group == "joiner" and not (items[-1] and {part.group for part in items[-1]} <= _YEARS):
            items.append([])
        else:
            items[-1].append(word)
    return [Phrase(item) for item in items]
