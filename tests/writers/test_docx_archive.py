"""The archive of a Word file is what `zipfile` writes, or is read as it was written where isal compresses it."""

from __future__ import annotations

import subprocess
import sys
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annual_report.writers.docx import archive
from annual_report.writers.docx.archive import Archive, quick, smallest

NAMES = st.text("abcXYZ019._[]/-", min_size=1, max_size=40)
PARTS = st.dictionaries(NAMES, st.tuples(st.binary(max_size=3000), st.sampled_from([smallest, quick])), max_size=6)
NUMBERS = b" ".join(b"%d" % number for number in range(2000))
"""What each level compresses otherwise."""

BOTH = example({"a": (NUMBERS, smallest), "b": (NUMBERS, quick), "c": (NUMBERS[:2000], quick)})


def archived(parts):
    made = Archive()
    for name, (content, deflate) in parts.items():
        made = made.adding(name, content, deflate)
    return bytes(made)


@BOTH
@given(PARTS)
def test_an_archive_is_read_as_it_was_written(parts):
    with ZipFile(BytesIO(archived(parts))) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == {name: parts[name][0] for name in parts}


@BOTH
@given(PARTS)
def test_without_isal_an_archive_is_the_same_as_zipfiles(parts):
    expected = BytesIO()
    with ZipFile(expected, "w") as written:
        for name, (content, deflate) in parts.items():
            entry = ZipInfo(name)
            entry.create_system = 0
            quickly = 3 if len(content) > 2000 else 0
            written.writestr(entry, content, ZIP_DEFLATED, quickly if deflate is quick else 9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "quick_zlib", zlib)
        patch.setattr(archive, "QUICK", 3)
        assert archived(parts) == expected.getvalue()


def test_isal_is_used_only_where_it_is_installed():
    code = (
        "import sys, zlib\n{}from annual_report.writers.docx.archive import QUICK, quick_zlib\n"
        "print(quick_zlib.__name__, QUICK)"
    )
    printed = [
        subprocess.run([sys.executable, "-c", code.format(line)], capture_output=True, text=True, check=True).stdout
        for line in ("", "sys.modules['isal'] = None\n")
    ]
    assert printed == ["isal.isal_zlib 1\n", "zlib 3\n"]
