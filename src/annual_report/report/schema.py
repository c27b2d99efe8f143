"""The JSON Schema of reports for forms, code generators and validators: one plain object per edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from annual_report.errors import TEXT, Problem, UnusableInputError, require
from annual_report.form import registry
from annual_report.form.base import TOTAL_KEY
from annual_report.form.sections import REPORT_NAME
from annual_report.messages import message
from annual_report.report.arguments import require_choice
from annual_report.report.model import FIRST_YEAR, LAST_YEAR, AnnualReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Labels = Literal["title", "description"]

_DEFS = "#/$defs/"
_ROOT = AnnualReport.__name__


def json_schema(edition: str | None = None, *, labels: Labels = "title") -> dict[str, Any]:
    r"""Return a JSON Schema of reports for forms, code generators and validators.

    It describes the JSON that a form makes: texts are plain text, amounts are strings, and totals may be left out.
    `AnnualReport.model_json_schema()` describes everything that validation takes.

    Parameters
    ----------
    edition
        The edition of the form, `2021` or `2019`; by default, every edition, told apart by the report's `edition`.
    labels
        Where to put the form's words: in `title`, which forms show, or in `description`, for code generators that name
        types after titles, which they cannot do in Chinese.

    Returns
    -------
    dict[str, Any]
        The schema, valid in drafts 7 and 2020-12.

    Raises
    ------
    UnusableInputError
        There is no such edition, or no such place for labels.

    Examples
    --------
    >>> json_schema("2021")["properties"]["agency"]
    {'maxLength': 100, 'minLength': 1, 'pattern': '\\S', 'type': 'string', 'title': '行政机关名称'}
    """
    require(edition, (str, type(None)), "edition", TEXT)
    whole = AnnualReport.model_json_schema()
    branches = {branch["properties"]["edition"]["const"]: branch for branch in whole["anyOf"]}
    if edition is not None and edition not in branches:
        known = ", ".join(branches)
        words = message("there is no edition {edition}; known are {known}", edition=edition, known=known)
        raise UnusableInputError([Problem(words)])
    require_choice(labels, Labels, "labels")
    wanted = [edition] if edition else [*branches]
    parts = {identifier: _parts(branches[identifier], whole["$defs"], labels) for identifier in wanted}
    heading = {"title": REPORT_NAME} if labels == "title" else {"title": _ROOT, "description": REPORT_NAME}
    if edition is None:
        return heading | {"type": "object", **_united(parts)}
    report: dict[str, Any] = parts[edition].pop(_ROOT)
    return report | heading | {"$defs": parts[edition]}


def _parts(branch: Mapping[str, Any], definitions: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    """Return the plain schemas of an edition's report and of its parts, by the names of their classes."""
    parts = {_ROOT: {labels: branch["title"]} | _of_its_years(_plain(branch, definitions, labels))}
    waiting = [*_references(parts[_ROOT])]
    while waiting:
        name = waiting.pop()
        if _short(name) not in parts:
            parts[_short(name)] = _plain(definitions[name], definitions, labels)
            waiting += _references(parts[_short(name)])
    return {name: _renamed(part, _short) for name, part in sorted(parts.items())}


def _of_its_years(report: dict[str, Any]) -> dict[str, Any]:
    """Limit the schema of an edition's reports to the years for which the edition is in force."""
    properties = report["properties"]
    identifier = properties["edition"]["const"]
    years = [year for year in range(FIRST_YEAR, LAST_YEAR + 1) if registry.followed_by(None, year).id == identifier]
    properties["edition"] |= {"type": "string", "default": identifier}
    properties["year"] |= {"minimum": years[0], "maximum": years[-1]}
    return report


def _plain(schema: Mapping[str, Any], definitions: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    """Return a schema without alternatives, defaults and docstrings, with labels at its properties only."""
    plain = {
        key: value
        for key, value in _first(schema, definitions).items()
        if key not in {"title", "description", "default"}
    }
    if "properties" in plain:
        plain["properties"] = {
            key: _plain(field, definitions, labels) | {labels: field["title"]}
            for key, field in sorted(plain["properties"].items(), key=lambda item: item[0] == TOTAL_KEY)
        }
    return plain


def _first(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema with the first of its alternatives, and with references to objects only."""
    besides = {key: value for key, value in schema.items() if key not in {"allOf", "anyOf", "$ref"}}
    if "properties" in schema:  # whose alternatives say nothing of the report's structure
        return besides
    if alternatives := schema.get("allOf") or schema.get("anyOf"):
        first = _first({**alternatives[0], **besides}, definitions)
        is_null_as_well = {"type": "null"} in alternatives and first.get("type") == "string"  # numbers are left out
        return {**first, "type": ["string", "null"]} if is_null_as_well else first
    if "$ref" not in schema:
        return schema
    target = definitions[_name(schema["$ref"])]
    if target.get("type") == "object":
        return {"allOf": [{"$ref": schema["$ref"]}], **besides}  # draft 7 reads nothing beside a reference
    return _first({**target, **besides}, definitions)


def _name(reference: str) -> str:
    return reference.removeprefix(_DEFS)


def _short(name: str) -> str:
    """Return a class's name; pydantic puts the module before it if two classes have the same."""
    return name.rpartition("__")[2]


def _references(schema: Any) -> Iterator[str]:
    """Yield the names of the parts that a schema refers to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield _name(schema["$ref"])
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _renamed(schema: Any, rename: Callable[[str], str]) -> Any:
    """Return a schema that refers to parts by other names."""
    if isinstance(schema, list):
        return [_renamed(item, rename) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _DEFS + rename(_name(value)) if key == "$ref" else _renamed(value, rename) for key, value in schema.items()
    }


def _united(editions: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the alternative of several editions; parts that differ between them have the edition in their names."""
    differing = {_ROOT}
    while grown := {*_differing(editions, differing)} - differing:
        differing |= grown
    definitions: dict[str, Any] = {}
    for identifier, parts in editions.items():
        names = {name: name + identifier if name in differing else name for name in parts}
        definitions |= {names[name]: _renamed(part, names.__getitem__) for name, part in parts.items()}
        report = definitions[names[_ROOT]]
        report["required"] = ["edition", *report["required"]]
    return {
        "discriminator": {"propertyName": "edition"},
        "oneOf": [{"$ref": f"{_DEFS}{_ROOT}{identifier}"} for identifier in editions],
        "$defs": dict(sorted(definitions.items())),
    }


def _differing(editions: Mapping[str, dict[str, Any]], known: set[str]) -> Iterator[str]:
    """Yield the names of parts that are not the same in every edition that has them, or consist of such parts."""
    first: dict[str, Any] = {}
    for parts in editions.values():
        for name, part in parts.items():
            if part != first.setdefault(name, part) or (part is not first[name] and known & {*_references(part)}):
                yield name
