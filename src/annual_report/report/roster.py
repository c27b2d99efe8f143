"""The roster of a city's bodies (名单): their names, their parent bodies, and whether their reports are counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from annual_report.errors import PATH, Problem, UnusableInputError, require
from annual_report.form.values import CreditCode
from annual_report.messages import message
from annual_report.report.lists import at, read_text, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


COLUMNS = ("code", "name", "former_names", "parent", "counted")
"""The columns of a roster; only `name` is required."""

_CHINESE = dict(zip(("统一社会信用代码", "单位名称", "曾用名", "上级单位", "计入合计"), COLUMNS, strict=True))
_REQUIRED = {"name": message("a roster needs the column “name” (单位名称)")}
_ANSWERS = {
    "": True,
    "是": True,
    "1": True,
    "yes": True,
    "true": True,
    "否": False,
    "0": False,
    "no": False,
    "false": False,
}
_SEPARATORS = str.maketrans("、；,，", ";;;;")
_CODE: TypeAdapter[str] = TypeAdapter(CreditCode)


@dataclass(frozen=True, slots=True)
class Body:
    """A body on a roster.

    Parameters
    ----------
    name
        Its full name.
    code
        Its 统一社会信用代码; empty if the roster has none.
    former_names
        Its former names.
    parent
        The name or code of its parent body; empty if it has none in the roster.
    counted
        Whether its report is added up; a body under vertical administration (垂直管理), or covered by another body's
        report, is not.
    """

    name: str
    code: str = ""
    former_names: tuple[str, ...] = ()
    parent: str = ""
    counted: bool = True


@dataclass(frozen=True)
class Roster:
    r"""The bodies whose reports are added up.

    Parameters
    ----------
    bodies
        The bodies, each once.

    Examples
    --------
    >>> roster = Roster.parse("name,parent,counted\n甲县,,是\n甲县教育局,甲县,否\n")
    >>> [body.name for body in roster.bodies if body.counted]
    ['甲县']
    """

    bodies: tuple[Body, ...]
    _by_name: dict[str, Body] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the bodies by name and code; a current name takes precedence over a former one that one body had."""
        former = {name: body for name, (body, *others) in _former(self.bodies).items() if not others}
        current = {name: body for body in self.bodies for name in (body.name, body.code) if name}
        object.__setattr__(self, "_by_name", former | current)

    @classmethod
    def of(cls, given: Roster | str | Path | None) -> Roster | None:
        """Return a roster as given, or read from a path.

        Raises
        ------
        ArgumentTypeError
            It is neither.
        UnusableInputError
            The file cannot be read or is not a roster.
        """
        require(given, (cls, str, Path, type(None)), "roster", message("a Roster or the path of its CSV file"))
        return cls.load(given) if isinstance(given, str | Path) else given

    @classmethod
    def load(cls, path: str | Path) -> Roster:
        """Read a roster from a CSV file.

        Parameters
        ----------
        path
            A CSV file in UTF-8 or GBK with the columns `code`, `name`, `former_names`, `parent` and `counted`, or
            统一社会信用代码, 单位名称, 曾用名, 上级单位 and 计入合计; former names are separated by `;` or `、`.

        Raises
        ------
        UnusableInputError
            The file cannot be read or is not a roster; every problem names its line.
        """
        require(path, (str, Path), "path", PATH)
        return cls.parse(read_text(path), str(path))

    @classmethod
    def parse(cls, text: str, source: str = "") -> Roster:
        """Read a roster from CSV text.

        Raises
        ------
        UnusableInputError
            The text is not a roster; every problem names its line.
        """
        problems: list[Problem] = []
        found = (_body(cells, line, problems) for line, cells in rows(text, _CHINESE, _REQUIRED, problems, source))
        bodies = [body for body in found if body is not None]
        problems += _inconsistencies(bodies)
        if problems:
            raise UnusableInputError(problems, source)
        return cls(tuple(bodies))

    def find(self, name: str, code: str | None = None) -> Body | None:
        """Return the body with a code, or else with a current or former name; None if there is none or are several."""
        return self._by_name.get(code or "") or self._by_name.get(name)

    def counted_above(self, body: Body) -> Body | None:
        """Return the nearest ancestor of a body that is counted too; None if there is none."""
        seen = {body.name}
        above = self._by_name.get(body.parent)
        while above is not None and above.name not in seen:
            if above.counted:
                return above
            seen.add(above.name)
            above = self._by_name.get(above.parent)
        return None


def _body(cells: Mapping[str, str], line: int, problems: list[Problem]) -> Body | None:
    """Parse a line; errors are added to the problems."""
    counted = _ANSWERS.get(cells["counted"].lower())
    if not cells["name"]:
        problems.append(at(line, message("the body has no name")))
        return None
    if counted is None:
        problems.append(at(line, message("“counted” should be yes or no, got {value}", value=cells["counted"])))
    if cells["code"]:
        try:
            _CODE.validate_python(cells["code"])
        except ValidationError:
            msg = message("{value} is not a unified social credit code", value=cells["code"])
            problems.append(at(line, msg))
    former = tuple(name.strip() for name in cells["former_names"].translate(_SEPARATORS).split(";") if name.strip())
    return Body(cells["name"], cells["code"], former, cells["parent"], counted is not False)


def _inconsistencies(bodies: list[Body]) -> Iterator[Problem]:
    """Find bodies that are listed twice, and parents that are not in the roster."""
    seen: set[str] = set()
    for body in bodies:
        for key in filter(None, (body.name, body.code)):
            if key in seen:
                yield Problem(message("is listed twice in the roster"), key, key)
            seen.add(key)
    known = seen | {name for name, holders in _former(bodies).items() if len(holders) == 1}
    for body in bodies:
        if body.parent and body.parent not in known:
            msg = message("its parent {parent} is not in the roster", parent=body.parent)
            yield Problem(msg, body.name, body.name)


def _former(bodies: Iterable[Body]) -> dict[str, list[Body]]:
    """Return the bodies that had each of the former names; a body that was divided left its name to several."""
    found: dict[str, list[Body]] = {}
    for body in bodies:
        for name in dict.fromkeys(body.former_names):
            found.setdefault(name, []).append(body)
    return found
