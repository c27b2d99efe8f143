"""Numbers of more digits than Python converts, wherever a file may have one."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress

import pytest

from annual_report import UnusableInputError, read, render
from annual_report.readers.numbers import whole_number

HUGE = "9" * 5000


def test_only_decimal_digits_are_a_number():
    assert [whole_number(text) for text in ("12", "１２", "", "1.2", "-1", "²", HUGE)] == [12, 12, *[None] * 5]


@pytest.mark.parametrize("printed", [HUGE, f"+{HUGE}", f"{HUGE}.0", f"{HUGE}¹", f"{HUGE}（其中1件）", f"{HUGE}件"])
def test_a_number_of_thousands_of_digits_is_in_doubt(seed, printed):
    text = render(seed, format="txt").decode()
    reading = read(text.replace("\t0\t", f"\t{printed}\t", 1).encode(), name="年报.txt")
    assert reading.report is None
    assert reading.doubts


def test_a_list_may_begin_at_any_number(seed):
    page = re.sub(' class="[^"]*"', "", render(seed, format="html").decode())
    listed = f'<ol start="{HUGE}" style="list-style:decimal"><li style="list-style-type:decimal">一</li></ol><p'
    assert read(page.replace("<p", listed, 1).encode()).values["applications.received.natural_person"] == 1


@pytest.mark.parametrize(
    ("part", "pattern"),
    [
        ("xl/worksheets/sheet3.xml", 't="s"><v>()[0-9]+(<)'),
        ("xl/worksheets/sheet3.xml", '( s=")[0-9]+(")'),
        ("xl/worksheets/sheet3.xml", '( r="[A-Z]+)[0-9]+(")'),
        ("xl/worksheets/sheet4.xml", "(<v>)0(<)"),
        ("xl/styles.xml", '(numFmtId=")[0-9]+(")'),
    ],
)
def test_a_workbook_with_numbers_of_thousands_of_digits_is_read_or_refused(seed, part, pattern):
    source, target = zipfile.ZipFile(io.BytesIO(render(seed, format="xlsx"))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            content = source.read(name).decode()
            written = re.sub(pattern, rf"\g<1>{HUGE}\2", content, count=9) if name == part else content
            assert name != part or written != content
            changed.writestr(name, written)
    with suppress(UnusableInputError):
        assert read(target.getvalue()).report in (seed, None)
