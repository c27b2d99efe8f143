"""The pages that show what was found in one file, or in several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annual_report.messages import message
from annual_report.rendering import DATA
from annual_report.web.doubtful import UNKNOWN
from annual_report.web.elements import card, element, hidden, posted, said
from annual_report.web.pages import page
from annual_report.writers.html.text import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.messages import Language, Message

_DOCUMENTS = {
    "docx": message("Word document"),
    "pdf": message("PDF"),
    "xlsx": message("Workbook"),
    "html": message("Web page"),
    "txt": message("Text"),
    "json": message("Data (JSON)"),
}
_SHOWN = 20
"""How many findings of a file the table of several files lists, and how many places an explanation."""


def result_page(view: dict[str, Any], language: Language) -> str:
    """Show what was found in a file.

    Parameters
    ----------
    view
        What `views.view` gives.
    language
        The page's language.

    Returns
    -------
    str
        HTML.
    """
    known = f"{view['agency']}{view['year']}年" if view["agency"] and view["year"] else ""
    name = known or view["source"] or UNKNOWN
    source = said(message("Read from {source}", source=view["source"]), language)
    heading = element("h1", escape(name), lang="zh-CN")
    if known and view["source"]:
        heading += element("p", source, class_="hint")
    look = "sheet doubtful" if view["doubts"] else "sheet"
    shown = view["article"] and element("div", view["article"], class_=look)
    about = (_verdict, _documents, _deviations, _explanations)
    parts = [*(part(view, language) for part in about), shown, _back(language)]
    return page(name, heading + "".join(parts), language, has_report=True)


def _verdict(view: dict[str, Any], language: Language) -> str:
    """Say first of all whether the report can be handed in."""
    if view["is_unfilled"]:
        words = message("The form is not filled in yet: fill in the tables below.")
    elif view["doubts"]:
        words = message("Not everything could be read for certain: correct the file at the places below.")
    elif view["errors"]:
        words = message("The report does not reconcile: correct the errors before it is handed in.")
    elif view["warnings"]:
        words = message("The numbers reconcile; look at the warnings.")
    else:
        words = message("Everything that is checked reconciles.")
    kind = "bad" if view["doubts"] or view["errors"] else "fair" if view["warnings"] else "good"
    counts = "".join(element("li", said(words, language)) for words in _counts(view))
    return f'<section class="verdict {kind}" role="status"><p>{said(words, language)}</p><ul>{counts}</ul></section>'


def _counts(view: dict[str, Any]) -> Iterator[Message]:
    """Count what was found; a report that is in doubt has not been checked."""
    if not view["doubts"]:
        yield message("{number} errors", number=view["errors"])
        yield message("{number} warnings", number=view["warnings"])
    yield _doubts(view)


def _doubts(view: dict[str, Any]) -> Message:
    """Count the doubts, or the tables that are not filled in if there is no other doubt."""
    if view["is_unfilled"]:
        return message("{number} tables not filled in", number=view["doubts"])
    return message("{number} doubts", number=view["doubts"])


def _documents(view: dict[str, Any], language: Language) -> str:
    """Offer the report in every format; with errors, only to those who insist."""
    if not view["report"]:
        return ""
    title = said(message("Take the report as"), language)
    buttons = "".join(_format_button(name, said(words, language)) for name, words in _DOCUMENTS.items())
    insist = _insist(language, " required") if view["errors"] else ""
    fields = f'{hidden("file", view["report"])}{insist}<p class="buttons">{buttons}</p>'
    return card(title, posted("render", fields, language))


def _format_button(format: str, words: str) -> str:
    look = "" if format == "docx" else ' class="plain"'
    always = " formnovalidate" if format == DATA else ""
    return f'<button name="format" value="{format}"{look}{always}>{words}</button>'


def _insist(language: Language, more: str = "") -> str:
    words = said(message("Write it even though it has errors"), language)
    return (
        f'<p><label class="tick"><input type="checkbox" name="allow_findings" value="true"{more}> {words}</label></p>'
    )


def _deviations(view: dict[str, Any], language: Language) -> str:
    doubts = [one for one in view["deviations"] if one["severity"] == "doubt"]
    infos = [one for one in view["deviations"] if one["severity"] == "info"]
    shown = ""
    if doubts:
        counted = message("{number} places are in doubt", number=len(doubts))
        title = _doubts(view) if view["is_unfilled"] else counted
        shown += card(said(title, language), _table(doubts, language))
    if infos:
        title = message("{number} places are read although the form has them otherwise", number=len(infos))
        shown += f'<details class="card"><summary>{said(title, language)}</summary>{_table(infos, language)}</details>'
    return shown


def _explanations(view: dict[str, Any], language: Language) -> str:
    """Explain each rule and deviation that was found, as `annual-report explain` does."""
    if not view["explained"]:
        return ""
    title = said(message("What each of these means, and what to do"), language)
    listed = "".join(
        f"<dt>{escape(each['what'])}</dt><dd>"
        f"<p>{said(message('What to do: {advice}', advice=each['mend']), language)}</p>"
        f'<p class="hint"><code>{each["id"]}</code></p>'
        f"{_places(each['places'], language)}</dd>"
        for each in view["explained"]
    )
    return f'<details class="card explained"><summary>{title}</summary><dl>{listed}</dl></details>'


def _places(places: dict[str, str], language: Language) -> str:
    links = [_link(words, anchor) for words, anchor in [*places.items()][:_SHOWN]]
    if len(places) > _SHOWN:
        links.append(said(message("and {number} more", number=len(places) - _SHOWN), language))
    return element("ul", "".join(element("li", link) for link in links))


def _table(deviations: list[dict[str, str]], language: Language) -> str:
    titles = (message("Place"), message("What was read"), message("Found there"), message("Where in the file"))
    rows = "".join(
        f"<tr><td>{_link(one['place'], one['anchor'])}</td><td>{escape(one['message'])}</td>"
        f"<td>{escape(one['found'])}</td><td>{escape(one['where'])}</td></tr>"
        for one in deviations
    )
    return _scrolling(titles, rows, language, message("Deviations from the form"))


def _link(words: str, anchor: str) -> str:
    return element("a", escape(words), href=f"#{anchor}") if anchor else escape(words)


def _scrolling(titles: tuple[Message, ...], rows: str, language: Language, name: Message) -> str:
    head = "".join(f'<th scope="col">{said(title, language)}</th>' for title in titles)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return element("div", table, class_="scroll", role="region", tabindex="0", aria_label=name.text(language))


def table_page(views: list[dict[str, Any]], language: Language) -> str:
    """Show what was found in several files.

    Parameters
    ----------
    views
        What `views.view` gives for each.
    language
        The page's language.

    Returns
    -------
    str
        HTML.
    """
    title = said(message("{number} files", number=len(views)), language)
    titles = (message("File"), message("Body"), message("Year"), message("Result"), message("What was found"))
    rows = "".join(_row(view, language) for view in views)
    table = _scrolling((*titles, message("Report")), rows, language, message("What was found"))
    content = f'<h1>{title}</h1><section class="card">{table}</section>{_together(views, language)}{_back(language)}'
    return page(title, content, language)


def _row(view: dict[str, Any], language: Language) -> str:
    result, kind = _result(view)
    cells = (
        escape(view.get("agency", "")),
        f'<span class="year">{view.get("year", "")}</span>',
        f'<span class="chip {kind}">{said(result, language)}</span>',
        _lines(_reasons(view), language),
        _show_again(view, language),
    )
    return f'<tr><th scope="row">{escape(view["source"])}</th><td>{"</td><td>".join(cells)}</td></tr>'


def _lines(lines: list[str], language: Language) -> str:
    if len(lines) < 2:  # noqa: PLR2004  # a single line is shown as it is
        return "".join(map(escape, lines))
    listed = "".join(element("li", escape(line)) for line in lines[1:_SHOWN])
    if len(lines) > _SHOWN:
        listed += element("li", said(message("and {number} more", number=len(lines) - _SHOWN), language))
    return f"<details><summary>{escape(lines[0])}</summary><ul>{listed}</ul></details>"


def _show_again(view: dict[str, Any], language: Language) -> str:
    if not view.get("report"):
        return ""
    button = element("button", said(message("Show"), language), class_="plain")
    return posted("./", hidden("file", view["report"]) + button, language)


def _result(view: dict[str, Any]) -> tuple[Message, str]:
    if view["problems"]:
        return message("unreadable"), "bad"
    if view["doubts"]:
        return _doubts(view), "bad"
    if view["errors"]:
        return message("{number} errors", number=view["errors"]), "bad"
    if view["warnings"]:
        return message("{number} warnings", number=view["warnings"]), "fair"
    return message("reconciles"), "good"


def _together(views: list[dict[str, Any]], language: Language) -> str:
    """Offer what is made of all files: the workbook of findings, and the documents."""
    reports = "".join(hidden("file", view["report"]) for view in views if view.get("report"))
    failed = (view for view in views if not view.get("report"))
    unread = "".join(hidden("unread", _failed(view, line)) for view in failed for line in _reasons(view))
    title = said(message("Take them together"), language)
    words = said(message("One row for each finding, to send back to the bodies."), language)
    button = element("button", said(message("Workbook of findings"), language))
    documents = _all_documents(reports, language) if reports else ""
    fields = f'{reports}{unread}<p>{words}</p><p class="buttons">{button}</p>'
    return card(title, f'<div class="doors">{posted("review", fields, language)}{documents}</div>')


def _reasons(view: dict[str, Any]) -> list[str]:
    lines: list[str] = view["problems"] or view["lines"]
    return lines


def _failed(view: dict[str, Any], line: str) -> str:
    """Return a reason why a file cannot be read, beginning with the file's name."""
    lead = f"{view['source']}: "
    return line if line.startswith(lead) else lead + line


def _all_documents(reports: str, language: Language) -> str:
    label = said(message("Format"), language)
    options = "".join(f'<option value="{name}">{said(words, language)}</option>' for name, words in _DOCUMENTS.items())
    button = element("button", said(message("All documents (.zip)"), language), class_="plain")
    fields = (
        f'{reports}<div class="field"><label for="format">{label}</label>'
        f'<select id="format" name="format">{options}</select></div>'
        f'{_insist(language)}<p class="buttons">{button}</p>'
    )
    return posted("documents", fields, language)


def _back(language: Language) -> str:
    words = said(message("Check another file"), language)
    return element("p", element("a", words, href=f"./?lang={language}"), class_="back")
