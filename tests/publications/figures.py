"""How offices write numbers into cells, and leave them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.form.sections import TABLES
from publications.press import TOTAL, Press, habit

if TYPE_CHECKING:
    from collections.abc import Callable

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SECTIONS = [*TABLES]


def _zeros(press: Press, sections: list[str], *, totals: bool) -> list[str]:
    return [
        path
        for section in sections
        for path, _ in press.cells(section)
        if press.words[path] in ("0", "0元") and (totals or TOTAL not in path.split("."))
    ]


def _some_sections(press: Press) -> list[str]:
    return SECTIONS if press.rng.random() < 0.6 else [press.rng.choice(SECTIONS)]


@habit(0.12, "numbers", group="zeros")
def zeros_left_blank(press: Press) -> bool:
    paths = _zeros(press, _some_sections(press), totals=press.rng.random() < 0.4)
    press.words |= dict.fromkeys(paths, "")
    return bool(paths)


@habit(0.08, "numbers", group="zeros")
def some_zeros_left_blank(press: Press) -> bool:
    paths = [path for path in _zeros(press, SECTIONS, totals=True) if press.rng.random() < 0.3]
    press.words |= dict.fromkeys(paths, "")
    return bool(paths)


@habit(0.06, "numbers", group="zeros")
def zeros_as_marks(press: Press) -> bool:
    mark = press.rng.choice(["/", "-", "—", "／", "－", "--", "——", "\\"])
    paths = _zeros(press, _some_sections(press), totals=press.rng.random() < 0.5)
    press.words |= dict.fromkeys(paths, mark)
    if mark in ("--", "——", "\\"):
        press.grey |= set(paths)
    return bool(paths)


@habit(0.03, "numbers", group="zeros")
def zeros_as_words(press: Press) -> bool:
    paths = _zeros(press, ["proactive_disclosure"], totals=False)
    press.words |= dict.fromkeys(paths, press.rng.choice(["无", "零", "〇"]))
    press.grey |= set(paths)
    return bool(paths)


@habit(0.03, "numbers", group="zeros")
def only_totals_filled(press: Press) -> bool:
    leaves = press.leaves("applications")
    if press.unclear.intersection(leaves):
        return False
    press.words |= dict.fromkeys(leaves, "")
    return True


@habit(0.04, "numbers", group="zeros")
def section_left_blank(press: Press) -> None:
    section = press.rng.choice(SECTIONS)
    press.words |= {path: "" for path, _ in press.cells(section)}
    press.must_doubt = True


@habit(0.05, "numbers", group="totals")
def one_total_left_blank(press: Press) -> None:
    section = press.rng.choice(["applications", "disputes"])
    press.words[press.rng.choice(press.printed_totals(section))] = ""


@habit(0.05, "numbers", group="totals")
def total_column_left_blank(press: Press) -> None:
    press.words |= {path: "" for path in press.printed_totals("applications") if path.endswith(".total")}


@habit(0.04, "numbers")
def blank_that_a_total_contradicts(press: Press) -> bool:
    filled = [path for path in press.leaves("applications") if press.source.numbers[path] and press.words[path]]
    if not filled:
        return False
    press.words[press.rng.choice(filled)] = ""
    return True


@habit(0.04, "numbers")
def totals_zero_over_parts(press: Press) -> bool:
    totals = [path for path in press.printed_totals("applications") if press.number(path) and press.words[path]]
    row = press.rng.choice(["received.", "outcomes.total."])
    chosen = [path for path in totals if path.startswith(f"applications.{row}")]
    for path in chosen:
        press.state(path, 0)
    return bool(chosen)


@habit(0.06, "numbers")
def wrong_total(press: Press) -> bool:
    path = press.rng.choice(press.printed_totals(press.rng.choice(["applications", "disputes"])))
    if not press.words[path].isascii() or not press.words[path].isdigit():
        return False
    press.state(path, max(0, press.number(path) + press.rng.choice([-1, 1, 1, 2, 10])))
    return True


def _rewrite(press: Press, share: float, write: Callable[[str], str]) -> bool:
    """Write some plain numbers in another way."""
    chosen = [path for path, words in press.words.items() if words.isascii() and words.isdigit()]
    chosen = [path for path in chosen if press.rng.random() < share and write(press.words[path]) != press.words[path]]
    press.words |= {path: write(press.words[path]) for path in chosen}
    return bool(chosen)


@habit(0.06, "numbers", group="digits")
def full_width_digits(press: Press) -> bool:
    return _rewrite(press, press.rng.choice([0.1, 1]), lambda words: words.translate(FULL_WIDTH))


@habit(0.08, "numbers", group="digits")
def separators(press: Press) -> bool:
    mark = press.rng.choice([",", ",", "，", " ", "\xa0"])
    return _rewrite(press, 1, lambda words: f"{int(words):,}".replace(",", mark))


@habit(0.05, "numbers", group="digits")
def spaces_around_numbers(press: Press) -> bool:
    blank = press.rng.choice([" ", "\u3000", "\xa0"])
    return _rewrite(press, 0.3, lambda words: f"{blank}{words}{blank}")


@habit(0.03, "numbers", group="digits")
def leading_zeros_and_decimals(press: Press) -> bool:
    write = press.rng.choice([lambda words: f"{words}.0", lambda words: f"{words}.00"])
    return _rewrite(press, 0.2, write)


@habit(0.05, "numbers")
def remarks_in_number_cells(press: Press) -> bool:
    remark = press.rng.choice(["（其中修订1件）", "（含自然失效1件）", "（含结转）", "(其中网络1件)", "（注）"])
    paths = [path for path in press.leaves("proactive_disclosure") if press.words[path].isdigit()]
    if not paths:
        return False
    press.words[press.rng.choice(paths)] += remark
    return True


@habit(0.04, "numbers")
def counts_with_their_unit(press: Press) -> bool:
    paths = [path for path in press.leaves("proactive_disclosure") if press.words[path].isdigit()]
    paths = [path for path in paths if not path.endswith(("amount", "items_change"))]
    press.words |= {path: press.words[path] + "件" for path in paths}
    return bool(paths)


@habit(0.05, "numbers")
def amount_with_a_unit(press: Press) -> bool:
    path = next((path for path in press.leaves("proactive_disclosure") if path.endswith("amount")), "")
    if not path or press.source.numbers[path] == "0" or not press.words[path]:
        return False
    own = "元" if press.source.edition == "2019" else "万元"
    unit = press.rng.choice(["元", "万元", "亿元"])
    press.words[path] = press.source.numbers[path] + unit
    if unit != own:
        press.unclear.add(path)
        press.must_doubt = True
    return True


@habit(0.03, "numbers")
def cell_that_is_no_number(press: Press) -> bool:
    path = press.rng.choice([path for section in TABLES for path in press.leaves(section)])
    press.words[path] = press.rng.choice(
        ["若干", "约20", "10余", "见附件", "3/5", "12-15", "*", "详见网站", "1 2件3", "？"]
    )
    press.unclear.add(path)
    press.must_doubt = True
    return True


@habit(0.04, "numbers")
def balance_broken(press: Press) -> bool:
    filled = [
        path for path in press.leaves("applications") if press.words[path].isascii() and press.words[path].isdigit()
    ]
    if not filled:
        return False
    path = press.rng.choice(filled)
    corner = ["applications.outcomes.total.total"] if "outcomes" in path else []
    before = {total: press.number(total) for total in [*press.totals_over(path), *corner] if press.words[total]}
    press.source.numbers[path] += press.rng.randint(1, 9)
    press.words[path] = str(press.source.numbers[path])
    press.totals |= before
    return True
