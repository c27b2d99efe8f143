"""Reports published the way offices really do it, drawn at random, with what a human reads in them.

`publish` gives one file; `publish_many` prints many PDF files in few runs of the printers.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from annual_report import render
from publications import figures, plain, printing, tables, web_habits, word_habits, wordings
from publications.composing import compose
from publications.drawing import draw
from publications.press import FORMATS, HABITS, TOTAL, Press, Publication, follow, judge
from publications.web import Site, page
from publications.word import Package, make, pack

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

__all__ = ["FORMATS", "HABITS", "Publication", "publish", "publish_many"]
MODULES_WITH_HABITS = (figures, tables, wordings, word_habits, web_habits, plain, printing)
MADE_WITH_ANNUAL_REPORT = 0.03
LAST_YEAR_OF_2019 = 2020


def publish(rng: random.Random, format: str) -> Publication:
    """Publish a report.

    Parameters
    ----------
    rng
        What everything is drawn from: the same state gives the same file, as far as the printers let it.
    format
        `docx`, `html`, `pdf` or `txt`.

    Returns
    -------
    Publication
        The file and what a human reads in it.
    """
    return publish_many([rng], format)[0]


def publish_many(rngs: Sequence[random.Random], format: str) -> list[Publication]:
    """Publish several reports; see `publish`."""
    drafts = [_draft(rng, format) for rng in rngs]
    if format == "pdf":
        documents = [nth for nth, (_, data) in enumerate(drafts) if data.startswith(b"PK")]
        pages = [nth for nth in range(len(drafts)) if nth not in documents]
        printed = dict(zip(documents, printing.print_documents([drafts[nth][1] for nth in documents]), strict=True))
        printed |= dict(zip(pages, printing.print_pages([drafts[nth][1] for nth in pages]), strict=True))
        drafts = [(press, _printed(press, printed[nth])) for nth, (press, _) in enumerate(drafts)]
    return [_finish(press, data) for press, data in drafts]


def _draft(rng: random.Random, format: str) -> tuple[Press, bytes]:
    press = Press(rng, format, draw(rng))
    if format in ("docx", "html") and rng.random() < MADE_WITH_ANNUAL_REPORT:
        press.habits.append("made_with_annual_report")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"report.{format}"
            render(press.report, path)
            return press, path.read_bytes()
    if press.source.edition == "2019" and press.source.year > LAST_YEAR_OF_2019:
        press.habits.append("form_of_2019_in_a_later_year")
    follow(press, "numbers")
    compose(press)
    for stage in ("sheets", "pictures", "labels", "lines"):
        follow(press, stage)
    kind = rng.choice(["docx", "docx", "html"]) if format == "pdf" else format
    return press, {"docx": _word, "html": _web, "txt": _plain}[kind](press)


def _word(press: Press) -> bytes:
    package = Package(make("body"))
    package.paragraphs_in_cells = press.rng.random() < 0.3
    package.font_size = press.rng.choice([18, 21, 21, 24])
    package.column_share = press.rng.choice([0.9, 1, 1.05])
    pack(package, press.blocks, styled=press.rng.random() < 0.4)
    follow(press, "docx", package)
    if "title_only_in_the_head" in press.habits:
        package.header = f"{press.source.agency}{press.source.year}年政府信息公开工作年度报告"
    return package.save()


def _web(press: Press) -> bytes:
    site = Site()
    site.numbers = tuple(path for sheet in press.sheets() for box in sheet.values() if (path := box.path) and box.text)
    site.title = f"{press.source.agency}{press.source.year}年政府信息公开工作年度报告"
    if press.rng.random() < 0.4:
        site.title += press.rng.choice([f"-{press.source.agency}", "_政府信息公开", " - 年报"])
    follow(press, "html", site)
    if press.format == "pdf":
        site.head.append(printing.PRINT_STYLE)
        if "title_only_in_the_head" in press.habits:
            site.above.insert(0, f"<p>{site.title}</p>")
    return page(site, press.blocks, press.encoding)


def _plain(press: Press) -> bytes:
    paste = plain.Paste()
    follow(press, "txt", paste)
    return plain.text(press, paste)


def _printed(press: Press, data: bytes) -> bytes:
    sheet = printing.Print(data)
    follow(press, "pdf", sheet)
    return sheet.data


def _finish(press: Press, data: bytes) -> Publication:
    truth, doubtful = judge(press)
    made_by_us = "made_with_annual_report" in press.habits
    totals = {
        path: press.number(path)
        for path, words in press.words.items()
        if TOTAL in path.split(".") and words and path not in press.absent | press.grey
    }
    return Publication(
        data,
        _name(press),
        press.format,
        truth,
        totals,
        press.report,
        tuple(press.habits),
        frozenset(doubtful),
        press.must_doubt or (bool(doubtful) and not made_by_us),
        {section: tuple(texts) for section, texts in press.texts.items()},
    )


def _name(press: Press) -> str:
    rng, agency, year = press.rng, press.source.agency, press.source.year
    numbered = f"{year + 1}01{rng.randint(10, 30)}_{rng.randint(100000, 999999)}"
    names = [
        f"{agency}{year}年政府信息公开工作年度报告",
        f"{year}年度报告（定稿）",
        f"附件：{agency}{year}年政府信息公开年报",
        f"t{numbered}",
        f"P0{numbered}",
        "年报",
        f"{year + 1}.1.15 {agency}政务公开年报 最终版",
    ]
    return f"{rng.choice(names)}.{press.format}"
