"""Pydantic's errors about a report or a style, told in the form's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from annual_report.errors import Problem
from annual_report.form import registry
from annual_report.form.fields import fields_of, model_of
from annual_report.form.sections import TABLES
from annual_report.form.values import MAX_COUNT, OddNumber
from annual_report.messages import Message, message
from annual_report.report.places import problem_at

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

SHOWN = 40
"""How many characters of a refused value are shown."""

PARAGRAPHS = "paragraphs"


def explain(error: ValidationError, model: type[BaseModel], data: Any = None) -> tuple[Problem, ...]:
    """Tell what validation found, in the form's words and in the form's order.

    Parameters
    ----------
    error
        What pydantic raised.
    model
        The class that was validated with, `AnnualReport` or `Style`.
    data
        What was validated, which tells the edition of a report.

    Returns
    -------
    tuple[Problem, ...]
        One problem per error.

    Examples
    --------
    >>> from pydantic import ValidationError
    >>> from annual_report import AnnualReport
    >>> try:
    ...     AnnualReport.model_validate({"agency": "石嘴山市民政局", "year": 1999})
    ... except ValidationError as error:
    ...     print(explain(error, AnnualReport)[0].text("en"))
    报告年度 (year): should be a whole number from 2019 to 2100, got 1999
    """
    form = form_of(data)
    details = error.errors(include_url=False)
    details.sort(key=lambda detail: _order(model, form, detail["loc"]))
    return tuple(_problem(model, form, detail, _as_given(data, detail["loc"])) for detail in details)


def _as_given(data: Any, keys: Sequence[str | int]) -> tuple[str | int, ...]:
    """Leave out the key of a narrative's paragraphs where its list was given without it."""
    section = data.get(keys[0]) if isinstance(data, dict) and keys else None
    if len(keys) > 1 and keys[1] == PARAGRAPHS and isinstance(section, list | tuple):
        return (keys[0], *keys[2:])
    return tuple(keys)


def form_of(data: Any) -> registry.Edition:
    """Give the edition that a report's data say they follow, or else the one in force."""
    given = data if isinstance(data, dict) else {}
    return registry.followed_by(given.get("edition"), given.get("year"))


def _trail(model: type[BaseModel], form: registry.Edition, keys: Sequence[str | int]) -> list[tuple[int, FieldInfo]]:
    """Follow keys through the classes: each field's position in the form, and the field."""
    trail: list[tuple[int, FieldInfo]] = []
    current: type[BaseModel] | None = model
    for key in keys:
        fields = fields_of(current) if current else {}
        field = fields.get(str(key))
        if field is None:
            break
        trail.append((list(fields).index(str(key)), field))
        current = getattr(form, str(key)) if current is model and key in TABLES else model_of(field.annotation)
    return trail


def _order(model: type[BaseModel], form: registry.Edition, keys: Sequence[str | int]) -> tuple[int, ...]:
    trail = _trail(model, form, keys)
    beyond = len(trail) < len(keys)
    return (*(position for position, _ in trail), *([MAX_COUNT] if beyond else []))


def _problem(
    model: type[BaseModel], form: registry.Edition, detail: ErrorDetails, given: Sequence[str | int]
) -> Problem:
    keys = detail["loc"]
    trail = _trail(model, form, keys)
    words = _words(model, form, detail, trail[-1][1] if len(trail) == len(keys) and trail else None)
    if "edition" in model.model_fields:
        return problem_at(given, words, form)
    known = [field.title or "" for _, field in trail]
    place = " › ".join([*known, *map(str, keys[len(known) :])])
    return Problem(words, place, ".".join(map(str, keys)))


def _words(model: type[BaseModel], form: registry.Edition, detail: ErrorDetails, field: FieldInfo | None) -> Message:
    """Say what is wrong, by the kind of error and of field."""
    if detail["type"] == "extra_forbidden":
        return _unknown_key(model, form, detail["loc"])
    got = shown(detail["input"])
    if field is not None and _is_whole_number(field) and detail["type"] != "missing":
        return _whole_number(field, detail["type"], got)
    words = _WORDS.get(detail["type"])
    return words(got, detail.get("ctx", {})) if words else message("is not valid, got {value}", value=got)


def _is_whole_number(field: FieldInfo) -> bool:
    kinds = {getattr(kind, "__origin__", kind) for kind in getattr(field.annotation, "__args__", ())} - {type(None)}
    return field.annotation is int or kinds == {int}


