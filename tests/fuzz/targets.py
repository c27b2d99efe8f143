"""What the campaign attacks: each target makes an input from random numbers, and runs it against what is promised."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile
from zlib import crc32

import html5lib
from fuzz.documents import published_bytes
from fuzz.mutations import JSON_TOKENS, PRINTABLE, TOKENS, TOML_TOKENS, mutated, resembling, text, varied
from lxml import etree, html
from pydantic import ValidationError

from annual_report import AnnualReport, Style, UnusableInputError, check, explain, load_style, loads, read, render
from annual_report.errors import MAX_LINE, MAX_LISTED
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.readers import PUBLISHED, SPREADSHEETS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from pydantic import BaseModel

    from annual_report.readers.reading import Reading

PROSE = ("preamble", *(key for key in SECTIONS if key not in TABLES))
ROOT = Path(__file__).parents[2]

Make = Callable[["Random"], Any]
Run = Callable[[Any], None]


@dataclass(frozen=True)
class Target:
    """One thing under attack.

    Parameters
    ----------
    name
        Its name.
    make
        Makes an input.
    run
        Uses it, and raises where a promise is broken; errors that are documented are among `refusals`.
    refusals
        What an unusable input may raise.
    weight
        How many inputs it is given in a round.
    """

    name: str
    make: Make
    run: Run
    refusals: tuple[type[Exception], ...] = ()
    weight: int = 10


TARGETS: dict[str, Target] = {}


def target(name: str, make: Make, *refusals: type[Exception], weight: int = 10) -> Callable[[Run], Run]:
    """Register a function as what runs a target."""

    def register(run: Run) -> Run:
        TARGETS[name] = Target(name, make, run, refusals, weight)
        return run

    return register


@cache
def corpus() -> tuple[Any, ...]:
    """Give the fixtures as values, and one with structured prose."""
    values = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "fixtures").glob("*.json"))]
    prose = {
        "overview": [
            {"level": 2, "heading": [{"text": "（一）甲。", "emphasis": True}], "body": [{"text": "乙"}]},
            {"body": [{"text": "收到政府信息公开申请"}, {"text": "3件", "emphasis": True}]},
        ],
        "title": "某局\n2023年政府信息公开工作年度报告",
        "issued_by": "某局",
        "issued_on": "2024-01-25",
    }
    return (*values, values[0] | prose)


def any_value(random: Random) -> Any:
    """Make what is hardly a report any more."""
    return varied(random, random.choice(corpus()))


def json_bytes(random: Random) -> bytes:
    """Make a report's JSON, with values or bytes changed, or both."""
    value = any_value(random) if random.random() < 0.7 else random.choice(corpus())
    data = _dumped(value, ensure_ascii=random.random() < 0.3, indent=random.choice((None, 2)))
    data = data.encode("utf-8", "surrogatepass")
    return mutated(random, data, JSON_TOKENS) if random.random() < 0.5 else data


def _dumped(value: Any, **options: Any) -> str:
    """Write a value as JSON, or something like it where JSON has no such value."""
    try:
        return json.dumps(value, default=repr, skipkeys=True, **options)
    except RecursionError:
        return "[" * 3000
    except ValueError:  # an integer too long to be written
        return "1" * 5000


def likely_report(random: Random) -> Any:
    """Make a report whose texts and numbers are changed but whose shape is right."""
    value = random.choice(corpus()).copy()
    tokens = TOKENS if random.random() < 0.1 else PRINTABLE
    for key in random.sample(PROSE, random.randint(1, 3)):
        value[key] = "\n".join(text(random, tokens) for _ in range(random.randint(0, 6)))
    for key in random.sample(("agency", "title", "issued_by"), random.randint(0, 2)):
        words = " ".join(text(random, tokens).split()) if key != "title" else text(random, tokens)
        value[key] = words[: random.choice((10, 60, 100, 500))] or "某局"
    for key in ("applications", "disputes"):
        value[key] = resembling(random, value[key], random.choice((0.0, 0.02, 1.0)))
    return value


def style_value(random: Random) -> Any:
    """Make what is hardly a style any more."""
    return varied(random, json.loads(Style().model_dump_json()))


def style_bytes(random: Random) -> bytes:
    """Make a style's TOML, with values or bytes changed, or both."""
    value = style_value(random) if random.random() < 0.7 else json.loads(Style().model_dump_json())
    data = "".join(_toml(value if isinstance(value, dict) else {"lines": value}, "")).encode("utf-8", "replace")
    return mutated(random, data, TOML_TOKENS) if random.random() < 0.6 else data


def _toml(value: dict[Any, Any], prefix: str) -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, float) and not math.isfinite(item):
            yield f"{prefix}{json.dumps(str(key))} = {item}\n"
        elif isinstance(item, dict) and prefix.count(".") < 40:
            yield from _toml(item, f"{prefix}{json.dumps(str(key))}.")
        elif item is not None:
            yield f"{prefix}{json.dumps(str(key))} = {_dumped(item)}\n"


_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def assert_told(error: UnusableInputError) -> None:
    """Expect an error's text to be safe to print, and not too long."""
    assert error.problems
    lines = str(error).split("\n")
    assert len(lines) == min(len(error.problems), MAX_LISTED + 1)
    assert not _UNSAFE.search(str(error))
    assert max(map(len, lines)) < 12 * MAX_LINE


