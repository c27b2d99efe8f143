"""A report in any format that is read is taken over HTTP, and gives the same numbers."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from programs import require
from served import parsed, service

from annual_report import AnnualReport, libreoffice, render

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")

MAKERS = {
    "doc": lambda report: libreoffice.convert(render(report), "docx", "doc:MS Word 97"),
    "docx": render,
    "html": lambda report: re.sub(rb"<script.*?</script>", b"", render(report, format="html"), flags=re.DOTALL),
    "json": lambda report: render(report, format="json"),
    "mht": lambda report: saved(MAKERS["html"](report)),
    "pdf": lambda report: render(report, format="pdf"),
    "txt": lambda report: render(report, format="txt"),
    "xlsx": lambda report: render(report, format="xlsx"),
}
"""What makes a file of a report; of those that LibreOffice opens, Word's older files represent the others."""


def saved(page):
    """Save a page as one file, as browsers do."""
    file = EmailMessage()
    file.set_content(page.decode(), subtype="html")
    return file.as_bytes()


@pytest.fixture(scope="module")
def server():
    with service() as found:
        yield found


@pytest.mark.parametrize("suffix", MAKERS)
def test_every_format_gives_the_reports_numbers(server, seed, suffix):
    if suffix in {"doc", "pdf"}:
        require("soffice")
    answer = server.post("read", (f"年报.{suffix}", MAKERS[suffix](seed)))
    found = parsed(answer)
    assert answer.status == 200
    assert [one for one in found["deviations"] if one["severity"] == "doubt"] == []
    assert AnnualReport.model_validate(found["report"]).values == seed.values