def _whole_number(field: FieldInfo, kind: str, got: str) -> Message:
    bounds = _bounds(field)
    least, most = bounds.get("ge", 0), bounds.get("le", MAX_COUNT)
    if least == 0 and kind != "less_than_equal":
        return message("should be a whole number not less than {least}, got {value}", least=least, value=got)
    if least == 0:
        return message("should be a whole number not more than {most}, got {value}", most=most, value=got)
    return message("should be a whole number from {least} to {most}, got {value}", least=least, most=most, value=got)


def _bounds(field: FieldInfo) -> dict[str, int]:
    args = [mark for arg in getattr(field.annotation, "__args__", ()) for mark in getattr(arg, "__metadata__", ())]
    marks = [*field.metadata, *(inner for mark in args for inner in getattr(mark, "metadata", ()))]
    return {name: getattr(mark, name) for mark in marks for name in ("ge", "le") if hasattr(mark, name)}


def _unknown_key(model: type[BaseModel], form: registry.Edition, keys: Sequence[str | int]) -> Message:
    current: type[BaseModel] | None = model
    if len(keys) > 1:
        parent = _trail(model, form, keys[:-1])
        table = len(keys) == 2 and keys[0] in TABLES  # noqa: PLR2004  # a table and a key in it
        current = getattr(form, str(keys[0])) if table else model_of(parent[-1][1].annotation) if parent else None
    fields = fields_of(current) if current else {}
    given = str(keys[-1])
    titled = [key for key, field in fields.items() if field.title == given]
    near = [*titled, *get_close_matches(given.lower(), fields, n=1)]
    if near:
        return message("there is no such key; is “{key}” meant?", key=near[0])
    return message("there is no such key")


def shown(value: Any) -> str:
    """Show a refused value as JSON has it, shortened."""
    try:
        text = _bare(value) or json.dumps(value, ensure_ascii=False, default=lambda part: _bare(part) or str(part))
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _bare(value: Any) -> str:
    """Show a number of no type of JSON's own as it was written; nothing for other values."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.text if isinstance(value, OddNumber) else ""


_Words = Callable[[str, dict[str, Any]], Message]

_OBJECT: _Words = lambda got, _: message("should be a JSON object, got {value}", value=got)  # noqa: E731
_TEXT: _Words = lambda got, _: message("should be text, got {value}", value=got)  # noqa: E731
_NUMBER: _Words = lambda got, _: message("should be a number, got {value}", value=got)  # noqa: E731
_FORM: _Words = lambda got, _: message("does not have the right form, got {value}", value=got)  # noqa: E731
_LIST: _Words = lambda got, _: message("should be a list, got {value}", value=got)  # noqa: E731

_WORDS: dict[str, _Words] = {
    "missing": lambda *_: message("is missing"),
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "string_type": _TEXT,
    "string_unicode": lambda *_: message("holds a character that cannot stand in a document"),
    "narrative_type": _TEXT,
    "bool_type": lambda got, _: message("should be true or false, got {value}", value=got),
    "tuple_type": _LIST,
    "too_long": _LIST,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than_equal": lambda got, ctx: message(
        "should not be less than {least}, got {value}", least=f"{ctx['ge']:g}", value=got
    ),
    "less_than_equal": lambda got, ctx: message(
        "should not be more than {most}, got {value}", most=f"{ctx['le']:g}", value=got
    ),
    "literal_error": lambda got, ctx: message(
        "should be one of {known}, got {value}", known=ctx["expected"].replace(" or ", ", "), value=got
    ),
    "string_pattern_mismatch": _FORM,
    "unknown_edition": lambda got, ctx: message("should be one of {known}, got {value}", known=ctx["known"], value=got),
    "not_printable": lambda _, ctx: message(
        "character {position} is {codepoint}, which cannot stand in a document", **ctx
    ),
    "blank_text": lambda *_: message("must not be blank"),
    "not_one_line": lambda *_: message("must be a single line"),
    "amount": lambda got, _: message("should be a plain decimal not less than 0, got {value}", value=got),
    "credit_code": lambda got, _: message(
        "should be an 18-character unified social credit code, got {value}", value=got
    ),
    "credit_code_check": lambda got, _: message(
        "is mistyped: its last character does not match, got {value}", value=got
    ),
    "iso_date": lambda got, _: message("should be a date such as 2024-01-25, got {value}", value=got),
    "heading_without_level": lambda *_: message("a sub-heading needs its level, and a level its words"),
    "type_size": lambda got, _: message(
        "should be a named size such as 三号, or points in halves, got {value}", value=got
    ),
    "no_type_area": lambda *_: message("the margins leave no room for text"),
}
