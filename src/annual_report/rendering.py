"""A report into a file: checked, composed, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, overload

from annual_report.errors import Problem, UnusableInputError
from annual_report.files import save
from annual_report.messages import message
from annual_report.writers import FORMATS, writer

if TYPE_CHECKING:
    from typing_extensions import TypeIs

    from annual_report.analysis.compare import Comparison
    from annual_report.checks import Findings
    from annual_report.document.blocks import Document
    from annual_report.report.model import AnnualReport
    from annual_report.style import Style

DEFAULT_FORMAT = "docx"
DATA = "json"


@overload
def render(
    report: AnnualReport | Comparison,
    target: None = None,
    *,
    format: str | None = None,
    style: Style | str | None = None,
    allow_findings: bool = False,
    findings: Findings | None = None,
    fragment: bool = False,
) -> bytes: ...


@overload
def render(
    report: AnnualReport | Comparison,
    target: str | Path | BinaryIO,
    *,
    format: str | None = None,
    style: Style | str | None = None,
    allow_findings: bool = False,
    findings: Findings | None = None,
    fragment: bool = False,
) -> None: ...


def render(
    report: AnnualReport | Comparison,
    target: str | Path | BinaryIO | None = None,
    *,
    format: str | None = None,
    style: Style | str | None = None,
    allow_findings: bool = False,
    findings: Findings | None = None,
    fragment: bool = False,
) -> bytes | None:
    """Write a report as a document.

    Parameters
    ----------
    report
        The report, or a comparison of years.
    target
        A path, or a binary file object; left out, the document is returned.
    format
        `docx`, `html`, `pdf`, `xlsx`, `json` or `txt`; left out, the target's suffix tells, or `docx` if there is none.
    style
        The look: a `Style` or the name of a preset; left out, GB/T 9704-2012.
    allow_findings
        Whether to write a report whose numbers do not reconcile; `json` is data, not a document, and is always written.
    findings
        What was found in the report, to be marked in it, errors or not; `html` only.
    fragment
        Whether to give the report without the page around it, for a site's own template; `html` only.

    Returns
    -------
    bytes | None
        The document where there is no target.

    Raises
    ------
    ReconciliationError
        The report has errors, which are all listed; warnings do not keep it from being written.
    UnusableInputError
        The format or the preset is unknown, or the target cannot be written. An existing file is as it was.
    ConversionError
        LibreOffice, which makes the PDF, is not installed or fails.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> skeleton = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
    >>> render(skeleton, allow_findings=True)[:2]
    b'PK'
    """
    chosen = format_of(target, format)
    _refuse_options(chosen, fragment=fragment, findings=findings is not None)
    if findings is None and not allow_findings and chosen != DATA:
        _refuse_errors(report)
    options = {"fragment": True} if fragment else {}
    look = style_named(style)
    if chosen == "xlsx" and _is_comparison(report):
        from annual_report.writers.xlsx.comparison import write_comparison

        content = write_comparison(report)
    else:
        content = writer(chosen).write(_composed(report, findings), look, **options)
    if target is None:
        return content
    if isinstance(target, str | Path):
        save(content, Path(target))
    else:
        target.write(content)
    return None


def _is_comparison(report: AnnualReport | Comparison) -> TypeIs[Comparison]:
    from annual_report.report.model import AnnualReport

    return not isinstance(report, AnnualReport)


def _composed(report: AnnualReport | Comparison, findings: Findings | None) -> Document:
    """Compose a report with the findings to be marked, or a comparison, which has its own."""
    if _is_comparison(report):
        from annual_report.document.comparison import compose_comparison

        return compose_comparison(report)
    from annual_report.document.review import compose_with_findings

    return compose_with_findings(report, findings or ())


def _refuse_errors(report: AnnualReport | Comparison) -> None:
    """Refuse a report with errors; a comparison only shows what was published."""
    from annual_report.checks import Findings, ReconciliationError, check

    if _is_comparison(report):
        return
    findings = check(report)
    if findings.errors:
        raise ReconciliationError(Findings(findings))  # keeps the findings, but not the report


def format_of(target: object, format: str | None) -> str:
    """Choose the format: as named, or else by the target's suffix.

    Raises
    ------
    UnusableInputError
        There is no such format.
    """
    name = format
    if name is None:
        suffix = Path(target).suffix if isinstance(target, str | Path) else ""
        name = suffix.removeprefix(".").lower() or DEFAULT_FORMAT
    if name in FORMATS:
        return name
    known = ", ".join(FORMATS)
    words = message("there is no format “{format}”; known are {known}", format=name, known=known)
    raise UnusableInputError([Problem(words)], str(target) if isinstance(target, str | Path) else "")


def _refuse_options(format: str, **options: bool) -> None:
    """Refuse options that the web page alone has."""
    asked = ", ".join(name for name, wanted in options.items() if wanted)
    if asked and format != "html":
        raise UnusableInputError(
            [Problem(message("{option} is for html, not for {format}", option=asked, format=format))]
        )


def style_named(style: Style | str | None) -> Style:
    """Take a style as given, or the preset of a name.

    Raises
    ------
    UnusableInputError
        There is no such preset.
    """
    from annual_report.style import PRESETS, Style

    if isinstance(style, Style):
        return style
    name = "gbt9704" if style is None else style
    if name in PRESETS:
        return PRESETS[name]
    words = message("there is no style “{style}”; known are {known}", style=name, known=", ".join(PRESETS))
    raise UnusableInputError([Problem(words)])
