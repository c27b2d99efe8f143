"""What a number counts by the names of outcomes, applicants, disputes and results, or by a year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annual_report.checks.context import APPLICATIONS, DISPUTES, ELSEWHERE
from annual_report.checks.lexicon import APPLICANT, DISPUTE, OTHER_HANDLING, OUTCOME, RESULT
from annual_report.checks.phrases import BRACKET, CAUSES, NAMES, OTHER, OWN, cells_of, names_another_kind
from annual_report.checks.prose import groups_of
from annual_report.checks.statements import (
    ALL,
    ANSWERED,
    AT_MOST,
    BY_BODY,
    CARRIED,
    CARRIED_FORWARD,
    CARRIED_IN,
    CONCLUDED,
    HANDLED,
    INCLUDING,
    NEW,
    OTHERWISE,
    PENDING,
    RECEIVED,
    SUM,
    WHOLE,
    Statement,
    span_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.checks.context import Context
    from annual_report.checks.phrases import Phrase
    from annual_report.checks.prose import Token

_COUNTED_NOUN = re.compile("[量数]$|请求$|办件$|案件$")
_CAUSES = {*CAUSES, "不服"}
_OWN_CAUSES, _OTHER_CAUSES = {"subject", "application", ANSWERED, OUTCOME}, {"unknown", "matter", "part"}
_INFORMATION, _NOTICE, _LETTER = "信息", "通知书", "书"
_INSTANCE, _A_PART = "instance", frozenset({AT_MOST})
_TIMES = re.compile("[0-9]次$")
_HAPPENING = {
    DISPUTE,
    "occurrence",
    "filler",
    "joiner",
    "subject",
    "application",
    RECEIVED,
    ANSWERED,
    OWN,
    "this_year",
    "sum",
}
"""What may be said of disputes that are counted in 次, as courses on them or visits to courts are too."""
_YET = re.compile("待|将|预计|有待")
_NOTHING_BUT_DISPUTES = {DISPUTE, "joiner"}
_NOT_OURS = re.compile("不属于.*(?:职责|公开)|非.*职责")
_PERHAPS_ALL = "公开答复"
"""Those that were granted, or all answers."""


def labelled(
    context: Context, phrase: Phrase, count: Token, *, own: bool = True, exact: bool = True
) -> Iterator[Statement]:
    """Read what a number counts by the names in a phrase.

    Parameters
    ----------
    context
        What is understood.
    phrase
        The words before the number, or those after it.
    count
        The number.
    own
        Whether it is the body's own.
    exact
        Whether nothing between name and number makes it count something else.
    """
    if _is_of_disputes(context, phrase):
        yield from disputes(context, phrase, count, own=own and exact)
    elif not own or not context.is_about_applications(phrase):
        return
    elif phrase.is_carrying:
        context.carried = phrase.has("including")
        if context.named_year or any(word.number for word in phrase.words):
            yield Statement(direction_of(phrase), count.number, span_of(count, phrase))
    elif exact and context.in_year and not context.part and not phrase.is_part:
        yield from _applications(context, phrase, count)


def _applications(context: Context, phrase: Phrase, count: Token) -> Iterator[Statement]:
    """Read numbers of applications by outcome, by applicant or of all."""
    if phrase.is_elsewhere:
        if _is_withdrawn(phrase):
            yield Statement(OUTCOME, count.number, span_of(count, phrase), phrase.of(OUTCOME)[0].cells, _A_PART)
    elif phrase.has(OUTCOME):
        if not phrase.has(APPLICANT):
            yield from _listed(context, OUTCOME, phrase, count)
    elif phrase.has(APPLICANT) and not phrase.is_of_everyone:
        yield from _listed(context, APPLICANT, phrase, count)
    elif phrase.is_full and not phrase.is_modified and context.counts_all and _is_counted_noun(phrase):
        context.mixed = count.number in context.with_others
        if not context.mixed:
            yield Statement(WHOLE, count.number, span_of(count, phrase), how=frozenset({RECEIVED}))


def _is_of_disputes(context: Context, phrase: Phrase) -> bool:
    if phrase.has(DISPUTE):
        return True
    return context.topic == DISPUTES and (phrase.has(RESULT, CONCLUDED, _INSTANCE) or _is_pending(context, phrase))


def _is_pending(context: Context, phrase: Phrase) -> bool:
    """Return whether disputes named in the sentence are counted that are not concluded: 行政复议3件，尚未办结1件."""
    is_named = context.named and not phrase.has(DISPUTE, "application", "carry", "next_year")
    return bool(is_named and phrase.has("carry_forward"))


def _is_withdrawn(phrase: Phrase) -> bool:
    """Return whether withdrawn applications are counted that were handled otherwise: 主动撤回作其他处理3件."""
    cells = [cell for word in phrase.of(OUTCOME) for cell in word.cells]
    is_other = bool(cells) and all(cell.startswith(OTHER_HANDLING) for cell in cells)
    return is_other and phrase.is_elsewhere_but_for("withdrawal") and not phrase.has("unknown")


def direction_of(phrase: Phrase) -> str:
    """Return whether applications are carried in or forward."""
    if phrase.has("last_year"):
        return CARRIED_IN
    if phrase.has("next_year", "carry_forward"):
        return CARRIED_FORWARD
    return CARRIED


def directions_of(phrase: Phrase) -> tuple[str, ...]:
    """Return every direction in which applications are carried: 上年和下年结转 names both."""
    both = phrase.has("last_year") and phrase.has("next_year")
    return (CARRIED_IN, CARRIED_FORWARD) if both else (direction_of(phrase),)


def several(phrase: Phrase) -> list[Statement | None]:
    """Return what the numbers after 新收和上年结转的申请分别为 state, each if known; none where all are names."""
    parts = [part for part in phrase.parts if part.last >= 0]
    if len(parts) == 1 or not any(part.verbs or part.is_carrying for part in parts):
        return []
    return [_without_number(part) for part in parts]


def _without_number(phrase: Phrase) -> Statement | None:
    if phrase.is_elsewhere or phrase.has(*NAMES):
        return None
    if phrase.is_carrying:
        return Statement(direction_of(phrase), 0, (0, 0))
    return Statement(WHOLE, 0, (0, 0), how=phrase.verbs) if phrase.verbs else None


def _is_counted_noun(phrase: Phrase) -> bool:
    """Return whether a noun alone names applications: 依申请公开5件 may be of the information itself."""
    return phrase.of("application")[-1].text[0] != "依" or any(_COUNTED_NOUN.search(word.text) for word in phrase.words)


def _listed(context: Context, kind: str, phrase: Phrase, count: Token) -> Iterator[Statement]:
    """Read the names before a number: together its sum, each of them its number, or one number after another."""
    names, span = phrase.names(kind), span_of(count, phrase)
    if kind == OUTCOME:
        context.whole = frozenset({ANSWERED})
    elif kind == APPLICANT and not context.whole:
        context.whole = frozenset({RECEIVED})
    if phrase.has("respectively") and len(names) > 1:
        context.queue = tuple(Statement(kind, 0, span, name.cells) for name in names[1:])
        yield Statement(kind, count.number, span, names[0].cells)
    elif phrase.words[-1].group == "each":
        for name in names:
            yield Statement(kind, count.number, span, name.cells)
    else:
        together = cells_of(names)
        wider = tuple(dict.fromkeys((*together, *(cell for name in names for cell in name.wider))))
        how = phrase.verbs | ({INCLUDING, SUM} & phrase.groups)
        if kind == DISPUTE and (context.lists_bodies or phrase.has("respondent")):
            how |= {BY_BODY}
        if phrase.words[phrase.last].text == _PERHAPS_ALL:
            how |= {ALL}
        if any(_NOT_OURS.match(word.text) for word in phrase.of(OUTCOME)):
            how |= {OTHERWISE}
        yield Statement(kind, count.number, span, together, how, wider if wider != together else ())


def disputes(context: Context, phrase: Phrase, count: Token, *, own: bool) -> Iterator[Statement]:
    """Read numbers of reconsideration and litigation, and of their results."""
    if phrase.has(DISPUTE) and not _names_disputes(context, phrase, count):
        return
    is_pending = _is_pending(context, phrase) or _is_awaited(phrase)
    if (phrase.is_carrying and not is_pending) or _are_of_others(phrase):
        context.ours = False
    if not own or not context.ours or not context.in_year or phrase.has("last_year") or not context.disputes:
        return
    span = span_of(count, phrase)
    if phrase.is_elsewhere:
        yield from _first_instance(context, phrase, count)
    elif is_pending:
        yield Statement(RESULT, count.number, span, context.disputes, frozenset({PENDING}), context.named)
    elif phrase.has(RESULT) and not context.mixed:
        key = frozenset(phrase.of(RESULT)[-1].cells)
        yield Statement(RESULT, count.number, span, context.disputes, key, context.named)
    elif phrase.has(DISPUTE):
        if _is_about_information(context, phrase):
            yield from _listed(context, DISPUTE, phrase, count)
    elif not context.mixed and not phrase.has("next_year", _INSTANCE):
        yield Statement(RESULT, count.number, span, context.disputes, frozenset({CONCLUDED}), context.named)


def _are_of_others(phrase: Phrase) -> bool:
    """Return whether disputes are reviewed or tried, or are against another body: 审理行政复议, 以部门为被申请人."""
    is_against = phrase.has("respondent") and phrase.has(OTHER)
    is_tried = "reviewing" in groups_of(phrase.words[: phrase.first])
    return is_against or (phrase.has(DISPUTE) and (is_tried or phrase.is_of_reviewers))


def _names_disputes(context: Context, phrase: Phrase, count: Token) -> bool:
    """Take from a phrase which disputes it names, and tell whether they are the body's own and no documents."""
    context.disputes = cells_of(phrase.names(DISPUTE))
    context.mixed = count.number in context.with_others
    is_reviewed = context.mixed and context.reviews and not phrase.verbs.isdisjoint({RECEIVED, HANDLED})
    has_another_cause = _has_another_cause(phrase)
    context.topic = ELSEWHERE if is_reviewed or has_another_cause else DISPUTES
    context.ours = context.ours and not has_another_cause
    if _TIMES.search(count.text) and not phrase.groups <= _HAPPENING:
        context.ours = False
    return context.topic == DISPUTES and not _names_documents(phrase)


