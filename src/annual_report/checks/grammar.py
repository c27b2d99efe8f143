"""What sentences state about applications and disputes: a small grammar over tokens.

A sentence is read clause by clause, and a clause up to each of its numbers. The words before a number say what it
counts; where they do not, those after it do. A number is the body's own, of its whole year and of all applications,
unless the lexicon has a word that says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from annual_report.checks.agents import is_government, own_names, reviews_disputes
from annual_report.checks.context import APPLICATIONS, DISPUTES, ELSEWHERE, Context
from annual_report.checks.denials import denied
from annual_report.checks.labels import about_information, disputes, labelled, several, summed
from annual_report.checks.lexicon import APPLICANT, DISPUTE, GRANTED, OUTCOME, rows_of_other_handling
from annual_report.checks.phrases import BRACKET, OTHER, OWN, VERBS, Phrase, clauses, name_bodies, sentences_of
from annual_report.checks.prose import groups_of
from annual_report.checks.statements import (
    ALL,
    AMONG,
    ANSWERED,
    CARRIED_FORWARD,
    CARRIED_IN,
    HANDLED,
    NEW,
    ONE_OF,
    RECEIVED,
    WHOLE,
    Statement,
    included,
    rest_of,
    span_of,
    with_neighbours,
)
from annual_report.checks.wordings import wording_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annual_report.checks.prose import Prose, Token
    from annual_report.checks.statements import Said
    from annual_report.checks.wordings import IsOwn, Wording
    from annual_report.form import Edition

_STATING = {"count", "denial", BRACKET}
_OF_THE_FORM = {OUTCOME, APPLICANT, "application", "carry"}
"""What a sentence must name, before anything else is spoken of, to be about applications."""

_OBJECTS_OF_OTHERS = {"unknown", "matter", "document", "body", OWN, OTHER}
_YEARS_UNTIL_NOW = re.compile("近.+年$")
_OF_SEVERAL_YEARS = {"other_time", "respectively", "application", "subject", "filler", RECEIVED, NEW, HANDLED, OWN}
_THE_REST = re.compile("[、和]?其[他它](?:类|情形|情况)?的?")
_OF, _ON_APPLICATION = "的", "依申请公开"
_HANDLED_IN_ALL = {ANSWERED, HANDLED, ALL, "filler"}
_NAMES_ITSELF = {OWN, "among", "filler"}
_AFTER_AN_OBJECT = {*VERBS, "joiner", BRACKET}


class Reader:
    """Reads the paragraphs of a text in their order.

    Parameters
    ----------
    form, agency, year
        The report's.
    """

    def __init__(self, form: Edition, agency: str, year: int) -> None:
        self._form, self._year = form, year
        self._answer: IsOwn = own_names(agency).__getitem__
        self._is_own: IsOwn = self._answer
        self._context = Context(is_government(agency), reviews_disputes(agency))
        self._before: Phrase | None = None

    @property
    def is_about_cases(self) -> bool:
        """Whether applications or disputes were spoken of last."""
        return self._context.topic in {APPLICATIONS, DISPUTES}

    def begin(self, *, heading: bool) -> None:
        """Begin a paragraph: it is of the report's year, and with a sub-heading it says anew what is spoken of."""
        self._context.named_year, self._context.answered_apart = True, False
        if heading:
            self._context.topic = None

    def begin_applications(self) -> None:
        """Take from a heading that applications are spoken of."""
        self._context.topic = APPLICATIONS

    def notice(self, prose: Prose) -> None:
        """Take from a sentence that states nothing what is spoken of."""
        self._context.notice(wording_of(self._form, self._year, prose.wording).phrase)

    def read(self, prose: Prose) -> list[Statement]:
        """Return the statements of a sentence, with places in the paragraph."""
        wording = wording_of(self._form, self._year, prose.wording)
        statements = self._remembered(wording)
        numbers = wording.numbers(prose.text) if statements else ()
        return [statement.of(numbers, prose.span(*statement.span)) for statement in statements]

    def _remembered(self, wording: Wording) -> tuple[Statement, ...]:
        """Read a wording, unless what it says in this context, of this body, is known."""
        before = self._context.state
        reading = wording.recall(before, self._answer)
        if reading is None:
            self._is_own = wording.asking(self._answer)
            reading = tuple(self._read(wording.tokens)), self._context.state
            wording.keep(reading, before, self._answer)
        statements, after = reading
        self._context = Context(*after)
        return statements

    def _read(self, tokens: Sequence[Token]) -> Iterator[Statement]:
        if self._context.topic is None:
            self._context.topic = _topic_of(tokens)
        for words in sentences_of(tokens):
            if not _STATING.isdisjoint(groups_of(words)):
                named = name_bodies(words, self._is_own)
                self._context.begin_sentence(named)
                yield from self._clauses(named)
            else:
                self._context.notice(Phrase(words))

    def _clauses(self, words: Sequence[Token]) -> Iterator[Statement]:
        said: list[Said] = []
        self._before = None
        read = list(clauses(words))
        for clause, following in zip(read, [*read[1:], []], strict=True):
            yield from self._clause(clause, following, said)
        yield from with_neighbours(said)

    def _clause(self, words: Sequence[Token], next_words: Sequence[Token], said: list[Said]) -> Iterator[Statement]:
        """Read a clause up to each of its numbers; what denies is a statement of its own."""
        counts = [index for index, word in enumerate(words) if word.group == "count"]
        start = 0
        for index, following in zip(counts, [*counts[1:], len(words)], strict=False):
            left, right = self._in_full(Phrase(words[start:index])), Phrase(words[index + 1 : following])
            if not start and BRACKET in left.groups:
                yield from self._brackets(left)
            statements, used = self._counted(left, words[index], right)
            statements = statements or list(self._unnamed(left, words[index], right, next_words, said))
            if left.has("among", "including"):
                statements = included(said, statements)
            number = 0 if left.has("change", "comparison") else words[index].number
            said += [(number, statement) for statement in statements] or [(number, None)]
            if BRACKET in right.groups:
                yield from included(said, self._brackets(right))
            start = index + 1 + used
        self._years(words, counts, said)
        rest = Phrase(words[start:])
        if ANSWERED in rest.verbs and [statement and statement.kind for _, statement in said[:2]] == [CARRIED_IN]:
            self._context.answered_apart = True
        self._context.notice(rest)
        if not counts and BRACKET in rest.groups:
            yield from self._brackets(rest)
        if "denial" in rest.groups:
            is_beside_counts = bool(said) or "count" in groups_of(next_words)
            yield from (none for none in denied(self._context, rest) if not (is_beside_counts and none.is_of_written))
        if rest.words:
            self._remember(rest)

    def _in_full(self, left: Phrase) -> Phrase:
        """Say anew of the body what was counted of the whole place before: 全县行政复议12件，我局0件."""
        before, self._before = self._before, left
        is_of_the_place = before is not None and before.has(OWN) and before.last >= 0
        is_apart = self._context.has_itself and not self._context.is_government
        if before is None or not (is_of_the_place and is_apart and OWN in left.groups and left.groups <= _NAMES_ITSELF):
            return left
        return Phrase([*left.of(OWN), *[word for word in before.words if word.group != OWN]])

    def _unnamed(
        self, left: Phrase, count: Token, right: Phrase, next_words: Sequence[Token], said: Sequence[Said]
    ) -> Iterator[Statement]:
        """Read a number by what is said of it next, or 其他 by the list before it."""
        if self._are_applications(left, right if right.words else Phrase(next_words)):
            yield Statement(WHOLE, count.number, span_of(count, left), how=frozenset({RECEIVED, HANDLED}))
        elif self._context.is_level_of_all(left):
            yield Statement(WHOLE, count.number, span_of(count, left), how=left.verbs | {ONE_OF})
        elif _is_rest(left) and not (right.words and right.words[0].group != "joiner"):
            yield from rest_of(said, count, left.words[0].start, rows_of_other_handling(self._form))

    def _years(self, words: Sequence[Token], counts: Sequence[int], said: list[Said]) -> None:
        """Read the numbers of several years, one of which is of the report's: 近三年分别收到申请5件、8件、13件."""
        if not counts or self._context.in_year or "other_time" not in groups_of(words[: counts[0]]):
            return
        first, others, last = Phrase(words[: counts[0]]), words[counts[0] : counts[-1]], words[counts[-1]]
        is_until_now = _YEARS_UNTIL_NOW.match(first.of("other_time")[0].text) and first.has("respectively")
        is_listed = first.groups <= _OF_SEVERAL_YEARS and groups_of(others) == {"count", "joiner"}
        if is_until_now and is_listed and first.verbs and self._context.ours and self._context.topic == APPLICATIONS:
            said[-1] = last.number, Statement(WHOLE, last.number, span_of(last), how=first.verbs | {ONE_OF})

    def _brackets(self, phrase: Phrase) -> Iterator[Statement]:
        """Read what stands in brackets by itself; what is understood outside is not changed by it."""
        for word in phrase.words:
            if word.group == BRACKET:
                outside = self._context
                self._context = replace(outside, among=True)
                yield from self._clauses(name_bodies(word.inner, self._is_own))
                self._context = outside

    def _remember(self, phrase: Phrase) -> None:
        """Remember what a clause names and does not count; the next one may give a sum."""
        context = self._context
        context.waiting = None
        if "denial" in phrase.groups or not context.is_own(phrase):
            return
        if phrase.is_labelled and not phrase.is_carrying:
            context.waiting = phrase
        elif phrase.is_full and phrase.counts_its_label:
            context.whole = phrase.verbs or frozenset({RECEIVED})

    def _counted(self, left: Phrase, count: Token, right: Phrase) -> tuple[list[Statement], int]:
        """Read what a number counts, and how many of the words after it say so."""
        context = self._context
        context.notice(left)
        own = context.is_own(left)
        is_of_items = context.unit_of_items and count.text.endswith(context.unit_of_items)
        is_denied = left.words and left.words[-1].group == "denial"
        if is_of_items or is_denied or left.has("comparison", "change") or left.is_of_years:
            return [], 0
        if left.last < 0:
            return self._unlabelled(left, count, right, own=own)
        if left.counts_some:
            return self._by_what_follows(left, count, right, own=own)
        if left.has("respectively") and (each := several(left)):
            return self._respectively(each, left, count, own=own), 0
        if left.verbs and not left.is_labelled:
            return self._verb(left, count, right, own=own)
        return list(labelled(context, left, count, own=own, exact=left.counts_its_label)), 0

    def _respectively(
        self, each: Sequence[Statement | None], left: Phrase, count: Token, *, own: bool
    ) -> list[Statement]:
        """Read the first of the numbers that follow 分别, if it is known what all of them state."""
        context = self._context
        known = tuple([statement for statement in each if statement])
        if len(known) < len(each) or not (own and context.topic == APPLICATIONS and context.is_whole(left)):
            return []
        context.queue = known
        return self._next(count)

    def _next(self, count: Token) -> list[Statement]:
        """Give the next number what was said of it before 分别."""
        first, *rest = self._context.queue
        self._context.queue = tuple(rest)
        return [first._replace(number=count.number, span=span_of(count))]

    def _are_applications(self, left: Phrase, after: Phrase) -> bool:
        """Return whether what follows 依申请公开5件 says that applications are counted: 均按时答复, 其中部分公开2件."""
        context = self._context
        if left.verbs or left.is_labelled or not left.is_full or context.topic != APPLICATIONS:
            return False
        lists_parts = after.has("among") and after.has(OUTCOME, APPLICANT, "application", "channel")
        is_handled = bool(after.verbs) and after.groups <= _HANDLED_IN_ALL
        is_whole = context.ours and context.counts_all and context.is_whole(left)
        return is_whole and not left.is_modified and (lists_parts or is_handled or after.is_carrying)

    def _unlabelled(self, left: Phrase, count: Token, right: Phrase, *, own: bool) -> tuple[list[Statement], int]:
        """Read a number without a name before it: the next of several, a sum, or one whose name follows."""
        context = self._context
        if context.queue:
            return self._next(count), 0
        among_others = about_information(context, left, count, own=own)
        if among_others is not None:
            return [among_others], 0
        if own and context.is_granted(left):
            return [Statement(OUTCOME, count.number, span_of(count, left), GRANTED[:1], wider=GRANTED)], 0
        if left.has("sum") and own and context.is_whole(left):
            return list(summed(context, count)), 0
        return self._by_what_follows(left, count, right, own=own)

    def _by_what_follows(self, left: Phrase, count: Token, right: Phrase, *, own: bool) -> tuple[list[Statement], int]:
        """Read what a number counts from the words after it, and how many of them say so."""
        found = list(self._number_first(left, count, right, own=own))
        return found, len(right.words) if found else 0

    def _verb(self, left: Phrase, count: Token, right: Phrase, *, own: bool) -> tuple[list[Statement], int]:
        """Read how many applications were received or answered: 收到申请5件, 收到5件申请, 收到5件.

        What is said of all of them is read instead: 办理的5件均不予公开.
        """
        context, named = self._context, left.has("application")
        if left.words[-1].text == _OF and right.has(OUTCOME) and right.words[0].group == ALL:
            return list(self._number_first(left, count, right, own=own)), len(right.words)
        if not named and right.has(DISPUTE):
            both = Phrase([*left.words, *right.words])
            return list(disputes(context, both, count, own=own)), len(right.words)
        used = 0 if named else _length_of_object(right)
        if not named and _is_object_of_others(right.words, used):
            return [], used
        said = Phrase([*left.words, *right.words[:used]])
        context.notice(said)
        if not said.is_full and said.is_modified:
            context.topic = ELSEWHERE
        elif said.is_full or (context.topic is None and said.has("application")):
            context.topic = APPLICATIONS
        whole = context.is_whole(said) and own and left.counts_its_label
        if context.topic != APPLICATIONS:
            return [], used
        if own:
            context.whole = said.verbs
        how = said.verbs | ({ALL} & said.groups) | (set() if context.counts_all else {AMONG})
        if context.answered_apart and ANSWERED in how:
            how |= {AMONG}
        context.mixed = count.number in context.with_others
        is_part = AMONG in how and not how & {NEW, ANSWERED} and not said.has("this_year")
        if not whole or is_part or context.mixed or left.words[-1].group == "remainder":
            return [], used
        return [Statement(WHOLE, count.number, span_of(count, left), how=how)], used

    def _number_first(self, left: Phrase, count: Token, right: Phrase, *, own: bool) -> Iterator[Statement]:
        """Read what a number counts from the words after it: 5件已答复, 5件结转下年, 5件予以公开."""
        context = self._context
        if not right.words or right.words[0].group == "joiner" or left.is_part or left.is_elsewhere:
            return
        right = right.without_reason
        postponed = (right.has("carry") and right.has("next_year")) or right.is_waiting
        bodies = right if not right.has(OUTCOME) else Phrase(right.words[: right.first])  # not those of its reason
        if bodies.has(OTHER) or right.has("change", "comparison"):
            return
        if not postponed and (right.is_elsewhere or right.has("denial")):
            return
        among_others = about_information(context, right, count, own=own)
        if among_others is not None:
            yield among_others
        elif postponed or right.is_labelled:
            yield from labelled(context, right, count, own=own)
        elif context.topic == APPLICATIONS and _is_put_off(left, right):
            yield Statement(CARRIED_FORWARD, count.number, span_of(count))
        elif own and self._is_answered(right):
            how = (right.verbs & {ANSWERED}) | ({AMONG} if context.among else {ALL})
            yield Statement(WHOLE, count.number, span_of(count), how=how)

    def _is_answered(self, right: Phrase) -> bool:
        """Return whether the words after a number say that so many applications were answered, or name them in full."""
        context = self._context
        is_of_part = context.part or right.is_part or right.has("month")
        if not context.in_year or is_of_part or context.topic != APPLICATIONS:
            return False
        named = right.words[: _length_of_object(right)]
        if Phrase(named).is_full and not context.among and not _is_perhaps_published(right):
            return True
        if right.has("respectively"):
            return False
        return ANSWERED in right.verbs and (right.has("application") or right.words[0].group != "unknown")


