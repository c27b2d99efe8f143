"""The body of a Word document in its order, as paragraphs and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from annual_report.messages import message
from annual_report.readers.blocks import OBJECT, Block, Cell, Location, Paragraph, Remark, Table, at
from annual_report.readers.published.limits import MAX_COLUMNS, refused, too_many_columns
from annual_report.readers.published.word_lines import Line, LineReader
from annual_report.readers.published.word_markup import DEL, INS, TBL, TC, TR, Kind, P, Prepared, T, remark
from annual_report.readers.published.word_package import W
from annual_report.readers.published.word_styles import VAL, Styles, is_on, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from annual_report.readers.published.word_numbering import Numbering

_TRPR, _HIDDEN_ROW, _BEFORE = f"{W}trPr", f"{W}hidden", f"{W}gridBefore"
_MERGING = _SPAN, _DOWN, _ACROSS = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_COUNT_CELLS = etree.XPath("count(.//w:tc)", namespaces={"w": W[1:-1]})
_DEEPEST = 20
"""How deep tables may be nested in tables."""


class Body:
    """Reads the elements of a body into blocks.

    Parameters
    ----------
    styles
        The document's styles.
    numbering
        Gives the document's numbering when it is first needed.
    prepared
        What has been taken out of the markup.
    source
        The file's name, for errors.
    """

    def __init__(self, styles: Styles, numbering: Callable[[], Numbering], prepared: Prepared, source: str) -> None:
        self.blocks: list[Block] = []
        self.remarks: list[Remark] = []
        self._lines = LineReader(styles, numbering, prepared)
        self._prepared = prepared
        self._source = source
        self._opened: set[etree._Element] = set()  # the cells that held another table
        self._paragraphs = self._tables = self._depth = 0

    def read(self, container: etree._Element) -> None:
        """Read what a body, a cell or a text box holds.

        Parameters
        ----------
        container
            The element.
        """
        carried: Line | None = None
        for child in container:
            if child.tag == TBL:
                self._table(child)
            elif child.tag == P:
                line = self._line(child, carried, at(None, None, None, None, self._paragraphs + 1))
                carried = line if line.joins else None
                if carried is None:
                    self._emit(line)
                self._boxes(child)
        if carried:
            self._emit(carried)

    def finish(self) -> None:
        """Remark on what has no place, and on a field that is left open."""
        for kinds in self._prepared.noted.values():
            self.remarks += [remark(kind, text, Location()) for kind, text in kinds.items()]
        if not self._lines.is_shown:
            self.remarks.append(remark("field", "", Location()))

    def _line(self, element: etree._Element, carried: Line | None, place: Location) -> Line:
        """Read a paragraph, joined to one before it that it runs on from, and remark on it."""
        line = self._lines.read(element)
        if line.hidden and not line.hidden.isspace():
            self.remarks.append(remark("hidden", line.hidden, place))
        if line.struck and not line.struck.isspace():
            self.remarks.append(remark("struck", line.struck, place))
        if self._prepared.noted:
            self._note(element, place)
        if carried:
            line.run_on(carried)
        return line

    def _note(self, element: etree._Element, place: Location) -> None:
        """Remark on what has been taken out of a paragraph or row."""
        for kind, text in self._prepared.noted.pop(element, {}).items():
            self.remarks.append(remark(kind, text, place))

    def _emit(self, line: Line) -> None:
        text = line.text
        if not text or text.isspace() or line.style.is_contents:
            return
        self._paragraphs += 1
        place = at(None, None, None, None, self._paragraphs)
        self.blocks.append(Paragraph(text, place, line.level, line.lead, line.emphasis(), line.align))

    def _boxes(self, element: etree._Element) -> None:
        """Read the text boxes that are anchored in an element's paragraphs."""
        if self._prepared.boxes:
            for paragraph in element.iter(P):
                for box in self._prepared.boxes.pop(paragraph, ()):
                    self.read(box)

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        self._depth += 1
        if self._depth > _DEEPEST:
            raise refused(message("the file's elements are nested too deeply or too long"), self._source)
        number_of_table = self._tables
        self._drop_rows(table, number_of_table)
        rows = [list(row.iterchildren(TC)) for row in table.iterchildren(TR)]
        own = sum(map(len, rows))
        if all(len(cells) <= 1 for cells in rows) or own <= _COUNT_CELLS(table) - own:
            for cells in rows:
                for cell in cells:
                    self.read(cell)
        else:
            inner = [found for found in table.iterdescendants(TBL) if _is_within(found, table)]
            for found in inner:
                self._opened.add(found.getparent())
                found.getparent().remove(found)
            self.blocks.append(Table(self._cells(table, rows, number_of_table), at(None, number_of_table)))
            for found in inner:
                self._table(found)
            self._boxes(table)
        self._depth -= 1

    def _drop_rows(self, table: etree._Element, number_of_table: int) -> None:
        """Remove the rows that are deleted or hidden, and remark on those and on inserted ones."""
        if not self._prepared.noted and next(table.iter(INS, DEL, _HIDDEN_ROW), None) is None:
            return
        height = 0
        for row in list(table.iterchildren(TR)):
            height += 1
            properties = next(row.iterchildren(_TRPR), None)
            kind: Kind | None = None
            for item in () if properties is None else properties:
                if item.tag == INS:
                    self._prepared.note("inserted", row, "")
                elif item.tag == DEL or (item.tag == _HIDDEN_ROW and is_on(item)):
                    kind = "deleted" if item.tag == DEL else "hidden"
            if kind:
                noted = [self._prepared.noted.pop(paragraph, {}) for paragraph in row.iter(P)]
                texts = [text.text or "" for text in row.iter(T)]
                self._prepared.note(kind, row, "".join(text for kinds in noted for text in kinds.values()))
                self._prepared.note(kind, row, "".join(texts))
                table.remove(row)
            if self._prepared.noted:
                self._note(row, at(None, number_of_table, height))
            height -= bool(kind)

    def _cells(self, table: etree._Element, rows: list[list[etree._Element]], number_of_table: int) -> tuple[Cell, ...]:
        """Place the cells of a table that has no other in it."""
        texts = self._lines.plain_texts(table)
        for cell in self._opened & texts.keys():
            del texts[cell]
        merged = _mergers(table)
        skips = next(table.iter(_BEFORE), None) is not None
        placed = _Placed()
        for height, cells in enumerate(rows):
            placed.begin_row()
            column = _skipped(cells) if skips else 0
            for cell in cells:
                if column >= MAX_COLUMNS:
                    raise too_many_columns(self._source)
                place = at(None, number_of_table, height + 1, column + 1)
                text = texts.get(cell)
                if text is None:
                    text = self._cell_text(cell, place)
                if cell in merged:
                    span, hidden = placed.merge(merged[cell], height, column, text, place)
                    if hidden.strip():  # Word shows only the text of the cell that a merger begins with
                        self.remarks.append(remark("hidden", hidden, place))
                else:
                    span = placed.add(height, column, 1, text, place)
                column += span
        return tuple(placed.cells)

    def _cell_text(self, cell: etree._Element, place: Location) -> str:
        """Return a cell's text, each of its paragraphs a line."""
        texts: list[str] = []
        carried: Line | None = None
        has_object = cell in self._opened
        for paragraph in cell.iterchildren(P):
            line = self._line(paragraph, carried, place)
            has_object = has_object or line.has_object
            carried = line if line.joins else None
            if carried is None:
                texts.append(line.text)
        if carried:
            texts.append(carried.text)
        text = texts[0] if len(texts) == 1 else "\n".join(text for text in texts if text and not text.isspace())
        return OBJECT if has_object and not text.strip() else text


