"""Writes the same report with straightforward python-docx code, and with a docxtpl template."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docxtpl import DocxTemplate

from annual_report import AnnualReport, to_document
from annual_report.document.blocks import Heading, Paragraph, Table, Title
from annual_report.document.compose import compose

if TYPE_CHECKING:
    from annual_report.report.narrative import Run


def with_python_docx(report: AnnualReport) -> bytes:
    """Write every block with python-docx's own methods."""
    document = docx.Document()
    for block in compose(report).blocks:
        if isinstance(block, Title):
            document.add_heading("\n".join(block.lines), 0)
        elif isinstance(block, Heading):
            document.add_heading("".join(run.text for run in block.runs), block.level)
        elif isinstance(block, Paragraph):
            add_runs(document.add_paragraph(), (*block.lead, *block.runs))
        elif isinstance(block, Table):
            add_table(document, block)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_runs(paragraph: Any, runs: tuple[Run, ...]) -> None:
    for run in runs:
        paragraph.add_run(run.text).bold = run.emphasis or None


def add_table(document: Any, block: Table) -> None:
    grid = block.grid
    table = document.add_table(grid.height, grid.width, style="Table Grid")
    values = iter(block.values)
    for cell in grid.cells:
        place = table.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
        place.text = next(values) if cell.is_value else cell.text


class WithDocxtpl:
    """Fills a template that has the same tables, with a placeholder for each value."""

    def __init__(self, report: AnnualReport) -> None:
        document = to_document(report)
        for number, (table, block) in enumerate(zip(document.tables, tables(report), strict=True)):
            values = iter(range(len(block.values)))
            for cell in block.grid.cells:
                if cell.is_value:
                    run = table.cell(cell.row, cell.column).paragraphs[0].runs[0]
                    run.text = f"{{{{ v{number}[{next(values)}] }}}}"
        body = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Body Text"]
        for number, paragraph in enumerate(body):
            for run in paragraph.runs[1:]:
                run._r.getparent().remove(run._r)  # noqa: SLF001  # python-docx removes no runs
            paragraph.runs[0].text = f"{{{{ p[{number}] }}}}"
        self.template = BytesIO()
        document.save(self.template)

    def __call__(self, report: AnnualReport) -> bytes:
        template = DocxTemplate(BytesIO(self.template.getvalue()))
        context: dict[str, Any] = {f"v{number}": block.values for number, block in enumerate(tables(report))}
        prose = [block for block in compose(report).blocks if isinstance(block, Paragraph)]
        context["p"] = ["".join(run.text for run in block.runs) for block in prose]
        template.render(context, autoescape=True)
        buffer = BytesIO()
        template.save(buffer)
        return buffer.getvalue()


def tables(report: AnnualReport) -> list[Table]:
    return [block for block in compose(report).blocks if isinstance(block, Table)]
