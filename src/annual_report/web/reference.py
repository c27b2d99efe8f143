"""The reference of the endpoints for developers, made of the OpenAPI document, without anything from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annual_report.messages import Message, message
from annual_report.web.elements import card, element, said
from annual_report.web.pages import page
from annual_report.writers.html.text import escape

if TYPE_CHECKING:
    from annual_report.messages import Language

_FIELDS = message("Fields (multipart/form-data)")
_STATUSES = message("Statuses")
_ALWAYS = message("Statuses that every endpoint has")


def reference_page(openapi: dict[str, Any], language: Language) -> str:
    """Make the page.

    Parameters
    ----------
    openapi
        The OpenAPI document, whose summaries and descriptions are messages in English.
    language
        The page's language.

    Returns
    -------
    str
        HTML.
    """
    title = message("The service for developers").text(language)
    link = element("a", said(message("The OpenAPI document"), language), href="openapi.json")
    introduction = _words(openapi["info"]["description"], language)
    operations = {f"POST {path}": methods["post"] for path, methods in openapi["paths"].items()}
    shared = set.intersection(*({*operation["responses"]} for operation in operations.values())) - {"200"}
    parts = [_operation(name, operation, shared, language) for name, operation in operations.items()]
    responses = next(iter(operations.values()))["responses"]
    always = _statuses({status: responses[status] for status in responses if status in shared}, language)
    heading = f"<h1>{escape(title)}</h1><p>{introduction}</p><p>{link}</p>"
    common = card(said(_ALWAYS, language), always)
    return page(title, heading + "".join(parts) + common, language, path="docs")


def _words(text: str, language: Language) -> str:
    return said(Message(text), language)


def _operation(name: str, operation: dict[str, Any], shared: set[str], language: Language) -> str:
    schema = operation["requestBody"]["content"]["multipart/form-data"]["schema"]
    fields = "".join(
        f"<dt><code>{name}</code></dt><dd>{_words(field['description'], language)}</dd>"
        for name, field in schema["properties"].items()
    )
    own = {status: response for status, response in operation["responses"].items() if status not in shared}
    return card(
        element("code", escape(name)),
        f"<p>{_words(operation['summary'], language)}</p>"
        f"<h3>{said(_FIELDS, language)}</h3><dl>{fields}</dl>"
        f"<h3>{said(_STATUSES, language)}</h3>{_statuses(own, language)}",
    )


def _statuses(responses: dict[str, dict[str, str]], language: Language) -> str:
    listed = "".join(
        f"<dt><code>{status}</code></dt><dd>{_words(response['description'], language)}</dd>"
        for status, response in responses.items()
    )
    return f"<dl>{listed}</dl>"
