"""The settings of a style as a page of the site, each with its default and a picture of its effect."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from annual_report.style import Font, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from annual_report.messages import Language

CASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("styles.toml").read_text(encoding="utf-8"))

WORDS = {
    "title": {"zh": "版式设置", "en": "Settings of a style"},
    "lead": {
        "zh": "`Style` 的全部设置。每张图左边是默认值，右边是改动之后。写法见[版式](house-styles.md)。",
        "en": "Every setting of a `Style`. The left half of each picture shows the default, the right half the changed "
        "setting. [House styles](house-styles.md) says how to write them.",
    },
    "whole": {"zh": "页面与文字", "en": "Page and text"},
    "default": {"zh": "默认", "en": "Default"},
    "changed": {"zh": "图中改为", "en": "In the picture"},
}


def settings(model: type[BaseModel] = Style, above: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Give every setting with its path; a font is one setting."""
    for key, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not Font:
            yield from settings(kind, f"{above}{key}.")
        else:
            yield f"{above}{key}", field


def changed(path: str) -> dict[str, Any]:
    """Give the data of the style that the picture of a setting shows."""
    data = CASES[path]["value"]
    for key in reversed(path.split(".")):
        data = {key: data}
    return dict(data)


def style_page(language: Language) -> dict[str, str]:
    """Give the page by its name."""
    groups: dict[str, list[str]] = {}
    for path, field in settings():
        groups.setdefault(path.rpartition(".")[0], []).append(_setting(path, field, language))
    parts = [f"# {WORDS['title'][language]}", WORDS["lead"][language]]
    for above, shown in groups.items():
        parts += [f"## {_group(above, language)}", *shown]
    return {"styles.md": "\n\n".join(parts) + "\n"}


def _group(above: str, language: Language) -> str:
    if not above:
        return WORDS["whole"][language]
    return f"{Style.model_fields[above].title} `{above}`" if language == "zh" else f"`{above}`"


def _setting(path: str, field: FieldInfo, language: Language) -> str:
    title = f"{field.title} `{path}`" if language == "zh" else f"`{path}`"
    default = field.default.model_dump(exclude_none=True) if isinstance(field.default, BaseModel) else field.default
    colon, stop = ("：", "；") if language == "zh" else (": ", "; ")
    shown = [
        f"{WORDS[word][language]}{colon}`{json.dumps(value, ensure_ascii=False)}`"
        for word, value in (("default", default), ("changed", CASES[path]["value"]))
    ]
    return f"### {title} {{ #{path} }}\n\n{stop.join(shown)}\n\n![{field.title}](pictures/styles/{path}.png)"
