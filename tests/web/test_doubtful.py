"""What was read from a file in doubt is shown in the form, and nothing is shown that was not read."""

from __future__ import annotations

import re
from dataclasses import replace

from annual_report import AnnualReport, read, render
from annual_report.document.blocks import Table, Title
from annual_report.web.doubtful import UNKNOWN, compose_doubtful


def reading_of(report, *changes):
    page = re.sub(rb"<script.*?</script>", b"", render(report, format="html", allow_findings=True), flags=re.DOTALL)
    for old, new in changes:
        assert old.encode() in page
        page = page.replace(old.encode(), new.encode())
    reading = read(page, format="html")
    assert reading.report is None
    return reading


def shown(reading):
    document = compose_doubtful(reading)
    return document, {
        f"{block.key}.{cell.path}": value
        for block in document.blocks
        if isinstance(block, Table)
        for cell, value in zip(block.grid.values, block.values, strict=True)
    }


def test_numbers_in_doubt_are_marked_and_the_others_are_as_read(seed):
    reading = reading_of(seed, (">7</td>", ">若干</td>"))
    document, values = shown(reading)
    doubtful = "proactive_disclosure.licensing.decisions"
    assert values[doubtful] == UNKNOWN
    assert [(mark.severity, mark.path) for mark in document.marks] == [("doubt", doubtful)]
    assert {path for path, value in values.items() if value == UNKNOWN} == {doubtful}
    assert values["applications.received.total"] == "1"


def test_a_total_that_the_file_does_not_have_is_blank_and_no_number_in_doubt(seed):
    reading = reading_of(seed, (">7</td>", ">若干</td>"))
    total = "applications.received.total"
    _, values = shown(replace(reading, values={path: reading.values[path] for path in reading.values if path != total}))
    assert values[total] == ""
    assert [path for path, value in values.items() if value == UNKNOWN] == ["proactive_disclosure.licensing.decisions"]


def test_a_year_in_doubt_is_not_made_up(seed):
    named = AnnualReport.model_validate(seed.model_dump() | {"preamble": "", "overview": "一", "title": None})
    reading = reading_of(named, (f"{seed.year}年", ""))
    document, _ = shown(reading)
    (title,) = (block for block in document.blocks if isinstance(block, Title))
    assert not re.search(r"\d{4}", "".join(title.lines))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert all(f"{UNKNOWN}年" in table.description for table in tables)
