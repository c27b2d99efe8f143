"""How offices lay out the form's tables in other ways than printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publications import phrases
from publications.drawing import fill
from publications.pages import Box, Line, Sheet
from publications.press import Press, habit

if TYPE_CHECKING:
    from publications.pages import Block

APPLICATIONS, DISCLOSURE, DISPUTES = "applications", "proactive_disclosure", "disputes"


@habit(0.10, "sheets")
def merges_missing(press: Press) -> None:
    for sheet in press.sheets() if press.rng.random() < 0.4 else [press.rng.choice(press.sheets())]:
        sheet.unmerge(repeat=press.rng.random() < 0.5)


@habit(0.10, "sheets", group="spine")
def spine_split(press: Press) -> bool:
    """Word cuts merged cells where a page ends; some offices split them by hand."""
    sheet = press.sheets(APPLICATIONS)[0]
    tall = [box for box in sheet.labels() if box.rows > 3 and box.column < 2]
    if not tall:
        return False
    for box in press.rng.sample(tall, press.rng.randint(1, len(tall))):
        upper = press.rng.randint(1, box.rows - 1)
        cut = press.rng.randint(1, len(box.text) - 1)
        style = press.rng.choice(["repeat", "blank", "cut"])
        text = {"repeat": box.text, "blank": "", "cut": box.text[cut:]}[style]
        sheet.boxes.append(replace(box, row=box.row + upper, rows=box.rows - upper, text=text))
        box.rows = upper
        box.text = box.text[:cut] if style == "cut" else box.text
    return True


@habit(0.05, "sheets", group="spine")
def spine_missing(press: Press) -> bool:
    """Without the narrow first column, 三、 is a line of its own or is nowhere."""
    sheet = press.sheets(APPLICATIONS)[0]
    spine = next((box for box in sheet.labels() if box.column == 0 and box.rows > 15), None)
    if spine is None:
        return False
    sheet.boxes.remove(spine)
    sheet.drop_column(0)
    if press.rng.random() < 0.5:
        sheet.insert_row(spine.row, Box(0, 0, 1, sheet.width, spine.text, "row"))
    return True


@habit(0.08, "sheets", group="spine")
def labels_in_one_column(press: Press) -> bool:
    """Group and item in one cell: （三）不予公开 1.属于国家秘密, or the group on a row of its own."""
    sheet = press.sheets(APPLICATIONS)[0]
    groups = [box for box in sheet.labels() if box.column == 1 and box.rows > 1 and box.columns == 1]
    if not groups or sheet.width != 10:
        return False
    sheet.boxes = [box for box in sheet.boxes if not (box.column == 0 and box.rows > 15)]
    own_row = press.rng.random() < 0.4
    joint = press.rng.choice(["", " ", "\n", "—", "："])
    for group in sorted(groups, key=lambda box: -box.row):
        sheet.boxes.remove(group)
        for box in sheet.boxes:
            if box.column == 2 and group.covers_row(box.row) and not own_row:
                box.text = f"{group.text}{joint}{box.text}"
        if own_row:
            blanks = [Box(0, column, text="", role="row") for column in range(3, 10)]
            sheet.insert_row(group.row, Box(0, 2, text=group.text, role="row"), *blanks)
    for box in sheet.boxes:
        if box.column < 3:
            box.column, box.columns = 2, 1
        box.column -= 2
    return True


@habit(0.05, "sheets", group="head")
def head_without_the_applicants_row(press: Press) -> bool:
    sheet = press.sheets(APPLICATIONS)[0]
    if sheet.at(0, sheet.width - 7) is None or sheet.at(0, sheet.width - 7).columns != 7:
        return False
    sheet.drop_row(0)
    corner = sheet.at(0, 0)
    if corner is None or corner.row != 0 or not corner.text:
        sheet.boxes = [box for box in sheet.boxes if box is not corner]
        sheet.boxes.append(Box(0, 0, 2, sheet.width - 7, press.rng.choice(["", "项目", "类别"]), "column"))
    return True


@habit(0.12, "sheets", group="head")
def total_beside_the_applicants(press: Press) -> bool:
    sheet = press.sheets(APPLICATIONS)[0]
    head, total = sheet.at(0, sheet.width - 7), sheet.at(1, sheet.width - 1)
    if head is None or total is None or head.columns != 7 or total.rows != 2:
        return False
    head.columns = 6
    total.row, total.rows = 0, 3
    return True


@habit(0.04, "sheets", group="head")
def total_of_a_row_of_its_own(press: Press) -> bool:
    """总计 stands under its column's head in a row by itself, below the applicants' names."""
    sheet = press.sheets(APPLICATIONS)[0]
    total = sheet.at(1, sheet.width - 1)
    if total is None or total.rows != 2:
        return False
    blank = Box(1, total.column, 1, 1, "", "column")
    total.row, total.rows = 2, 1
    sheet.boxes.append(blank)
    return True


@habit(0.06, "sheets", group="head")
def corner_without_words(press: Press) -> bool:
    corner = press.sheets(APPLICATIONS)[0].at(0, 0)
    if corner is None:
        return False
    corner.text = press.rng.choice(["", "项  目", "（单位：件）"])
    return True


@habit(0.06, "sheets", group="pieces of two")
def disclosure_as_four_tables(press: Press) -> bool:
    sheet = press.sheets(DISCLOSURE)[0]
    bands = sorted({box.row for box in sheet.boxes if box.role == "band" and box.text})
    if bands[0] != 0:
        return False
    pieces: list[Block] = []
    as_lines = press.rng.random() < 0.4
    for first, stop in zip(bands, [*bands[1:], sheet.height], strict=True):
        piece = sheet.part(first, stop, carry=True)
        if as_lines:
            pieces.append(Line(piece.boxes[0].text, "caption"))
            piece = piece.part(1, stop - first, carry=True)
        _trim(piece)
        pieces.append(piece)
    press.replace_block(sheet, *pieces)
    return True


def _trim(piece: Sheet) -> None:
    """Drop the grid columns that nothing begins in."""
    for column in reversed(range(piece.width)):
        if all(box.column != column for box in piece.boxes):
            piece.drop_column(column)


@habit(0.08, "sheets", group="pieces of two")
def disclosure_split(press: Press) -> bool:
    return _split(press, press.sheets(DISCLOSURE)[0], repeat=False)


@habit(0.09, "sheets")
def applications_split(press: Press) -> bool:
    done = _split(press, press.sheets(APPLICATIONS)[0], repeat=press.rng.random() < 0.4)
    if done and press.rng.random() < 0.3:
        _split(press, press.sheets(APPLICATIONS)[1], repeat=False)
    return done


def _split(press: Press, sheet: Sheet, *, repeat: bool) -> bool:
    """Cut a table in two under some row of values, the head repeated or not."""
    rows = sorted({box.row for box in sheet.values()})[:-1]
    if len(rows) < 3:
        return False
    cut = press.rng.choice(rows) + 1
    upper, lower = sheet.part(0, cut, carry=True), sheet.part(cut, sheet.height, carry=press.rng.random() < 0.5)
    if repeat:
        head = sheet.part(0, min(box.row for box in sheet.values()), carry=True)
        lower.boxes = head.boxes + [replace(box, row=box.row + head.height) for box in lower.boxes]
    between = [Line("", "body")] if press.rng.random() < 0.5 else []
    press.replace_block(sheet, upper, *between, lower)
    return True


@habit(0.08, "sheets", group="four")
def disputes_with_two_header_rows(press: Press) -> bool:
    """行政诉讼 and its two ways in one row of the head."""
    sheet = press.sheets(DISPUTES)[0]
    suits = sheet.at(0, 5)
    if sheet.width != 15 or suits is None or suits.columns != 10:
        return False
    ways = [sheet.at(1, 5), sheet.at(1, 10)]
    sheet.boxes.remove(suits)
    for way in filter(None, ways):
        way.text = press.rng.choice(
            [f"{suits.text}（{way.text}）", f"{suits.text}\n{way.text}", f"{way.text}{suits.text}"]
        )
        way.row = 0
    for box in sheet.boxes:
        if box.column < 5 and box.row == 1 and box.role == "column":
            box.rows = 1
        elif box.row > 1:
            box.row -= 1
    return True


@habit(0.04, "sheets", group="four")
def disputes_as_three_tables(press: Press) -> bool:
    sheet = press.sheets(DISPUTES)[0]
    if sheet.width != 15 or sheet.height != 4 or not sheet.at(0, 5) or sheet.at(0, 5).columns != 10:
        return False
    pieces: list[Block] = []
    for nth in range(3):
        boxes = [replace(box, column=box.column - 5 * nth) for box in sheet.boxes if box.column // 5 == nth]
        if nth == 2:
            boxes.append(replace(sheet.at(0, 5), column=0))
        for box in boxes:
            box.columns = min(box.columns, 5)
        pieces.append(Sheet(DISPUTES, boxes))
    press.replace_block(sheet, *pieces)
    return True


@habit(0.04, "sheets", group="four")
def disputes_turned(press: Press) -> bool:
    """The kinds of disputes as rows, their results as columns."""
    sheet = press.sheets(DISPUTES)[0]
    if sheet.width != 15 or sheet.height != 4 or not sheet.at(0, 5) or sheet.at(0, 5).columns != 10:
        return False
    boxes = [Box(0, 0, 1, 2, "", "column")]
    boxes += [Box(0, 2 + nth, text=sheet.at(1, nth).text, role="column") for nth in range(5)]
    boxes += [replace(sheet.at(0, 0), row=1, column=0, rows=1, columns=2, role="row")]
    boxes += [replace(sheet.at(0, 5), row=2, column=0, rows=2, columns=1, role="row")]
    boxes += [replace(sheet.at(1, 5 * nth), row=1 + nth, column=1, rows=1, columns=1, role="row") for nth in (1, 2)]
    boxes += [replace(box, row=1 + box.column // 5, column=2 + box.column % 5) for box in sheet.values()]
    sheet.boxes = boxes
    sheet.repeat_head = 1
    return True


@habit(0.06, "sheets")
def caption_row(press: Press) -> bool:
    sheet = press.rng.choice(press.sheets())
    if sheet.repeat_head == 0 and sheet.section == APPLICATIONS:
        return False
    words = ["单位：件", "（单位：件、万元）", "政府信息公开情况统计表"]
    sheet.insert_row(0, Box(0, 0, 1, sheet.width, press.rng.choice(words), "caption"))
    return True


@habit(0.06, "sheets")
def heading_in_a_cell(press: Press) -> bool:
    """A section's heading is the first row of its table."""
    nth = press.rng.choice([press.position(sheet) for sheet in press.sheets()])
    heading, sheet = press.blocks[nth - 1], press.blocks[nth]
    if not isinstance(heading, Line) or heading.kind != "heading" or not isinstance(sheet, Sheet):
        return False
    sheet.insert_row(0, Box(0, 0, 1, sheet.width, heading.text, "caption"))
    del press.blocks[nth - 1]
    return True


