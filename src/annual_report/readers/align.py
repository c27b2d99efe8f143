"""Labels found one below the other, aligned with the form's: by their likeness, and by their order as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from annual_report.readers.labels import bare, core, similarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.readers.layout import Label

LEAST = 0.6
"""How alike labels are that may be taken for each other at all."""

SURE = 0.78
"""How alike they are at least where that is not in doubt."""

MARGIN = 0.1
"""By how much another candidate is less alike where that is not in doubt."""

EXACT = 0.95
"""How alike they are at least where order does not count."""

_ONLY_A_PART = 0.65

Scores: TypeAlias = list[dict[int, float]]
"""For each label found, which of the form's it resembles, and how much."""


def likeness(found: str, label: Label) -> float:
    """Measure how alike a printed label is to a label of the form, in any of its wordings.

    Words in front of the form's make another label of it: 其他规范性文件 is not 规范性文件. Words of the label's other
    wordings do not.
    """
    best, name = max((similarity(found, name), name) for name in label.names)
    if best < EXACT:
        words = bare(found) or core(found)
        for other in map(core, label.names):
            front = words.removesuffix(other) if other else words
            if front and front != words and 3 * sum(letter in name for letter in front) < 2 * len(front):
                return min(best, _ONLY_A_PART)
    return best


def align(scores: Scores, weights: Sequence[float], width: int) -> dict[int, int]:
    """Pair labels found with the form's so that their likeness is greatest as a whole, in the form's order.

    Parameters
    ----------
    scores
        What each label found resembles.
    weights
        How much each counts.
    width
        How many labels the form has.

    Returns
    -------
    dict[int, int]
        The form's label of each label found that has one. One that is out of order has it where it is exact.
    """
    best = [[0.0] * (width + 1)]
    for row, weight in zip(scores, weights, strict=True):
        above = best[-1]
        line = [0.0]
        for index in range(width):
            gain = row.get(index, 0.0)
            paired = above[index] + (gain - LEAST / 2) * weight if gain >= LEAST else 0.0
            line.append(max(above[index + 1], line[index], paired))
        best.append(line)
    pairs = _trace(best, width)
    taken = set(pairs.values())
    for found, row in enumerate(scores):
        if found not in pairs:
            free = [index for index, score in row.items() if score >= EXACT and index not in taken]
            if free:
                pairs[found] = free[0]
                taken.add(free[0])
    return pairs


def _trace(best: Sequence[Sequence[float]], width: int) -> dict[int, int]:
    """Follow the best pairing back from its end."""
    pairs: dict[int, int] = {}
    found, index = len(best) - 1, width
    while found and index:
        here = best[found][index]
        if here == best[found - 1][index]:
            found -= 1
        elif here == best[found][index - 1]:
            index -= 1
        else:
            found, index = found - 1, index - 1
            pairs[found] = index
    return pairs


def is_sure(scores: Scores, pairs: dict[int, int], found: int) -> bool:
    """Return whether a label found can be no other than the one that it is paired with."""
    row, index = scores[found], pairs[found]
    score = row[index]
    if score >= EXACT:
        return True
    taken = set(pairs.values())
    rivals = [other for label, other in row.items() if label != index and (label not in taken or other > score)]
    return score >= SURE and all(other < score - MARGIN for other in rivals)


def rivals(scores: Scores, pairs: dict[int, int], found: int) -> list[int]:
    """Return the other labels found that are as good for the form's label, and have no other of their own."""
    index = pairs[found]
    least = max(scores[found][index] - MARGIN, SURE)
    return [other for other, row in enumerate(scores) if other not in pairs and row.get(index, 0.0) >= least]