def assert_same_again(report: AnnualReport) -> None:
    """Expect a report's JSON to give the same report."""
    assert loads(report.model_dump_json().encode()) == report


@target("json", json_bytes, UnusableInputError, weight=40)
def _json(data: bytes) -> None:
    try:
        report = loads(data, "年报.json")
    except UnusableInputError as error:
        assert_told(error)
        raise
    assert_same_again(report)


@target("model", any_value, ValidationError, weight=30)
def _model(value: Any) -> None:
    with told(AnnualReport, value):
        report = AnnualReport.model_validate(value)
    assert_same_again(report)


@contextmanager
def told(model: type[BaseModel], value: Any) -> Iterator[None]:
    """Expect a validation error to be explained."""
    try:
        yield
    except ValidationError as error:
        assert_told(UnusableInputError(explain(error, model, value), f"年报：{str(error)[:20]}"))
        raise


@target("style file", style_bytes, UnusableInputError, weight=20)
def _style_file(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(data)
        file.flush()
        try:
            load_style(file.name)
        except UnusableInputError as error:
            assert_told(error)
            raise


@target("style", style_value, ValidationError, weight=20)
def _style(value: Any) -> None:
    with told(Style, value):
        Style.model_validate(value)


@target("check", likely_report, ValidationError, weight=10)
def _check(value: Any) -> None:
    findings = check(AnnualReport.model_validate(value))
    assert json.loads(findings.to_json()) is not None
    for finding in findings:
        assert finding.message.text("zh")


@target("html", likely_report, ValidationError, weight=4)
def _html(value: Any) -> None:
    report = AnnualReport.model_validate(value)
    page = render(report, format="html", allow_findings=True)
    if in_sample(page, 10):
        html5lib.HTMLParser(strict=True).parse(page, transport_encoding="utf-8")
    (data,) = html.document_fromstring(page.decode()).xpath("//script[@id='annual-report']")
    assert AnnualReport.model_validate_json(data.text) == report
    assert render(report, format="html", allow_findings=True, fragment=True)
    assert render(report, format="html", allow_findings=True, fragment="inline")


@target("review", likely_report, ValidationError, weight=2)
def _review(value: Any) -> None:
    report = AnnualReport.model_validate(value)
    findings = check(report)
    page = html.document_fromstring(render(report, format="html", findings=findings).decode())
    assert len(page.xpath("//ul[@class='ar-notes']/li")) == len(findings)


def in_sample(document: bytes, one_in: int) -> bool:
    """Choose one in so many documents, whichever run they are made in."""
    return crc32(document) % one_in == 0


@target("docx", likely_report, ValidationError, weight=4)
def _docx(value: Any) -> None:
    document = render(AnnualReport.model_validate(value), allow_findings=True)
    assert_well_formed(document)
    if in_sample(document, 500):
        assert_valid(document)


def assert_valid(document: bytes) -> None:
    """Expect Microsoft's validator to find nothing in a Word document, where it is installed."""
    validator = shutil.which("ooxml-validator", path=f"{ROOT / 'node_modules/.bin'}{os.pathsep}{os.environ['PATH']}")
    if validator is None:
        return
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(document)
        file.flush()
        done = subprocess.run([validator, file.name], capture_output=True, text=True, check=False, timeout=120)
    assert json.loads(done.stdout)["errors"] == []


def assert_well_formed(document: bytes) -> None:
    """Expect every part of a Word document to be XML."""
    with ZipFile(BytesIO(document)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def likely_style(random: Random) -> Any:
    """Make a style whose numbers are changed a little."""
    return resembling(random, json.loads(Style().model_dump_json()), random.choice((0.02, 0.1)))


@target("styled documents", likely_style, ValidationError, weight=1)
def _styled(value: Any) -> None:
    style = Style.model_validate(value)
    report = AnnualReport.blank(agency="某自治区某自治州某县人民政府办公室", year=2023)
    assert_well_formed(render(report, style=style, allow_findings=True))
    html.document_fromstring(render(report, format="html", style=style, allow_findings=True).decode())


CONVERTED = {"doc", "rtf", "odt", "wordml", "xls", "ods"}
"""Formats that LibreOffice converts first, which takes a second for each file."""


def _reading(name: str) -> Target:
    def run(data: bytes) -> None:
        try:
            assert_read(read(data, name=f"某局2023年年度报告.{name}"))
        except UnusableInputError as error:
            assert_told(error)
            raise

    return Target(f"read {name}", partial(published_bytes, name=name), run, (UnusableInputError,), 1 + (name != "pdf"))


def assert_read(reading: Reading) -> None:
    """Expect a report that is a report, or a doubt that says why there is none."""
    assert reading.report is not None or reading.doubts
    if reading.report is not None:
        assert_same_again(reading.report)
    assert json.dumps(reading.to_dict())
    assert all(deviation.message.text("zh") for deviation in reading.deviations)


TARGETS |= {f"read {name}": _reading(name) for name in (*PUBLISHED, *SPREADSHEETS) if name not in CONVERTED}
