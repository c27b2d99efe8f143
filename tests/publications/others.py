"""Files from the same sites that are no annual report, and must be refused."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publications import phrases
from publications.pages import Box, Line, Sheet
from publications.web import Site, page
from publications.word import Package, make, pack

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from publications.pages import Block


@dataclass(frozen=True)
class Other:
    """A file that is no report, and what it is."""

    kind: str
    name: str
    data: bytes


def others(rng: random.Random) -> list[Other]:
    """Give one of each kind."""
    place = rng.choice(phrases.PLACES["county"])
    agency = place + rng.choice(phrases.BUREAUS)
    year = rng.randint(2019, 2025)
    return [*_texts(agency, year), *_pages(agency, year), *_broken(agency, year)]


def _word(blocks: list[Block]) -> bytes:
    package = Package(make("body"))
    pack(package, blocks, styled=False)
    return package.save()


def _web(title: str, blocks: list[Block]) -> bytes:
    return page(Site(title=title, paragraph='<p style="text-indent:2em">{}</p>'), blocks)


def _txt(blocks: list[Block]) -> bytes:
    lines = [block.text for block in blocks if isinstance(block, Line)]
    for sheet in (block for block in blocks if isinstance(block, Sheet)):
        lines += ["\t".join(box.text for box in sheet.starting_in(row)) for row in range(sheet.height)]
    return "\n".join(lines).encode()


def _grid(*rows: tuple[str, ...]) -> Sheet:
    """Lay out a table that is none of the form's."""
    boxes = [
        Box(row, column, text=text, role="column")
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]
    return Sheet("", boxes)


def _texts(agency: str, year: int) -> Iterator[Other]:
    """Give documents in all formats that documents come in."""
    documents: dict[str, list[Block]] = {
        f"{agency}{year}年法治政府建设年度报告": [
            Line(f"{agency}{year}年法治政府建设年度报告", "title"),
            Line("一、总体情况", "heading"),
            Line(f"{year}年，{agency}深入学习贯彻习近平法治思想，推进依法行政，主动公开政府信息320条，办理行政复议3件、行政诉讼2件。"),
            Line("二、存在的主要问题", "heading"),
            Line("执法力量薄弱，法治宣传形式单一。"),
            Line(f"三、{year + 1}年工作打算", "heading"),
            Line("加强队伍建设。"),
        ],
        f"{agency}{year}年部门预算公开": [
            Line(f"{agency}{year}年部门预算公开", "title"),
            Line("一、部门职责", "heading"),
            _grid(("项目", "本年预算数", "上年执行数"), ("一般公共预算拨款收入", "1,204.55", "1,100.02"), ("总计", "1,204.55", "1,100.02")),
        ],
        "政府信息公开申请表": [
            Line("政府信息公开申请表", "title"),
            _grid(
                ("申请人信息", "公民", "姓名", ""),
                ("", "法人或其他组织", "名称", ""),
                ("", "", "商业企业　科研机构　社会公益组织　法律服务机构　其他", ""),
                ("所需政府信息内容描述", "", "", ""),
                ("是否申请减免费用", "是", "否", ""),
            ),
        ],
        f"{agency}政府信息公开指南": [
            Line(f"{agency}政府信息公开指南", "title"),
            Line("一、主动公开", "heading"),
            Line("本机关主动公开《条例》第二十条规定的政府信息。"),
            Line("二、依申请公开", "heading"),
            Line("公民、法人或者其他组织可以向本机关申请获取政府信息，自收到申请之日起20个工作日内予以答复。"),
            Line("三、监督和救济", "heading"),
            Line("申请人可以依法申请行政复议或者提起行政诉讼。"),
        ],
        f"{year}年政府网站工作年度报表": [
            Line(f"政府网站工作年度报表（{year}年度）", "title"),
            _grid(
                ("填报单位", agency),
                ("信息发布（单位：条）", "总数", "1532"),
                ("概况类信息更新量", "20"),
                ("回应公众关注热点或重大舆情数量（单位：次）", "3"),
                ("留言办结数量（单位：条）", "41"),
            ),
        ],
    }  # fmt: skip
    for name, blocks in documents.items():
        yield Other(name, f"{name}.docx", _word(blocks))
        yield Other(name, f"{name}.html", _web(name, blocks))
        yield Other(name, f"{name}.txt", _txt(blocks))


def _pages(agency: str, year: int) -> Iterator[Other]:
    links = "".join(
        f'<li><a href="/{past}.html">{agency}{past}年政府信息公开工作年度报告</a><span>{past + 1}-01-20</span></li>'
        for past in range(2019, year + 1)
    )
    title = f"{agency}{year}年政府信息公开工作年度报告"
    shell = f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><div id="app"></div><script src="/js/app.js"></script></body></html>'
    yield Other("a page that loads its content by script", "index.html", shell.encode())
    listing = f"<html><head><meta charset='utf-8'><title>政府信息公开年报</title></head><body><h2>政府信息公开年报</h2><ul>{links}</ul></body></html>"
    yield Other("a page of links to reports", "list.html", listing.encode())
    news: list[Block] = [
        Line(f"{agency}召开政府信息公开工作推进会", "title"),
        Line(f"会议通报了{year}年政府信息公开工作年度报告编制情况。全年收到申请12件，主动公开信息1300条。"),
    ]
    yield Other("news that mentions the report", "news.html", _web("工作动态", news))
    framed = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1><iframe src='/uploads/nb.pdf'></iframe></body></html>"
    yield Other("a page that shows a PDF in a frame", "art_1.html", framed.encode())
    pictures = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1><img src='1.jpg'><img src='2.jpg'></body></html>"
    yield Other("a page of pictures", "art_2.html", pictures.encode())


def _broken(agency: str, year: int) -> Iterator[Other]:
    from PIL import Image, ImageDraw

    title = f"{agency}{year}年政府信息公开工作年度报告"
    picture = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(picture)
    for line in range(20):
        pen.rectangle((150, 200 + 60 * line, 1090, 220 + 60 * line), fill=40)
    scan, photo = io.BytesIO(), io.BytesIO()
    picture.save(scan, "pdf", resolution=150)
    picture.save(photo, "jpeg")
    whole = _word([Line(title, "title"), Line("一、总体情况", "heading")])
    yield Other("a scan without text", f"{title}.pdf", scan.getvalue())
    yield Other("a picture under the name of a PDF", f"{title}.pdf", photo.getvalue())
    yield Other("a picture", f"{title}.jpg", photo.getvalue())
    yield Other("a Word file cut off", f"{title}.docx", whole[: len(whole) // 2])
    yield Other("an empty file", f"{title}.docx", b"")
    yield Other("an empty text", "年报.txt", b"\xef\xbb\xbf\r\n")
    yield Other("a Word file with a title alone", f"{title}.docx", _word([Line(title, "title")]))
    yield Other("an error page", "nb.html", b"<html><head><title>404 Not Found</title></head><body>404</body></html>")
