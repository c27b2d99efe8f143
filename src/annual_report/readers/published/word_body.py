"""The body of a Word document in its order, as paragraphs and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annual_report.messages import message
from annual_report.readers.published.blocks import Block, Cell, Location, Paragraph, Remark, Table
from annual_report.readers.published.limits import MAX_COLUMNS, refused, too_many_columns
from annual_report.readers.published.word_lines import Line, LineReader
from annual_report.readers.published.word_markup import DEL, INS, TBL, TC, TR, Kind, P, Prepared, T, remark
from annual_report.readers.published.word_package import W
from annual_report.readers.published.word_styles import VAL, Styles, is_on, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from annual_report.readers.published.word_numbering import Numbering

_TRPR, _HIDDEN_ROW, _BEFORE = f"{W}trPr", f"{W}hidden", f"{W}gridBefore"
_SPAN, _DOWN, _ACROSS = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
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
        self.tables = 0
        self._lines = LineReader(styles, numbering, prepared)
        self._prepared = prepared
        self._source = source
        self._paragraphs = self._depth = 0

    def read(self, container: etree._Element) -> None:
        """Read what a body, a cell or a text box holds.

        Parameters
        ----------
        container
            The element.
        """
        carried: Line | None = None
        handlers = self._lines.handlers
        for child in container:
            if child.tag == TBL:
                self._table(child)
            elif child.tag == P:
                self._lines.begin(child)
                for element in child.iter():
                    handler = handlers.get(element.tag)
                    if handler:
                        handler(element)
                carried = self._end_line(carried)
                self._boxes(child)
        if carried:
            self._emit(carried)

    def finish(self) -> None:
        """Remark on what has no place, and on a field that is left open."""
        for kinds in self._prepared.noted.values():
            self.remarks += [remark(kind, text, Location()) for kind, text in kinds.items()]
        if not self._lines.is_shown:
            self.remarks.append(remark("field", "", Location()))

    def end_line(self, carried: Line | None, place: Location) -> Line | None:
        """End a paragraph, joined with one before it that it runs on from, and remark on it.

        Parameters
        ----------
        carried
            The paragraph that it runs on from.
        place
            Where it stands.

        Returns
        -------
        Line or None
            The paragraph; none where there is none.
        """
        line = self._lines.end()
        if line is None:
            return None
        if line.hidden and not line.hidden.isspace():
            self.remarks.append(remark("hidden", line.hidden, place))
        if self._prepared.noted:
            self.note(line.element, place)
        if carried:
            line.run_on(carried)
        return line

    def note(self, element: etree._Element, place: Location) -> None:
        """Remark on what has been taken out of a paragraph or row.

        Parameters
        ----------
        element
            The paragraph or row.
        place
            Where it stands.
        """
        for kind, text in self._prepared.noted.pop(element, {}).items():
            self.remarks.append(remark(kind, text, place))

    def _end_line(self, carried: Line | None) -> Line | None:
        """End a paragraph outside tables; give it back where the next one runs on."""
        line = self.end_line(carried, Location(None, None, None, None, self._paragraphs + 1))
        if line is None or line.joins:
            return line
        self._emit(line)
        return None

    def _emit(self, line: Line) -> None:
        text = line.text
        if not text or text.isspace() or line.style.is_contents:
            return
        self._paragraphs += 1
        place = Location(None, None, None, None, self._paragraphs)
        self.blocks.append(Paragraph(text, place, line.level, line.lead, line.emphasis(), line.align))

    def _boxes(self, element: etree._Element) -> None:
        """Read the text boxes that are anchored in an element's paragraphs."""
        if self._prepared.boxes:
            for paragraph in element.iter(P):
                for box in self._prepared.boxes.pop(paragraph, ()):
                    self.read(box)

    def _table(self, table: etree._Element) -> None:
        self.tables += 1
        self._depth += 1
        if self._depth > _DEEPEST:
            raise refused(message("the file's elements are nested too deeply or too long"), self._source)
        number_of_table = self.tables
        self._drop_rows(table, number_of_table)
        rows = [list(row.iterchildren(TC)) for row in table.iterchildren(TR)]
        own = sum(map(len, rows))
        if all(len(cells) <= 1 for cells in rows) or own <= sum(1 for _ in table.iterdescendants(TC)) - own:
            for cells in rows:
                for cell in cells:
                    self.read(cell)
        else:
            inner = [found for found in table.iterdescendants(TBL) if _is_within(found, table)]
            for found in inner:
                found.getparent().remove(found)
            read = _Cells(self, self._lines, number_of_table, self._source).read(table)
            self.blocks.append(Table(read, Location(None, number_of_table)))
            for found in inner:
                self._table(found)
            self._boxes(table)
        self._depth -= 1

    def _drop_rows(self, table: etree._Element, number_of_table: int) -> None:
        """Remove the rows that are deleted or hidden, and remark on those and on inserted ones."""
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
                self.note(row, Location(None, number_of_table, height))
            height -= bool(kind)


