"""Strategies for reports of every edition, as JSON data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from annual_report.form import registry
from annual_report.form.base import Totalled
from annual_report.form.fields import walk
from annual_report.form.marks import Signed
from annual_report.form.sections import TABLES
from annual_report.form.values import MAX_COUNT
from annual_report.report.model import LAST_YEAR

if TYPE_CHECKING:
    from pydantic import BaseModel

printable = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[
        *(set(map(chr, [*range(32), *range(127, 160)])) - set("\t\n\r\x85")),
        *map(chr, range(0xFDD0, 0xFDF0)),
        *(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)),
    ],
)
marks = st.sampled_from(
    [
        "（一）",
        "（十二）",
        "1.",
        "12.",
        "（3）",
        "1、",
        "**",
        "*",
        "。",
        "\n",
        "\r\n",
        "  ",
        "\u3000",
        "𠮷",
        "😀",
        "<b>",
        "&amp;",
        "1.5万元",
        "情况",
    ]
)
narratives = st.lists(marks | st.text(printable, max_size=8), max_size=30).map("".join)
runs = st.fixed_dictionaries(
    {"text": st.text(printable, min_size=1, max_size=12)}, optional={"emphasis": st.booleans()}
)


def says_something(paragraph: dict[str, Any]) -> bool:
    """Tell whether a paragraph is not blank."""
    return bool("".join(run["text"] for run in paragraph.get("heading", []) + paragraph.get("body", [])).strip())


paragraphs = st.one_of(
    st.fixed_dictionaries({"body": st.lists(runs, min_size=1, max_size=3)}),
    st.fixed_dictionaries(
        {"level": st.sampled_from([2, 3, 4]), "heading": st.lists(runs, min_size=1, max_size=2)},
        optional={"body": st.lists(runs, max_size=2)},
    ),
).filter(says_something)
structures = st.lists(paragraphs, max_size=5)
names = st.text(printable, min_size=1, max_size=60).filter(
    lambda text: text.strip() and not set(text) & set("\t\n\r\x85\u2028\u2029")
)
counts = st.integers(0, MAX_COUNT)
amounts = st.from_regex(r"(0|[1-9][0-9]{0,12})(\.[0-9]{1,8})?", fullmatch=True)


@st.composite
def tables(draw: st.DrawFn, model: type[BaseModel], totals: st.SearchStrategy[bool]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for node in walk(model):
        if node.path == "total":
            if issubclass(model, Totalled) and draw(totals):
                table["total"] = draw(tables(node.model, totals)) if node.model else draw(counts)
        elif node.model is not None:
            table[node.path] = draw(tables(node.model, totals))
        elif node.path == "amount":
            table[node.path] = draw(amounts)
        elif node.mark(Signed):
            table[node.path] = draw(st.integers(-MAX_COUNT, MAX_COUNT))
        else:
            table[node.path] = draw(st.just(0) | counts)
    return table


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    """Any report: consistent or not, with totals correct, wrong or omitted."""
    edition = draw(st.sampled_from(registry.known()))
    prose = narratives | structures
    totals = st.just(value=False) | st.booleans()
    report = {
        "edition": edition.id,
        "agency": draw(names),
        "year": draw(st.integers(edition.first_year, edition.last_year or LAST_YEAR)),
        "preamble": draw(prose),
        "overview": draw(prose),
        **{key: draw(tables(getattr(edition, key), totals)) for key in TABLES},
        "problems_and_improvements": draw(prose),
        "other_matters": draw(prose),
    }
    beside = st.fixed_dictionaries({}, optional={"before": prose, "notes": prose})
    optional = {
        "texts": st.fixed_dictionaries({}, optional=dict.fromkeys(TABLES, beside)),
        "title": names,
        "issued_by": names,
        "issued_on": st.dates().map(lambda day: day.isoformat()),
    }
    return report | draw(st.fixed_dictionaries({}, optional=optional))
