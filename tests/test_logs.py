"""What is logged, and that nothing is shown unless it is asked for."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

import pytest
from conftest import SEED
from programs import require

from annual_report import AnnualReport, UnusableInputError, check_many, read, render, render_many
from annual_report.batch import Processes
from annual_report.batch.chunks import worked_through

PERSONAL = "身份证号11010519491231002X"


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.DEBUG, "annual_report")
    return lambda: [(record.name, record.levelname, record.getMessage()) for record in caplog.records]


def test_nothing_is_shown_by_default(tmp_path):
    (tmp_path / "bad.txt").write_text("没有报告", encoding="utf-8")
    code = (
        "import logging, annual_report\n"
        "try: annual_report.read('bad.txt')\n"
        "except annual_report.UnusableInputError: pass\n"
        "assert list(annual_report.check_many(['missing.json']))\n"
        "assert logging.getLogger('annual_report.batch').getEffectiveLevel() == logging.WARNING"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_batch_says_what_it_does(tmp_path, log):
    blank = AnnualReport.blank(agency="某局", year=2024)
    result = render_many([SEED, blank, tmp_path / "missing.json"], tmp_path / "out")
    assert (result.written, len(result.failures)) == (1, 2)
    lines = [(level, text) for name, level, text in log() if name == "annual_report.batch"]
    assert lines[0] == ("INFO", f"rendering 3 reports as docx into {tmp_path / 'out'}")
    assert ("DEBUG", f"{SEED}: written as {SEED.stem}.docx") in lines
    assert ("WARNING", "某局-2024: failed (ReconciliationError, 3 problems)") in lines
    assert ("WARNING", f"{tmp_path / 'missing.json'}: failed (UnusableInputError, 1 problems)") in lines
    level, text = lines[-1]
    assert (level, text.partition(", in ")[0]) == ("INFO", "1 documents written, 0 up to date, 2 failed")


def test_many_checks_say_how_many_were_read(tmp_path, log):
    assert len(list(check_many([SEED, tmp_path / "missing.json"]))) == 2
    assert log()[-1] == ("annual_report.batch", "INFO", "read 1 reports, 1 failed")


def die(items):
    if "bad" in items:
        os._exit(1)
    return items


def test_what_is_tried_again_is_logged(log):
    with Processes(1) as workers:
        assert list(worked_through(iter(["a", "bad"]), workers, 2, die, lambda item: f"{item} died")) == [
            ["a", "bad died"]
        ]
    assert [text for _, level, text in log() if level == "WARNING"] == [
        "a worker died; its 2 items are tried again in a process of their own",
        "a worker died of a single item, which is given up",
    ]


def test_a_reader_says_what_it_reads_and_how_long_it_took(seed, log):
    document = render(seed)
    read(document)
    (started, *_, done, found) = [(level, text) for name, level, text in log() if name == "annual_report.readers.read"]
    assert started == ("DEBUG", f"reading {len(document)} bytes of docx: started")
    assert done[0] == "INFO"
    assert done[1].startswith(f"reading {len(document)} bytes of docx: done in ")
    assert found[1].startswith("found 0 doubts and ")


def test_a_conversion_says_what_it_converts(seed, log):
    require("soffice")
    render(seed, format="pdf")
    levels = [
        (level, text.rpartition(" of ")[2].partition(" in ")[0])
        for name, level, text in log()
        if name == "annual_report.writers.pdf"
    ]
    assert levels == [("DEBUG", "docx to pdf: started"), ("INFO", "docx to pdf: done")]


def test_nothing_of_what_a_report_says_is_logged(seed, tmp_path, log):
    told = f"{PERSONAL}，电话13800138000（待填写）"
    report = AnnualReport.model_validate(seed.model_dump(mode="json") | {"other_matters": told})
    text = render(report, format="txt", allow_findings=True)
    assert told in text.decode()
    read(text, name=f"{PERSONAL}.txt")
    with pytest.raises(UnusableInputError):
        read(text, name=f"{PERSONAL}.txt", format="docx")
    assert render_many([report], tmp_path / "out").failures
    logged = "".join(text for _, _, text in log())
    assert logged
    assert PERSONAL not in logged
    assert "13800138000" not in logged
