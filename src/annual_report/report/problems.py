"""Describes Pydantic's validation errors of a report or style in the form's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ValidationError

from annual_report.errors import MAX_LISTED, MAX_SHOWN, Problem, require, shortened
from annual_report.form import registry
from annual_report.form.base import FormTable
from annual_report.form.english import english
from annual_report.form.fields import fields_of, model_of
from annual_report.form.sections import TABLES
from annual_report.form.values import MAX_AMOUNT_DIGITS, MAX_COUNT, OddNumber
from annual_report.messages import Language, Message, Place, message, using
from annual_report.report.places import SEPARATOR, problem_at

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

PARAGRAPHS = "paragraphs"


def explain(
    error: ValidationError, model: type[BaseModel], data: Any = None, *, lang: Language | None = None
) -> tuple[Problem, ...]:
    """Describe the errors that validation found, in the form's words and order.

    Parameters
    ----------
    error
        The error that Pydantic raised.
    model
        The class that raised it, `AnnualReport` or `Style`.
    data
        The validated data, which name a report's edition.
    lang
        The language of `str(problem)`; by default, the user's.

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
    ...     print(explain(error, AnnualReport, lang="en")[0])
    year reported on (报告年度, year): should be a whole number from 2019 to 2100, got 1999
    """
    with using(lang):
        require(error, ValidationError, "error", message("a ValidationError of pydantic"))
        require(model, type(BaseModel), "model", message("the class that was validated, AnnualReport or Style"))
    edition = form_of(data)
    details = [(detail, _trail(model, edition, detail["loc"])) for detail in error.errors(include_url=False)]
    details.sort(key=lambda found: _order(found[0]["loc"], found[1]))
    # Suggesting a key is slow, and errors list only the first problems anyway.
    problems = (
        _problem(model, edition, detail, trail, _as_given(data, detail["loc"]), suggest=number < MAX_LISTED)
        for number, (detail, trail) in enumerate(details)
    )
    return tuple(replace(problem, language=lang) if lang else problem for problem in problems)


def _as_given(data: Any, keys: Sequence[str | int]) -> tuple[str | int, ...]:
    """Drop the key of a narrative's paragraphs if they were given as a list."""
    section = data.get(keys[0]) if isinstance(data, dict) and keys else None
    if len(keys) > 1 and keys[1] == PARAGRAPHS and isinstance(section, list | tuple):
        return (keys[0], *keys[2:])
    return tuple(keys)


def form_of(data: Any) -> registry.Edition:
    """Return the edition that a report's data name, or else the one for their year."""
    given = data if isinstance(data, dict) else {}
    return registry.followed_by(given.get("edition"), given.get("year"))


class _Step(NamedTuple):
    """A field on the way to a place: its position in the form, and the class that it holds, if any."""

    position: int
    field: FieldInfo
    inner: type[BaseModel] | None


def _trail(model: type[BaseModel], edition: registry.Edition, keys: Sequence[str | int]) -> list[_Step]:
    """Look up nested keys in the classes."""
    trail: list[_Step] = []
    current: type[BaseModel] | None = model
    for key in keys:
        found = _fields(current).get(str(key)) if current else None
        if found is None:
            break
        trail.append(found)
        current = getattr(edition, str(key)) if current is model and key in TABLES else found.inner
    return trail


@cache
def _fields(model: type[BaseModel]) -> dict[str, _Step]:
    """Return a class's fields by key."""
    fields = enumerate(fields_of(model).items())
    return {key: _Step(position, field, model_of(field.annotation)) for position, (key, field) in fields}


def _order(keys: Sequence[str | int], trail: list[_Step]) -> tuple[int, ...]:
    beyond = len(trail) < len(keys)
    return (*(step.position for step in trail), *([MAX_COUNT] if beyond else []))


def _problem(
    model: type[BaseModel],
    edition: registry.Edition,
    detail: ErrorDetails,
    trail: list[_Step],
    given: Sequence[str | int],
    *,
    suggest: bool,
) -> Problem:
    keys = detail["loc"]
    if detail["type"] == "extra_forbidden":
        msg = _unknown_key(model, edition, keys) if suggest else message("there is no such key")
    else:
        msg = _message(detail, trail[-1].field if len(trail) == len(keys) and trail else None)
    if "edition" in model.model_fields:
        return problem_at(given, msg, edition)
    known = [step.field.title or "" for step in trail]
    written = [shortened(str(key)) for key in keys]
    beyond = written[len(known) :]
    words = [*map(english, written[: len(known)]), *beyond]
    return Problem(msg, Place(SEPARATOR.join([*known, *beyond]), ", ".join(words)), ".".join(written))


def _message(detail: ErrorDetails, field: FieldInfo | None) -> Message:
    """Describe an error by its type and field."""
    kind, value = detail["type"], detail["input"]
    if field is not None and _is_whole_number(field) and kind not in {"missing", "beyond_page"}:
        return _whole_number(field, kind, shown(value))
    msg = _MESSAGES.get(kind)
    return msg(value, detail.get("ctx", {})) if msg else message("is not valid, got {value}", value=shown(value))


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


def _unknown_key(model: type[BaseModel], edition: registry.Edition, keys: Sequence[str | int]) -> Message:
    current: type[BaseModel] | None = model
    if len(keys) > 1:
        parent = _trail(model, edition, keys[:-1])
        table = len(keys) == 2 and keys[0] in TABLES  # noqa: PLR2004  # a table and a key in it
        current = getattr(edition, str(keys[0])) if table else parent[-1].inner if parent else None
    return unknown_key(nearest_key(str(keys[-1]), fields_of(current) if current else {}))


