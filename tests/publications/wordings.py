"""How offices word, punctuate and misspell labels, headings and titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annual_report.form.sections import REPORT_NAME
from publications.pages import Line
from publications.press import Press, habit

if TYPE_CHECKING:
    from collections.abc import Callable

HALF_WIDTH = str.maketrans("（），：“”", '(),:""')
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
MISSPELT = {
    "本年废止件数": ["本年度止件数", "本年度废止件数", "本年废止数"],
    "现行有效件数": ["现行有效件", "现行有效数", "现行有效件数（历史累计）", "现行有效总件数"],
    "本年制发件数": ["本年度制发件数", "本年制发数", "制发件数"],
    "行政规范性文件": ["规范性文件"],
    "2.其他法律行政法规禁止公开": ["2.其他法律行政止公开", "2.其他法律法规禁止公开", "2.其他法律、行政法规禁止公开"],
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": [
        "1.申请人无正当理由逾期不补正",
        "1.逾期不补正",
    ],
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": [
        "2.申请人逾期未按收费通知要求缴纳费用",
        "2.逾期未缴费",
    ],
    "5.要求行政机关确认或重新出具已获取信息": ["5.要求行政机关确认或重新出具已获取的信息"],
    "（七）总计": ["（七）合计", "（七）总 计"],
    "总计": ["合计", "总 计"],
    "一、本年新收政府信息公开申请数量": ["一、本年新收申请数量", "一、本年度新收政府信息公开申请数量"],
    "二、上年结转政府信息公开申请数量": ["二、上年度结转政府信息公开申请数量", "二、上年结转申请数量"],
    "三、本年度办理结果": ["三、本年度处理结果", "三、办理结果"],
    "四、结转下年度继续办理": ["四、结转下一年度继续办理", "四、结转下年继续办理"],
    "未经复议直接起诉": ["未经复议直接诉讼", "直接起诉"],
    "复议后起诉": ["经复议后起诉", "复议后诉讼"],
    "其他": ["其它"],
    "3.其他": ["3.其它"],
    "6.属于四类过程性信息": ["6.属于四类过程性性信息"],
    "本年收费金额（单位：万元）": ["本年收费金额（万元）", "本年收费总金额（单位：万元）"],
    "自然人": ["公民（自然人）"],
}


def _write(press: Press, share: float, write: Callable[[str], str]) -> bool:
    """Write the labels of all tables in another way."""
    changed = False
    for sheet in press.sheets():
        for box in sheet.labels():
            if box.text and press.rng.random() < share:
                before, box.text = box.text, write(box.text)
                changed |= box.text != before
    return changed


@habit(0.15, "labels")
def half_width_brackets(press: Press) -> bool:
    return _write(press, press.rng.choice([0.2, 1]), lambda text: text.translate(HALF_WIDTH))


@habit(0.08, "labels", group="numbering")
def commas_after_numbers(press: Press) -> bool:
    mark = press.rng.choice(["、", "．", "，", ". ", "、 "])
    return _write(press, 1, lambda text: re.sub(r"^(\d)\.", rf"\1{mark}", text))


@habit(0.05, "labels", group="numbering")
def full_width_numbering(press: Press) -> bool:
    return _write(press, 1, lambda text: text.translate(DIGITS))


@habit(0.03, "labels", group="numbering")
def numbering_left_out(press: Press) -> bool:
    return _write(press, 1, lambda text: re.sub(r"^(\d[.、]|（[一二三四五六七]）|[一二三四]、)", "", text))


@habit(0.12, "labels")
def labels_misspelt(press: Press) -> bool:
    share = press.rng.choice([0.15, 0.6])
    return _write(press, share, lambda text: press.rng.choice(MISSPELT.get(text, [text])))


@habit(0.12, "labels")
def spaces_in_labels(press: Press) -> bool:
    blank = press.rng.choice([" ", "\u3000", "  ", "\xa0"])

    def write(text: str) -> str:
        cut = press.rng.randint(1, max(1, len(text) - 1))
        return text[:cut] + blank + text[cut:]

    return _write(press, 0.2, write)


@habit(0.12, "labels", group="lines in labels", formats=("docx", "html", "pdf"))
def line_breaks_in_labels(press: Press) -> bool:
    def write(text: str) -> str:
        width = press.rng.choice([2, 4, 8])
        return "\n".join(text[at : at + width] for at in range(0, len(text), width))

    return _write(press, 0.25, write)


@habit(0.10, "labels", group="lines in labels", formats=("docx", "html", "pdf"))
def spine_one_character_a_line(press: Press) -> bool:
    spines = [
        box for sheet in press.sheets("applications") for box in sheet.labels() if box.rows > 4 and box.column == 0
    ]
    for box in spines:
        box.text = "\n".join(box.text)
    return bool(spines)


@habit(0.08, "labels")
def explanations_left_out(press: Press) -> bool:
    return _write(press, 1, lambda text: re.sub(r"[（(](区分处理|本列数据).*", "", text))


@habit(0.05, "labels")
def explanations_added(press: Press) -> bool:
    added = {
        "规章": "规章（指省、自治区、直辖市和设区的市政府制定的规章）",
        "行政规范性文件": "行政规范性文件（以县政府及县政府办公室名义印发）",
        "行政许可": "行政许可（含审批、核准、备案）",
        "1.本机关不掌握相关政府信息": "1.本机关不掌握相关政府信息（包括信息不存在）",
        "3.其他": "3.其他（申请人主动撤回等）",
        "3.危及“三安全一稳定”": "3.危及“三安全一稳定”（国家安全、公共安全、经济安全、社会稳定）",
    }
    return _write(press, 0.7, lambda text: added.get(text, text))


@habit(0.08, "labels")
def quotation_marks_of_another_kind(press: Press) -> bool:
    left, right = press.rng.choice(["「」", "‘’", '""', "  "])
    return _write(press, 1, lambda text: text.replace("“", left).replace("”", right))


@habit(0.10, "labels")
def articles_written_otherwise(press: Press) -> bool:
    write = press.rng.choice(
        [
            lambda text: re.sub(r"第（(.)）项", r"第\1项", text),
            lambda text: text.replace("第（", " 第（").replace("）项", "） 项"),
            lambda text: re.sub(r"第（(.)）项", r"（\1）项", text),
            lambda text: text if not text.startswith("第二十条") else f"《条例》{text}",
        ]
    )
    return _write(press, 1, write)


@habit(0.18, "lines")
def section_headings_reworded(press: Press) -> bool:
    reworded = {
        "一、总体情况": ["一、总体工作情况", "一、概述", "一、总体情况："],
        "二、主动公开政府信息情况": [
            "二、主动公开政府信息的情况",
            "二、行政机关主动公开政府信息情况",
            "二、主动公开情况",
        ],
        "三、收到和处理政府信息公开申请情况": [
            "三、行政机关收到和处理政府信息公开申请情况",
            "三、收到和处理政府信息公开申请的情况",
        ],
        "四、政府信息公开行政复议、行政诉讼情况": [
            "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "四、政府信息公开行政复议和行政诉讼情况",
        ],
        "五、存在的主要问题及改进情况": [
            "五、存在问题及改进情况",
            "五、政府信息公开工作存在的主要问题及改进情况",
            "五、存在的主要问题及整改措施",
            "五、存在主要问题及改进措施",
        ],
        "六、其他需要报告的事项": ["六、其他需要报告事项", "六、需要报告的其他事项", "六、其他事项"],
    }
    changed = False
    for line in press.lines("heading"):
        if line.text in reworded and press.rng.random() < 0.5:
            line.text = press.rng.choice(reworded[line.text])
            changed = True
    return changed


@habit(0.08, "lines", group="heading numbers")
def section_numbers_wrong(press: Press) -> None:
    """A number is left out, or the numbering goes wrong from some section on."""
    headings = press.lines("heading")
    style = press.rng.choice(["none", "without five", "stuck"])
    for nth, line in enumerate(headings):
        number, mark, words = line.text.partition("、")
        if style == "none":
            line.text = words or line.text
        elif (style == "without five" and number == "六") or (style == "stuck" and nth > 2):
            line.text = f"{'五' if style == 'without five' else '三'}{mark}{words}"


@habit(0.08, "lines", group="heading numbers")
def section_numbers_set_otherwise(press: Press) -> None:
    mark = press.rng.choice(["、 ", ".", "．", " "])
    for line in press.lines("heading"):
        line.text = line.text.replace("、", mark, 1)


@habit(0.25, "lines", group="title")
def title_on_two_lines(press: Press) -> None:
    title = press.lines("title")[0]
    agency = press.source.agency
    title.text = agency
    press.blocks.insert(press.position(title) + 1, Line(f"{press.source.year}年{REPORT_NAME}", "title"))


@habit(0.15, "lines", group="title")
def title_worded_otherwise(press: Press) -> None:
    title, agency, year = press.lines("title")[0], press.source.agency, press.source.year
    title.text = press.rng.choice(
        [
            f"{agency}{year}年度{REPORT_NAME}",
            f"{agency} {year} 年{REPORT_NAME}",
            f"{agency}关于{year}年{REPORT_NAME}",
            f"{agency}{year}年政府信息公开年度报告",
            f"{year}年{agency}{REPORT_NAME}",
        ]
    )


@habit(0.06, "lines", group="title", formats=("docx", "html", "pdf"))
def title_only_in_the_head(press: Press) -> None:
    """The title is the page's title, or the running head, and nowhere in the text."""
    del press.blocks[press.position(press.lines("title")[0])]