def _is_awaited(phrase: Phrase) -> bool:
    """Return whether disputes are counted that are to be concluded in the next year: 2件待2025年审结."""
    texts = [word.text for word in phrase.of("unknown")]
    return phrase.has("next_year") and phrase.has(CONCLUDED) and any(_YET.match(text) for text in texts)


def _first_instance(context: Context, phrase: Phrase, count: Token) -> Iterator[Statement]:
    """Read the number of lawsuits of the first instance, which are a part of all lawsuits."""
    if context.mixed or phrase.has(RESULT, CONCLUDED, "unknown") or not phrase.is_elsewhere_but_for(_INSTANCE):
        return
    if not phrase.has(DISPUTE) or _is_about_information(context, phrase):
        yield Statement(DISPUTE, count.number, span_of(count, phrase), context.disputes, _A_PART)


def _names_documents(phrase: Phrase) -> bool:
    """Return whether documents about disputes are counted: 行政复议类信息24条, 行政复议答复书2份, notices sent out."""
    nouns = [word.text for word in phrase.words if word.group in {DISPUTE, "subject"}]
    if any(noun.endswith(_NOTICE) for noun in nouns):
        return not (phrase.has(RECEIVED) or phrase.groups <= _NOTHING_BUT_DISPUTES)
    before, last = phrase.words[phrase.last - 1], phrase.words[phrase.last]
    is_reply = before.group == DISPUTE and last.group == ANSWERED and last.text.endswith(_LETTER)
    return is_reply or (nouns[-1].endswith(_INFORMATION) and not phrase.has("concerning"))