def _topic_of(tokens: Sequence[Token]) -> str | None:
    """Return what a sentence is about that nothing was said before: applications, unless it begins with documents."""
    for token in tokens:
        if token.group in _OF_THE_FORM:
            return APPLICATIONS
        if token.group == "document":
            return ELSEWHERE
    return None


def _is_rest(phrase: Phrase) -> bool:
    """Return whether only 其他 is named, or 其他类."""
    return _THE_REST.fullmatch("".join([word.text or word.group for word in phrase.words])) is not None


def _is_perhaps_published(phrase: Phrase) -> bool:
    """Return whether only 依申请公开 follows a number, as of information that was given: 2条依申请公开，1条部分公开."""
    return "".join([word.text for word in phrase.words]) == _ON_APPLICATION


def _is_put_off(left: Phrase, right: Phrase) -> bool:
    """Return whether those counted are still to be answered: 其余2件正在处理, 2件将于2025年1月答复."""
    if right.has("next_year"):
        return bool(right.verbs) and (left.has("remainder") or ANSWERED in right.verbs)
    return left.has("remainder") and bool(right.verbs) and ANSWERED not in right.verbs


def _is_object_of_others(words: Sequence[Token], used: int) -> bool:
    """Return whether what follows a number is not the body's own applications: 1份区政府办公室依申请公开意见征询件."""
    following = groups_of(words[used : used + 1])
    return not following.isdisjoint(_OBJECTS_OF_OTHERS if not used else {"matter"}) or OTHER in groups_of(words[:used])


def _length_of_object(phrase: Phrase) -> int:
    """Return how many words after a number name the applications that it counts."""
    length = 0
    for index, word in enumerate(phrase.words):
        if word.group in _AFTER_AN_OBJECT:
            break
        if word.group == "application":
            length = index + 1
    return length
