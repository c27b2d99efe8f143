"""Says what is wrong with JSON that does not parse, in the words of somebody who typed it by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annual_report.messages import message

if TYPE_CHECKING:
    import json

    from annual_report.messages import Message

_MARKS = dict(zip("：，、；“”‘’＂＇｛｝［］", ':,,,""""""{}[]', strict=True))
"""Marks of Chinese input methods, each with the one that JSON has."""

_NUMBER = re.compile(r"[+.]|(?<=[0-9])[0-9]")
"""Where a number begins that JSON does not have (+7, .5), or goes on so (07, 7.)."""

_WORD = re.compile(r"[^\W\d][\w.-]{0,39}")


def syntax_problem(error: json.JSONDecodeError) -> Message:
    """Describe where JSON does not parse, and what is wrong there.

    Parameters
    ----------
    error
        The parser's error.

    Returns
    -------
    Message
        The line and column, counted from 1, and what to mend, as far as it can be told.

    Examples
    --------
    >>> import json
    >>> try:
    ...     json.loads('{"year": 2024,}')
    ... except json.JSONDecodeError as error:
    ...     print(syntax_problem(error).text("en"))
    not valid JSON (line 1, column 14): there is a comma too many
    """
    position, what = _found(error)
    line = error.doc.count("\n", 0, position) + 1
    column = position - error.doc.rfind("\n", 0, position)
    where = message("not valid JSON (line {line}, column {column})", line=line, column=column)
    return where if what is None else message("{where}: {what}", where=where, what=what)


def _found(error: json.JSONDecodeError) -> tuple[int, Message | None]:
    """Return where the mistake is, which for a comma too many depends on the version of Python, and what it is."""
    text, position = error.doc, error.pos
    before = text[:position].rstrip()
    if before.endswith(",") and text[position : position + 1] in {",", "}", "]"}:
        return len(before) - 1, message("there is a comma too many")
    return position, _mistake(error, text[position : position + 40], text[position + 1 : position + 41].lstrip())


def _mistake(error: json.JSONDecodeError, rest: str, after: str) -> Message | None:
    """Return what is wrong by the parser's message and the text from the place on; the first that applies."""
    mark, word = rest[:1], _WORD.match(rest)
    is_extra = mark == "," and (after[:1] in {"}", "]"} or not error.msg.startswith("Expecting ':'"))
    mistakes = (
        (error.msg.startswith("Unterminated string"), message("a text has no quotation mark at its end")),
        (
            error.msg.startswith("Invalid control character"),
            message("a text contains a line break or a tab; write \\n, or a list of paragraphs"),
        ),
        (error.msg.startswith("Extra data"), message("there is more after the last bracket; remove it")),
        (not rest.strip(), message("the file ends too early; is a bracket missing?")),
        (is_extra, message("there is a comma too many")),
        (
            mark in _MARKS,
            message("the full-width mark “{mark}” should be “{plain}”", mark=mark, plain=_MARKS.get(mark, "")),
        ),
        (mark == "'", message("a text needs double quotation marks, not single ones")),
        (
            _NUMBER.match(error.doc, error.pos) is not None,
            message("a number is written with digits alone, such as 7 or 0.5"),
        ),
        (error.msg.startswith("Expecting ',' delimiter"), message("a comma or a bracket is missing before this")),
        (word is not None, message("“{word}” needs quotation marks", word=word[0] if word else "")),
        (mark in {"}", "]"}, message("a value is missing")),
    )
    return next((words for applies, words in mistakes if applies), None)
