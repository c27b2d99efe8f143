"""Tokens put together: sentences, what stands in brackets, the names of bodies, and the phrase around a number."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from annual_report.checks.lexicon import APPLICANT, DISPUTE, NATURAL_PERSON, OUTCOME, RESULT
from annual_report.checks.prose import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

OWN, OTHER, BRACKET = "own", "other", "bracket"
_NAME = {"unknown", "body", "each"}
_NO_NAME = {"count", "number", "comma", "stop", "year", "this_year", "last_year", "other_time", BRACKET, OWN, OTHER}
_MAX_WORDS_OF_A_NAME = 8
_VERBS = {"received", "new", "handled", "answered"}
_LABELS = {
    *_VERBS,
    OUTCOME,
    APPLICANT,
    DISPUTE,
    RESULT,
    "application",
    "carry",
    "transfer",
    "carry_forward",
    "concluded",
}
_COUNTS_SOMETHING_ELSE = {"unknown", "matter", "document", "part", "concerning", "channel", "stage", "delegated", OTHER}
_EACH_CHANNEL = {"等", "方式", "途径", "渠道", "形式", "等方式", "等途径", "等渠道", "等形式"}
_SAYS_ALL = re.compile("^依|[量数]$")
_RENAMES = {"year", "this_year", "sum", "subject"}


class Bracket(NamedTuple):
    """What stands in brackets."""

    group: str
    text: str
    start: int
    end: int
    words: list[Word]


Word = Token | Bracket


def sentences_of(tokens: Iterable[Token]) -> Iterator[list[Word]]:
    """Go through sentences, what stands in brackets taken together.

    Parameters
    ----------
    tokens
        A paragraph's tokens.

    Yields
    ------
    list[Word]
        The words of a sentence, without its stop.
    """
    sentence: list[Word] = []
    inner: list[Word] | None = None
    depth = 0
    for token in tokens:
        if token.group == "open":
            depth += 1
            inner = [] if inner is None else inner
        elif token.group == "close" and inner is not None:
            depth -= 1
            if depth == 0:
                start = inner[0].start - 1 if inner else token.start - 1
                sentence.append(Bracket(BRACKET, "", start, token.end, inner))
                inner = None
        elif inner is not None:
            inner.append(token)
        elif token.group == "stop":
            yield sentence
            sentence = []
        else:
            sentence.append(token)
    yield sentence + (inner or [])


def name_bodies(words: Sequence[Word], is_own: Callable[[str], bool]) -> list[Word]:
    """Put the words of a body's name together, and tell whether it is the body's own."""
    named: list[Word] = []
    for index, word in enumerate(words):
        named.append(word)
        if word.group != "body" or _goes_on(words[index + 1 : index + 4]):
            continue
        length = _own_length(named, is_own)
        group = OWN
        if not length:
            length, group = _run_length(named), OTHER
        text = "".join(part.text for part in named[-length:])
        if len(text) > 1:
            named[-length:] = [Token(group, text, named[-length].start, word.end)]
    return named


def _goes_on(words: Sequence[Word]) -> bool:
    """Tell whether a name goes on to another of its endings."""
    for word in words:
        if word.group == "body":
            return True
        if word.group not in _NAME:
            return False
    return False


def _own_length(words: list[Word], is_own: Callable[[str], bool]) -> int:
    """Give how many of the last words are the body's own name."""
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


def _run_length(words: list[Word]) -> int:
    length = 0
    while length < len(words) and words[-length - 1].group in _NAME:
        length += 1
    return length


def clauses(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Split a sentence at its commas, and what stands in brackets at its stops too."""
    clause: list[Word] = []
    for word, following in pairwise((*words, None)):
        if word.text in {"：", ":"} and following and following.group == "count":
            continue
        if word.group in {"comma", "stop"}:
            yield clause
            clause = []
        else:
            clause.append(word)
    yield clause


class Phrase:
    """The words before or after a number.

    Parameters
    ----------
    words
        The words in their order.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.groups = {word.group for word in words}
        labels = [index for index, word in enumerate(words) if word.group in _LABELS]
        self.first = labels[0] if labels else len(words)
        self.last = labels[-1] if labels else -1

    def has(self, *groups: str) -> bool:
        """Tell whether any of the groups has a word here."""
        return not self.groups.isdisjoint(groups)

    def of(self, group: str) -> list[Token]:
        """Give the words of a group."""
        return [word for word in self.words if word.group == group and isinstance(word, Token)]

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The verbs of receiving and answering."""
        return frozenset(self.groups & _VERBS)

    @cached_property
    def is_full(self) -> bool:
        """Whether applications are named in full, as 政府信息公开申请 is and 申请 is not."""
        named = self.of("application")
        return bool(named) and (self.has("subject") or any(_SAYS_ALL.search(word.text) for word in named))

    @cached_property
    def counts_its_label(self) -> bool:
        """Whether nothing stands between the last label and the number that makes it count something else."""
        after = {word.group for word in self.words[self.last + 1 :]}
        return after.isdisjoint(_COUNTS_SOMETHING_ELSE) and (
            "object" not in after or self.has("application", DISPUTE, OUTCOME)
        )

    @cached_property
    def is_renamed(self) -> bool:
        """Whether it is said anew, after other numbers, of what and of when the number is."""
        return any(word.group in _RENAMES for word in self.words[: self.first])

    @cached_property
    def is_carrying(self) -> bool:
        """Whether applications are carried from a year or to it."""
        return self.has("carry", "carry_forward") or (self.has("transfer") and self.has("last_year", "next_year"))

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether the number is of something else, of other bodies or of a stage of the handling."""
        return self.has("stage", "delegated", "matter", "document") or (self.has("transfer") and not self.is_carrying)

    @cached_property
    def is_part(self) -> bool:
        """Whether a part of the applications is counted: those on a matter, or those of a single channel."""
        channels = self.of("channel")
        all_channels = len(channels) > 1 or any(word.text in _EACH_CHANNEL for word in self.of("filler"))
        return self.has("part", "concerning") or (bool(channels) and not all_channels)

    @cached_property
    def is_of_everyone(self) -> bool:
        """Whether natural persons and organizations are named together, as all applicants."""
        named = {cell for word in self.of(APPLICANT) for cell in word.cells}
        return NATURAL_PERSON in named and len(named) > 1

    def is_joined(self, index: int) -> bool:
        """Tell whether a conjunction stands before a word and after the label before it."""
        for word in reversed(self.words[:index]):
            if word.group == "joiner":
                return True
            if word.group in _LABELS:
                return False
        return False