class _Placed:
    """The cells of a table that have been placed in its grid; others refer to them by their indexes."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self._above: dict[int, int] = {}
        self._here: dict[int, int] = {}
        self._last: int | None = None

    def begin_row(self) -> None:
        """Begin a row."""
        self._above, self._here = self._here, {}
        self._last = None

    def add(self, row: int, column: int, span: int, text: str, place: Location) -> int:
        """Place a cell, and give how many columns it spans."""
        self._last = len(self.cells)
        self.cells.append(Cell(row, column, 1, span, text, place))
        return span

    def merge(self, items: dict[str, str | None], row: int, column: int, text: str, place: Location) -> tuple[int, str]:
        """Place a cell that spans others, or merge it into the one that it continues: its text is then hidden."""
        span = max(1, min(number(items.get(_SPAN), 1), MAX_COLUMNS - column))
        continued = self._above.get(column) if _DOWN in items and items[_DOWN] != "restart" else None
        hidden = text
        if continued is not None and self.cells[continued].columns == span:
            whole = self.cells[continued]
            self.cells[continued] = whole._replace(rows=row + 1 - whole.row)
            self._last = continued
        elif _ACROSS in items and items[_ACROSS] != "restart" and self._last is not None:
            whole = self.cells[self._last]
            self.cells[self._last] = whole._replace(columns=whole.columns + span)
        else:
            self.add(row, column, span, text, place)
            hidden = ""
        if _DOWN in items and self._last is not None:
            self._here[column] = self._last
        return span, hidden


def _mergers(table: etree._Element) -> dict[etree._Element, dict[str, str | None]]:
    """Return what the first element of each cell says of merging it, by its tag."""
    found: dict[etree._Element, dict[str, str | None]] = {}
    for item in table.iter(*_MERGING):
        properties = item.getparent()
        if properties.getprevious() is None:
            found.setdefault(properties.getparent(), {})[item.tag] = item.get(VAL)
    return found


def _skipped(cells: list[etree._Element]) -> int:
    """Count the columns before a row's first cell."""
    before = next(cells[0].itersiblings(_TRPR, preceding=True), None) if cells else None
    skipped = None if before is None else next(before.iterchildren(_BEFORE), None)
    return 0 if skipped is None else number(skipped.get(VAL))


def _is_within(inner: etree._Element, table: etree._Element) -> bool:
    """Return whether a table stands in a cell of another with no third between them."""
    return next(inner.iterancestors(TBL)) is table
