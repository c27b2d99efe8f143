"""Which numbers of a sentence count more than applications, or than disputes about information."""

from __future__ import annotations

from itertools import dropwhile, pairwise
from typing import TYPE_CHECKING

from annual_report.checks.lexicon import DISPUTE, OUTCOME, RESULT
from annual_report.checks.phrases import BRACKET, Phrase, names_another_kind
from annual_report.checks.prose import groups_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annual_report.checks.prose import Token

_AMONG = {"among", "including", "concerning"}
_PARTS = {*_AMONG, BRACKET}
_DIVIDING = {*_PARTS, "unrelated"}
_DISPUTES_BY_KIND = {DISPUTE, "subject", "matter"}
_SIFTED = {"removed", "valid"}
"""What tells that not all that came in were applications."""
_FULL_AMONG_OTHERS = {"among", "including", "received", "subject", "application", "filler", "comma", "stop"}
_OF_A_KIND = {"subject", "among", "filler", "comma", "joiner"}
_OTHER_THAN_AMONG = {"comma", "last_year", "next_year", DISPUTE, RESULT}
_MOST_WORDS = 60
"""How many words after letters are looked at for their outcomes."""
_OPEN, _LETTER = ("信息公开", "政务公开"), "书"


def with_others(words: Sequence[Token], groups: set[str]) -> frozenset[int]:
    """Return the counts of a sentence that are of more than the tables have, or of something else.

    Parameters
    ----------
    words
        The sentence.
    groups
        The groups of its words.
    """
    found: frozenset[int] = frozenset()
    if not groups.isdisjoint(_DIVIDING) or groups >= _DISPUTES_BY_KIND:
        found = _divided(words) | _letters(words)
    return found if groups.isdisjoint(_SIFTED) else found | _before_sifting(words)


def _divided(words: Sequence[Token]) -> frozenset[int]:
    """Return the counts that are followed by those about information among them: 行政复议268件，其中信息公开类12件."""
    found: set[int] = set()
    waiting: dict[str, list[int]] = {DISPUTE: [], "application": []}
    before: list[Token] = []
    is_among = False
    for word in _with_inner(words):
        if word.group == "count":
            phrase, before = Phrase(before), []
            kinds = _kinds_before(phrase, is_part=is_among or phrase.has(*_AMONG))
            found.update(number for kind in kinds for number in _taken(waiting, kind))
            _wait(phrase, word.number, waiting)
            is_among = phrase.has("among")
        elif word.group == BRACKET:
            is_among = is_among or not before
            found.update(waiting[DISPUTE][-1:] if not before and names_another_kind(word.inner) else ())
        else:
            if (word.group == "subject" and is_among) or word.group == "unrelated":
                found.update(_taken(waiting, DISPUTE))
            is_among = is_among and word.group not in _OTHER_THAN_AMONG
            before.append(word)
    return frozenset(found)


def _kinds_before(phrase: Phrase, *, is_part: bool) -> Iterator[str]:
    """Yield what was counted before a number that says how many of them are about information."""
    if phrase.is_full and is_part and phrase.groups <= _FULL_AMONG_OTHERS:
        yield "application"
    elif phrase.has("subject"):
        is_kind = phrase.groups <= _OF_A_KIND and phrase.of("subject")[-1].text.endswith(_OPEN)
        if is_part or is_kind:
            yield DISPUTE
        if is_part and is_kind:
            yield "application"


def _taken(waiting: dict[str, list[int]], kind: str) -> list[int]:
    """Return the counts of a kind that wait, which then wait no longer."""
    counts, waiting[kind] = waiting[kind], []
    return counts


def _wait(phrase: Phrase, number: int, waiting: dict[str, list[int]]) -> None:
    """Remember a count of disputes or applications of any kind."""
    if phrase.has("subject") and not phrase.is_full:
        waiting[DISPUTE] = []
    elif phrase.has(DISPUTE) and not phrase.has("subject"):
        waiting[DISPUTE].append(number)
    elif phrase.verbs and not phrase.is_full:
        waiting["application"].append(number)


def _letters(words: Sequence[Token]) -> frozenset[int]:
    """Return the counts of letters, of which some are set apart, so that they are not one for each application.

    收到申请5件，制作答复书6份（含更正答复1份）.
    """
    found: set[int] = set()
    units = [word.text[-1] for word in words if word.group == "count"]
    for place, (noun, count) in enumerate(pairwise(words), 2):
        is_letter = count.group == "count" and noun.group == "answered" and noun.text.endswith(_LETTER)
        if not is_letter or count.text[-1] in units[:1]:
            continue
        following = words[place : place + _MOST_WORDS]
        after = list(dropwhile(lambda word: word.group == "comma", following))
        groups = groups_of(after[0].inner if after and after[0].group == BRACKET else after)
        if after and after[0].group in _PARTS and OUTCOME not in groups:
            found.add(count.number)
    return frozenset(found)


def _before_sifting(words: Sequence[Token]) -> frozenset[int]:
    """Return the counts of what came in, before it is said how many of it are applications.

    收到申请9件，剔除咨询类4件，有效申请5件.
    """
    found: set[int] = set()
    received: list[int] = []
    before: list[Token] = []
    is_sifted = False
    for word in _with_inner(words):
        before.append(word)
        if word.group == "count":
            phrase, before = Phrase(before), []
            is_rest = phrase.has("valid") or (is_sifted and not phrase.has("removed"))
            is_sifted = is_sifted or phrase.has(*_SIFTED)
            if phrase.has("application", "received"):
                if is_rest:
                    found.update(received)
                    received.clear()
                received.append(word.number)
    return frozenset(found)


def _with_inner(words: Iterable[Token]) -> Iterator[Token]:
    """Iterate over words, and through those in a bracket after it."""
    for word in words:
        yield word
        yield from _with_inner(word.inner)