@habit(0.05, "sheets")
def nested_in_a_layout_table(press: Press) -> None:
    for sheet in press.sheets():
        sheet.nested = True


@habit(0.06, "sheets")
def extra_row(press: Press) -> bool:
    """Rows that the form does not have."""
    path = f"{DISCLOSURE}.normative_documents"
    sheets = (sheet for sheet in press.sheets(DISCLOSURE) if any(box.path.startswith(path) for box in sheet.boxes))
    sheet = next(sheets, None)
    if sheet is None:
        return False
    row = sheet.row_of(path)
    last = sheet.starting_in(row)
    words = press.rng.choice(["其他主动公开文件", "政策解读", "其中：党政联合发文"])
    boxes = [
        replace(box, text=words if box.role != "value" else str(press.rng.randint(0, 99)), path="") for box in last
    ]
    sheet.insert_row(row + 1, *boxes)
    return True


@habit(0.04, "sheets")
def note_in_the_last_row(press: Press) -> None:
    sheet = press.sheets(press.rng.choice([DISCLOSURE, APPLICATIONS, DISPUTES]))[-1]
    note = fill(press.rng, press.source, press.rng.choice(phrases.NOTES))
    sheet.insert_row(sheet.height, Box(0, 0, 1, sheet.width, note, "caption"))


