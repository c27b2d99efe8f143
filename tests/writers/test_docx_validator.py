"""Microsoft's own validator finds no error in any document, for any version of Office since 2010.

Each start of the validator reads one document and takes half a second. One document per style therefore holds the text
of all reports, which `joined` compares in all else. Usually only the oldest version is asked about, for the usual style
the newest too; the matrix has all versions, and every document by itself.
"""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from conftest import FIXTURES
from extremes import extremes
from extremes import render_anyway as render
from lxml import etree
from programs import require

from annual_report import Style, load
from annual_report.style import PRESETS

VERSIONS = ["Office2010", "Office2013", "Office2016", "Office2019", "Office2021", "Microsoft365"]
STYLES = {
    **PRESETS,
    "run in, no shading, one face, numbers in the middle": Style(
        sub_headings="run-in",
        band_shading=None,
        latin_apart=False,
        page_number={"form": "第{page}页", "position": "centre"},
    ),
    "own line, few characters": Style(sub_headings="own-line", characters=22, lines=20),
}
DOCUMENT = "word/document.xml"
PROPERTIES = "docProps/core.xml"


def documents(style) -> list[bytes]:
    reports = [*map(load, sorted(FIXTURES.glob("*.json"))), *extremes().values()]
    return [render(report, style=STYLES[style]) for report in reports]


def joined(contents: list[bytes]) -> bytes:
    """Make one document of several, which must not differ in any part but their text and their properties."""
    texts, others = [], []
    for content in contents:
        with ZipFile(BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        texts.append(etree.fromstring(parts.pop(DOCUMENT)))
        properties = parts.pop(PROPERTIES)
        others.append(parts)
    assert all(parts == others[0] for parts in others)
    whole = texts[0]
    for text in texts[1:]:
        whole[0].remove(whole[0][-1])  # the section's properties, which end each document
        whole[0].extend(list(text[0]))
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, part in (others[0] | {PROPERTIES: properties, DOCUMENT: etree.tostring(whole)}).items():
            archive.writestr(name, part)
    return buffer.getvalue()


@pytest.fixture
def errors(tmp_path):
    """Give the errors that the validator finds in documents, each for every one of some versions of Office."""
    validator = require("ooxml-validator")

    def validate(task) -> list[str]:
        path, version = task
        done = subprocess.run(
            [validator, path, "--officeVersion", version], capture_output=True, text=True, check=False, timeout=120
        )
        return [f"{path.name}, {version}: {error}" for error in json.loads(done.stdout)["errors"]]

    def errors(contents, versions) -> list[str]:
        paths = [tmp_path / f"{number}.docx" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        with ThreadPoolExecutor(2) as pool:
            found = pool.map(validate, [(path, version) for path in paths for version in versions])
            return [error for errors_ in found for error in errors_]

    return errors


@pytest.mark.parametrize(
    ("style", "versions"),
    [(style, VERSIONS[:: len(VERSIONS) - 1] if style == "gbt9704" else VERSIONS[:1]) for style in STYLES],
)
def test_no_error_in_the_oldest_and_the_newest_version(errors, style, versions):
    assert errors([joined(documents(style))], versions) == []


@pytest.mark.matrix
@pytest.mark.parametrize("style", STYLES)
def test_no_error_in_any_version(errors, style):
    assert errors([joined(documents(style))], VERSIONS) == []


@pytest.mark.matrix
@pytest.mark.parametrize("style", STYLES)
def test_no_error_in_any_document_by_itself(errors, style):
    assert errors(documents(style), VERSIONS[:1]) == []


def test_an_error_in_the_middle_of_a_joined_document_is_found(errors):
    first, second, *_ = documents("gbt9704")
    with ZipFile(BytesIO(second)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part.replace(b"<w:gridSpan ", b"<w:gridspan ", 1) if name == DOCUMENT else part)
    (error,) = errors([joined([first, buffer.getvalue(), first])], [VERSIONS[-1]])
    assert "gridspan" in error