def unknown_key(near: str | None) -> Message:
    """Return the message that there is no such key, with the one that is probably meant."""
    if near is None:
        return message("there is no such key")
    return message("there is no such key; did you mean “{key}”?", key=near)


def nearest_key(given: str, fields: Mapping[str, FieldInfo]) -> str | None:
    """Return the key of a class's fields that is probably meant, by the spelling of the keys and of their titles."""
    if len(given) > MAX_SHOWN:
        return None
    keys = {field.title: key for key, field in fields.items() if field.title} | {key: key for key in fields}
    near = get_close_matches(given, keys, n=1) or get_close_matches(given.lower(), fields, n=1)
    return keys[near[0]] if near else None


def shown(value: Any) -> str:
    """Format an invalid value as JSON, shortened if it is long.

    Parameters
    ----------
    value
        Any value; only the part that is shown is formatted.

    Returns
    -------
    str
        At most 40 characters.
    """
    if isinstance(value, str):
        value = value[:MAX_SHOWN]  # quotation marks make it longer than what is shown
    try:
        text = _bare(value) or "".join(islice(_ENCODER.iterencode(value), MAX_SHOWN + 1))
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    return shortened(text[: MAX_SHOWN + 1].encode("utf-8", "backslashreplace").decode())


def _bare(value: Any) -> str:
    """Format a number of a type that JSON lacks as it was written; empty for other values."""
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) <= MAX_AMOUNT_DIGITS else str(value)
    return value.text if isinstance(value, OddNumber) else ""


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=lambda part: _bare(part) or str(part))

_Template = Callable[[Any, dict[str, Any]], Message]

_OBJECT: _Template = lambda given, _: (  # noqa: E731
    message("is the table of another edition of the form")
    if isinstance(given, FormTable)
    else message("should be a JSON object, got {value}", value=shown(given))
)
_TEXT: _Template = lambda given, _: message("should be text, got {value}", value=shown(given))  # noqa: E731
_NUMBER: _Template = lambda given, _: message("should be a number, got {value}", value=shown(given))  # noqa: E731
_FORM: _Template = lambda given, _: message("does not have the right form, got {value}", value=shown(given))  # noqa: E731
_LIST: _Template = lambda given, _: message("should be a list, got {value}", value=shown(given))  # noqa: E731

_MESSAGES: dict[str, _Template] = {
    "missing": lambda *_: message("is missing"),
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "string_type": _TEXT,
    "string_unicode": lambda *_: message("contains a character that is not allowed in a document"),
    "narrative_type": _TEXT,
    "bool_type": lambda given, _: message("should be true or false, got {value}", value=shown(given)),
    "tuple_type": _LIST,
    "too_long": lambda given, ctx: message(
        "should have {number} parts, got {value}", number=ctx["max_length"], value=shown(given)
    ),
    "string_too_long": lambda given, ctx: message(
        "should have at most {most} characters, got {length}", most=ctx["max_length"], length=len(given)
    ),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than_equal": lambda given, ctx: message(
        "should not be less than {least}, got {value}", least=f"{ctx['ge']:g}", value=shown(given)
    ),
    "less_than_equal": lambda given, ctx: message(
        "should not be more than {most}, got {value}", most=f"{ctx['le']:g}", value=shown(given)
    ),
    "literal_error": lambda given, ctx: message(
        "should be one of {known}, got {value}", known=ctx["expected"].replace(" or ", ", "), value=shown(given)
    ),
    "string_pattern_mismatch": _FORM,
    "unknown_edition": lambda given, ctx: message(
        "should be one of {known}, got {value}", known=ctx["known"], value=shown(given)
    ),
    "not_printable": lambda _, ctx: message(
        "character {position} is {codepoint}, which is not allowed in a document", **ctx
    ),
    "blank_text": lambda *_: message("must not be blank"),
    "not_one_line": lambda *_: message("must be a single line"),
    "amount": lambda given, _: message("should be a plain decimal not less than 0, got {value}", value=shown(given)),
    "credit_code": lambda given, _: message(
        "should be an 18-character unified social credit code, got {value}", value=shown(given)
    ),
    "credit_code_check": lambda given, _: message(
        "is mistyped: its last character does not match, got {value}", value=shown(given)
    ),
    "iso_date": lambda given, _: message("should be a date such as 2024-01-25, got {value}", value=shown(given)),
    "heading_without_level": lambda *_: message("a sub-heading needs both a level and text"),
    "type_size": lambda given, _: message(
        "should be a named size such as 三号, or points in halves, got {value}", value=shown(given)
    ),
    "beyond_page": lambda given, ctx: message(
        "should be from {least} to {most} to fit this style's page, got {value}", **ctx, value=f"{given:g}"
    ),
    "small_paper": lambda given, ctx: message(
        "should be at least {least} mm wide and high, got {value}",
        **ctx,
        value=" × ".join(f"{side:g}" for side in given),
    ),
    "wide_margins": lambda given, ctx: message(
        "left and right together should not be more than {most} mm on this paper, got {value}",
        **ctx,
        value=f"{given:g}",
    ),
    "high_margins": lambda given, ctx: message(
        "top and bottom together should not be more than {most} mm on this paper, got {value}",
        **ctx,
        value=f"{given:g}",
    ),
    "wide_page_number": lambda given, ctx: message(
        "should be at most {most} Chinese characters wide to fit a line, got {value}", **ctx, value=shown(given)
    ),
}
