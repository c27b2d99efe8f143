"""The context that a sentence is read in: whose numbers it gives, of which year, and of what."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from annual_report.checks.lexicon import DISPUTE, GRANTED, OUTCOME, RESULT
from annual_report.checks.others import with_others
from annual_report.checks.phrases import OTHER, OWN, VERBS, Phrase, cells_of
from annual_report.checks.prose import groups_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annual_report.checks.prose import Token
    from annual_report.checks.statements import Statement

APPLICATIONS, DISPUTES, ELSEWHERE = "applications", "disputes", "elsewhere"

_TIMES = {"year", "this_year", "last_year", "next_year", "other_time", "month"}
_NOTICED = {"application", DISPUTE, "matter", "document", *_TIMES}
_WHOSE = {OWN, OTHER, "levels", "delegated", "transfer", "reviewer"}
"""What may say that a number is another body's, or the body's own."""
_BELOW = {OTHER, "levels"}
_OF_NOBODY = {"basis", "concerning"}
"""Where the names that follow do nothing, in a clause without a label: 依据市政府要求, 主要集中在城乡规划."""
_HEARD = {*VERBS, "instance"}
"""What reviewers and courts do that is not a result of the body's own disputes."""
_NOT_BY = {"preposition", "basis"}
_OPEN, _LEVEL = "公开", "本级"
_SINCE = "以来"
_UNTIL = {"截至", "截止"}
_SINCE_WHEN = ("自", "从")
_IN_ALL_YEARS = "累计"
_OF_ALL = re.compile("全|.*各")
_OF_A_PLACE = re.compile("全[省市县区州旗盟]")
_OF_A_LEVEL = {OWN, "among", "received", "new", "handled", "application", "subject", "filler"}
_RESULTS = {RESULT, "concluded"}
_OTHER_THAN_ITEMS = {"count", "application", DISPUTE}
_OTHER_THAN_INFORMATION = re.compile("^(?!依).*申请")
"""Applications by a name that information cannot have: 依申请公开信息数 may be of what was published."""


