"""Writes blocks as HTML: title, contents, sections with their headings, and the notes of marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from annual_report.document.blocks import Heading, Paragraph, Signature, Table, Title
from annual_report.document.highlights import MarkedRun
from annual_report.document.line_breaks import name_boundaries
from annual_report.document.subheadings import arranged
from annual_report.explanations import SEVERITIES
from annual_report.form.sections import SECTIONS
from annual_report.messages import Place, message, user_language
from annual_report.writers.html.tables import PREFIX, Pointed, skeleton
from annual_report.writers.html.text import broken, escape, marked, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annual_report.document.blocks import Document
    from annual_report.report.narrative import Run
    from annual_report.style import Style

_SECTION_RANK = 2
_NOTES = 'class="ar-notes"'


class Body:
    """A document's blocks as HTML.

    Parameters
    ----------
    document
        The document.
    style
        Its look, which decides whether sub-headings run in.
    """

    def __init__(self, document: Document, style: Style) -> None:
        self.marks = document.marks
        self.blocks = tuple(arranged(document.blocks, style.sub_headings))
        self._sub_levels: list[int] = []
        self._pointed = Pointed.of(document.marks)
        first = self._pointed.first
        self._at = {path: rest for path, indexes in first.items() if (rest := self._without_words(indexes))}
        self._inside = {path for block in self.blocks if isinstance(block, Table) for path in _places(block)}

    def header(self) -> str:
        """Return the title."""
        lines = (line for block in self.blocks if isinstance(block, Title) for line in block.lines)
        spans = "".join(f'<span class="ar-line">{broken(line, name_boundaries(line))}</span>' for line in lines)
        return f'<header class="ar-header"><h1 class="ar-title">{spans}</h1></header>'

    def contents(self) -> str:
        """Return the list of sections."""
        items = "".join(
            f'<li><a href="#{PREFIX}{block.section}">{runs(block.runs, ())}</a></li>'
            for block in self.blocks
            if isinstance(block, Heading) and block.section
        )
        return f'<nav class="ar-contents" aria-label="目录"><ol>{items}</ol></nav>'

    def review(self) -> str:
        """Return the table of all marks, or nothing if there are none."""
        if not self.marks:
            return ""
        errors = sum(mark.severity == "error" for mark in self.marks)
        warnings = len(self.marks) - errors
        heading = message("Findings: {errors} errors, {warnings} warnings", errors=errors, warnings=warnings)
        columns = (message("Kind"), message("Place"), message("What was found"))
        head = "".join(f'<th scope="col">{escape(words.text())}</th>' for words in columns)
        rows = "".join(self._finding(index) for index in range(len(self.marks)))
        return (
            f'<section class="ar-review" lang="{_language()}" aria-labelledby="{PREFIX}review">'
            f'<h2 id="{PREFIX}review">{escape(heading.text())}</h2>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></section>"
        )

    def _finding(self, index: int) -> str:
        mark = self.marks[index]
        place = f'<a lang="zh-CN" href="#{PREFIX}note-{index + 1}">{escape(mark.place)}</a>'
        if isinstance(mark.place, Place) and user_language() == "en":
            place = f"{escape(mark.place.english)} ({place})"
        return (
            f'<tr class="ar-{mark.severity}"><th scope="row">{self._kind(index)}</th><td>{place}</td>'
            f"<td>{escape(mark.message.text())}</td></tr>"
        )

    def _kind(self, index: int) -> str:
        kind = SEVERITIES[self.marks[index].severity]
        return f"{escape(kind.text())} {index + 1}"

    def main(self, *, marked_only: bool = False) -> str:
        """Return everything after the title.

        Parameters
        ----------
        marked_only
            Whether to omit the blocks without marks.
        """
        whole = [index for path, indexes in self._at.items() if _section_of(path) is None for index in indexes]
        sections = [[self._notes(whole)]]
        for block in self.blocks:
            if isinstance(block, Heading) and block.section:
                sections.append([self._section(block)])
            elif not isinstance(block, Title):
                sections[-1].append(self._WRITERS[type(block)](self, block))
        if marked_only:
            sections = [[first, *filter(_has_marks, rest)] for first, *rest in sections]
            sections = [sections[0], *(section for section in sections[1:] if any(map(_has_marks, section)))]
        front, *others = map("".join, sections)
        return front + "".join(f"{section}</section>" for section in others)

    def _section(self, block: Heading) -> str:
        """Open a section."""
        self._sub_levels = []
        key = block.section
        here = [
            index
            for path, indexes in self._at.items()
            if _section_of(path) == key and path not in self._inside
            for index in indexes
        ]
        words = runs(block.runs, self.marks)
        words = marked(words, here, self.marks) if here else words
        heading = f'<h2 class="ar-level-1">{words}</h2>{self._notes(here)}'
        return f'<section class="ar-section" id="{PREFIX}{key}">{heading}'

    def _heading(self, block: Heading) -> str:
        rank = self._rank(block.level)
        words = f'<h{rank} class="ar-level-{block.level}">{runs(block.runs, self.marks)}</h{rank}>'
        return words + self._notes(_marks_in(block.runs))

    def _rank(self, level: int) -> int:
        """Return the rank of a sub-heading; ranks are consecutive, whatever level a report begins with."""
        while self._sub_levels and self._sub_levels[-1] >= level:
            self._sub_levels.pop()
        self._sub_levels.append(level)
        return _SECTION_RANK + len(self._sub_levels)

    def _paragraph(self, block: Paragraph) -> str:
        body = f"<p>{runs(block.runs, self.marks)}</p>"
        notes = self._notes(_marks_in((*block.lead, *block.runs)))
        if block.level is None:
            return body + notes
        rank = self._rank(block.level)
        lead = f'<h{rank} class="ar-level-{block.level}">{runs(block.lead, self.marks)}</h{rank}>'
        return f'<div class="ar-run-in">{lead}{body}</div>{notes}'

    def _table(self, block: Table) -> str:
        here = [index for path in _places(block) for index in self._at.get(path, ())]
        table = skeleton(block.grid, block.key).fill(block, self._pointed, self.marks)
        return f'<div class="ar-noted">{table}{self._notes(here)}</div>' if here else table

    def _signature(self, block: Signature) -> str:
        lines = "".join(f"<p>{escape(text)}</p>" for text in (block.name, block.date) if text)
        return f'<div class="ar-signature">{lines}</div>'

    def _without_words(self, indexes: Iterable[int]) -> list[int]:
        """Leave out marks on passages, whose notes follow the paragraph."""
        return [index for index in indexes if self.marks[index].words is None]

    def _notes(self, indexes: Iterable[int]) -> str:
        items = "".join(map(self._note, sorted(set(indexes))))
        return f'<ul {_NOTES} lang="{_language()}">{items}</ul>' if items else ""

    def _note(self, index: int) -> str:
        mark = self.marks[index]
        words = f"<b>{self._kind(index)}</b> {escape(mark.message.text())}"
        return f'<li class="ar-{mark.severity}" id="{PREFIX}note-{index + 1}">{words}</li>'

    _WRITERS: ClassVar[dict[type, Callable[[Body, Any], str]]] = {
        Heading: _heading,
        Paragraph: _paragraph,
        Table: _table,
        Signature: _signature,
    }


def _places(block: Table) -> dict[str, int]:
    return skeleton(block.grid, block.key).places


def _marks_in(parts: Iterable[Run]) -> list[int]:
    return [index for part in parts if isinstance(part, MarkedRun) for index in part.marks]


def _section_of(path: str) -> str | None:
    """Return the section of a path; None if it is in the title or the introduction."""
    return next((key for key in path.removeprefix("texts.").split(".")[:1] if key in SECTIONS), None)


def _has_marks(content: str) -> bool:
    return _NOTES in content or "<mark " in content


def _language() -> str:
    return "en" if user_language() == "en" else "zh-CN"
