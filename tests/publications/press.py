"""One publication in the making: what is printed where, what a human can read of it, and the habits applied."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from annual_report.form import registry
from annual_report.form.sections import TABLES

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from annual_report import AnnualReport
    from annual_report.form.grid import DataCell
    from publications.drawing import Source
    from publications.pages import Block, Line, Sheet

Stage = Literal["numbers", "sheets", "pictures", "labels", "lines", "docx", "html", "txt", "pdf"]
FORMATS = ("docx", "html", "pdf", "txt")
TOTAL = "total"


@dataclass(frozen=True)
class Publication:
    """A published file and what a human reads in it.

    Parameters
    ----------
    data, name, format
        The file, its name as offices have it, and its format.
    truth
        What a human reads for every leaf; none where that cannot be told for certain.
    totals
        The printed totals.
    report
        The report it was made from.
    habits
        What the office did.
    doubtful
        Paths where anything but a doubt would be wrong; where the truth is none and the path is not here, a doubt and
        the report's own number are both right.
    must_doubt
        Whether a reader may not take the whole file without a doubt.
    texts
        Text before and under the tables, by section.
    """

    data: bytes
    name: str
    format: str
    truth: dict[str, int | str | None]
    totals: dict[str, int]
    report: AnnualReport
    habits: tuple[str, ...]
    doubtful: frozenset[str]
    must_doubt: bool
    texts: dict[str, tuple[str, ...]]


@dataclass
class Press:
    """The clerk's desk.

    Parameters
    ----------
    words
        What is printed for each path, leaves and totals alike; empty for a blank cell.
    totals
        Totals that the office states, where they are not the sums.
    unclear
        Paths that no human can read for certain, and that must be in doubt.
    grey
        Paths that a careful human may or may not accept.
    absent
        Totals that are printed nowhere.
    """

    rng: random.Random
    format: str
    source: Source
    words: dict[str, str] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    habits: list[str] = field(default_factory=list)
    unclear: set[str] = field(default_factory=set)
    grey: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    must_doubt: bool = False
    encoding: str = "utf-8"

    def __post_init__(self) -> None:
        table_of = self.source.report()
        for section, grid in self.grids.items():
            for cell, words in zip(grid.values, grid.print(getattr(table_of, section)), strict=True):
                self.words[f"{section}.{cell.path}"] = words

    @property
    def grids(self) -> dict[str, Any]:
        return registry.find(self.source.edition).grids

    @property
    def report(self) -> AnnualReport:
        totals = {path: number for path, number in self.totals.items() if self.words[path] and path not in self.absent}
        whole = "applications.outcomes.total."
        if any(path.startswith(whole) for path in totals):
            totals |= {path: self.number(path) for path, _ in self.cells("applications") if path.startswith(whole)}
        return self.source.report(totals)

    def cells(self, section: str) -> Iterator[tuple[str, DataCell]]:
        return ((f"{section}.{cell.path}", cell) for cell in self.grids[section].values)

    def number(self, path: str) -> Any:
        """Give the number that the office means to print."""
        if path in self.totals or path in self.source.numbers:
            return self.totals.get(path, self.source.numbers.get(path))
        return sum(self.source.numbers[leaf] for leaf in self.parts(path))

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        return {total: self._sum_of(total) for section in TABLES for total in self.printed_totals(section)}

    def parts(self, total: str) -> list[str]:
        """Give the leaves that a total sums up."""
        return self._parts[total]

    @cached_property
    def _over(self) -> dict[str, list[str]]:
        over: dict[str, list[str]] = defaultdict(list)
        for total, parts in self._parts.items():
            if not total.endswith(".total.total"):
                for part in parts:
                    over[part].append(total)
        return over

    def totals_over(self, leaf: str) -> list[str]:
        """Give the totals of a leaf's row and column."""
        return self._over[leaf]

    def _sum_of(self, total: str) -> list[str]:
        section, *keys = total.split(".")
        if section == "applications" and keys[:2] == ["outcomes", TOTAL]:
            leaves = [path for path in self.source.numbers if path.startswith("applications.outcomes.")]
            return [path for path in leaves if keys[2] in (TOTAL, path.rpartition(".")[2])]
        holder = total.removesuffix(TOTAL)
        return [path for path in self.source.numbers if path.startswith(holder)]

    def leaves(self, section: str) -> list[str]:
        return [path for path in self.source.numbers if path.startswith(f"{section}.")]

    def printed_totals(self, section: str) -> list[str]:
        return [path for path, _ in self.cells(section) if TOTAL in path.split(".")]

    def state(self, path: str, total: int) -> None:
        """Print a total that is not the sum."""
        self.totals[path] = total
        self.words[path] = str(total)

    def sheets(self, section: str | None = None) -> list[Sheet]:
        from publications.pages import Sheet

        return [block for block in self.blocks if isinstance(block, Sheet) and section in (None, block.section)]

    def lines(self, *kinds: str) -> list[Line]:
        from publications.pages import Line

        return [block for block in self.blocks if isinstance(block, Line) and (not kinds or block.kind in kinds)]

    def position(self, block: Block) -> int:
        return next(nth for nth, other in enumerate(self.blocks) if other is block)

    def replace_block(self, block: Block, *others: Block) -> None:
        nth = self.position(block)
        self.blocks[nth : nth + 1] = others

    def lose(self, paths: list[str]) -> None:
        """Leave values out of the page altogether."""
        leaves = {path for path in paths if path in self.source.numbers}
        self.unclear |= leaves
        self.absent |= set(paths) - leaves
        self.words |= dict.fromkeys(set(paths) - leaves, "")
        self.must_doubt |= bool(leaves)