def _has_another_cause(phrase: Phrase) -> bool:
    """Return whether something that the lexicon does not know is the cause of disputes: 因征收补偿引发行政诉讼."""
    texts = [word.text for word in phrase.words]
    causes = [index for index, text in enumerate(texts) if text in _CAUSES]
    dispute = texts.index(phrase.of(DISPUTE)[0].text)
    cause = groups_of(phrase.words[causes[0] + 1 : dispute]) if causes else set()
    is_other_cause = not cause.isdisjoint(_OTHER_CAUSES) and cause.isdisjoint(_OWN_CAUSES)
    return is_other_cause or _is_of_another_kind(phrase, dispute)


def _is_of_another_kind(phrase: Phrase, dispute: int) -> bool:
    """Return whether disputes are of another kind than information: 工伤类行政复议, 其他行政诉讼."""
    brackets = [word.inner for word in phrase.words[dispute:] if word.group == BRACKET]
    return not phrase.has("subject") and any(map(names_another_kind, (phrase.words[:dispute], *brackets)))


def _is_about_information(context: Context, phrase: Phrase) -> bool:
    """Return whether disputes are about open government information, not those that the body reviews itself."""
    if phrase.has("subject"):
        return True
    reviews = HANDLED in phrase.verbs or (RECEIVED in phrase.verbs and context.reviews)
    return not reviews and not context.mixed


def about_information(context: Context, phrase: Phrase, count: Token, *, own: bool) -> Statement | None:
    """Read the number of those among the body's disputes that are about information: 其中政府信息公开类12件."""
    if not (context.mixed and own and context.topic == DISPUTES and phrase.has("subject")):
        return None
    if not phrase.has("respectively"):
        context.mixed = False
        return Statement(DISPUTE, count.number, span_of(count), context.disputes)
    return None


def summed(context: Context, count: Token) -> Iterator[Statement]:
    """Read a sum of what the sentence has counted, or of what it has named and not yet counted."""
    if context.waiting is not None:
        yield from labelled(context, context.waiting, count)
    elif context.topic == DISPUTES and context.named:
        yield Statement(DISPUTE, count.number, span_of(count), context.named)
    elif context.topic == APPLICATIONS and context.whole:
        how = {RECEIVED if verb == NEW else verb for verb in context.whole} | {SUM}
        yield Statement(WHOLE, count.number, span_of(count), how=frozenset(how))
