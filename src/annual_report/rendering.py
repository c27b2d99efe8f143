"""Renders a report: checks it, composes it, and writes the complete document or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import TextIOBase
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, cast, overload

from annual_report.errors import TEXT, Problem, UnusableInputError, refuse, require
from annual_report.files import save
from annual_report.messages import message
from annual_report.writers import DATA_FORMATS, DEFAULT_FORMAT, FORMATS, data_writer, writer

if TYPE_CHECKING:
    from typing_extensions import TypeIs

    from annual_report.analysis.compare import Comparison
    from annual_report.checks import Findings
    from annual_report.document.blocks import Document
    from annual_report.report.model import AnnualReport
    from annual_report.style import Style

DATA = "json"

_REPORT = message("a report (AnnualReport; load() reads one from a file) or a Comparison")
_TARGET = message("a path (str or Path) or a file opened in binary mode")
_STYLE = message("a Style or the name of a preset")
_FRAGMENT = message("True, False or “inline”")
_FINDINGS = message("the findings of a check (Findings)")


@overload
def render(
    report: AnnualReport | Comparison,
    target: None = None,
    *,
    format: str | None = None,
    style: Style | str | None = None,
    allow_findings: bool = False,
    findings: Findings | None = None,
    fragment: bool | Literal["inline"] = False,
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
    fragment: bool | Literal["inline"] = False,
) -> None: ...


def render(
    report: AnnualReport | Comparison,
    target: str | Path | BinaryIO | None = None,
    *,
    format: str | None = None,
    style: Style | str | None = None,
    allow_findings: bool = False,
    findings: Findings | None = None,
    fragment: bool | Literal["inline"] = False,
) -> bytes | None:
    """Render a report as a document.

    Parameters
    ----------
    report
        The report, or a comparison of years.
    target
        A path or a binary file object; by default, the document is returned.
    format
        `docx`, `html`, `pdf`, `xlsx`, `json` or `txt`; by default, taken from the target's suffix, or else `docx`.
    style
        The look: a `Style` or the name of a preset; by default, GB/T 9704-2012.
    allow_findings
        Whether to render a report whose numbers do not reconcile; `json` is data, and always rendered.
    findings
        Findings to mark in the report, which is then rendered even if it has errors; `html` only.
    fragment
        Whether to omit the page around the report, for embedding in a site's own template; `html` only. `"inline"`
        puts the style into the elements' attributes, for editors that remove style sheets (package css-inline).

    Returns
    -------
    bytes | None
        The document if there is no target.

    Raises
    ------
    ArgumentTypeError
        An argument is of another kind; a `TypeError`.
    ReconciliationError
        The report has errors, all of which are listed; warnings do not prevent rendering.
    UnusableInputError
        The format or preset is unknown, or the target cannot be written. An existing file is left unchanged.
    ConversionError
        LibreOffice, which makes the PDF, is not installed or fails.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> skeleton = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
    >>> render(skeleton, allow_findings=True)[:2]
    b'PK'
    """
    _require_arguments(report, target, format, findings)
    require(fragment, (bool, str), "fragment", _FRAGMENT)
    chosen = format_of(target, format)
    _refuse_options(chosen, fragment=fragment is not False, findings=findings is not None)
    if findings is None and not allow_findings and chosen != DATA:
        _refuse_errors(report)
    options = {"fragment": _fragment_kind(fragment)} if fragment else {}
    look = style_named(style)
    if chosen in DATA_FORMATS:
        content = data_writer(chosen).write(report)
    else:
        content = writer(chosen).write(_composed(report, findings, chosen), look, **options)
    if target is None:
        return content
    if isinstance(target, str | Path):
        save(content, Path(target))
    else:
        target.write(content)
    return None


def _require_arguments(report: object, target: object, format: object, findings: object) -> None:
    """Refuse arguments of other kinds than `render` takes."""
    if not isinstance(report, _report_class()):
        from annual_report.analysis.compare import Comparison

        require(report, Comparison, "report", _REPORT)
    if isinstance(target, TextIOBase) or not (isinstance(target, (str, Path, type(None))) or hasattr(target, "write")):
        refuse(target, "target", _TARGET)
    require(format, (str, type(None)), "format", TEXT)
    require(findings, (Sequence, type(None)), "findings", _FINDINGS)
    if findings:
        from annual_report.checks import Finding

        for finding in cast("Sequence[object]", findings):
            require(finding, Finding, "findings", _FINDINGS)


def _is_comparison(report: AnnualReport | Comparison) -> TypeIs[Comparison]:
    return not isinstance(report, _report_class())


@cache
def _report_class() -> type[AnnualReport]:
    """Import the class once: an import within a function takes 2 µs each time."""
    from annual_report.report.model import AnnualReport

    return AnnualReport


def _composed(report: AnnualReport | Comparison, findings: Findings | None, format: str) -> Document:
    """Compose a report with findings marked, or a comparison, which brings its own findings."""
    if _is_comparison(report):
        from annual_report.document.comparison import compose_comparison, with_notes

        document = compose_comparison(report)
        return document if format == "html" else with_notes(document)
    from annual_report.document.review import compose_with_findings

    return compose_with_findings(report, findings or ())


def _refuse_errors(report: AnnualReport | Comparison) -> None:
    """Reject a report with errors; a comparison only shows published reports."""
    from annual_report.checks import Findings, ReconciliationError, check

    if _is_comparison(report):
        return
    findings = check(report)
    if findings.errors:
        raise ReconciliationError(Findings(findings))  # keeps the findings, but not the report


def format_of(target: object, format: str | None) -> str:
    """Choose the format by name, or else by the target's suffix.

    Raises
    ------
    UnusableInputError
        The format is unknown.
    """
    name = format
    if name is None:
        suffix = Path(target).suffix if isinstance(target, str | Path) else ""
        name = suffix.removeprefix(".").lower() or DEFAULT_FORMAT
    if name in FORMATS:
        return name
    known = ", ".join(FORMATS)
    msg = message("there is no format “{format}”; known are {known}", format=name, known=known)
    raise UnusableInputError([Problem(msg)], str(target) if isinstance(target, str | Path) else "")


def _refuse_options(format: str, **options: bool) -> None:
    """Reject options that only web pages have."""
    asked = ", ".join(name for name, wanted in options.items() if wanted)
    if asked and format != "html":
        raise UnusableInputError(
            [Problem(message("{option} is for html, not for {format}", option=asked, format=format))]
        )


def _fragment_kind(fragment: object) -> bool | Literal["inline"]:
    """Return the kind of fragment asked for.

    Raises
    ------
    UnusableInputError
        There is no such kind.
    """
    if fragment is True or fragment == "inline":
        return fragment
    msg = message("there is no kind of fragment “{fragment}”; it is True or “inline”", fragment=fragment)
    raise UnusableInputError([Problem(msg)])


def style_named(style: Style | str | None) -> Style:
    """Return a style as given, or the preset with a name.

    Raises
    ------
    UnusableInputError
        The preset is unknown.
    """
    from annual_report.style import PRESETS, Style

    require(style, (Style, str, type(None)), "style", _STYLE)
    if isinstance(style, Style):
        return style
    name = "gbt9704" if style is None else style
    if name in PRESETS:
        return PRESETS[name]
    msg = message("there is no style “{style}”; known are {known}", style=name, known=", ".join(PRESETS))
    raise UnusableInputError([Problem(msg)])
