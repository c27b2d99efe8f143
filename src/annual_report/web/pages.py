"""The frame of every page, the start page, and the page that says why something is refused."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import Response

from annual_report.checks.severity import NAMES
from annual_report.form.sections import REPORT_NAME
from annual_report.form.values import MAX_NAME
from annual_report.messages import message
from annual_report.report.model import FIRST_YEAR, LAST_YEAR
from annual_report.web.elements import card, element, posted, said
from annual_report.writers.html.text import escape

if TYPE_CHECKING:
    from fastapi import Request

    from annual_report.messages import Language, Message
    from annual_report.web.limits import Limits
    from annual_report.web.wire import Answer

HTML_TYPE = "text/html; charset=utf-8"
REFUSED = 400
LATE = 408
TOO_LARGE = 413
BUSY = 503

_ENDS = {"connection": "close"}  # else the server goes on reading a body that may have no end
_WITH_STATUS = {LATE: _ENDS, TOO_LARGE: _ENDS, BUSY: {"retry-after": "5"} | _ENDS}

_WEIGHED = re.compile(r"\s*(?P<tag>[a-z]{1,8})(?:-[a-z0-9-]+)?\s*(?:;\s*q=(?P<weight>[01](?:\.\d{0,3})?)\s*)?")
_LAST_YEAR = message("Last year's report, if you have it")
_OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}
_LANGUAGES: dict[Language, tuple[str, str]] = {"zh": ("zh-CN", "中文"), "en": ("en", "English")}


def language_of(request: Request) -> Language:
    """Choose the language of an answer: `lang` of the query, or else the browser's; Chinese if neither says.

    Parameters
    ----------
    request
        The request.

    Returns
    -------
    Language
        `zh` or `en`.
    """
    asked = request.query_params.get("lang", "").lower()
    accepted = asked if asked in _LANGUAGES else request.headers.get("accept-language", "").lower()
    found = filter(None, map(_WEIGHED.fullmatch, accepted.split(",")))
    weights = {choice["tag"]: float(choice["weight"] or 1) for choice in reversed(list(found))}
    return "en" if weights.get("en", 0) > weights.get("zh", 0) else "zh"


def respond(request: Request, answer: Answer) -> Response:
    """Send an answer; a refusal is a page if a browser asks for one, and JSON otherwise.

    Parameters
    ----------
    request
        The request.
    answer
        The answer.

    Returns
    -------
    Response
        The response.
    """
    headers = dict(_WITH_STATUS.get(answer.status, {}))
    if answer.filename:
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(answer.filename)}"
    body, media_type = answer.body, answer.media_type
    if answer.status >= REFUSED and "text/html" in request.headers.get("accept", ""):
        body, media_type = refusal_page(json.loads(body), language_of(request)).encode(), HTML_TYPE
    return Response(body, answer.status, headers, media_type)


def page(title: str, content: str, language: Language, *, path: str = "./", has_report: bool = False) -> str:
    """Put content into the frame of every page.

    Parameters
    ----------
    title
        The page's title.
    content
        HTML.
    language
        The language of the page.
    path
        Where the same page is found in the other language.
    has_report
        Whether it contains a report, which has a style sheet of its own.

    Returns
    -------
    str
        The whole page, as UTF-8 can hold it.
    """
    other, name = _LANGUAGES[_OTHER[language]]
    sheets = ["page.css", "report.css"] if has_report else ["page.css"]
    links = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in sheets)
    switch = element("a", escape(name), href=f"{path}?lang={_OTHER[language]}", lang=other, hreflang=other)
    reference = element("a", said(message("For developers"), language), href=f"docs?lang={language}")
    brand = element("a", said(message("Check the annual report"), language), href=f"./?lang={language}")
    promise = said(message("Files are only read to answer, and not kept; nothing is sent anywhere else."), language)
    whole = (
        f'<!DOCTYPE html>\n<html lang="{_LANGUAGES[language][0]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">{links}\n</head>\n<body>\n'
        f'<header class="bar"><div>{brand}<nav>{reference}{switch}</nav></div></header>\n'
        f"<main>{content}</main>\n<footer><p>{promise}</p></footer>\n</body>\n</html>\n"
    )
    return whole.encode("utf-8", "replace").decode()


def start_page(language: Language, limits: Limits) -> str:
    """Make the page that takes files and gives the empty form.

    Parameters
    ----------
    language
        Its language.
    limits
        The limits that it states.

    Returns
    -------
    str
        HTML.
    """
    words = message("Find what does not reconcile before the report is handed in, and get the document to publish.")
    heading = element("h1", escape(REPORT_NAME), lang="zh-CN") + element("p", said(words, language), class_="lead")
    steps = (
        message("Get the empty form, or take the report that you have."),
        message("Fill in the workbook in Excel or WPS."),
        message("Put the file here, and correct what is found."),
        message("Take the Word document, and publish it."),
    )
    listed = "".join(element("li", said(step, language)) for step in steps)
    return page(
        REPORT_NAME,
        f'{heading}<ol class="steps">{listed}</ol><div class="doors">{_check_form(language, limits)}'
        f"{_new_form(language)}</div>",
        language,
    )


def _check_form(language: Language, limits: Limits) -> str:
    title = said(message("Check a report"), language)
    kinds = message("Word, WPS, PDF, web page, workbook or JSON; several files at once give a table.")
    size = message("At most {files} files and {size} MB at once.", files=limits.files, size=limits.request >> 20)
    previous = said(message("The numbers carried over are compared."), language)
    fields = _file_field("file", message("The report"), said(kinds, language), language, " multiple required")
    fields += _file_field("previous", _LAST_YEAR, previous, language)
    button = element("button", said(message("Check"), language))
    fields += f'<p class="buttons">{button}</p><p class="hint">{said(size, language)}</p>'
    return card(title, posted("./", fields, language))


def _new_form(language: Language) -> str:
    title = said(message("Get the empty form"), language)
    agency, year = said(message("The body's full name"), language), said(message("The year reported on"), language)
    hint = said(message("Its text and the numbers carried over are filled in."), language)
    before = _file_field("previous", _LAST_YEAR, hint, language, identifier="before")
    button = element("button", said(message("Get the workbook"), language), class_="plain")
    last = datetime.now(tz=UTC).year - 1
    fields = (
        f'<div class="field"><label for="agency">{agency}</label>'
        f'<input id="agency" name="agency" required maxlength="{MAX_NAME}" autocomplete="organization"></div>'
        f'<div class="field"><label for="year">{year}</label><input id="year" name="year" type="number"'
        f' min="{FIRST_YEAR}" max="{LAST_YEAR}" required value="{last}"></div>'
        f'{before}<p class="buttons">{button}</p>'
    )
    return card(title, posted("new", fields, language))


def _file_field(
    name: str, label: Message, hint: str, language: Language, more: str = "", identifier: str | None = None
) -> str:
    """Make a field for files, onto which they can also be dropped; its identifier is its name if no other is given."""
    key = identifier or name
    return (
        f'<div class="field"><label for="{key}">{said(label, language)}</label>'
        f'<input class="drop" id="{key}" name="{name}" type="file" aria-describedby="{key}-hint"{more}>'
        f'<p class="hint" id="{key}-hint">{hint}</p></div>'
    )


def refusal_page(refusal: dict[str, list[dict[str, Any]]], language: Language) -> str:
    """Make the page that says why something is refused.

    Parameters
    ----------
    refusal
        A `Refusal` as JSON has it.
    language
        The page's language.

    Returns
    -------
    str
        HTML.
    """
    title = message("This cannot be done").text(language)
    items = "".join(element("li", escape(_line(reason, language))) for kind in refusal.values() for reason in kind)
    back = element("a", said(message("Back to the start"), language), href=f"./?lang={language}")
    content = f'<section class="card refused"><h1>{escape(title)}</h1><ul>{items}</ul><p>{back}</p></section>'
    return page(title, content, language)


def reasons(answer: Answer, language: Language, source: str = "") -> list[str]:
    """Return the reasons of a refusal as lines.

    Parameters
    ----------
    answer
        The refusal.
    language
        The language of the lines.
    source
        The file's name, with which each line then begins.

    Returns
    -------
    list[str]
        A line for each problem, doubt and finding.
    """
    refusal = json.loads(answer.body)
    lead = f"{source}: " if source else ""
    return [lead + _line(reason | {"source": ""}, language) for kind in refusal.values() for reason in kind]


def _line(reason: dict[str, Any], language: Language) -> str:
    where = reason["place" if language == "zh" else "place_en"] or reason["path"]
    severity = NAMES[reason["severity"]].text(language) if reason.get("severity") in NAMES else ""
    return ": ".join(filter(None, (reason.get("source"), severity, where, reason["message"][language])))
