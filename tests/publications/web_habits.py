"""How government sites mark up what editors paste, and what they put around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publications.press import Press, habit

if TYPE_CHECKING:
    from publications.web import Site

ASCII_OR_NOT = re.compile(r"&[a-z]+;|[\x00-\x25\x27-\x7f]+|[^\x00-\x7f]+")
HTML = ("html",)
SHOWN = ("html", "pdf")
MENU = "".join(
    f'<li><a href="#">{name}</a></li>' for name in ("首页", "政务公开", "政务服务", "互动交流", "走进临江", "数据开放")
)
WORD_HEAD = (
    '<style>\n<!--\n @font-face {font-family:仿宋;} p.MsoNormal {mso-style-parent:""; margin:0cm; font-size:10.5pt;}\n'
    " table.MsoNormalTable {mso-style-name:普通表格;}\n-->\n</style>"
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
)


@habit(0.30, "html", group="paste", formats=SHOWN)
def pasted_from_word(press: Press, site: Site) -> None:
    site.paragraph = '<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0">{}<o:p></o:p></p>'
    site.in_cells = '<p class="MsoNormal" align="center" style="text-align:center">{}<o:p></o:p></p>'
    site.table = '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;mso-yfti-tbllook:1184">'
    site.head.append(WORD_HEAD)
    site.dress.append(_by_script)


def _by_script(words: str) -> str:
    """Word gives Latin and Chinese characters each a span of their own."""
    faces = {
        True: '<span lang="EN-US" style="font-family:&quot;Times New Roman&quot;">',
        False: '<span style="font-family:仿宋;mso-hansi-font-family:仿宋">',
    }
    return ASCII_OR_NOT.sub(lambda found: f"{faces[found[0].isascii()]}{found[0]}</span>", words)


@habit(0.10, "html", group="paste", formats=SHOWN)
def span_per_character(press: Press, site: Site) -> None:
    site.dress.append(
        lambda words: re.sub(
            r"&[a-z]+;|[^<>&]", lambda found: f'<span style="font-size:16px;">{found[0]}</span>', words
        )
    )


@habit(0.15, "html", group="paste", formats=SHOWN)
def font_tags(press: Press, site: Site) -> None:
    site.dress.append(
        lambda words: f'<span style="font-family: 微软雅黑;"><font face="方正仿宋_GBK" size="3">{words}</font></span>'
    )
    site.paragraph = '<p style="text-indent: 2em; text-align: justify; line-height: 2;" align="">{}</p>'


@habit(0.08, "html", group="paste", formats=SHOWN)
def upper_case_tags_left_open(press: Press, site: Site) -> None:
    """Old editors wrote HTML 4 and closed neither cells nor rows."""
    site.close, site.row, site.cell, site.head_cell = False, "TR", "TD", "TD"
    site.paragraph, site.line_break = "<P>{}", "<BR>"


@habit(0.15, "html", formats=SHOWN)
def spaces_that_do_not_break(press: Press, site: Site) -> None:
    site.blank = press.rng.choice(["&nbsp;", "&nbsp;&nbsp;", "<p>&nbsp;</p>", "<br>"])
    site.paragraph = site.paragraph.replace("{}", "&nbsp;&nbsp;&nbsp;&nbsp;{}", 1)


@habit(0.25, "html", formats=SHOWN)
def headings_marked_up(press: Press, site: Site) -> None:
    style = press.rng.choice(["h", "strong", "centre"])
    title = {"h": "<h1>{}</h1>", "strong": "<p><strong>{}</strong></p>", "centre": "<center><b>{}</b></center>"}[style]
    heading = {"h": "<h2>{}</h2>", "strong": "<p><strong>{}</strong></p>", "centre": "<div><b>{}</b></div>"}[style]
    site.headings = {"title": title, "heading": heading, "subheading": "<h3>{}</h3>" if style == "h" else heading}


@habit(0.12, "html", formats=SHOWN)
def header_cells(press: Press, site: Site) -> None:
    site.head_cell, site.head_rows = "th", press.rng.random() < 0.5


@habit(0.20, "html", formats=SHOWN)
def column_groups(press: Press, site: Site) -> None:
    site.column_groups = True


@habit(0.10, "html", formats=SHOWN)
def paragraphs_as_line_breaks(press: Press, site: Site) -> None:
    """The whole text is lines in one box."""
    site.paragraph = "　　{}<br/>\n"
    site.headings = {}


@habit(0.08, "html", formats=SHOWN)
def paragraphs_as_boxes(press: Press, site: Site) -> None:
    site.paragraph = '<div style="text-indent:2em">{}</div>'


@habit(0.35, "html", formats=HTML)
def navigation(press: Press, site: Site) -> None:
    site.above.append(
        f'<div class="header"><ul class="nav">{MENU}</ul><form action="/search"><input name="q" value="请输入关键字"></form></div>'
        '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政府信息公开</a> &gt; '
        '<a href="/zwgk/nb">政府信息公开年报</a> &gt; 正文</div><div class="side"><ul><li>政府信息公开指南</li>'
        "<li>政府信息公开制度</li><li>法定主动公开内容</li><li>政府信息公开年报</li><li>依申请公开</li></ul></div>"
    )


@habit(0.35, "html", formats=SHOWN)
def metadata_table(press: Press, site: Site) -> None:
    year = press.source.year + 1
    rows = [
        ("索 引 号：", f"014314799/{year}-0000{press.rng.randint(1, 9)}", "主题分类：", "政府信息公开年报"),
        ("发文机关：", press.source.agency, "发文日期：", f"{year}-01-{press.rng.randint(10, 30)}"),
        ("标　　题：", f"{press.source.agency}{press.source.year}年政府信息公开工作年度报告", "有 效 性：", "有效"),
        ("文　　号：", "", "关 键 词：", ""),
    ]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    site.above.append(f'<table class="table_content"><tbody>{body}</tbody></table>')


@habit(0.30, "html", formats=HTML)
def article_bar(press: Press, site: Site) -> None:
    date = f"{press.source.year + 1}-01-{press.rng.randint(10, 30)} {press.rng.randint(8, 17):02d}:30"
    site.above.append(
        f'<div class="info"><span>发布时间：{date}</span> <span>来源：{press.source.agency}</span> <span>浏览次数：'
        f"<b>{press.rng.randint(20, 4000)}</b></span> <span>字体：[<a href='#'>大</a> <a href='#'>中</a> <a href='#'>小</a>]"
        '</span> <span class="share">分享到：<a class="wx">微信</a><a class="wb">微博</a></span></div>'
    )


@habit(0.30, "html", formats=HTML)
def links_and_footer(press: Press, site: Site) -> None:
    site.below.append(
        '<div class="annex">附件：<a href="/uploads/nb.pdf">政府信息公开工作年度报告.pdf</a></div>'
        '<div class="near">上一篇：<a href="#">2022年政府信息公开工作年度报告</a><br>下一篇：没有了</div>'
        '<div class="bar"><a href="javascript:window.print()">【打印】</a><a>【关闭】</a></div>'
        f'<div class="footer">主办：{press.source.agency}　网站标识码：3208040002　苏ICP备05000001号　'
        "苏公网安备32080402000001号　联系电话：0517-80000000</div>"
    )


@habit(0.12, "html", formats=HTML)
def content_in_a_layout_table(press: Press, site: Site) -> None:
    site.above.append(
        '<table width="1000" align="center"><tr><td width="200" valign="top"><ul><li>机构职能</li><li>年报</li></ul></td><td>'
    )
    site.below.insert(0, "</td></tr></table>")


@habit(0.08, "html", formats=HTML)
def hidden_on_the_page(press: Press, site: Site) -> None:
    """What readers never see: a summary for sharing, a draft that was switched off, scripts."""
    site.between.append(
        (press.rng.randint(0, 99), '<div style="display:none">摘要：本年度新收政府信息公开申请999件。</div>')
    )
    site.between.append(
        (
            press.rng.randint(0, 99),
            "<script>var total = 999; document.title = '年报';</script><noscript>请启用脚本</noscript>",
        )
    )
    site.between.append((press.rng.randint(0, 99), "<!-- <table><tr><td>规章</td><td>999</td></tr></table> -->"))


@habit(0.06, "html", formats=SHOWN)
def number_hidden_in_a_cell(press: Press, site: Site) -> bool:
    if not site.numbers:
        return False
    site.after_number[press.rng.choice(site.numbers)] = '<span style="display:none">9</span>'
    return True


@habit(0.05, "html", formats=SHOWN)
def note_marks_in_cells(press: Press, site: Site) -> bool:
    if not site.numbers:
        return False
    site.after_number[press.rng.choice(site.numbers)] = press.rng.choice(
        ["<sup>1</sup>", '<sup><a href="#n1">[1]</a></sup>']
    )
    return True


@habit(0.08, "html", formats=HTML)
def characters_as_references(press: Press, site: Site) -> None:
    site.finish.append(lambda markup: re.sub(r"[一-鿿]", lambda found: f"&#{ord(found[0])};", markup))


@habit(0.25, "html", group="encoding", formats=HTML)
def national_encoding(press: Press, site: Site) -> None:
    press.encoding = press.rng.choice(["gb18030", "gbk"])


@habit(0.05, "html", group="encoding", formats=HTML)
def byte_order_mark(press: Press, site: Site) -> None:
    press.encoding = "utf-8-sig"
    site.finish.append(lambda markup: re.sub(r'<meta http-equiv="Content-Type"[^>]*>', "", markup))


@habit(0.04, "html", group="encoding", formats=HTML)
def no_declared_encoding(press: Press, site: Site) -> None:
    press.encoding = press.rng.choice(["utf-8", "gb18030"])
    site.finish.append(lambda markup: re.sub(r'<meta http-equiv="Content-Type"[^>]*>', "", markup))


@habit(0.15, "html", formats=SHOWN)
def digits_printed_twice(press: Press, site: Site) -> bool:
    """Bold that is made by printing each number twice, a hair apart."""
    if press.format != "pdf" or not site.numbers:
        return False
    for path in site.numbers:
        words = press.words[path]
        if words.isascii() and words.isdigit():
            site.after_number[path] = (
                f'<span style="position:relative"><span style="position:absolute;right:0.3px;top:0">{words}</span></span>'
            )
    return True
