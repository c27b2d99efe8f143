"""What sentences state about applications and disputes: a small grammar over tokens.

A sentence is read clause by clause, and a clause up to each of its numbers. The words before a number say what it
counts; where they do not, those after it do. A number is the body's own, of its whole year and of all applications,
unless the lexicon has a word that says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annual_report.checks.agents import is_government, is_own
from annual_report.checks.lexicon import APPLICANT, DISPUTE, OUTCOME, RESULT
from annual_report.checks.phrases import BRACKET, OTHER, OWN, Bracket, Phrase, clauses, name_bodies, sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annual_report.checks.phrases import Word
    from annual_report.checks.prose import Prose, Token

RECEIVED, NEW, HANDLED, ANSWERED = "received", "new", "handled", "answered"
ALL, AMONG, SUM = "all", "among", "sum"
WHOLE = "whole"
CONCLUDED = "concluded"
CARRIED_IN, CARRIED_FORWARD, CARRIED = "carried_in", "carried_forward", "carried"
APPLICATIONS, DISPUTES, ELSEWHERE = "applications", "disputes", "elsewhere"

_NARROWING = {"narrowing", "stage", "delegated", "other_time", "comparison", "among", RESULT, OUTCOME}
_TIMES = {"year", "this_year", "last_year", "next_year", "other_time", "month"}
_OBJECTS_OF_OTHERS = {"unknown", "matter", "document", "body", OWN, OTHER}
_BARE_DENIALS = {"未", "没", "未曾", "并未", "从未", "也未", "亦未", "均未", "尚未", "暂未", "未再"}
_FORM = {OUTCOME, APPLICANT, "application", "carry"}
"""What a paragraph must name, before anything else is spoken of, to be about applications."""
_STATES = {"count", "denial", BRACKET}
_MAX_BESIDE = 6


@dataclass(frozen=True, slots=True)
class Statement:
    """What the text says a number of.

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
        What else is said of applications received and answered: the verbs, `all`, `among`.
    wider
        The cells of the number if the words are meant in a wider sense.
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