class _Cells:
    """Reads the cells of one table, which has no other in it."""

    def __init__(self, body: Body, lines: LineReader, table: int, source: str) -> None:
        self._body = body
        self._lines = lines
        self._table = table
        self._source = source
        self._cells: list[list[Any]] = []
        self._row, self._column = -1, 0
        self._above: dict[int, list[Any]] = {}
        self._here: dict[int, list[Any]] = {}
        self._last: list[Any] | None = None
        self._begin()

    def read(self, table: etree._Element) -> tuple[Cell, ...]:
        handlers = {
            **self._lines.handlers,
            TR: self._on_row,
            TC: self._on_cell,
            P: self._on_paragraph,
            _SPAN: self._on_span,
            _DOWN: self._on_down,
            _ACROSS: self._on_across,
            _BEFORE: self._on_before,
        }
        for element in table.iter(*handlers):
            handlers[element.tag](element)
        self._end()
        return tuple([Cell(*cell) for cell in self._cells])

    def _begin(self) -> None:
        self._is_open = self._has_line = False
        self._span, self._down, self._across = 1, "", ""
        self._texts: list[str] = []
        self._carried: Line | None = None

    def _on_row(self, _element: etree._Element) -> None:
        self._end()
        self._above, self._here = self._here, {}
        self._row += 1
        self._column = 0
        self._last = None

    def _on_cell(self, _element: etree._Element) -> None:
        self._end()
        self._is_open = True
        if self._column >= MAX_COLUMNS:
            raise too_many_columns(self._source)
        self._place = Location(None, self._table, self._row + 1, self._column + 1)

    def _on_paragraph(self, element: etree._Element) -> None:
        if self._is_open:
            if self._has_line:
                self._end_line()
            self._has_line = True
            self._lines.begin(element)

    def _on_span(self, element: etree._Element) -> None:
        self._span = max(1, min(number(element.get(VAL), 1), MAX_COLUMNS - self._column))

    def _on_down(self, element: etree._Element) -> None:
        self._down = element.get(VAL, "continue")

    def _on_across(self, element: etree._Element) -> None:
        self._across = element.get(VAL, "continue")

    def _on_before(self, element: etree._Element) -> None:
        self._column = number(element.get(VAL))

    def _end_line(self) -> None:
        self._has_line = False
        line = self._body.end_line(self._carried, self._place)
        if line is not None:
            self._carried = line if line.joins else None
            if not line.joins:
                self._texts.append(line.text)

    def _end(self) -> None:
        """End a cell: place it, or merge it into the one that it continues."""
        if not self._is_open:
            return
        if self._has_line:
            self._end_line()
        if self._carried:
            self._texts.append(self._carried.text)
        texts = self._texts
        text = texts[0] if len(texts) == 1 else "\n".join([text for text in texts if text and not text.isspace()])
        if self._down or self._across:
            self._merge(text)
        else:
            self._last = [self._row, self._column, 1, self._span, text, self._place]
            self._cells.append(self._last)
        self._column += self._span
        self._begin()

    def _merge(self, text: str) -> None:
        """Place a cell that begins a merger, or extend the one that it continues; Word shows only the first's text."""
        above = self._above.get(self._column) if self._down == "continue" else None
        if above is not None:
            self._last = above
            above[2] = self._row + 1 - above[0]
        elif self._across == "continue" and self._last is not None:
            self._last[3] += self._span
        else:
            self._last = [self._row, self._column, 1, self._span, text, self._place]
            self._cells.append(self._last)
            text = ""
        if text.strip():
            self._body.remarks.append(remark("hidden", text, self._place))
        if self._down:
            self._here[self._column] = self._last


def _is_within(inner: etree._Element, table: etree._Element) -> bool:
    """Tell whether a table stands in a cell of another with no third between them."""
    return next(inner.iterancestors(TBL)) is table
