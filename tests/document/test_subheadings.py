"""Sub-headings as a style asks for them."""

from __future__ import annotations

import pytest

from annual_report.document.blocks import Heading, Origin, Paragraph
from annual_report.document.subheadings import arranged
from annual_report.report.narrative import Run

FIRST, SECOND = Origin("overview", 0), Origin("overview", 1)


def runs(text, *, emphasis=False):
    return (Run(text=text, emphasis=emphasis),) if text else ()


@pytest.mark.parametrize("emphasis", [True, False])
def test_a_sub_heading_is_run_into_the_paragraph_after_it_which_keeps_its_origin(emphasis):
    heading = Heading(2, runs("（一）主动公开", emphasis=emphasis), FIRST)
    (paragraph,) = arranged([heading, Paragraph(runs("公开3条。"), origin=SECOND)], "run-in")
    lead = (*heading.runs, *runs("。", emphasis=emphasis))
    assert paragraph == Paragraph(runs("公开3条。"), lead, 2, SECOND)


@pytest.mark.parametrize(
    "following",
    [
        [],
        [Heading(3, runs("1.公开情况"), SECOND)],
        [Paragraph(runs("公开3条。"), runs("1.公开情况。"), 3, SECOND)],
    ],
    ids=["nothing", "a sub-heading", "a paragraph with its own sub-heading"],
)
def test_a_sub_heading_without_a_plain_paragraph_after_it_stays_on_its_line(following):
    blocks = [Heading(2, runs("（一）主动公开"), FIRST), *following]
    assert list(arranged(blocks, "run-in")) == blocks


@pytest.mark.parametrize(
    ("lead", "heading"),
    [
        (runs("（一）主动公开。"), runs("（一）主动公开")),
        (runs("（一）主动公开"), runs("（一）主动公开")),
        (runs("（一）主动公开", emphasis=True) + runs("。"), runs("（一）主动公开", emphasis=True)),
    ],
)
def test_a_sub_heading_on_a_line_of_its_own_has_no_full_stop(lead, heading):
    paragraph = Paragraph(runs("公开3条。"), lead, 2, FIRST)
    assert list(arranged([paragraph], "own-line")) == [
        Heading(2, heading, FIRST),
        Paragraph(runs("公开3条。"), origin=FIRST),
    ]


@pytest.mark.parametrize("sub_headings", ["as-written", "run-in", "own-line"])
def test_a_paragraph_without_a_sub_heading_and_a_sections_heading_stay_as_they_are(sub_headings):
    blocks = [Heading(1, runs("一、总体情况"), section="overview"), Paragraph(runs("公开3条。"), origin=FIRST)]
    assert list(arranged(blocks, sub_headings)) == blocks