@habit(0.05, "sheets")
def other_handling_as_one_row(press: Press) -> bool:
    """The 2019 form's row, in a report of today."""
    names = [
        f"{APPLICATIONS}.outcomes.other_handling.{name}" for name in ("correction_overdue", "fee_overdue", "other")
    ]
    unused = [path for path in press.words if path.startswith(tuple(names[:2]))]
    sheet = press.sheets(APPLICATIONS)[0]
    if not unused or len(press.sheets(APPLICATIONS)) > 1 or sheet.width != 10:
        return False
    if any(press.source.numbers.get(path) for path in unused) or press.unclear & set(unused):
        return False
    if not any(press.words[path] for path, _ in press.cells(APPLICATIONS)):
        return False
    group = next((box for box in sheet.labels() if "其他处理" in box.text and box.column == 1), None)
    if group is None or group.rows != 3:
        return False
    for name in names[:2]:
        sheet.drop_row(sheet.row_of(name))
    sheet.boxes = [box for box in sheet.boxes if not (box.column == 2 and box.row == group.row)]
    group.columns = press.rng.choice([1, 2])
    if group.columns == 1:
        sheet.boxes.append(Box(group.row, 2, text="", role="row"))
    press.absent |= {path for path in unused if path not in press.source.numbers}
    press.words |= {path: "0" for path in unused if path in press.source.numbers}
    press.totals = {path: total for path, total in press.totals.items() if path not in unused}
    return True


