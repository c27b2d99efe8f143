"""The page says of each file what it is: a form to be filled in, or a file that could not be read for certain."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook
from served import service

from annual_report import AnnualReport
from annual_report.document.workbook import TEXT
from annual_report.writers.xlsx import write_report

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")

EMPTY = ("空表.xlsx", write_report(AnnualReport.blank(agency="某局", year=2024), empty=True))


@pytest.fixture(scope="module")
def server():
    with service() as found:
        yield found


@pytest.fixture
def without_text(tmp_path):
    book = load_workbook(filename=_saved(tmp_path))
    del book[TEXT]
    book.save(tmp_path / "缺页.xlsx")
    return "缺页.xlsx", (tmp_path / "缺页.xlsx").read_bytes()


def _saved(folder):
    path = folder / EMPTY[0]
    path.write_bytes(EMPTY[1])
    return path


def words_of(answer):
    assert answer.status == 200, answer.data.decode()[:300]
    return re.sub(r"<[^>]+>", " ", answer.data.decode())


def test_an_untouched_form_is_not_filled_in_rather_than_in_doubt(server):
    words = words_of(server.post("?lang=zh", EMPTY))
    assert "还没有填完：请填写下列表格。" in words
    assert "3 张表尚未填写" in words
    assert "存疑" not in words


def test_an_untouched_form_among_other_files_says_so_too(server):
    words = words_of(server.post("?lang=zh", EMPTY, EMPTY))
    assert words.count("3 张表尚未填写") == 2
    assert "存疑" not in words


def test_a_form_with_other_faults_is_in_doubt(server, without_text):
    words = words_of(server.post("?lang=zh", without_text))
    assert "存疑 6 处" in words
