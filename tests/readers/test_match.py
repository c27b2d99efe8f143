"""The form's labels find the cells of our own tables, and of tables with every habit of real offices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from found_blocks import Box, Sheet, collapsed, rows_of, sheet, split, table, unmerged, with_row, without_columns
from hypothesis import given
from hypothesis import strategies as st

from annual_report.form import registry
from annual_report.readers.match import place

SECTIONS = ("proactive_disclosure", "applications", "disputes")
every_table = pytest.mark.parametrize(
    ("edition", "section"), [(edition, section) for edition in ("2019", "2021") for section in SECTIONS]
)


def grid(edition, section):
    return registry.find(edition).grids[section]


def numbered(edition, section):
    """A table in which every cell has a number of its own, so that no other can pass for it."""
    values = grid(edition, section).values
    return sheet(section, grid(edition, section), [str(1000 + index) for index in range(len(values))])


def placed(edition, section, *pieces):
    return place([table(piece, number) for number, piece in enumerate(pieces, 1)], grid(edition, section), section)


def is_whole(placement, edition, section):
    for index, value in enumerate(grid(edition, section).values):
        assert placement.cells[value.path].text == str(1000 + index), value.path
        assert value.path not in placement.doubtful, value.path
    return True


def is_right_or_in_doubt(placement, edition, section):
    for index, value in enumerate(grid(edition, section).values):
        if value.path in placement.cells and value.path not in placement.doubtful:
            assert placement.cells[value.path].text.strip() in {str(1000 + index), ""}, value.path
    return True


@every_table
def test_every_cell_of_our_own_tables_is_found(edition, section):
    placement = placed(edition, section, numbered(edition, section))
    assert is_whole(placement, edition, section)
    assert (placement.notes, placement.cost) == ([], 0)


@every_table
@pytest.mark.parametrize("repeat", [True, False])
def test_merging_may_be_removed(edition, section, repeat):
    placement = placed(edition, section, unmerged(numbered(edition, section), repeat=repeat))
    assert is_whole(placement, edition, section)


@every_table
@pytest.mark.parametrize("keep_rows_spans", [True, False])
def test_spans_may_be_lost_altogether(edition, section, keep_rows_spans):
    """As in a text pasted from a page; the sums of the rows would be checked, so totals are left out."""
    one = numbered(edition, section)
    for box in one.boxes:
        if box.path.endswith("total") and section == "applications":
            box.text = " "
    placement = placed(edition, section, collapsed(one, keep_rows_spans=keep_rows_spans))
    assert is_right_or_in_doubt(placement, edition, section)
    leaves = [value.path for value in grid(edition, section).values if not value.path.endswith("total")]
    assert all(path in placement.cells and path not in placement.doubtful for path in leaves)


@every_table
@pytest.mark.parametrize("heads", [True, False])
def test_a_table_may_be_split_anywhere(edition, section, heads):
    whole = numbered(edition, section)
    for row in range(1, whole.height):
        if heads and section == "proactive_disclosure":
            continue  # its heads are many
        placement = placed(edition, section, *split(whole, [row], heads=heads and row >= whole.head_rows))
        assert is_whole(placement, edition, section), row


def test_a_table_may_be_split_in_three():
    whole = numbered("2021", "applications")
    assert is_whole(placed("2021", "applications", *split(whole, [9, 20], heads=False)), "2021", "applications")


@pytest.mark.parametrize("blank", [True, False])
def test_the_spine_may_be_missing(blank):
    whole = numbered("2021", "applications")
    spine = whole.label("三、本年度办理结果")
    if blank:
        spine.text = ""
        assert is_whole(placed("2021", "applications", whole), "2021", "applications")
    else:
        assert is_whole(placed("2021", "applications", without_columns(whole, 1)), "2021", "applications")


def test_the_spine_may_be_cut_by_the_end_of_a_page():
    first, second = split(numbered("2021", "applications"), [14], heads=False)
    first.label("三、本年度办理结果").text = "三、本年度办"
    next(box for box in second.boxes if box.column == 0 and not box.text).text = "理结果"
    assert is_whole(placed("2021", "applications", first, second), "2021", "applications")


@pytest.mark.parametrize("blank_is_first", [True, False])
@pytest.mark.parametrize(
    ("label", "at"),
    [("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 9), ("5.要求行政机关确认或重新出具已获取信息", 8)],
)
def test_a_label_may_be_cut_by_the_end_of_a_page(label, at, blank_is_first):
    whole = numbered("2021", "applications")
    box = whole.label(label)
    rest, box.text = box.text[at:], box.text[:at]
    columns = [(column, 1, "") for column in range(3, 10)]
    whole = with_row(whole, box.row + 1, [(box.column, box.columns, rest), *columns])
    if blank_is_first:
        for column in range(3, 10):
            above = next(one for one in whole.boxes if (one.row, one.column) == (box.row, column))
            below = next(one for one in whole.boxes if (one.row, one.column) == (box.row + 1, column))
            above.text, below.text = below.text, above.text
    placement = placed("2021", "applications", *split(whole, [box.row + 1], heads=False))
    assert is_whole(placement, "2021", "applications")


def test_a_rows_total_may_have_its_heading_in_another_row():
    """The form has 总计 below 申请人情况, offices beside it or in a row of its own."""
    for row, rows in ((0, 3), (0, 1), (2, 1)):
        whole = numbered("2021", "applications")
        head = next(box for box in whole.boxes if box.text == "申请人情况")
        total = next(box for box in whole.boxes if box.text == "总计" and box.row < 3)
        total.row, total.rows = row, rows
        if row == 0:
            head.columns -= 1
        assert is_whole(placed("2021", "applications", whole), "2021", "applications")


@every_table
def test_a_caption_row_and_a_note_row_do_not_count(edition, section):
    whole = with_row(numbered(edition, section), 0, [(0, numbered(edition, section).width, "单位：件")])
    whole = with_row(whole, whole.height, [(0, whole.width, "注：2.其他一项含上年结转的申请。")])
    assert is_whole(placed(edition, section, whole), edition, section)


def test_an_extra_row_is_told_and_left_out():
    whole = numbered("2021", "proactive_disclosure")
    row = whole.label("行政规范性文件").row
    whole = with_row(whole, row + 1, [(0, 1, "其他主动公开文件"), (1, 1, "8"), (2, 1, "8"), (3, 1, "8")])
    placement = placed("2021", "proactive_disclosure", whole)
    assert is_whole(placement, "2021", "proactive_disclosure")
    (note,) = placement.notes
    assert (note.id, note.severity) == ("row.extra", "info")
    assert [cell.text for cell in note.cells] == ["其他主动公开文件", "8", "8", "8"]


REWORDED = {
    "proactive_disclosure": {
        "行政规范性文件": ["规范性文件", "行政规范性 文件", "行政规范性文件（含部门联合发文）"],
        "现行有效件数": ["现行有效件", "现行有效件数（历史累计）", "现行\n有效件数"],
        "本年废止件数": ["本年度止件数", "本年废止 件数"],
        "第二十条第（一）项": ["第二十条 第（一）项", "第二十条第(一)项", "第二十条 第一款"],
        "本年收费金额（单位：万元）": ["本年收费金额(单位:万元)", "本年收费金额", "本年收费金额 （单位：万元）"],
        "信息内容": ["信息 内容", "信息", "内容"],
    },
    "applications": {
        "2.其他法律行政法规禁止公开": [
            "2.其他法律行政止公开",
            "2、其他法律行政法规禁止公开",
            "其他法律、行政法规禁止公开",
        ],
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": [
            "1.逾期不补正",
            "1.申请人无正当理由逾期不补正",
        ],
        "（七）总计": ["(七) 总计", "（七）总 计", "总计"],
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": ["（二）部分公开", "(二)部分公开(区分处理的)"],
        "3.危及“三安全一稳定”": ['3.危及"三安全一稳定"', "3危及三安全一稳定", "３．危及“三安全\n一稳定”"],
        "一、本年新收政府信息公开申请数量": ["一、本年新收申请数量", "一、本年新收政府信息公开申请数量（件）"],
        "（三）不予公开": ["（三）不予\n公开", "三不予公开", ""],
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）": [
            "",
            "项目",
            "（本列数据的勾稽关系为：…）",
        ],
        "商业企业": ["商业\n企业", "商 业 企 业"],
        "社会公益组织": ["社会公益\n组织", "社会公益组识"],
    },
    "disputes": {
        "未经复议直接起诉": ["未经复议\n直接起诉", "未经复议直接诉讼"],
        "结果维持": ["结果\n维持", "结 果 维 持"],
        "总计": ["总 计", "合计"],
    },
}


@pytest.mark.parametrize(
    ("section", "label", "printed"),
    [
        (section, label, text)
        for section, labels in REWORDED.items()
        for label, texts in labels.items()
        for text in texts
    ],
)
def test_labels_may_be_worded_otherwise(section, label, printed):
    whole = numbered("2021", section)
    for box in whole.boxes:
        if box.text == label:
            box.text = printed
    assert is_whole(placed("2021", section, whole), "2021", section)


@pytest.mark.parametrize("style", ["1、{}", "1．{}", "（1）{}", "①{}", "{}", " 1. {} "])
def test_rows_may_be_numbered_otherwise(style):
    whole = numbered("2021", "applications")
    for box in whole.boxes:
        number, dot, words = box.text.partition(".")
        if dot and number.isdigit():
            box.text = style.format(words).replace("1", number)
    assert is_whole(placed("2021", "applications", whole), "2021", "applications")


def test_the_last_group_as_one_row_gives_its_numbers_to_the_row_for_the_rest():
    whole = numbered("2021", "applications")
    first = whole.label("（六）其他处理").row
    whole = rows_of(whole, [row for row in range(whole.height) if row not in {first, first + 1}])
    whole.label("3.其他").text = ""
    whole.boxes = [box for box in whole.boxes if box.row != first or box.column != 1]
    whole.boxes.append(type(whole.boxes[0])(first, 1, 1, 1, "（六）其他处理"))
    placement = placed("2021", "applications", whole)
    other = grid("2021", "applications").values
    expected = {value.path: str(1000 + index) for index, value in enumerate(other)}
    for column in ("natural_person", "other_organization", "total"):
        path = f"outcomes.other_handling.other.{column}"
        assert placement.cells[path].text == expected[path]
    assert "outcomes.other_handling.fee_overdue.natural_person" in placement.zeros
    assert [(note.id, note.severity, note.path) for note in placement.notes] == [
        ("row.as_one", "info", "outcomes.other_handling")
    ]
    assert not placement.doubtful


def test_rows_in_another_order_are_found_by_their_labels():
    whole = numbered("2021", "proactive_disclosure")
    one, other = whole.label("行政处罚").row, whole.label("行政强制").row
    for box in whole.boxes:
        box.row = {one: other, other: one}.get(box.row, box.row)
    assert is_whole(placed("2021", "proactive_disclosure", whole), "2021", "proactive_disclosure")


def test_columns_in_another_order_are_found_by_their_labels():
    whole = numbered("2021", "applications")
    for box in whole.boxes:
        if box.columns == 1 and box.column in {4, 5} and box.row > 1:
            box.column = 9 - box.column
    assert is_whole(placed("2021", "applications", whole), "2021", "applications")


@every_table
def test_a_row_that_is_missing_is_in_doubt_and_no_other_takes_its_place(edition, section):
    whole = numbered(edition, section)
    for row in range(whole.height):
        paths = {box.path for box in whole.row(row) if box.path}
        if not paths:
            continue
        placement = placed(edition, section, rows_of(whole, [one for one in range(whole.height) if one != row]))
        assert is_right_or_in_doubt(placement, edition, section)
        leaves = {path for path in paths if "total" not in path.split(".")}
        assert leaves <= placement.doubtful
        if leaves != paths or section != "applications":
            assert not (placement.doubtful - paths)


@every_table
def test_a_row_that_is_there_twice_is_in_doubt(edition, section):
    whole = numbered(edition, section)
    for row in range(whole.height):
        paths = {box.path for box in whole.row(row) if box.path}
        if not paths:
            continue
        twice = rows_of(whole, range(whole.height))
        again = [(box.column, box.columns, box.text) for box in twice.boxes if box.row == row and box.rows == 1]
        twice = with_row(twice, row + 1, again)
        placement = placed(edition, section, twice)
        assert is_right_or_in_doubt(placement, edition, section)
        assert paths <= placement.doubtful


@every_table
def test_a_cell_that_is_missing_puts_its_row_in_doubt(edition, section):
    """Whatever a row's other cells then stand below, none is taken for another."""
    whole = numbered(edition, section)
    for gone in [box for box in whole.boxes if box.path]:
        boxes = [
            type(box)(box.row, box.column - (box.row == gone.row and box.column > gone.column), *_rest(box))
            for box in whole.boxes
            if box is not gone
        ]
        placement = placed(edition, section, type(whole)(section, boxes, whole.head_rows))
        assert is_right_or_in_doubt(placement, edition, section), gone.path


