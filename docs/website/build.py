"""Build the site: Chinese in `site/`, English in `site/en/`, from `docs/` and what the library says of itself.

Run by `make docs`. The pages need no network and can be opened from disk.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from check import problems
from form_pages import form_pages
from reference_pages import reference_pages
from service_pages import service_page
from style_pages import style_page

if TYPE_CHECKING:
    from annual_report.messages import Language

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
STAGED = ROOT / "build" / "site"
HERE = Path(__file__).parent
ENGLISH_ONLY = ("architecture.md", "performance.md", "reliability.md", "adding-an-edition.md")
"""The pages that are in English with a summary in Chinese, and part of both sites."""

SEARCH = {
    '"aria-label":"Search"': '"aria-label":"搜索"',
    'placeholder:"Search"': 'placeholder:"搜索"',
    '"Search results"': '"搜索结果"',
    '"Close search"': '"关闭搜索"',
    '"Filters"': '"筛选"',
    '"No results"': '"没有找到"',
    '"result":"results"': '"条结果":"条结果"',
}
"""What the search says, which Zensical has in English only."""

_CHINESE = "[\u3001-\u303f\u4e00-\u9fff\uff01-\uffef“”‘’…—]"
_LINE_END = re.compile(rf"(?<={_CHINESE})\n *(?=(?!——){_CHINESE})")
_LINK = re.compile(r"\[([^\]]*)\]\((?!\w+:|#)([^)\s]+)\)")


def main(site: Path = ROOT / "site") -> int:
    """Build both sites into a folder, the English one within the Chinese one, and check them."""
    for language, target in (("zh", site), ("en", site / "en")):
        stage(language)
        build(language, target)
    found = list(problems(site))
    sys.stderr.write("".join(f"{problem}\n" for problem in found))
    sys.stdout.write(f"{site / 'index.html'}\n")
    return 1 if found else 0


def stage(language: Language) -> None:
    """Put a language's pages, pictures and scripts into one folder."""
    folder = STAGED / language
    shutil.rmtree(folder, ignore_errors=True)
    pages = folder / "docs"
    shutil.copytree(DOCS / "pictures", pages / "pictures")
    shutil.copytree(HERE / "assets", pages / "assets")
    for source in sources(language):
        pages.joinpath(source.name).write_text(text_of(source), encoding="utf-8")
    makers = (reference_pages, form_pages, style_page, service_page)
    generated = {name: text for make in makers for name, text in make(language).items()}
    for name, text in generated.items():
        pages.joinpath(name).write_text(text, encoding="utf-8")
    own, shared = (HERE / f"{name}.toml" for name in (language, "shared"))
    config = own.read_text(encoding="utf-8") + shared.read_text(encoding="utf-8")
    (folder / "zensical.toml").write_text(config, encoding="utf-8")


def sources(language: Language) -> list[Path]:
    """List the pages of a language."""
    if language == "zh":
        return sorted(DOCS.glob("*.md"))
    return [*sorted((DOCS / "en").glob("*.md")), *(DOCS / name for name in ENGLISH_ONLY)]


def text_of(source: Path) -> str:
    """Give a page with its links as they are in the site, where each language is one folder.

    What is not part of the site, such as source code, is named without a link. A line that ends within a Chinese
    sentence is joined to the next, since browsers show a line's end as a blank.
    """

    def link(found: re.Match[str]) -> str:
        words, target = found[1], found[2]
        path, mark, part = target.partition("#")
        place = (source.parent / path).resolve()
        if place.is_relative_to(DOCS / "pictures"):
            return f"[{words}]({place.relative_to(DOCS)})"
        if place.suffix == ".md" and place.parent in {DOCS, DOCS / "en"}:
            return f"[{words}]({place.name}{mark}{part})"
        if (source.parent / path).exists():
            return words
        return found[0]

    parts = source.read_text(encoding="utf-8").split("```")
    for index in range(0, len(parts), 2):  # what is between the others is code
        parts[index] = _LINK.sub(link, _LINE_END.sub("", parts[index]))
    return "```".join(parts)


def build(language: Language, target: Path) -> None:
    """Run Zensical on a language's folder, which fails at the first warning, and move the result."""
    folder = STAGED / language
    subprocess.run([sys.executable, "-m", "zensical", "build", "--strict", "--clean"], cwd=folder, check=True)
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder / "site", target)
    if language == "zh":
        (script,) = target.glob("assets/javascripts/bundle.*.min.js")
        script.write_text(in_chinese(script.read_text(encoding="utf-8")), encoding="utf-8")


def in_chinese(script: str) -> str:
    """Translate what the search says; a version of Zensical that says something else is an error."""
    for english, chinese in SEARCH.items():
        if english not in script:
            msg = f"the search does not say {english}"
            raise ValueError(msg)
        script = script.replace(english, chinese)
    return script


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
