"""The objects of a PDF, and parts of them replaced."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_pdf import raw_pdf

from annual_report.writers.pdf_objects import cross_references, replace

OBJECTS = [b"<< /Note (%d) >>" % number for number in range(12)]
PDF = raw_pdf("BT /F1 12 Tf 50 50 Td <7532> Tj ET", "", objects=OBJECTS)


def numbered(content: bytes) -> list[bytes]:
    """Return the heads of the objects that the file's table leads to."""
    return [re.match(rb"\d+ 0 obj\b", content[offset:])[0] for offset in cross_references(content).offsets]


def test_the_table_leads_to_every_object():
    table = cross_references(PDF)
    assert len(table.offsets) == PDF.count(b" 0 obj")
    assert [int(head.split()[0]) for head in numbered(PDF)] == list(range(1, len(table.offsets) + 1))
    assert PDF[slice(*table.pointer)].isdigit()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", PDF[:-20], PDF.replace(b"xref\n0 ", b"xref\n1 ")])
def test_a_file_without_a_table_has_none(content):
    assert cross_references(content) is None


@given(st.dictionaries(st.integers(0, len(OBJECTS) - 1), st.integers(0, 300)))
def test_objects_are_found_again_after_parts_of_them_have_grown_or_shrunk(lengths):
    changes = {}
    for number, length in lengths.items():
        (found,) = re.finditer(rb"/Note \(%d\)" % number, PDF)
        changes[found.span()] = b" " * length
    changed = replace(PDF, cross_references(PDF), changes)
    assert numbered(changed) == numbered(PDF)
    assert len(pypdfium2.PdfDocument(changed)) == 2
    assert all((b"/Note (%d)" % number in changed) == (number not in lengths) for number in range(len(OBJECTS)))


def test_without_changes_the_file_is_the_same():
    assert replace(PDF, cross_references(PDF), {}) == PDF
