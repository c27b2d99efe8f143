"""Changed copies of a report, by the paths of its values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.errors import MAX_LINE, MAX_LISTED, UnusableInputError, require
from annual_report.form.base import Within
from annual_report.form.fields import fields_of, model_of
from annual_report.form.sections import TABLES
from annual_report.messages import message
from annual_report.report.model import AnnualReport
from annual_report.report.narrative import Narrative
from annual_report.report.places import problem_at
from annual_report.report.problems import explain, nearest_key, unknown_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from annual_report.errors import Problem
    from annual_report.form import Edition


def changed(report: AnnualReport, values: Mapping[str, Any]) -> AnnualReport:
    """Return a copy of a report with other values; see `AnnualReport.with_values`."""
    require(values, Mapping, "values", message("a dict of paths and values"))
    for path in values:
        require(path, str, "path", message("text such as applications.received.total"))
    known = {path: value for path, value in values.items() if _corrected(report, path, _exact) == path}
    problems = [*_unknown_paths(report, [path for path in values if path not in known]), *overlaps(known, report.form)]
    data = report.revised(_tree(known))
    try:
        copy = AnnualReport.model_validate(data)
    except ValidationError as error:
        problems += explain(error, AnnualReport, data)
    if problems:
        raise UnusableInputError(problems)
    return copy


def _exact(key: str, fields: Mapping[str, FieldInfo]) -> str | None:
    return key if key in fields else None


def _corrected(
    report: AnnualReport, path: str, correct: Callable[[str, Mapping[str, FieldInfo]], str | None]
) -> str | None:
    """Return a path with every key corrected among the fields where it is looked up; None if one cannot be."""
    model: type[BaseModel] | None = AnnualReport
    corrected: list[str] = []
    for key in path.split("."):
        fields = fields_of(model) if model is not None else {}
        found = _exact(key, fields) or correct(key, fields)
        if found is None:
            return None
        is_table = model is AnnualReport and found in TABLES
        model = type(getattr(report, found)) if is_table else model_of(fields[found].annotation)
        model = None if model is Narrative else model
        corrected.append(found)
    return ".".join(corrected)


def _unknown_paths(report: AnnualReport, paths: Sequence[str]) -> Iterator[Problem]:
    for number, path in enumerate(paths):
        near = _nearest(report, path) if number < MAX_LISTED else None  # as slow as it is helpful
        yield problem_at(path[:MAX_LINE].split("."), unknown_key(near), report.form)


def _nearest(report: AnnualReport, path: str) -> str | None:
    """Return the path that is probably meant: with its keys corrected, or else the only one of a cell that ends so."""
    ending = [cell for cell in report.form.cells if cell.endswith(f".{path}")]
    return _corrected(report, path, nearest_key) or (ending[0] if len(ending) == 1 else None)


def overlaps(paths: Collection[str], edition: Edition) -> Iterator[Problem]:
    """Find paths that lead into a part whose own path is given as well.

    Parameters
    ----------
    paths
        The paths, each once.
    edition
        The edition of the form, for the places of the problems.
    """
    given = frozenset(paths)
    for path in paths:
        keys = path.split(".")
        whole = next((above for above in accumulate(keys[:-1], "{}.{}".format) if above in given), None)
        if whole is not None:
            yield problem_at(keys, message("is a part of {path}, which is given as well", path=whole), edition)


def _tree(values: Mapping[str, Any]) -> Within:
    """Turn values by path into changes within changes; a part that is given as a whole is not changed further."""
    tree = Within()
    for path, value in values.items():
        *above, last = path.split(".")
        part = tree
        for key in above:
            inner = part.setdefault(key, Within())
            if not isinstance(inner, Within):
                break
            part = inner
        else:
            part[last] = value
    return tree
