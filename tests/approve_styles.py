"""Draw the effect of every setting of a style, as LibreOffice lays it out: `make pictures`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from conftest import ROOT, SEED
from PIL import Image
from programs import require, run, to_pdfs

from annual_report import AnnualReport, Style, load, render
from annual_report.form.sections import TABLES, TITLES

sys.path.insert(0, str(ROOT / "docs" / "website"))

from style_pages import CASES, changed  # the site's scripts are no package

SHOWN = ROOT / "docs" / "pictures" / "styles"
DEFAULT = "default"
RESOLUTION = 60
WIDTH, HEIGHT = 496, 702
"""The size of a page of A4 paper, in pixels."""
SHARES = {"front": (0.0, 0.62), "page": (0.0, 1.0), "foot": (0.8, 1.0)}
"""From which to which share of its height the first page is shown."""

OVERVIEW = """（一）主动公开情况。2023年，通过门户网站公开信息 145 条，其中更新机构职能 6 条，公开规范性文件 2 件。
1.重点领域信息
公开社会救助、养老服务信息 102 条。
（1）社会救助信息。按月公开城乡低保、特困人员数据，共 12 期。"""


def sample() -> AnnualReport:
    """Make a short report with headings of every level."""
    data = load(SEED).model_dump(mode="json", exclude={"preamble", "texts"})
    return AnnualReport.model_validate(data | {"overview": OVERVIEW, "other_matters": "2023年未收取信息处理费。"})


def drawn(folder: Path) -> dict[str, Image.Image]:
    """Draw the picture of every setting: the default beside the changed setting."""
    report = sample()
    styles = {DEFAULT: Style()} | {path: Style.model_validate(changed(path)) for path in CASES}
    documents = [folder / f"{number}.docx" for number in range(len(styles))]
    for document, style in zip(documents, styles.values(), strict=True):
        render(report, document, style=style, allow_findings=True)
    pdfs = dict(zip(styles, to_pdfs(documents, folder), strict=True))
    return {path: _pair(pdfs[DEFAULT], pdfs[path], case["shows"]) for path, case in CASES.items()}


def _pair(default: Path, changed: Path, shows: str) -> Image.Image:
    parts = [_part(pdf, shows) for pdf in (default, changed)]
    height = max(part.height for part in parts)
    pair = Image.new("RGB", (2 * WIDTH + 8, height), "#d0d0d0")
    for part, left in zip(parts, (0, WIDTH + 8), strict=True):
        pair.paste(part, (left, 0))
    return pair.quantize(16)


def _part(pdf: Path, shows: str) -> Image.Image:
    """Show a part of the first page, or a table from its section's heading on."""
    number, top, bottom = 1, *SHARES.get(shows, (0.0, 0.0))
    if shows in TABLES:
        number, top = _heading(pdf, TITLES[shows])
        bottom = min(top + 0.36, 1)
    place = pdf.with_suffix("")
    only = ["-r", RESOLUTION, "-f", number, "-l", number, "-singlefile", "-png"]
    run(require("pdftoppm"), *only, pdf, place)
    with Image.open(place.with_suffix(".png")) as page:
        return page.convert("RGB").crop((0, int(page.height * top), page.width, int(page.height * bottom)))


def _heading(pdf: Path, title: str) -> tuple[int, float]:
    """Find the page and the height at which a heading is printed."""
    pages = run(require("pdftotext"), "-bbox", pdf, "-").split("<page ")[1:]
    for number, page in enumerate(pages, 1):
        found = re.search(rf'yMin="([\d.]+)"[^>]*>{title[:6]}', page)
        if found:
            height = float(re.search(r'height="([\d.]+)"', page)[1])
            return number, max(0.0, float(found[1]) / height - 0.02)
    msg = f"{title} is not printed"
    raise LookupError(msg)


if __name__ == "__main__":
    SHOWN.mkdir(exist_ok=True, parents=True)
    for old in SHOWN.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as name:
        for setting, picture in drawn(Path(name)).items():
            picture.save(SHOWN / f"{setting}.png", optimize=True)
    sys.stdout.write(f"{SHOWN}\n")