@dataclass(slots=True)
class _State:
    """What the words read so far leave to be understood in the next ones.

    Parameters
    ----------
    topic
        What is spoken of: applications, disputes or something else.
    ours, in_year
        Whether what is said is said of the body itself, and of the report's year.
    named_year
        Whether the year named last is the report's.
    part
        Whether a part of the applications is spoken of.
    among
        Whether parts are being listed.
    until
        Whether it is said until when, so that 累计 counts from some year on.
    has_level
        Whether the sentence gives the number of the body's own level too.
    mixed
        Whether the sentence counts all of the body's disputes, and those about information among them.
    disputes
        The groups of the disputes named last.
    whole
        The verbs of what was last said of all applications.
    named
        The groups of all disputes named in the sentence.
    waiting
        The clause before, where it names something and does not count it.
    queue
        The labels that still wait for their numbers, after 分别.
    """

    topic: str | None = None
    ours: bool = True
    in_year: bool = True
    named_year: bool = True
    part: bool = False
    among: bool = False
    until: bool = False
    mixed: bool = False
    has_level: bool = False
    disputes: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()
    named: tuple[str, ...] = ()
    waiting: Phrase | None = None
    queue: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Reader:
    """Reads the paragraphs of one report in their order.

    Parameters
    ----------
    agency, year
        The report's.
    """

    def __init__(self, agency: str, year: int) -> None:
        self._agency, self._year = agency, year
        self._state = _State()

    @property
    def is_about_cases(self) -> bool:
        """Whether applications or disputes were spoken of last."""
        return self._state.topic in {APPLICATIONS, DISPUTES}

    def heading(self) -> None:
        """Begin a new sub-heading, which says anew what is spoken of."""
        self._state.topic = None

    def read(self, prose: Prose) -> Iterator[Statement]:
        """Go through the statements of a sentence."""
        tokens = [self._dated(token) for token in prose.tokens()]
        if self._state.topic is None and any(token.group in _FORM for token in tokens):
            self._state.topic = APPLICATIONS
        for words in sentences_of(tokens):
            if any(word.group in _STATES for word in words):
                yield from self._sentence(self._named(words))
            else:
                self._notice(Phrase(words))

    def _dated(self, token: Token) -> Token:
        """Tell the years before and after the report's apart from it."""
        if token.group != "year" or token.number is None or token.number == self._year:
            return token
        return token._replace(group="last_year" if token.number < self._year else "next_year")

    def notice(self, prose: Prose) -> None:
        """Take from a sentence that states nothing what is spoken of."""
        self._notice(Phrase([self._dated(token) for token in prose.tokens()]))

    def _named(self, words: list[Word]) -> list[Word]:
        """Tell the names of the body and of others apart."""
        return name_bodies(words, lambda name: is_own(name, self._agency))

    def _dated(self, token: Token) -> Token:
        """Tell the years before and after the report's apart from it."""
        if token.group != "year" or token.number is None or token.number == self._year:
            return token
        return token._replace(group="last_year" if token.number < self._year else "next_year")

    def _sentence(self, words: list[Word]) -> Iterator[Statement]:
        state = self._state
        if not words or words[0].group != "among":
            state.ours, state.in_year, state.queue = True, state.named_year, ()
            state.part = state.among = state.until = False
            state.named, state.mixed = (), _is_mixed(words)
            state.has_level = any("本级" in word.text for word in words)
        said: list[tuple[int, Statement | None]] = []
        for clause in clauses(words):
            yield from self._clause(clause, said)
        yield from _with_neighbours(said)

    def _clause(self, words: list[Word], said: list[tuple[int, Statement | None]]) -> Iterator[Statement]:
        """Read a clause up to each of its numbers; what denies is a statement of its own."""
        counts = [index for index, word in enumerate(words) if word.group == "count"]
        start = 0
        for index, following in zip(counts, [*counts[1:], len(words)], strict=False):
            left = Phrase(words[start:index])
            yield from self._brackets(left)
            readings = self._counted(left, words[index], Phrase(words[index + 1 : following])) or [(None, 0)]
            number = 0 if left.has("change", "comparison") else words[index].number
            said += [(number, statement) for statement, _ in readings]
            start = index + 1 + max(used for _, used in readings)
        rest = Phrase(words[start:])
        self._notice(rest)
        yield from self._brackets(rest)
        yield from self._denied(rest)
        if rest.words:
            self._name_only(rest)

    def _name_only(self, phrase: Phrase) -> None:
        """Remember what a clause names and does not count; the next one may give a sum."""
        state = self._state
        state.waiting = None
        if phrase.has("denial") or not self._is_own(phrase):
            return
        if _is_labelled(phrase) and not phrase.is_carrying:
            state.waiting = phrase
        elif phrase.is_full and phrase.counts_its_label:
            state.whole = phrase.verbs or frozenset({RECEIVED})

    def _brackets(self, phrase: Phrase) -> Iterator[Statement]:
        """Read what stands in brackets by itself; what is understood outside is not changed by it."""
        for word in phrase.words:
            if isinstance(word, Bracket):
                outside = self._state
                self._state = replace(outside, among=True)
                yield from self._bracket(self._named(word.words))
                self._state = outside

    def _bracket(self, words: list[Word]) -> Iterator[Statement]:
        said: list[tuple[int, Statement | None]] = []
        for clause in clauses(words):
            yield from self._clause(clause, said)
        yield from _with_neighbours(said)

    def _notice(self, phrase: Phrase) -> None:
        """Take from a phrase what is spoken of, and of which year."""
        state = self._state
        in_passing = phrase.has("concerning", "among") or state.among
        for index, word in enumerate(phrase.words):
            if word.group == "application" and phrase.is_full:
                if state.topic != ELSEWHERE or word.text[0] != "依":
                    state.topic = APPLICATIONS
            elif word.group == DISPUTE:
                state.topic = DISPUTES
                state.disputes = _cells(_names(phrase, DISPUTE))
                state.named = tuple(dict.fromkeys((*state.named, *state.disputes)))
            elif word.group in {"matter", "document"} and not in_passing:
                state.topic = ELSEWHERE
            elif word.group in _TIMES and not phrase.has("comparison") and not phrase.is_carrying:
                self._time(word, phrase.words[index - 1].group if index else "")
        state.until = state.until or any(word.text in {"截至", "截止"} for word in phrase.of("filler"))
        state.among = phrase.has("among") or (state.among and not phrase.is_renamed)
        state.part = state.part and not phrase.is_renamed

    def _time(self, word: Token, before: str) -> None:
        state = self._state
        if word.number is not None:
            state.named_year = state.in_year = word.group == "year"
        elif word.group == "this_year":
            state.in_year = state.named_year or word.text[0] in "今本"
        elif not (word.text == "以来" and before in {"year", "this_year"}):
            state.in_year = False

    def _is_own(self, phrase: Phrase) -> bool:
        """Tell whether a phrase speaks of the body itself, and remember it."""
        state = self._state
        names = [
            word.group
            for before, word in zip((None, *phrase.words), phrase.words[: phrase.first], strict=False)
            if word.group in {OWN, OTHER} and not (before and before.group == "preposition")
        ]
        if phrase.has("delegated") or (phrase.has("transfer") and not phrase.is_carrying):
            state.ours = False
        elif names:
            wider = state.has_level and any("各" in word.text for word in phrase.of(OWN))
            state.ours = not wider and (OTHER not in names or (OWN in names and is_government(self._agency)))
        elif phrase.is_renamed:
            state.ours = True
        return state.ours

    def _counted(self, left: Phrase, count: Token, right: Phrase) -> list[_Reading]:
        """Read what a number counts, from the words before it or else from those after it."""
        self._notice(left)
        own = self._is_own(left)
        if left.has("comparison", "change") or (left.words and left.words[-1].group == "denial"):
            return []
        if left.last < 0 and self._state.queue:
            (kind, cells), *rest = self._state.queue
            self._state.queue = tuple(rest)
            return [(Statement(kind, count.number, _span(count), cells), 0)]
        if left.last < 0:
            if self._state.mixed and left.has("subject") and self._state.topic == DISPUTES and own:
                return [(Statement(DISPUTE, count.number, _span(count), self._state.disputes), 0)]
            if left.has("sum") and own and self._is_whole(left):
                return [(statement, 0) for statement in self._summed(count)]
            return [(statement, len(right.words)) for statement in self._number_first(left, count, right, own)]
        if left.verbs and not _is_labelled(left):
            return self._verb(left, count, right, own)
        return [(statement, 0) for statement in self._labelled(left, count, own, left.counts_its_label)]

    def _summed(self, count: Token) -> Iterator[Statement]:
        """Read a sum of what the sentence has counted, or of what it has named and not yet counted."""
        state = self._state
        if state.waiting is not None:
            yield from self._labelled(state.waiting, count, own=True)
        elif state.topic == DISPUTES and state.named:
            yield Statement(DISPUTE, count.number, _span(count), state.named)
        elif state.topic == APPLICATIONS and state.whole:
            how = {RECEIVED if verb == NEW else verb for verb in state.whole} | {SUM}
            yield Statement(WHOLE, count.number, _span(count), how=frozenset(how))

    def _is_whole(self, phrase: Phrase) -> bool:
        """Tell whether a phrase counts all of the year's applications, not a part; a part is remembered."""
        if phrase.is_part:
            self._state.part = True
        state = self._state
        if state.until and any(word.text == "累计" for word in phrase.of("sum")):
            return False
        return state.in_year and not state.part and phrase.counts_its_label and not phrase.is_elsewhere

    def _verb(self, left: Phrase, count: Token, right: Phrase, own: bool) -> list[_Reading]:
        """Read how many applications were received or answered: 收到申请5件, 收到5件申请, 收到5件."""
        state = self._state
        if not left.has("application") and right.has(DISPUTE):
            both = Phrase([*left.words, *right.words])
            return [(statement, len(right.words)) for statement in self._disputes(both, count, own)]
        used = 0 if left.has("application") else _length_of_object(right)
        if not used and not left.has("application") and right.words and right.words[0].group in _OBJECTS_OF_OTHERS:
            return []
        said = Phrase([*left.words, *right.words[:used]])
        self._notice(said)
        if said.has("application") and not said.is_full and _is_modified(said):
            state.topic = ELSEWHERE
        elif said.is_full or (state.topic is None and said.has("application")):
            state.topic = APPLICATIONS
        whole = self._is_whole(said) and own and left.counts_its_label
        if own and state.topic == APPLICATIONS:
            state.whole = said.verbs
        if state.topic != APPLICATIONS or not whole:
            return [(None, used)]
        how = said.verbs | ({ALL} & said.groups) | ({AMONG} if state.among else set())
        if AMONG in how and not how & {NEW, ANSWERED} and not said.has("this_year"):
            return [(None, used)]
        return [(Statement(WHOLE, count.number, _span(count, left), how=how), used)]

    def _number_first(self, left: Phrase, count: Token, right: Phrase, own: bool) -> Iterator[Statement]:
        """Read what a number counts from the words after it: 5件已答复, 5件结转下年, 5件予以公开."""
        state = self._state
        if not right.words or right.words[0].group == "joiner" or left.is_part or left.is_elsewhere:
            return
        if right.has(OTHER, "change", "comparison"):
            return
        if right.has("carry") and right.has("next_year"):
            yield from self._labelled(right, count, own)
            return
        if right.is_elsewhere or right.has("denial"):
            return
        if state.mixed and right.has("subject") and state.topic == DISPUTES and own:
            yield Statement(DISPUTE, count.number, _span(count), state.disputes)
            return
        if _is_labelled(right):
            yield from self._labelled(right, count, own)
            return
        if left.has("remainder") and right.verbs and (ANSWERED not in right.verbs or right.has("next_year")):
            yield Statement(CARRIED_FORWARD, count.number, _span(count))
            return
        named = right.has("application")
        if not own or not state.in_year or state.part or right.is_part or state.topic != APPLICATIONS:
            return
        if not named and (not right.verbs or right.words[0].group == "unknown"):
            return
        if (ANSWERED in right.verbs and (named or right.words)) or (right.is_full and not state.among):
            how = (right.verbs & {ANSWERED}) | ({AMONG} if state.among else {ALL})
            yield Statement(WHOLE, count.number, _span(count), how=how)

    def _labelled(self, phrase: Phrase, count: Token, own: bool, exact: bool = True) -> Iterator[Statement]:
        """Read what a number counts by the names of outcomes, applicants, disputes, results, or by the year."""
        state = self._state
        if phrase.has(DISPUTE) or (phrase.has(RESULT, CONCLUDED) and state.topic == DISPUTES):
            yield from self._disputes(phrase, count, own and exact)
        elif not own or not self._is_about_applications(phrase):
            return
        elif phrase.is_carrying:
            if state.named_year or any(word.number for word in phrase.words if word.group in _TIMES):
                yield Statement(self._direction(phrase), count.number, _span(count, phrase))
        elif not exact or not state.in_year or state.part or phrase.is_part or phrase.is_elsewhere:
            return
        elif phrase.has(OUTCOME):
            if not phrase.has(APPLICANT):
                yield from self._listed(OUTCOME, phrase, count)
        elif phrase.has(APPLICANT) and not phrase.is_of_everyone:
            yield from self._listed(APPLICANT, phrase, count)
        elif phrase.is_full and not _is_modified(phrase) and not state.among and _is_counted_noun(phrase):
            yield Statement(WHOLE, count.number, _span(count, phrase), how=frozenset({RECEIVED}))

    def _is_about_applications(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is about applications, which at first it is where it names any."""
        return self._state.topic == APPLICATIONS or (self._state.topic is None and phrase.has("application"))

    def _direction(self, phrase: Phrase) -> str:
        """Tell whether applications are carried in or forward."""
        if phrase.has("last_year"):
            return CARRIED_IN
        if phrase.has("next_year", "carry_forward"):
            return CARRIED_FORWARD
        return CARRIED

    def _listed(self, kind: str, phrase: Phrase, count: Token) -> Iterator[Statement]:
        """Read the names before a number: together its sum, each of them its number, or one number after another."""
        names = _names(phrase, kind)
        if kind == OUTCOME:
            self._state.whole = frozenset({ANSWERED})
        elif kind == APPLICANT and not self._state.whole:
            self._state.whole = frozenset({RECEIVED})
        span = _span(count, phrase)
        how = phrase.verbs | (phrase.groups & {"sum"})
        if phrase.has("respectively") and len(names) > 1:
            self._state.queue = tuple((kind, cells) for cells, _ in names[1:])
            yield Statement(kind, count.number, span, names[0][0])
        elif phrase.words[-1].group == "each":
            for cells, _ in names:
                yield Statement(kind, count.number, span, cells)
        else:
            together = _cells(names)
            wider = tuple(dict.fromkeys((*together, *(cell for _, more in names for cell in more))))
            yield Statement(kind, count.number, span, together, how, wider if wider != together else ())

    def _disputes(self, phrase: Phrase, count: Token, own: bool) -> Iterator[Statement]:
        """Read numbers of reconsideration and litigation, and of their results."""
        state = self._state
        if phrase.has(DISPUTE):
            state.topic = DISPUTES
            state.disputes = _cells(_names(phrase, DISPUTE))
        if phrase.is_carrying or (phrase.has("reviewer") and phrase.has(DISPUTE)):
            state.ours = False
        if not own or not state.ours or not state.in_year or phrase.is_elsewhere:
            return
        if phrase.has(RESULT) and state.disputes:
            key = phrase.of(RESULT)[-1].cells
            yield Statement(RESULT, count.number, _span(count, phrase), state.disputes, frozenset(key), state.named)
        elif not phrase.has(DISPUTE) and state.disputes and not state.mixed and not phrase.has("next_year"):
            yield Statement(
                RESULT, count.number, _span(count, phrase), state.disputes, frozenset({CONCLUDED}), state.named
            )
        elif phrase.has(DISPUTE) and self._is_about_information(phrase):
            yield from self._listed(DISPUTE, phrase, count)

    def _is_about_information(self, phrase: Phrase) -> bool:
        """Tell whether disputes are about open government information, not those that the body reviews itself."""
        if phrase.has("subject"):
            return True
        reviews = HANDLED in phrase.verbs or (RECEIVED in phrase.verbs and _REVIEWING.search(self._agency))
        return not reviews and not self._state.mixed

    def _denied(self, phrase: Phrase) -> Iterator[Statement]:
        """Read that there is none of something."""
        starts = [index for index, word in enumerate(phrase.words) if word.group == "denial"]
        if not starts:
            return
        before = Phrase(phrase.words[: starts[0]])
        if not self._is_own(before) or not self._state.in_year or before.has("narrowing", "comparison"):
            return
        for start, end in zip(starts, [*starts[1:], len(phrase.words)], strict=True):
            word, scope = phrase.words[start], Phrase(phrase.words[start + 1 : end])
            if word.text == "零":
                scope = Phrase(scope.words[:1])
            if scope.last < 0 and scope.groups <= {"occurrence", "filler"}:
                yield from self._denial(word, before if before.words else self._state.waiting or scope)
                continue
            if word.text in _BARE_DENIALS and not scope.has("occurrence", RECEIVED, NEW, HANDLED):
                continue
            yield from self._denial(word, scope)

    def _denial(self, word: Word, scope: Phrase) -> Iterator[Statement]:
        """Read what a denial denies, from the last of several things to the first; what narrows one narrows all."""
        state, span = self._state, (word.start, scope.words[-1].end if scope.words else word.end)
        if Phrase(scope.words[: scope.first]).has(*_NARROWING):
            return
        for item in reversed(_split(scope.words)):
            last = max(
                (index for index, part in enumerate(item.words) if part.group in {DISPUTE, "application"}), default=-1
            )
            after = Phrase(item.words[last + 1 :])
            if after.has(*_NARROWING) or (last >= 0 and after.has("unknown", "matter")):
                return
            if item.has(*_NARROWING, OTHER):
                continue
            if item.is_carrying and item.has("carry"):
                yield Statement(self._direction(item), 0, span)
            elif item.has(DISPUTE):
                for cells, _ in _names(item, DISPUTE):
                    yield Statement(DISPUTE, 0, span, cells)
            elif item.has("application") and not item.has("matter") and not scope.is_part and not _is_cause(item):
                if not (scope.is_full or (state.topic != ELSEWHERE and not _is_modified(item))):
                    continue
                if scope.has(APPLICANT) and not scope.is_of_everyone:
                    cells = tuple(cell for name in scope.of(APPLICANT) for cell in name.cells)
                    yield Statement(APPLICANT, 0, span, cells)
                else:
                    yield Statement(WHOLE, 0, span, how=frozenset({NEW}))


_Reading = tuple[Statement | None, int]


_REVIEWING = re.compile("司法|政府")


def _is_mixed(words: Sequence[Word]) -> bool:
    """Tell whether disputes about information are counted among others: 行政复议268件，其中政府信息公开类12件."""
    among = 0
    for word in words:
        if word.group == "among":
            among = 2
        elif among and word.group == "subject":
            return True
        elif word.group == "count":
            among -= 1
        elif word.group in {"application", DISPUTE}:
            among = 0
    return False


def _is_labelled(phrase: Phrase) -> bool:
    """Tell whether more than the verbs says what is counted."""
    return (
        phrase.is_carrying
        or phrase.has(DISPUTE, RESULT, OUTCOME, CONCLUDED)
        or (phrase.has(APPLICANT) and not phrase.is_of_everyone)
    )


def _length_of_object(phrase: Phrase) -> int:
    """Give how many words after a number name the applications that it counts."""
    length = 0
    for index, word in enumerate(phrase.words):
        if word.group in {RECEIVED, HANDLED, ANSWERED, "comma", "joiner", BRACKET}:
            break
        if word.group == "application":
            length = index + 1
    return length


def _is_modified(phrase: Phrase) -> bool:
    """Tell whether applications are of some kind that is not known."""
    last = max(index for index, word in enumerate(phrase.words) if word.group == "application")
    verbs = [
        index for index, word in enumerate(phrase.words[:last]) if word.group in {RECEIVED, NEW, HANDLED, ANSWERED}
    ]
    first = verbs[0] if verbs else 0
    return any(word.group in {"unknown", "matter"} for word in phrase.words[first:last])


def _is_counted_noun(phrase: Phrase) -> bool:
    """Tell whether a noun alone names applications: 依申请公开5件 may be of the information itself."""
    return phrase.of("application")[-1].text[0] != "依" or any(word.text[-1] in "量数" for word in phrase.words)


def _is_cause(phrase: Phrase) -> bool:
    return any(word.text in {"因", "由于"} for word in phrase.words)


def _names(phrase: Phrase, kind: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give the cells of the names of a kind, each with those of a wider name that follows or precedes it.

    本机关不掌握相关政府信息无法提供 names the reason and, around it, all that could not be provided.
    """
    names: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for index, word in enumerate(phrase.words):
        if isinstance(word, Bracket):
            more = tuple(cell for inner in word.words if inner.group == kind for cell in inner.cells)
            if names and more:
                names[-1] = (names[-1][0], more)
        elif word.group == kind:
            if (
                names
                and not phrase.is_joined(index)
                and (set(word.cells) < set(names[-1][0]) or set(word.cells) > set(names[-1][0]))
            ):
                narrow, wide = sorted((word.cells, names[-1][0]), key=len)
                names[-1] = (narrow, wide)
            else:
                names.append((word.cells, ()))
    return names


def _cells(names: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[str, ...]:
    """Give the cells of several names, each once."""
    return tuple(dict.fromkeys(cell for cells, _ in names for cell in cells))


def _split(words: Sequence[Word]) -> list[Phrase]:
    """Split words at their conjunctions."""
    items: list[list[Word]] = [[]]
    for word in words:
        if word.group == "joiner":
            items.append([])
        else:
            items[-1].append(word)
    return [Phrase(item) for item in items]


def _span(count: Token, phrase: Phrase | None = None) -> tuple[int, int]:
    if phrase is None or phrase.last < 0:
        return count.start, count.end
    return min(count.start, phrase.words[phrase.first].start), max(count.end, phrase.words[phrase.last].end)


def _with_neighbours(said: list[tuple[int, Statement | None]]) -> Iterator[Statement]:
    """Give each statement the numbers next to it that are of its kind or of none that is known."""

    def near(indexes: range, kind: str) -> tuple[int, ...]:
        numbers = []
        for index in indexes:
            number, other = said[index]
            if other is not None and other.kind != kind:
                break
            numbers.append(number)
        return tuple(numbers)

    for index, (_, statement) in enumerate(said):
        if statement is not None and SUM in statement.how:
            yield replace(
                statement, before=tuple(number for number, _ in reversed(said[max(0, index - _MAX_BESIDE) : index]))
            )
        elif statement is not None:
            before = near(range(index - 1, max(-1, index - 1 - _MAX_BESIDE), -1), statement.kind)
            after = near(range(index + 1, min(len(said), index + 1 + _MAX_BESIDE)), statement.kind)
            yield replace(statement, before=before, after=after)
