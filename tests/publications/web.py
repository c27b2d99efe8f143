"""The page as a site's editor makes it: paragraphs and tables as markup, inside the site's own furniture."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from publications.pages import Box, Line, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from publications.pages import Block

PLAIN_PAGE = (
    '<!DOCTYPE html>\n<html><head>{head}</head><body>{above}<div class="content">{text}</div>{below}</body></html>'
)


@dataclass
class Site:
    """How one site writes its markup; habits change it before the page is made."""

    dress: list[Callable[[str], str]] = field(default_factory=list)
    paragraph: str = "<p>{}</p>"
    headings: dict[str, str] = field(default_factory=dict)
    in_cells: str = "{}"
    cell: str = "td"
    head_cell: str = "td"
    table: str = '<table border="1" cellspacing="0" cellpadding="2" style="border-collapse:collapse">'
    row: str = "tr"
    blank: str = ""
    line_break: str = "<br>"
    close: bool = True
    column_groups: bool = False
    head_rows: bool = False
    after_number: dict[str, str] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    between: list[tuple[int, str]] = field(default_factory=list)
    finish: list[Callable[[str], str]] = field(default_factory=list)
    title: str = ""
    numbers: tuple[str, ...] = ()

    def inline(self, text: str) -> str:
        """Give text as markup, dressed as the site does it."""
        pieces = [escape(line, quote=False) for line in text.split("\n")]
        for dress in self.dress:
            pieces = [dress(piece) if piece else piece for piece in pieces]
        return self.line_break.join(pieces)


def page(site: Site, blocks: list[Block], encoding: str = "utf-8") -> bytes:
    """Give the page's bytes in an encoding, declared as sites declare it."""
    parts = [_block(site, block) for block in blocks]
    for nth, words in site.between:
        parts.insert(nth % (len(parts) + 1), words)
    text = "\n".join(parts)
    charset = {"gb18030": "gb2312", "gbk": "gb2312"}.get(encoding, encoding)
    head = [
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">',
        f"<title>{escape(site.title)}</title>",
    ]
    markup = PLAIN_PAGE.format(
        head="\n".join(head + site.head), above="\n".join(site.above), text=text, below="\n".join(site.below)
    )
    for finish in site.finish:
        markup = finish(markup)
    return markup.encode(encoding, errors="xmlcharrefreplace")


def _block(site: Site, block: Line | Sheet) -> str:
    if isinstance(block, Sheet):
        table = _table(site, block)
        return f'<table width="100%" border="0"><tr><td>{table}</td></tr></table>' if block.nested else table
    if block.kind == "picture":
        return '<p style="text-align:center"><img src="/images/W020240115.png" width="600" height="420"></p>'
    edges = sorted({0, len(block.text), *(edge for pair in block.bold for edge in pair)})
    words = ""
    for start, stop in pairwise(edges):
        piece = site.inline(block.text[start:stop])
        bold = any(first <= start < last for first, last in block.bold)
        words += f"<strong>{piece}</strong>" if bold else piece
    return site.headings.get(block.kind, site.paragraph).format(words or "&nbsp;")


def _table(site: Site, sheet: Sheet) -> str:
    columns = "".join(f'<col width="{9740 // sheet.width // 15}">' for _ in range(sheet.width))
    group = f"<colgroup>{columns}</colgroup>" if site.column_groups else ""
    rows = []
    for row in range(sheet.height):
        cells = "".join(_cell(site, box) for box in sheet.starting_in(row))
        rows.append(f"<{site.row}>{cells}" + (f"</{site.row}>" if site.close else "\n"))
    if site.head_rows and sheet.repeat_head:
        head, body = "\n".join(rows[: sheet.repeat_head]), "\n".join(rows[sheet.repeat_head :])
        return f"{site.table}{group}<thead>{head}</thead><tbody>{body}</tbody></table>"
    body = "\n".join(rows)
    return f"{site.table}{group}<tbody>{body}</tbody></table>"


def _cell(site: Site, box: Box) -> str:
    name = site.head_cell if box.role in ("column", "band") else site.cell
    spans = (f' colspan="{box.columns}"' if box.columns > 1 else "") + (
        f' rowspan="{box.rows}"' if box.rows > 1 else ""
    )
    words = site.inline(box.text) + site.after_number.get(box.path, "") if box.text else site.blank
    inside = site.in_cells.format(words)
    return f"<{name}{spans}>{inside}" + (f"</{name}>" if site.close else "")
