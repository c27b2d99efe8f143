"""Elements of HTML, with everything escaped that could end them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.writers.html.text import attribute, escape

if TYPE_CHECKING:
    from annual_report.messages import Language, Message


def element(name: str, content: str, **attributes: str) -> str:
    """Make an element.

    Parameters
    ----------
    name
        Its name.
    content
        The HTML in it.
    attributes
        Its attributes; an underscore at the end of a name is left out.

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> element("a", escape("1 < 2"), href="./?a=1&b=2", class_="plain")
    '<a href="./?a=1&amp;b=2" class="plain">1 &lt; 2</a>'
    """
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{attribute(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>{content}</{name}>"


def card(title: str, content: str) -> str:
    """Make a part of a page with a heading of its own.

    Parameters
    ----------
    title, content
        HTML.

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> card("Statuses", "<p>200</p>")
    '<section class="card"><h2>Statuses</h2><p>200</p></section>'
    """
    return f'<section class="card"><h2>{title}</h2>{content}</section>'


def posted(action: str, fields: str, language: Language) -> str:
    """Make a form that sends its fields, files among them, to an endpoint.

    Parameters
    ----------
    action
        The endpoint's path.
    fields
        HTML.
    language
        The language of the answer.

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> posted("new", "", "en")
    '<form method="post" action="new?lang=en" enctype="multipart/form-data"></form>'
    """
    return f'<form method="post" action="{action}?lang={language}" enctype="multipart/form-data">{fields}</form>'


def said(words: Message, language: Language) -> str:
    """Put a message into words, escaped.

    Parameters
    ----------
    words
        The message.
    language
        The language.

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> from annual_report.messages import message
    >>> said(message("{reports} reports: {errors} errors, {warnings} warnings; {failed} failed",
    ...     reports=1, errors=0, warnings=0, failed="<b>"), "en")
    '1 reports: 0 errors, 0 warnings; &lt;b&gt; failed'
    """
    return escape(words.text(language))


def hidden(name: str, value: str) -> str:
    """Make a field of a form that carries what the page knows to the next request.

    Parameters
    ----------
    name
        The field's name.
    value
        Its value, without line breaks.

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> hidden("file", '{"year": 2024}')
    '<input type="hidden" name="file" value="{&quot;year&quot;: 2024}">'
    """
    return f'<input type="hidden" name="{name}" value="{attribute(value)}">'
