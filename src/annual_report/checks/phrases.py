"""Tokens put together: sentences, what stands in brackets, the names of bodies, and the phrase around a number."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from annual_report.checks.lexicon import APPLICANT, DISPUTE, NATURAL_PERSON, OUTCOME, RESULT
from annual_report.checks.prose import groups_of, make_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annual_report.checks.prose import Token

OWN, OTHER, BRACKET = "own", "other", "bracket"
_DIVIDING, _ENDING = {"open", "stop"}, {"comma", "stop"}
_YEARS = {"year", "last_year", "next_year", "other_time"}
_GOING_ON = {"among", "concerning"}
_NAME = {"unknown", "body", "each"}
_NO_NAME = {"count", "number", "comma", "stop", "year", "this_year", "last_year", "other_time", BRACKET, OWN}
_MAX_WORDS_OF_A_NAME = 8
RECEIVED = "received"
VERBS = frozenset({RECEIVED, "new", "handled", "answered"})
NAMES = {OUTCOME, APPLICANT, DISPUTE, RESULT, "concluded", "instance"}
_LABELS = {*VERBS, *NAMES, "application", "carry", "transfer", "carry_forward"}
_ELSEWHERE = {"stage", "removed", "withdrawal", "instance", "delegated", "matter", "document"}
_COUNTS_SOMETHING_ELSE = {*_ELSEWHERE, "unknown", "part", "concerning", "channel", "levels", OTHER}
_EACH_CHANNEL = {"等", "方式", "途径", "渠道", "形式", "等方式", "等途径", "等渠道", "等形式"}
_SAYS_ALL = re.compile("^依|[量数]$|公开申请")
_ANY_INFORMATION = {"政府信息公开", "信息公开", "政务公开", "政务信息公开"}
CAUSES, _TO = {"因", "由于"}, {"向", "到"}
_AFTER, _OF_THEM, _AND_SO_ON, _ALL_OF, _IN_ALL = "后", "中", "等", "全", "共全总"
_KIND, _OTHERS = "类", {"其他", "其它"}
_OTHER_KINDS = {"unknown", "matter", "part", "narrowing", "object"}
_LONGEST_DENIAL = 40
_OUTCOMES_OF_A_REASON = {OUTCOME, "occurrence", "filler", "joiner"}
_DENIED_DISPUTES = {DISPUTE, "occurrence", "filler", "joiner"}
_RENAMES = {"year", "this_year", "sum", "subject"}


def sentences_of(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Iterate over sentences, what stands in brackets taken together.

    Parameters
    ----------
    tokens
        A paragraph's tokens.

    Yields
    ------
    Sequence[Token]
        The words of a sentence, without its stop.
    """
    if _DIVIDING.isdisjoint(groups_of(tokens[:-1])):
        yield tokens if _DIVIDING.isdisjoint(groups_of(tokens[-1:])) else tokens[:-1]
        return
    sentence: list[Token] = []
    inner: list[Token] | None = None
    depth = 0
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.group == "open":
            depth += 1
            inner = [] if inner is None else inner
        elif token.group == "close" and inner is not None:
            depth -= 1
            if depth == 0:
                start = inner[0].start - 1 if inner else token.start - 1
                is_number = [word.group for word in inner] == ["count"] and sentence and sentence[-1].group != "count"
                bracket = make_token((BRACKET, "", start, token.end, (), 0, tuple(inner)))
                sentence += inner if is_number else [bracket]
                inner = None
        elif inner is not None:
            inner.append(token)
        elif token.group == "stop" and not (following and following.group in _GOING_ON):
            yield sentence
            sentence = []
        else:
            sentence.append(token)
    yield sentence + (inner or [])