Apply: TypeAlias = "Callable[..., bool | None]"


@dataclass(frozen=True)
class Habit:
    name: str
    probability: float
    stage: Stage
    group: str
    formats: tuple[str, ...]
    apply: Apply


HABITS: dict[str, Habit] = {}


def habit(
    probability: float, stage: Stage, *, group: str = "", formats: tuple[str, ...] = FORMATS
) -> Callable[[Apply], Apply]:
    """Register a habit; of a group only one is kept. A habit that gives False found nothing to apply to."""

    def register(apply: Apply) -> Apply:
        HABITS[apply.__name__] = Habit(apply.__name__, probability, stage, group, formats, apply)
        return apply

    return register


def follow(press: Press, stage: Stage, *arguments: Any) -> None:
    """Apply the habits of a stage that the draw gives."""
    taken: set[str] = set()
    habits = [habit for habit in HABITS.values() if habit.stage == stage and press.format in habit.formats]
    press.rng.shuffle(habits)
    for each in habits:
        drawn = press.rng.random() < each.probability
        if drawn and each.group not in taken and each.apply(press, *arguments) is not False:
            press.habits.append(each.name)
            taken |= {each.group} if each.group else set()


def judge(press: Press) -> tuple[dict[str, Any], set[str]]:
    """Tell what a human reads for each leaf, and which leaves must be in doubt."""
    truth: dict[str, Any] = {}
    doubtful = set(press.unclear)
    for section in TABLES:
        empty = not any(press.words[path] for path, _ in press.cells(section))
        for path in press.leaves(section):
            blank = not press.words[path]
            verdict = "doubtful" if blank and empty else _blank(press, path) if blank else "number"
            if verdict == "doubtful" or path in press.unclear:
                doubtful.add(path)
                truth[path] = None
            elif verdict == "grey" or path in press.grey:
                truth[path] = None
            else:
                truth[path] = 0 if blank else press.source.numbers[path]
    return truth, doubtful


def _blank(press: Press, leaf: str) -> str:
    """Tell whether the printed totals over a blank leaf let it be zero."""
    printed = [total for total in press.totals_over(leaf) if press.words[total]]
    if not all(_agrees(press, total) for total in printed):
        return "doubtful"
    unsure = any(part in press.unclear | press.grey for total in printed for part in press.parts(total))
    return "grey" if unsure else "number"


def _agrees(press: Press, total: str) -> bool:
    """Tell whether a printed total is the sum of what is printed under it."""
    return press.number(total) == sum(press.source.numbers[part] for part in press.parts(total) if press.words[part])