@dataclass(slots=True)
class Context:
    """What the words read so far leave to be understood in the next ones.

    Parameters
    ----------
    is_government
        Whether the body whose report it is is a government, whose numbers include its departments'.
    reviews
        Whether it reviews other bodies' disputes.
    topic
        What is spoken of: applications, disputes or something else.
    named_year
        Whether the year named last in the paragraph is the report's.
    ours, in_year
        Whether what is said is said of the body itself, and of the report's year.
    part
        Whether a part of the applications is spoken of.
    among
        Whether parts are being listed.
    until
        Whether it is said since when or until when, so that 累计 counts from some year on.
    carried
        Whether those carried in were counted last as a part of all.
    answered_apart
        Whether the paragraph said of those carried in that they were answered, so that the others may be counted apart.
    mixed
        Whether what was counted last is about more than information, and those about information follow.
    with_others
        Which counts of the sentence are so.
    lists_outcomes
        Whether the sentence counts applications that were granted in part or refused.
    lists_bodies
        Whether the sentence counts disputes of a government and of bodies below it.
    has_level
        Whether the sentence gives the number of the body's own level too.
    has_all
        Whether the sentence gives the number of the whole place.
    has_itself
        Whether the sentence gives the number of the body by its name too.
    unit_of_items
        The unit in which the sentence counts what applications concern, where it is not theirs.
    disputes, named
        The groups of the disputes named last, and of all those named in the sentence, or before it if it has only
        results.
    whole
        The verbs of what was last said of all applications.
    waiting
        The clause before, where it names something and does not count it.
    queue
        What the next numbers state, after 分别.
    """

    is_government: bool
    reviews: bool
    topic: str | None = None
    named_year: bool = True
    ours: bool = True
    in_year: bool = True
    part: bool = False
    among: bool = False
    until: bool = False
    carried: bool = False
    answered_apart: bool = False
    mixed: bool = False
    with_others: frozenset[int] = frozenset()
    lists_outcomes: bool = False
    lists_bodies: bool = False
    has_level: bool = False
    has_all: bool = False
    has_itself: bool = False
    unit_of_items: str = ""
    disputes: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()
    waiting: Phrase | None = None
    queue: tuple[Statement, ...] = ()

    @property
    def counts_all(self) -> bool:
        """Whether applications named in full are all, not a part, as they are among letters of any kind."""
        return self.mixed or not self.among

    @property
    def state(self) -> tuple[Any, ...]:
        """All that is understood, in the order of the parameters."""
        return _state(self)

    def begin_sentence(self, words: Sequence[Token]) -> None:
        """Forget what holds for a sentence only; one that begins with 其中 goes on with the last."""
        self.carried = False
        if words and words[0].group == "among":
            return
        self.ours, self.in_year, self.queue = True, self.named_year, ()
        self.part = self.among = self.until = self.mixed = False
        groups = groups_of(words)
        if DISPUTE in groups or groups.isdisjoint(_RESULTS):
            self.named = ()
        self.with_others = with_others(words, groups)
        self.lists_outcomes = OUTCOME in groups and bool(
            [word for word in words if word.group == OUTCOME and word.cells[0] != GRANTED[0]]
        )
        self.has_level = bool([word for word in words if _LEVEL in word.text])
        own = [word.text for word in words if word.group == OWN]
        self.lists_bodies = self.is_government and bool(own) and DISPUTE in groups and not groups.isdisjoint(_BELOW)
        self.has_all = "全" in [text[0] for text in own]
        self.has_itself = self.has_all and _counts_by_name(words)
        self.unit_of_items = _unit_of_items(words) if "concerning" in groups else ""

    def notice(self, phrase: Phrase) -> None:
        """Take from a phrase what is spoken of, and of which year."""
        groups = phrase.groups
        if not groups.isdisjoint(_NOTICED):
            self._notice_words(phrase)
        if DISPUTE in groups:
            self.disputes = cells_of(phrase.names(DISPUTE))
            self.named = tuple(dict.fromkeys((*self.named, *self.disputes)))
        if "filler" in groups and not self.until:
            self.until = not _UNTIL.isdisjoint([word.text for word in phrase.words])
        if self.part or self.among or "among" in groups:
            self.part = (self.part or (self.carried and "among" in groups)) and not phrase.is_renamed
            self.among = "among" in groups or (self.among and not phrase.is_renamed)

    def _notice_words(self, phrase: Phrase) -> None:
        """Take from each word of a phrase what is spoken of, and of which year."""
        in_passing = phrase.has("concerning", "among") or self.among
        is_full = phrase.is_full
        has_time = not phrase.has("comparison") and not phrase.is_carrying
        for index, word in enumerate(phrase.words):
            if word.group == "application" and is_full:
                if self.topic != ELSEWHERE or _OTHER_THAN_INFORMATION.search(word.text):
                    self.topic = APPLICATIONS
            elif word.group == DISPUTE:
                self.topic = DISPUTES
            elif word.group in {"matter", "document"} and not in_passing:
                self.topic = ELSEWHERE
            elif word.group in _TIMES and has_time:
                self._notice_time(word, phrase.words[max(0, index - 1) : index], phrase.words[index + 1 : index + 2])

    def _notice_time(self, word: Token, before: Sequence[Token], after: Sequence[Token]) -> None:
        """Take from a year, or from what is no whole year, whether the report's year is spoken of."""
        if word.group == "year":
            self.named_year = self.in_year = True
        elif word.group == "this_year":
            self.in_year = self.named_year or word.text[0] in "今本"
        elif word.text != _SINCE or not before or before[0].group not in {"year", "this_year"}:
            self.in_year = False
            self.until = self.until or bool(word.number and before and before[0].text.endswith(_SINCE_WHEN))
            if word.number and not (after and after[0].text == _SINCE):
                self.named_year = False

    def is_own(self, phrase: Phrase) -> bool:
        """Return whether a phrase speaks of the body itself, and remember it."""
        if phrase.last < 0 and phrase.has(*_OF_NOBODY):
            phrase = Phrase(list(takewhile(lambda word: word.group not in _OF_NOBODY, phrase.words)))
        if phrase.groups.isdisjoint(_WHOSE):
            self.ours = self.ours or phrase.is_renamed
            return self.ours
        names = _bodies(phrase.words[: phrase.first])
        is_heard_there = phrase.has(*_HEARD) and not phrase.has(RESULT) and phrase.is_of_reviewers
        if is_heard_there or self._is_delegated(phrase) or (phrase.has("transfer") and not phrase.is_carrying):
            self.ours = False
        elif names:
            with_others = OTHER in names and not (OWN in names and self.is_government)
            self.ours = not with_others and not self._is_of_other_level(phrase)
        elif phrase.is_renamed:
            self.ours = True
        return self.ours

    def _is_of_other_level(self, phrase: Phrase) -> bool:
        """Return whether a number is of the lower levels, or of more or fewer bodies than the report.

        A government's own level is fewer (全区…，区本级…, or 本级 after a number of all), the whole place is more than
        an office (全区…，我办…).
        """
        if not (self.has_level or self.has_itself):
            return False
        texts = [word.text for word in phrase.of(OWN)]
        if self.whole and _LEVEL in texts:
            return True
        if self.has_itself and not self.is_government and any(_OF_A_PLACE.match(text) for text in texts):
            return True
        beside_all = self.has_all and self.is_government
        return self.has_level and any("各" in text or (beside_all and _LEVEL in text) for text in texts)

    def _is_delegated(self, phrase: Phrase) -> bool:
        """Return whether others act, or the body for others; 全区各部门、镇街 are a government's own."""
        if not phrase.has("levels"):
            return phrase.has("delegated")
        of_all = [word for word in phrase.of(OWN) if "各" in word.text or (word.text[0] == "全" and phrase.has(OTHER))]
        return not (of_all and self.is_government) or phrase.has("delegated")

    def is_whole(self, phrase: Phrase) -> bool:
        """Return whether a phrase counts all of the year's applications, not a part; a part is remembered."""
        self.part = self.part or phrase.is_part
        if self.until and any(word.text == _IN_ALL_YEARS for word in phrase.of("sum")):
            return False
        return self.in_year and not self.part and phrase.counts_its_label and not phrase.is_elsewhere

    def is_level_of_all(self, phrase: Phrase) -> bool:
        """Return whether applications of the body's own level are counted in a sentence that counts all of them too."""
        is_level = any(_LEVEL in word.text for word in phrase.of(OWN)) and phrase.groups <= _OF_A_LEVEL
        is_counted = self.in_year and not self.part and bool(phrase.verbs) and self.topic == APPLICATIONS
        return is_level and is_counted and self.is_government and self.has_all

    def is_granted(self, phrase: Phrase) -> bool:
        """Return whether 公开 alone counts an outcome, as it does beside others: 公开5件，部分公开2件."""
        said = [word.text for word in phrase.words if word.group not in {"among", "joiner", "filler"}]
        in_topic = self.topic == APPLICATIONS and self.in_year and not self.part
        return self.lists_outcomes and in_topic and said == [_OPEN]

    def is_about_applications(self, phrase: Phrase) -> bool:
        """Return whether a phrase is about applications, which at first it is where it names any."""
        return self.topic == APPLICATIONS or (self.topic is None and phrase.has("application"))


_state = attrgetter(*(field.name for field in fields(Context)))


def _bodies(words: Sequence[Token]) -> list[str]:
    """Return whether each body named, but for those after a preposition, is the body itself or another."""
    return [
        word.group
        for before, word in zip((None, *words), words, strict=False)
        if word.group in {OWN, OTHER} and not (before and before.group in _NOT_BY)
    ]


def _counts_by_name(words: Iterable[Token]) -> bool:
    """Return whether something is counted after the body's name in a clause: 全区…，我办收到3件."""
    named = False
    for word in words:
        if word.group == OWN:
            named = not _OF_ALL.match(word.text)
        elif word.group == "count" and named:
            return True
        named = named and word.group != "comma"
    return False


def _unit_of_items(words: Iterable[Token]) -> str:
    """Return the unit of what applications concern, where it is not theirs: 收到申请8件，涉及信息15条，予以公开10条."""
    unit, concerning = "", False
    for word in words:
        if word.group == "count":
            unit = unit or word.text[-1]
            if concerning and word.text[-1] != unit:
                return word.text[-1]
        concerning = word.group == "concerning" or (concerning and word.group not in _OTHER_THAN_ITEMS)
    return ""