def _rest(box):
    return box.rows, box.columns, box.text, box.path


@every_table
def test_a_number_in_a_merged_cell_is_in_doubt(edition, section):
    whole = numbered(edition, section)
    one, other = next(
        (box, other)
        for box in whole.boxes
        for other in whole.boxes
        if box.path and other.path and (box.row, box.column + 1) == (other.row, other.column)
    )
    whole.boxes.remove(other)
    one.columns = 2
    placement = placed(edition, section, whole)
    assert is_right_or_in_doubt(placement, edition, section)
    assert {one.path, other.path} - {"total"} <= placement.doubtful | {other.path}
    assert one.path in placement.doubtful


@given(st.data())
def test_whatever_is_taken_away_no_cell_is_taken_for_another(data):
    edition = data.draw(st.sampled_from(["2019", "2021"]))
    section = data.draw(st.sampled_from(SECTIONS))
    whole = numbered(edition, section)
    for _ in range(data.draw(st.integers(1, 3))):
        box = data.draw(st.sampled_from(whole.boxes))
        match data.draw(st.sampled_from(["blank", "gone", "shifted", "row", "label"])):
            case "blank":
                box.text = ""
            case "gone":
                whole.boxes.remove(box)
            case "shifted":
                for other in whole.boxes:
                    other.column += other.row == box.row and other.column >= box.column
            case "row":
                whole = rows_of(whole, [row for row in range(whole.height) if row != box.row] or [0])
            case "label":
                if not box.path and len(box.text) > 4:
                    at = data.draw(st.integers(0, len(box.text) - 2))
                    box.text = box.text[:at] + box.text[at + 1 :]
    assert is_right_or_in_doubt(placed(edition, section, whole), edition, section)


