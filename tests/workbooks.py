"""Workbooks calculated by LibreOffice, whose stored values were made wrong first, so that only its own count."""

from __future__ import annotations

import os
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import html
from programs import require, run

from annual_report.document.workbook import Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RED = "#FFC7CE"

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""
_CALCULATED = re.compile(rb"(<f>[^<]*</f><v>)[^<]*(</v>)")


def rewritten(workbook: bytes, change) -> bytes:
    """Rewrite the parts of a workbook: `change` takes a part's name and content, and gives the content, or None."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                written.writestr(name, content)
    return target.getvalue()


def spoilt(workbook: bytes) -> bytes:
    """Plant a wrong value beside every formula."""
    return rewritten(workbook, lambda _, content: _CALCULATED.sub(rb"\g<1>424242\g<2>", content))


def converted(workbooks: Iterable[bytes], folder: Path, kind: str) -> list[bytes]:
    """Let one LibreOffice calculate workbooks anew and save them in another format."""
    soffice = require("soffice")
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    paths = []
    for number, workbook in enumerate(workbooks):
        paths.append(folder / f"{number}.xlsx")
        paths[-1].write_bytes(workbook)
    command = [soffice, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", kind]
    run(*command, "--outdir", folder / kind, *paths, env=os.environ | {"HOME": str(folder)})
    return [(folder / kind / f"{path.stem}.{kind}").read_bytes() for path in paths]


def red_cells(page: bytes) -> set[Address]:
    """Find the cells of a workbook saved as a web page that are red, by a conditional format."""
    root = html.fromstring(page.decode("utf-8", "replace"))
    names = [heading.text_content().partition(":")[2].strip() for heading in root.iter("h1")]
    tables = list(root.iter("table"))
    names = [name for name in names if name]
    assert len(names) == len(tables)
    return {
        Address(name, row, column)
        for name, table in zip(names, tables, strict=True)
        for row, column, cell in _placed(table)
        if (cell.get("bgcolor") or "").upper() == RED
    }


def _placed(table) -> Iterator[tuple[int, int, html.HtmlElement]]:
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iter("td"):
            while (row, column) in taken:
                column += 1
            rows, columns = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
            yield row, column, cell