@habit(0.03, "sheets")
def row_missing(press: Press) -> bool:
    sheet = press.rng.choice(press.sheets(DISCLOSURE) + press.sheets(APPLICATIONS))
    rows = sorted({box.row for box in sheet.values()})
    row = press.rng.choice(rows)
    if len(rows) == 1 or not _is_single(sheet, row):
        return False
    press.lose([box.path for box in sheet.starting_in(row) if box.path])
    sheet.drop_row(row)
    return True


def _is_single(sheet: Sheet, row: int) -> bool:
    """Tell whether every cell that begins in a row is one row high."""
    return all(box.rows == 1 for box in sheet.starting_in(row))


@habit(0.02, "sheets")
def row_twice(press: Press) -> bool:
    """The same row with two numbers: nobody can tell which holds."""
    sheet = press.sheets(DISCLOSURE)[0]
    name = press.rng.choice(["licensing", "penalties", "normative_documents"])
    row = next((box.row for box in sheet.values() if box.path.startswith(f"{DISCLOSURE}.{name}")), None)
    if row is None or not _is_single(sheet, row):
        return False
    cells = sheet.starting_in(row)
    again = [
        replace(box, text=box.text if box.role != "value" else str(press.rng.randint(100000, 200000))) for box in cells
    ]
    sheet.insert_row(row + 1, *(replace(box, path="") for box in again))
    press.lose([box.path for box in cells if box.path])
    return True


@habit(0.02, "pictures")
def table_as_a_picture(press: Press) -> None:
    section = press.rng.choice([DISCLOSURE, APPLICATIONS, DISPUTES])
    press.lose([path for path, _ in press.cells(section)])
    first, *others = press.sheets(section)
    press.replace_block(first, Line("", "picture"))
    for sheet in others:
        press.replace_block(sheet)


@habit(0.10, "sheets")
def text_before_a_table(press: Press) -> None:
    sheet = press.rng.choice(press.sheets())
    first = press.sheets(sheet.section)[0]
    text = fill(press.rng, press.source, press.rng.choice(phrases.TEXTS_BEFORE))
    press.texts[sheet.section].append(text)
    press.blocks.insert(press.position(first), Line(text))


@habit(0.08, "sheets")
def note_under_a_table(press: Press) -> None:
    sheet = press.sheets(press.rng.choice([DISCLOSURE, APPLICATIONS, DISPUTES]))[-1:]
    for last in sheet:
        text = fill(press.rng, press.source, press.rng.choice(phrases.NOTES))
        press.texts[last.section].append(text)
        press.blocks.insert(press.position(last) + 1, Line(text, "note"))