KINDS = ["行政复议", "未经复议直接起诉", "复议后起诉"]


@pytest.mark.parametrize("written", ["行政诉讼（{}）", "行政诉讼\n{}", "{}行政诉讼"])
def test_both_labels_of_a_group_may_be_one(written):
    disputes = numbered("2021", "disputes")
    suits = disputes.label("行政诉讼")
    disputes.boxes.remove(suits)
    for kind in KINDS[1:]:
        box = disputes.label(kind)
        box.text, box.row, box.rows = written.format(kind), 0, 2
    assert is_whole(placed("2021", "disputes", disputes), "2021", "disputes")


def one_table_each(disputes):
    """Give each group as a table of its own."""
    suits = disputes.label("行政诉讼")
    pieces = []
    for nth in range(3):
        boxes = [replace(box, column=box.column % 5) for box in disputes.boxes if box.column // 5 == nth]
        for box in boxes:
            box.columns = min(box.columns, 5)
        pieces.append(Sheet("disputes", [*boxes, replace(suits, column=0, columns=5)] if nth == 2 else boxes))
    return pieces


def test_each_group_may_be_a_table_of_its_own():
    assert is_whole(placed("2021", "disputes", *one_table_each(numbered("2021", "disputes"))), "2021", "disputes")


def wider(disputes, at, head, value):
    """Insert a column without a number."""
    boxes = [replace(box, column=box.column + (box.column >= at)) for box in disputes.boxes]
    return Sheet("disputes", [*boxes, Box(0, at, 3, 1, head), Box(3, at, 1, 1, value)])


@pytest.mark.parametrize("at", [0, 15])
@pytest.mark.parametrize(("head", "value"), [("", ""), ("", "件数"), ("项目", "数量"), ("序号", "1")])
def test_a_row_of_values_may_have_a_column_that_is_none_of_the_forms(at, head, value):
    assert is_whole(
        placed("2021", "disputes", wider(numbered("2021", "disputes"), at, head, value)), "2021", "disputes"
    )


def test_a_note_in_a_row_below_the_values_is_no_value():
    disputes = numbered("2021", "disputes")
    notes = [Box(4, 0, 1, 14, "备注：以上数据不含垂直管理部门。"), Box(4, 14, 1, 1, "")]
    assert is_whole(placed("2021", "disputes", Sheet("disputes", [*disputes.boxes, *notes])), "2021", "disputes")


def test_a_number_in_a_column_without_a_label_is_no_value():
    placement = placed("2021", "disputes", wider(numbered("2021", "disputes"), 5, "", "7"))
    assert is_right_or_in_doubt(placement, "2021", "disputes")
    assert placement.doubtful


def test_a_row_of_values_may_have_other_columns_than_its_labels():
    disputes = numbered("2021", "disputes")
    boxes = [replace(box, column=2 * box.column, columns=2 * box.columns) for box in disputes.boxes]
    for box in boxes:
        if box.path and box.column:
            box.column -= 1
    boxes[-1].columns += 1
    next(box for box in boxes if box.path and not box.column).columns -= 1
    assert is_whole(placed("2021", "disputes", Sheet("disputes", boxes)), "2021", "disputes")


def turned(disputes):
    """Make rows of the groups."""
    results = [disputes.at(f"reconsideration.{key}") for key in ("upheld", "corrected", "other", "pending", "total")]
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    boxes = [Box(0, 0, 1, 2, "")] + [
        Box(0, 2 + box.column, 1, 1, name) for box, name in zip(results, names, strict=True)
    ]
    boxes += [
        Box(1, 0, 1, 2, "行政复议"),
        Box(2, 0, 2, 1, "行政诉讼"),
        Box(2, 1, 1, 1, KINDS[1]),
        Box(3, 1, 1, 1, KINDS[2]),
    ]
    boxes += [
        Box(1 + box.column // 5, 2 + box.column % 5, 1, 1, box.text, box.path) for box in disputes.boxes if box.path
    ]
    return Sheet("disputes", boxes)


def test_the_groups_may_be_rows():
    assert is_whole(placed("2021", "disputes", turned(numbered("2021", "disputes"))), "2021", "disputes")


def test_a_turned_row_that_lacks_a_cell_is_in_doubt():
    sheet = turned(numbered("2021", "disputes"))
    sheet.boxes.remove(sheet.at("litigation.direct.other"))
    placement = placed("2021", "disputes", sheet)
    assert is_right_or_in_doubt(placement, "2021", "disputes")
    assert "litigation.direct.upheld" in placement.doubtful


def leaves_and_totals(*groups):
    return {f"{group}.{key}" for group in groups for key in ("upheld", "corrected", "other", "pending", "total")}


GROUPS = {
    "行政复议": leaves_and_totals("reconsideration"),
    "行政诉讼": leaves_and_totals("litigation.direct", "litigation.after_reconsideration"),
    KINDS[1]: leaves_and_totals("litigation.direct"),
    KINDS[2]: leaves_and_totals("litigation.after_reconsideration"),
}


@pytest.mark.parametrize("label", GROUPS)
def test_a_turned_row_with_a_label_that_nobody_knows_leaves_the_others_certain(label):
    sheet = turned(numbered("2021", "disputes"))
    sheet.label(label).text = "甲乙丙丁"
    placement = placed("2021", "disputes", sheet)
    assert is_right_or_in_doubt(placement, "2021", "disputes")
    assert placement.doubtful == GROUPS[label]
    assert "row.extra" in {note.id for note in placement.notes}


@pytest.mark.parametrize("label", ["行政复议", *KINDS[1:]])
def test_a_table_of_one_group_that_nobody_knows_leaves_the_others_certain(label):
    pieces = one_table_each(numbered("2021", "disputes"))
    for piece in pieces:
        for box in piece.boxes:
            box.text = "甲乙丙丁" if box.text == label else box.text
    placement = placed("2021", "disputes", *pieces)
    assert is_right_or_in_doubt(placement, "2021", "disputes")
    assert placement.doubtful == GROUPS[label]


@pytest.mark.parametrize("path", ["reconsideration.corrected", "litigation.direct.upheld"])
def test_cells_in_order_below_a_label_that_nobody_knows_leave_the_others_certain(path):
    sheet = collapsed(numbered("2021", "disputes"))
    value = sheet.at(path)
    labels = [box for box in sheet.boxes if box.text in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    labels[value.column].text = "甲乙丙丁"
    placement = placed("2021", "disputes", sheet)
    assert is_right_or_in_doubt(placement, "2021", "disputes")
    assert placement.doubtful == {path}


def test_cells_in_order_below_an_unknown_label_of_a_total_or_two_such_labels_are_in_doubt():
    for unknown in (["总计"], ["结果维持", "结果纠正"]):
        sheet = collapsed(numbered("2021", "disputes"))
        for text in unknown:
            sheet.label(text).text = "甲乙丙丁"
        placement = placed("2021", "disputes", sheet)
        assert is_right_or_in_doubt(placement, "2021", "disputes")
        assert {path for path in set().union(*GROUPS.values()) if not path.endswith("total")} <= placement.doubtful


def test_numbers_without_a_label_below_a_turned_row_leave_all_in_doubt():
    sheet = turned(numbered("2021", "disputes"))
    sheet.boxes += [Box(4, column, 1, 1, "2") for column in range(2, 7)]
    placement = placed("2021", "disputes", sheet)
    assert placement.doubtful == set().union(*GROUPS.values())


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("本年度制发件数", "本年制发件数"),
        ("本年度废止件数", "本年废止件数"),
        ("现行有效总件数", "现行有效件数"),
    ],
)
def test_a_word_more_in_a_columns_label_is_a_slip_of_the_pen(printed, label):
    disclosure = numbered("2021", "proactive_disclosure")
    disclosure.label(label).text = printed
    assert is_whole(placed("2021", "proactive_disclosure", disclosure), "2021", "proactive_disclosure")


def test_last_years_column_is_not_this_years():
    disclosure = numbered("2021", "proactive_disclosure")
    disclosure.label("本年制发件数").text = "上年制发件数"
    assert "rules.issued" in placed("2021", "proactive_disclosure", disclosure).doubtful


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_label_above_a_column_may_be_cut_by_a_pages_end(cut):
    disputes = numbered("2021", "disputes")
    for box in [box for box in disputes.boxes if not box.path and box.row == 1 and box.rows == 2]:
        lower = replace(box, row=2, rows=1, text=box.text[min(cut, len(box.text) - 1) :])
        box.rows, box.text = 1, box.text[: min(cut, len(box.text) - 1)]
        disputes.boxes.append(lower)
    assert is_whole(placed("2021", "disputes", disputes), "2021", "disputes")


@pytest.mark.parametrize(
    ("section", "path"), [("disputes", "reconsideration.total"), ("applications", "received.total")]
)
def test_a_total_below_a_strange_label_is_in_doubt(section, path):
    sheet = numbered("2021", section)
    total = sheet.at(path)
    label = next(box for box in sheet.boxes if not box.path and box.text == "总计" and box.column == total.column)
    label.text = "备考"
    assert path in placed("2021", section, sheet).doubtful


def test_a_row_that_is_printed_twice_is_in_doubt_though_one_is_blank():
    disclosure = numbered("2021", "proactive_disclosure")
    row = disclosure.at("licensing.decisions").row
    twin = [(box.column, box.columns, "" if box.path else box.text) for box in disclosure.row(row)]
    placement = placed("2021", "proactive_disclosure", with_row(disclosure, row, twin))
    assert "licensing.decisions" in placement.doubtful


def with_cells_out_of_line(text):
    """A table of 2019 in which the first number of each row with three reaches below the second heading too."""
    whole = numbered("2019", "proactive_disclosure")
    for box in whole.boxes:
        if box.column > 1:
            box.column += 1
        elif box.column + box.columns > 2:
            box.columns += 1
    for row in range(whole.height):
        boxes = [box for box in whole.row(row) if box.column in {1, 3}]
        for box in boxes if len(boxes) == 2 else []:
            is_first = box.column == 1
            if box.path:
                box.columns += is_first
            else:
                box.column, box.columns = (1, 1) if is_first else (2, box.columns + 1)
            box.text = text(box)
    return whole


def test_numbers_that_reach_below_two_headings_are_told_by_their_order():
    placement = placed("2019", "proactive_disclosure", with_cells_out_of_line(lambda box: box.text))
    assert is_whole(placement, "2019", "proactive_disclosure")


def test_of_equal_numbers_that_reach_below_two_headings_each_is_its_own_cell():
    placement = placed(
        "2019", "proactive_disclosure", with_cells_out_of_line(lambda box: "0" if box.path else box.text)
    )
    assert not placement.doubtful
    assert len({id(cell) for cell in placement.cells.values()}) == len(placement.cells)


def test_a_number_below_two_headings_beside_two_below_one_is_in_doubt():
    whole = numbered("2021", "applications")
    received = [box for box in whole.boxes if box.path.startswith("received.")]
    one, two, three = received[:3]
    one.columns = 2
    two.column, two.columns = three.column, 1
    for box in whole.boxes:
        if box.column > three.column:
            box.column += 1
        elif box is not two and box.column <= three.column < box.column + box.columns:
            box.columns += 1
    three.column, three.columns = two.column + 1, 1
    placement = placed("2021", "applications", whole)
    assert {one.path, two.path, three.path} <= placement.doubtful


def test_the_halves_of_a_label_may_be_in_two_rows():
    whole = numbered("2021", "applications")
    labels = [whole.label("商业企业"), whole.label("科研机构")]
    below = labels[0].row + 1
    for box in whole.boxes:
        if box.row >= below:
            box.row += 1
        elif box.row + box.rows == below and box not in labels:
            box.rows += 1
    for label in labels:
        label.text, rest = label.text[:2], label.text[2:]
        whole.boxes.append(Box(below, label.column, 1, 1, rest))
    assert is_whole(placed("2021", "applications", whole), "2021", "applications")


@pytest.mark.parametrize("cells", [["3"], ["1", "2", "3"], [*[""] * 13, "5"]], ids=["one", "several", "the last"])
def test_numbers_below_the_values_that_have_no_place_put_these_in_doubt(cells):
    disputes = numbered("2021", "disputes")
    below = [Box(4, column, 1, 1, text) for column, text in enumerate(cells)]
    placement = placed("2021", "disputes", Sheet("disputes", [*disputes.boxes, *below]))
    assert placement.doubtful == set(placement.cells)
    assert [note.id for note in placement.notes] == ["row.uncertain"]