@habit(0.12, "lines")
def introduction_inside_section_one(press: Press) -> bool:
    heading = press.lines("heading")[0]
    text = next(line for line in press.lines("body") if line.text.strip())
    first, at = press.position(text), press.position(heading)
    if first > at:
        return False
    press.blocks.insert(first, press.blocks.pop(at))
    return True


@habit(0.10, "lines")
def emphasis(press: Press) -> bool:
    bodies = [line for line in press.lines("body") if len(line.text) > 40]
    for line in press.rng.sample(bodies, min(2, len(bodies))):
        start = press.rng.randint(line.lead, max(line.lead, len(line.text) // 2))
        line.bold = ((start, start + press.rng.randint(4, 12)),)
    return bool(bodies)


@habit(0.08, "lines")
def empty_lines(press: Press) -> None:
    for at in sorted(press.rng.sample(range(len(press.blocks)), 5), reverse=True):
        press.blocks.insert(at, Line(press.rng.choice(["", "\u3000\u3000", " "])))


@habit(0.08, "lines")
def document_number_above(press: Press) -> None:
    words = [f"{press.source.agency[:2]}政公开〔{press.source.year + 1}〕3号", "（此件公开发布）", "附件1"]
    press.blocks.insert(0, Line(press.rng.choice(words), "note"))


@habit(0.06, "lines")
def attachment_list_below(press: Press) -> None:
    press.blocks.append(Line(f"附件：{press.source.year}年政府信息公开工作统计表", "note"))


@habit(0.06, "lines", formats=("docx", "html", "pdf"))
def table_of_contents(press: Press) -> None:
    """The headings stand in a list before the text, too."""
    contents = [Line("目  录", "note")]
    contents += [Line(f"{line.text}……{1 + nth // 2}", "note") for nth, line in enumerate(press.lines("heading"))]
    titles = press.lines("title")
    at = press.position(titles[-1]) + 1 if titles else 0
    press.blocks[at:at] = contents


@habit(0.10, "lines")
def date_written_otherwise(press: Press) -> bool:
    dates = press.lines("date")
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(press.source.year + 1))
    for line in dates:
        line.text = press.rng.choice(
            [f"{year}年一月十五日", line.text.replace("年", " 年 "), press.source.issued_on or ""]
        )
    return bool(dates)


@habit(0.05, "lines")
def date_above_the_signature(press: Press) -> bool:
    signatures, dates = press.lines("signature"), press.lines("date")
    for signature, date in zip(signatures, dates, strict=True):
        signature.text, date.text = date.text, signature.text
    return bool(dates)
