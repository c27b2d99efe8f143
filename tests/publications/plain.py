"""The page as text that was copied out of Word or a browser: cells with tabs between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publications.pages import Line, Sheet
from publications.press import Press, habit

if TYPE_CHECKING:
    from publications.pages import Block

TXT = ("txt",)
LINE_LENGTH = 38


@dataclass
class Paste:
    """How the text was copied."""

    merged_as_one: bool = True
    ends_trimmed: bool = False
    wrapped: bool = False
    pages: bool = False
    blank_lines: bool = False
    line_end: str = "\n"
    encoding: str = "utf-8"


@habit(0.40, "txt", formats=TXT)
def merged_cells_keep_their_tabs(press: Press, paste: Paste) -> None:
    paste.merged_as_one = False


@habit(0.20, "txt", formats=TXT)
def tabs_at_line_ends_lost(press: Press, paste: Paste) -> None:
    paste.ends_trimmed = True


@habit(0.20, "txt", formats=TXT)
def lines_wrapped(press: Press, paste: Paste) -> None:
    """Copied out of a PDF, paragraphs break at every line's end."""
    paste.wrapped = True


@habit(0.15, "txt", formats=TXT)
def page_numbers_among_the_text(press: Press, paste: Paste) -> None:
    paste.pages = True


@habit(0.35, "txt", formats=TXT)
def blank_lines_between(press: Press, paste: Paste) -> None:
    paste.blank_lines = True


@habit(0.40, "txt", formats=TXT)
def lines_end_as_in_windows(press: Press, paste: Paste) -> None:
    paste.line_end = "\r\n"


@habit(0.35, "txt", formats=TXT)
def text_in_another_encoding(press: Press, paste: Paste) -> None:
    paste.encoding = press.rng.choice(["utf-8-sig", "gb18030", "gb18030", "utf-16"])


def text(press: Press, paste: Paste) -> bytes:
    """Give the copied text's bytes."""
    lines: list[str] = []
    for nth, block in enumerate(press.blocks):
        lines += _lines(block, paste)
        if paste.blank_lines:
            lines.append("")
        if paste.pages and nth % 12 == 11:
            lines.append(f"— {nth // 12 + 1} —")
    return paste.line_end.join([*lines, ""]).encode(paste.encoding)


def _lines(block: Block, paste: Paste) -> list[str]:
    if isinstance(block, Line):
        words = ("　　" if block.kind == "body" else "") + block.text
        if not paste.wrapped or block.kind in ("title", "heading"):
            return [words]
        return [words[at : at + LINE_LENGTH] for at in range(0, len(words), LINE_LENGTH)] or [""]
    rows = [_row(block, row, paste) for row in range(block.height)]
    return [row.rstrip("\t") if paste.ends_trimmed else row for row in rows]


def _row(sheet: Sheet, row: int, paste: Paste) -> str:
    cells: list[str] = []
    column = 0
    while column < sheet.width:
        box = sheet.at(row, column)
        spans = box.columns if box else 1
        cells.append(box.text.replace("\n", "") if box and box.row == row else "")
        if not paste.merged_as_one:
            cells += [""] * (spans - 1)
        column += spans
    return "\t".join(cells)