def name_bodies(words: Sequence[Token], is_own: Callable[[str], bool]) -> list[Token]:
    """Put the words of a body's name together, and tell whether it is the body's own."""
    named: list[Token] = []
    taken = 0
    for index in [index for index, word in enumerate(words) if word.group in {"body", "levels"}]:
        if _goes_on(words[index + 1 : index + 4]) or words[index].text == _ALL_OF:
            continue
        named += words[taken : index + 1]
        taken = index + 1
        length, group = _own_length(named, is_own), OWN
        if not length and named[-1].group == "levels":
            continue
        if not length:
            length, group = _run_length(named), OTHER
        text = "".join([part.text for part in named[-length:]])
        if len(text) > 1:
            named[-length:] = [make_token((group, text, named[-length].start, named[-1].end, (), 0, ()))]
    return [*named, *words[taken:]]


def _goes_on(words: Sequence[Token]) -> bool:
    """Return whether a name goes on to another of its endings."""
    for word in words:
        if word.group == "body":
            return True
        if word.group not in _NAME:
            return False
    return False


def _own_length(words: list[Token], is_own: Callable[[str], bool]) -> int:
    """Return how many of the last words are the body's own name."""
    best, text = 0, ""
    for length in range(1, min(len(words), _MAX_WORDS_OF_A_NAME) + 1):
        word = words[-length]
        if word.group in _NO_NAME:
            break
        text = word.text + text
        before = words[-length - 1] if length < len(words) else None
        if is_own(text) and (before is None or before.group not in {"body", "each"} or before.text in "我本全"):
            best = length
    return best


def _run_length(words: list[Token]) -> int:
    length = 0
    while length < len(words) and words[-length - 1].group in _NAME:
        length += 1
    return length


def clauses(words: Sequence[Token]) -> Iterator[list[Token]]:
    """Split a sentence at its commas, and what stands in brackets at its stops too."""
    clause: list[Token] = []
    for index, word in enumerate(words):
        if word.group not in _ENDING:
            clause.append(word)
        elif word.text == "，" and _goes_on_denying(clause, words, index):
            clause.append(make_token(("joiner", word.text, word.start, word.end, (), 0, ())))
        elif word.text == "，" and _goes_on_to_the_outcome(clause, words, index):
            clause.append(make_token(("filler", word.text, word.start, word.end, (), 0, ())))
        elif word.text not in "：:" or index + 1 == len(words) or words[index + 1].group != "count":
            yield clause
            clause = []
    yield clause


def _goes_on_denying(clause: Sequence[Token], words: Sequence[Token], comma: int) -> bool:
    """Return whether what follows a comma is denied too: 无因此申请行政复议，提起行政诉讼的情况."""
    if len(clause) > _LONGEST_DENIAL or not {DISPUTE, "denial"} <= groups_of(clause):
        return False
    rest = _groups_until_the_end(words, comma + 1)
    return DISPUTE in rest and rest <= _DENIED_DISPUTES


def _goes_on_to_the_outcome(clause: Sequence[Token], words: Sequence[Token], comma: int) -> bool:
    """Return whether only a reason follows the last number, and its outcome the comma: 2件因涉及个人隐私，不予公开."""
    if comma + 1 == len(words) or words[comma + 1].group not in _OUTCOMES_OF_A_REASON:
        return False
    reason = groups_of(takewhile(lambda word: word.group != "count", reversed(clause)))
    if not reason or "count" not in groups_of(clause) or not reason.isdisjoint(_LABELS):
        return False
    rest = _groups_until_the_end(words, comma + 1)
    return OUTCOME in rest and rest <= _OUTCOMES_OF_A_REASON


def _groups_until_the_end(words: Sequence[Token], start: int) -> set[str]:
    """Return the groups of the words up to the end of their clause."""
    following = (words[index] for index in range(start, len(words)))
    return groups_of(takewhile(lambda word: word.group not in _ENDING, following))


