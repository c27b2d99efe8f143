"""Workbooks that nobody fills in: damaged, hostile, or larger than any report."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from conftest import ends_soon
from workbooks import rewritten

from annual_report import UnusableInputError, read
from annual_report.writers.xlsx import write_report

SHEET = "xl/worksheets/sheet5.xml"


@pytest.fixture(scope="module")
def workbook(large_city):
    return write_report(large_city)


def with_sheet(workbook, change):
    return rewritten(workbook, lambda name, content: change(content) if name == SHEET else content)


def cells(count, first="<row r='50'>"):
    return first.encode() + b"".join(b"<c r='A%d'><v>1</v></c>" % (50 + index) for index in range(count)) + b"</row>"


HOSTILE = {
    "a zip bomb": lambda content: content.replace(b"</sheetData>", b" " * 40_000_000 + b"</sheetData>"),
    "a million cells": lambda content: content.replace(b"</sheetData>", cells(1_000_000) + b"</sheetData>"),
    "the last cell there is": lambda content: content.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    ),
    "cells far apart": lambda content: content.replace(
        b"</sheetData>", b'<row r="20000"><c r="GR20000"><v>1</v></c></row></sheetData>'
    ),
    "a merged area over everything": lambda content: content.replace(
        b"</sheetData>", b'<row r="9999"><c r="A9999"><v>1</v></c></row></sheetData>'
    ).replace(b"</mergeCells>", b'<mergeCell ref="A1:ZZZ9999999"/></mergeCells>'),
    "one area merged over and over": lambda content: content.replace(
        b"</mergeCells>", b'<mergeCell ref="A1:ZZ30"/>' * 10_000 + b"</mergeCells>"
    ),
    "a cell with a place that is none": lambda content: content.replace(b'r="A4"', b'r="A0"', 1),
    "an entity bomb": lambda content: content.replace(
        b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet', 1
    ),
    "half a sheet": lambda content: content[: len(content) // 2],
}


@ends_soon
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_workbooks_are_refused(workbook, kind):
    hostile = with_sheet(workbook, HOSTILE[kind])
    with pytest.raises(UnusableInputError) as caught:
        read(hostile, name="年报.xlsx")
    assert len(str(caught.value).splitlines()) == 1


def test_a_file_cut_short_is_refused(workbook):
    with pytest.raises(UnusableInputError, match="损坏"):
        read(workbook[: len(workbook) // 2], name="年报.xlsx")


def test_a_form_whose_sheets_are_lost_is_in_doubt(workbook):
    empty = rewritten(workbook, lambda name, content: None if "worksheets" in name else content)
    assert [doubt.id for doubt in read(empty, name="年报.xlsx").doubts] == ["table.blank"] * 3


def test_external_links_are_not_followed(workbook, large_city):
    """A formula that refers to another workbook has the value that is stored with it."""

    def linked(content):
        before, found, rest = content.partition(b'<c r="A7"')
        start, _, rest = rest.partition(b"<v>")
        return before + found + start + b"<f>'file:///etc/[passwd]x'!A1</f><v>" + rest

    assert read(with_sheet(workbook, linked), name="年报.xlsx").report == large_city


def test_a_password_is_named():
    with pytest.raises(UnusableInputError, match="密码"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))


def test_a_workbook_of_something_else_is_told():
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    target = BytesIO()
    book.save(target)
    with pytest.raises(UnusableInputError):
        read(target.getvalue(), name="通讯录.xlsx")


def test_dates_after_1904_are_the_days_that_are_shown(large_city):
    data = large_city.model_dump(mode="json") | {"issued_on": "2026-01-20"}
    written = write_report(type(large_city).model_validate(data))
    with zipfile.ZipFile(BytesIO(written)) as archive:
        assert b"date1904" not in archive.read("xl/workbook.xml")
    assert str(read(written, name="年报.xlsx").report.issued_on) == "2026-01-20"


def test_cells_that_do_not_name_their_place_are_read_in_order(workbook, large_city):
    unplaced = with_sheet(workbook, lambda content: re.sub(rb'(<c) r="[A-Z]+[0-9]+"', rb"\1", content))
    assert b'r="A4"' not in zipfile.ZipFile(BytesIO(unplaced)).read(SHEET)
    assert read(unplaced, name="年报.xlsx").report == large_city


@pytest.mark.parametrize("damaged", [b' t="s"><v>99999</v>', b"><v>1_0</v>", b"><v>1e999</v>", b"><v>nan</v>"])
def test_a_damaged_number_is_in_doubt_and_no_zero(workbook, damaged):
    reading = read(
        with_sheet(workbook, lambda content: re.sub(rb'(<c r="B7"[^>]*)><v>[^<]*</v>', rb"\1" + damaged, content)),
        name="年报.xlsx",
    )
    assert [(doubt.id, doubt.location.cell[-2:]) for doubt in reading.doubts] == [("value.not_calculated", "B7")]


def test_a_day_beyond_the_calendar_is_no_date(workbook):
    def change(name, content):
        if name == "xl/workbook.xml":
            return content.replace(b"<workbookPr", b'<workbookPr date1904="1"')
        return content.replace(b'<c r="B9" s="6"/>', b'<c r="B9" s="6"><v>2958465</v></c>')

    with pytest.raises(UnusableInputError, match="B9"):
        read(rewritten(workbook, change), name="年报.xlsx")


def test_half_a_character_stays_as_it_is_written(workbook):
    def change(name, content):
        return content.replace("落实".encode(), b"_xD83D_", 1) if name == "xl/sharedStrings.xml" else content

    report = read(rewritten(workbook, change), name="年报.xlsx").report
    assert report is not None
    assert report.model_dump_json().encode()
