"""The hostile files of the readers' tests, sent over HTTP: each is refused, and the service goes on."""

from __future__ import annotations

from contextlib import suppress

import psutil
import pytest
from conftest import SEED, ends_soon
from readers.published.test_pdf_hostile import REFUSED
from readers.published.test_word import HOSTILE as WORD
from readers.test_spreadsheet import HOSTILE as SHEETS
from readers.test_spreadsheet import SHEET
from served import parsed, service
from workbooks import rewritten

from annual_report.writers.xlsx import write_report

pytestmark = [pytest.mark.filterwarnings("default::DeprecationWarning"), ends_soon]

ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
OTHERS = {
    "nothing": lambda: b"",
    "deep JSON": lambda: b'{"overview": ' + b"[" * 1_000_000,
    "long JSON number": lambda: b'{"year": ' + b"9" * 5_000_000 + b"}",
    "a password": lambda: ENCRYPTED,
    "deep HTML": lambda: b"<html>" + b"<div>" * 200_000,
    "a wide table": lambda: b"<table><tr>" + b"<td>1</td>" * 500_000,
    "noughts": lambda: bytes(5_000_000),
}


@pytest.fixture(scope="module")
def server():
    with service() as found:
        yield found


def assert_refused(server, name, data):
    answers = [server.post(path, (name, data)) for path in ("read", "")]
    assert {answer.status for answer in answers} <= {422, 413}
    assert all(reason["message"]["zh"] for reason in parsed(answers[0])["problems"])
    assert server.post("check", ("年报.json", SEED.read_bytes())).status == 200


@pytest.mark.parametrize("kind", WORD)
def test_word_files(server, kind):
    assert_refused(server, "年报.docx", WORD[kind]())


@pytest.mark.parametrize("kind", SHEETS)
def test_workbooks(server, kind, large_city):
    change = SHEETS[kind]
    data = rewritten(write_report(large_city), lambda name, content: change(content) if name == SHEET else content)
    assert_refused(server, "年报.xlsx", data)


@pytest.mark.parametrize("kind", ["encrypted", "10,000 pages", "deep brackets", "900 MiB of spaces", "too large"])
def test_pdfs(server, kind):
    pytest.importorskip("pypdfium2")
    make, _ = REFUSED[kind]
    assert_refused(server, "年报.pdf", make())


@pytest.mark.parametrize("kind", OTHERS)
def test_others(server, kind):
    assert_refused(server, "年报", OTHERS[kind]())


def test_several_hostile_files_at_once_leave_a_table_and_no_processes(server):
    files = [
        ("好.json", SEED.read_bytes()),
        *((f"{kind}.docx", data) for kind, make in WORD.items() if len(data := make()) < 1 << 20),
    ]
    page = server.post("", *files).data.decode()
    assert page.count("无法读取") == len(files) - 1
    assert not [process for process in psutil.Process().children(recursive=True) if is_zombie(process)]


def is_zombie(process):
    with suppress(psutil.NoSuchProcess):
        return process.status() == psutil.STATUS_ZOMBIE
    return False
