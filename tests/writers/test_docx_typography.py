"""What the Word document says about Chinese typesetting, read from its parts."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from extremes import render_anyway as render
from lxml import etree

from annual_report import Style
from annual_report.style import PRESETS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = ("0", "false", "off")
MM = 1440 / 25.4
"""A millimetre in twips."""
TABLE_STYLES = [f"{table}{role}" for table in ("Item", "Table") for role in ("Label", "Header", "Number")]


def parts(report, style=None):
    """Give the XML parts of a report's document by their file names."""
    with ZipFile(BytesIO(render(report, style=style))) as archive:
        return {
            name.rpartition("/")[2]: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xml")
        }


@pytest.fixture(scope="module")
def document(seed):
    return parts(seed)


def value(element, name):
    return element.find(f"{W}{name}").get(f"{W}val")


def is_on(document, style, name):
    """Tell whether a paragraph style, or the one it is based on, turns a property on."""
    found = document["styles.xml"].find(f"{W}style[@{W}styleId='{style}']")
    own = found.find(f"{W}pPr/{W}{name}")
    if own is not None:
        return own.get(f"{W}val") not in OFF
    based = found.find(f"{W}basedOn")
    return based is not None and is_on(document, based.get(f"{W}val"), name)


@pytest.mark.parametrize("style", PRESETS)
def test_the_page_number_is_7_mm_below_the_type_area(seed, style):
    size = PRESETS[style].fonts.page_number.size
    assert PRESETS[style].page_number.below == 7
    assert below(parts(seed, style), size) == pytest.approx(7, abs=0.1)


def test_the_page_number_is_as_far_below_as_a_style_says(seed):
    assert below(parts(seed, Style(page_number={"below": 10})), 14) == pytest.approx(10, abs=0.1)


def below(document, size):
    """Give the distance from the type area to the middle of the page number's line, 1.25 of its type high."""
    margins = document["document.xml"].find(f".//{W}pgMar")
    bottom, footer = (int(margins.get(f"{W}{side}")) for side in ("bottom", "footer"))
    return (bottom - footer - size * 1.25 * 20 / 2) / MM


@pytest.mark.parametrize("style", ["Normal", "BodyText", "Title", "Heading1", "Heading4", "TableLabel", "ItemLabel"])
def test_stops_stay_off_the_beginning_of_lines(document, style):
    assert is_on(document, style, "kinsoku")
    assert is_on(document, style, "overflowPunct")


def test_the_marks_that_begin_and_end_no_line_are_listed_for_chinese(document):
    settings = document["settings.xml"]
    for name, marks in (
        ("noLineBreaksBefore", "，。、；：！？）》〉”’」』】〕％"),
        ("noLineBreaksAfter", "（《〈“‘「『【〔"),
    ):
        element = settings.find(f"{W}{name}")
        assert element.get(f"{W}lang") == "zh-CN"
        assert set(element.get(f"{W}val")) == set(marks)


@pytest.mark.parametrize("name", ["autoSpaceDE", "autoSpaceDN"])
def test_digits_and_letters_stand_apart_from_chinese_but_where_widths_are_fixed(document, name):
    assert [style for style in ("BodyText", "Title", "Heading1", "Heading4") if not is_on(document, style, name)] == []
    assert [style for style in ("Signature", "Date", *TABLE_STYLES) if is_on(document, style, name)] == []


@pytest.mark.parametrize("name", ["seed", "housing_bureau"])
def test_chinese_text_is_zh_cn_and_digits_are_en_us(request, name):
    document = parts(request.getfixturevalue(name))
    languages = [element for part in document.values() for element in part.iter(f"{W}lang")]
    assert languages
    assert {element.get(f"{W}eastAsia") for element in languages} == {"zh-CN"}
    assert {element.get(f"{W}val") for element in languages} == {"en-US"}
    theme = document["settings.xml"].find(f"{W}themeFontLang")
    assert (theme.get(f"{W}val"), theme.get(f"{W}eastAsia")) == ("zh-CN", "zh-CN")


def test_every_typeface_of_the_standard_has_its_other_names(document):
    others = {
        font.get(f"{W}name"): value(font, "altName").split(",") for font in document["fontTable.xml"].iter(f"{W}font")
    }
    expected = {
        "方正小标宋简体": "FZXiaoBiaoSong-B05S",
        "仿宋_GB2312": "仿宋",
        "楷体_GB2312": "楷体",
        "黑体": "SimHei",
        "宋体": "SimSun",
        "Times New Roman": "Liberation Serif",
    }
    assert others.keys() == expected.keys()
    assert {name: other for name, other in expected.items() if other not in others[name]} == {}


@pytest.mark.parametrize("name", ["seed", "large_city", "housing_bureau"])
def test_the_spine_runs_downwards_and_no_other_label_does(request, name):
    report = request.getfixturevalue(name)
    tables = list(parts(report)["document.xml"].iter(f"{W}tbl"))
    spines = [cell.text for cell in report.form.grids["applications"].cells if cell.role == "spine"]
    assert len(spines) == 1
    first, second, third = map(downwards, tables)
    assert (first, set(second), third) == ([], set(spines), [])


def downwards(table):
    """Give the texts that run downwards."""
    cells = [cell for cell in table.iter(f"{W}tc") if cell.find(f"{W}tcPr/{W}textDirection") is not None]
    assert all(value(cell.find(f"{W}tcPr"), "textDirection") in ("tbRl", "tbRlV") for cell in cells)
    return list(filter(None, ("".join(cell.itertext(f"{W}t")) for cell in cells)))


@pytest.mark.parametrize("style", PRESETS)
def test_labels_are_narrowed_where_they_would_break_within_words(seed, style):
    indents = [
        sum(int(indent.get(f"{W}{side}", "0")) for side in ("left", "right"))
        for table in list(parts(seed, style)["document.xml"].iter(f"{W}tbl"))[1:]
        for indent in table.iter(f"{W}ind")
    ]
    assert len([indent for indent in indents if indent]) >= 5
