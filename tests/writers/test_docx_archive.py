"""The archive of a Word file is what `zipfile` writes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from annual_report.writers.docx.archive import Archive

NAMES = st.text("abcXYZ019._[]/-", min_size=1, max_size=40)
PARTS = st.dictionaries(NAMES, st.tuples(st.binary(max_size=3000), st.sampled_from([1, 3, 9])), max_size=6)


NUMBERS = b" ".join(b"%d" % number for number in range(2000))
"""What each level compresses otherwise."""


@settings(deadline=None)
@example({str(level): (NUMBERS, level) for level in range(1, 10)})
@given(PARTS)
def test_an_archive_is_the_same_as_zipfiles(parts):
    archive, expected = Archive(), BytesIO()
    with ZipFile(expected, "w") as written:
        for name, (content, level) in parts.items():
            archive = archive.adding(name, content, level)
            entry = ZipInfo(name)
            entry.create_system = 0
            written.writestr(entry, content, ZIP_DEFLATED, level)
    assert bytes(archive) == expected.getvalue()
    with ZipFile(BytesIO(bytes(archive))) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == {name: parts[name][0] for name in parts}