class Phrase:
    """The words before or after a number.

    Parameters
    ----------
    words
        The words in their order.

    Attributes
    ----------
    groups
        The groups of the words.
    verbs
        Those of receiving and answering.
    first, last
        The first and the last word that says what is counted; past the end and before the start if there is none.
    """

    def __init__(self, words: Sequence[Token]) -> None:
        self.words = words
        self.groups = groups_of(words)
        self.verbs = VERBS & self.groups
        self.first, self.last = len(words), -1
        if not self.groups.isdisjoint(_LABELS):
            labels = [index for index, word in enumerate(words) if word.group in _LABELS]
            self.first, self.last = labels[0], labels[-1]

    def has(self, *groups: str) -> bool:
        """Return whether any of the groups has a word here."""
        return not self.groups.isdisjoint(groups)

    def of(self, group: str) -> list[Token]:
        """Return the words of a group."""
        return [word for word in self.words if word.group == group]

    @property
    def parts(self) -> list[Phrase]:
        """The words between conjunctions."""
        ends = [index for index, word in enumerate(self.words) if word.group == "joiner"]
        return [
            Phrase(self.words[start:end])
            for start, end in zip([0, *(end + 1 for end in ends)], [*ends, None], strict=True)
        ]

    @property
    def is_full(self) -> bool:
        """Whether applications are named in full, as 政府信息公开申请 is and 申请 is not."""
        if not self.has("application"):
            return any("公开" in word.text for word in self.of("answered"))
        return self.has("subject") or any(_SAYS_ALL.search(word.text) for word in self.of("application"))

    @property
    def counts_its_label(self) -> bool:
        """Whether nothing stands between the last label and the number that makes it count something else."""
        after = groups_of(self.words[self.last + 1 :])
        return after.isdisjoint(_COUNTS_SOMETHING_ELSE) and (
            "object" not in after or self.has("application", DISPUTE, OUTCOME)
        )

    @property
    def counts_some(self) -> bool:
        """Whether the number is of some of those named: 收到的申请中有2件转入次年."""
        return self.last >= 0 and any(word.text == _OF_THEM for word in self.words[self.last + 1 :])

    @property
    def is_renamed(self) -> bool:
        """Whether it is said anew, after other numbers, of what and of when the number is."""
        return not self.has("among") and not _RENAMES.isdisjoint(groups_of(self.words[: self.first]))

    @property
    def is_carrying(self) -> bool:
        """Whether applications are carried from a year or to it; 结转上年后新收 are not."""
        if "new" in self.groups and any(
            word.text == _AFTER and after.group == "new" for word, after in pairwise(self.words)
        ):
            return False
        return self.has("carry", "carry_forward") or (self.has("transfer") and self.has("last_year", "next_year"))

    @property
    def is_elsewhere(self) -> bool:
        """Whether the number is of something else, of other bodies or of a stage of the handling."""
        return self.has(*_ELSEWHERE) or (self.has("transfer") and not self.is_carrying)

    def is_elsewhere_but_for(self, group: str) -> bool:
        """Return whether a word of a group is all that makes the number one of something else."""
        return self.groups & _ELSEWHERE == {group} and not self.has("transfer", OTHER)

    @property
    def is_of_reviewers(self) -> bool:
        """Whether those who decide disputes do something; to whom they are brought says nothing: 向法院起诉."""
        return self.has("reviewer") and any(
            word.group == "reviewer" and (before is None or before.text not in _TO)
            for before, word in zip((None, *self.words), self.words, strict=False)
        )

    @property
    def is_waiting(self) -> bool:
        """Whether those counted are still being handled, at whatever stage: 因补正尚在办理."""
        return self.has("carry_forward") and not self.has("delegated", "matter", "document", OTHER)

    @property
    def is_of_years(self) -> bool:
        """Whether the numbers of several years follow: 2023年、2024年分别收到."""
        return self.has("respectively") and len([word for word in self.words if word.group in _YEARS]) > 1

    @property
    def is_part(self) -> bool:
        """Whether a part of the applications is counted: those on a matter, or those of a single channel."""
        channels, fillers = self.of("channel"), {word.text for word in self.of("filler")}
        if channels and len(channels) == 1 and fillers.isdisjoint(_EACH_CHANNEL):
            return True
        return (self.has("part") or self._is_of_a_matter) and not self._is_of_all_matters

    @property
    def _is_of_all_matters(self) -> bool:
        """Whether what all those counted concern is listed: 共收到涉及土地、房屋等领域的申请."""
        lists = self.has("concerning") and any(word.text == _AND_SO_ON for word in self.of("filler"))
        return lists and any(word.text[0] in _IN_ALL for word in (*self.of("sum"), *self.of(RECEIVED)))

    @property
    def _is_of_a_matter(self) -> bool:
        """Whether it is said what those counted concern; 关于政府信息公开的申请 may be any of them."""
        return self.has("concerning") and any(
            word.group == "concerning" and not (after and after.text in _ANY_INFORMATION)
            for word, after in zip_longest(self.words, self.words[1:])
        )

    @property
    def without_reason(self) -> Phrase:
        """What follows the reason of an outcome: 因我局未制作，无法提供."""
        has_reason = bool(self.words) and self.words[0].text in CAUSES
        is_of_outcome = has_reason and self.last >= 0 and self.words[self.first].group == OUTCOME
        return Phrase(self.words[self.first :]) if is_of_outcome else self

    @property
    def is_of_everyone(self) -> bool:
        """Whether natural persons and organizations are named together, as all applicants."""
        named = {cell for word in self.of(APPLICANT) for cell in word.cells}
        return NATURAL_PERSON in named and len(named) > 1

    def is_joined(self, index: int) -> bool:
        """Return whether a conjunction stands before a word and after the label before it."""
        for place in range(index - 1, -1, -1):  # a slice would be copied for each word of a long phrase
            group = self.words[place].group
            if group == "joiner" or group in _LABELS:
                return group == "joiner"
        return False

    @property
    def is_modified(self) -> bool:
        """Whether applications, where any are named, are of some kind that is not known."""
        nouns = [index for index, word in enumerate(self.words) if word.group == "application"]
        if not nouns:
            return False
        verbs = [index for index, word in enumerate(self.words[: nouns[-1]]) if word.group in VERBS]
        first = verbs[0] if verbs else 0
        return not groups_of(self.words[first : nouns[-1]]).isdisjoint({"unknown", "matter"})

    @property
    def is_labelled(self) -> bool:
        """Whether more than verbs and applications says what is counted."""
        if self.last < 0:
            return False
        others = NAMES - {APPLICANT}
        return self.is_carrying or self.has(*others) or (self.has(APPLICANT) and not self.is_of_everyone)

    def names(self, kind: str) -> list[Name]:
        """Return the cells of the names of a kind.

        本机关不掌握相关政府信息无法提供 names the reason, and around it all that could not be provided. Brackets may
        add to a name too.
        """
        names: list[Name] = []
        for index, word in enumerate(self.words):
            if word.group == BRACKET and names:
                more = tuple(cell for inner in word.inner if inner.group == kind for cell in inner.cells)
                names[-1] = Name(names[-1].cells, more or names[-1].wider)
            elif word.group == kind:
                last = set(names[-1].cells) if names and not self.is_joined(index) else set()
                if last and (last < set(word.cells) or last > set(word.cells)):
                    names[-1] = Name(*sorted((word.cells, names[-1].cells), key=len))
                else:
                    names.append(Name(word.cells))
        return names


class Name(NamedTuple):
    """The cells of a name, and those of a wider one around it."""

    cells: tuple[str, ...]
    wider: tuple[str, ...] = ()


def names_another_kind(words: Sequence[Token]) -> bool:
    """Return whether words end with 其他, or with something other than information and 类: 工伤类."""
    if not words or words[-1].text in _OTHERS:
        return bool(words)
    return words[-1].text == _KIND and not groups_of(words[-2:-1]).isdisjoint(_OTHER_KINDS)


def cells_of(names: Sequence[Name]) -> tuple[str, ...]:
    """Return the cells of several names, each once."""
    return tuple(dict.fromkeys(cell for name in names for cell in name.cells))
