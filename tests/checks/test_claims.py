"""What offices write of applications and disputes, and whether it disagrees with the tables."""

from __future__ import annotations

import time

import pytest

from annual_report import AnnualReport, check
from annual_report.checks.prose import number_of

# What the sentences are about. A bureau: 13 received, 2 carried in, 12 dealt with, 3 carried forward; of the 12,
# 4 granted, 1 granted in part, 3 refused (1 as internal affairs, 2 as enforcement files), 2 not held, 1 petition,
# 1 overdue. Reconsideration: 5, of which 2 upheld, 1 corrected, 2 pending. Litigation: 2 direct (1 pending), 1 after.
BUREAU = {
    "applications": {
        "received": 13,
        "carried_in": 2,
        "outcomes.granted": 4,
        "outcomes.partially_granted": 1,
        "outcomes.refused.internal_affairs": 1,
        "outcomes.refused.enforcement_files": 2,
        "outcomes.unable_to_provide.not_held": 2,
        "outcomes.not_processed.petition_or_complaint": 1,
        "outcomes.other_handling.correction_overdue": 1,
        "carried_forward": 3,
    },
    "disputes": {
        "reconsideration": {"upheld": 2, "corrected": 1, "pending": 2},
        "litigation.direct": {"upheld": 1, "pending": 1},
        "litigation.after_reconsideration": {"upheld": 1},
    },
}
# A province: 3119 received, 77 carried in, 3138 dealt with (1200 granted, 358 in part, 92 refused, 815 unable, 125 not
# processed, 548 other), 58 carried forward. Reconsideration: 134 (12 pending). Litigation: 50 direct, 29 after (15).
PROVINCE = {
    "applications": {
        "received": 3119,
        "carried_in": 77,
        "outcomes.granted": 1200,
        "outcomes.partially_granted": 358,
        "outcomes.refused.third_party_rights": 92,
        "outcomes.unable_to_provide.not_held": 815,
        "outcomes.not_processed.repeated": 125,
        "outcomes.other_handling.other": 548,
        "carried_forward": 58,
    },
    "disputes": {
        "reconsideration": {"upheld": 90, "corrected": 12, "other": 20, "pending": 12},
        "litigation.direct": {"upheld": 30, "corrected": 2, "other": 8, "pending": 10},
        "litigation.after_reconsideration": {"upheld": 20, "other": 4, "pending": 5},
    },
}
NOTHING = {"applications": {}, "disputes": {}}
YEAR = 2024


def report(sentence: str, tables=BUREAU, agency: str = "某某市民政局") -> AnnualReport:
    data = AnnualReport.blank(agency=agency, year=YEAR).model_dump(mode="json")
    for path, number in tables["applications"].items():
        _at(data["applications"], path)["natural_person"] = number
    for path, results in tables["disputes"].items():
        _at(data["disputes"], path).update(results)
    data |= {"overview": sentence, "problems_and_improvements": "略。", "other_matters": "未收取信息处理费。"}
    for part in _parts(data["applications"], data["disputes"]):
        part.pop("total", None)
    return AnnualReport.model_validate(data)


def _at(table, path):
    for key in path.split("."):
        table = table[key]
    return table


def _parts(*roots):
    for root in roots:
        yield root
        for value in root.values():
            if isinstance(value, dict):
                yield from _parts(value)


def found(sentence: str, *about) -> list[tuple[str, int | None]]:
    return [
        (finding.id, finding.actual)
        for finding in check(report(sentence, *about))
        if finding.id in {"narrative.applications", "narrative.disputes"}
    ]


AGREE = {
    "counted-or-not": [
        "2024年，共收到政府信息公开申请13件。",
        "2024年，我局共收到政府信息公开申请１３件，全部按时办结。",
        "全年新收政府信息公开申请十三件，上年结转两件。",
        "本年度受理依申请公开15件，答复12件。",
        "收办政府信息公开申请15件（含上年结转2件），办结12件，结转下年度3件。",
        "全年共收到13件政府信息公开申请，已答复12件。",
        "2024年，某某市民政局收到十三项政务公开申请。",
        "全年受理政府信息公开申请 13 件，其中自然人 13 件，法人 0 件。",
        "共收到信息公开申请13件，其中网上申请10件、信函申请3件。",
        "通过网络收到政府信息公开申请10件，通过信函收到3件。",
        "收到政府信息公开申请13件，较上年增加5件，同比增长62.5%。",
        "2023年收到政府信息公开申请8件，2024年收到政府信息公开申请13件。",
        "与2023年收到政府信息公开申请8件相比，有所增加。",
        "去年收到政府信息公开申请8件。",
        "自2008年以来累计收到政府信息公开申请352件。",
        "其中市公安局受理政府信息公开申请6件。",
        "各县区共收到政府信息公开申请230件。",
        "市自然资源局收到政府信息公开申请21件。",
        "收到政府信息公开申请13件，予以公开4件，部分公开1件，不予公开3件，无法提供2件，不予处理1件，其他处理1件。",
        "办结政府信息公开申请12件，其中予以公开四件，不予公开三件。",
        "在已办结的政府信息公开申请中，属于三类内部事务信息1件，属于行政执法案卷2件。",
        "政府信息公开申请办结率100%，满意度98%。",
        "收到政府信息公开申请10余件。",
        "收到政府信息公开申请近20件。",
        "收到政府信息公开申请不足20件。",
        "收到政府信息公开申请13件，具体情况如下：",
        "收到政府信息公开申请超过10件。",
        "收到政府信息公开申请至少10件。",
        "近三年来，我局共收到政府信息公开申请352件。",
        "延期答复政府信息公开申请4件。",
        "依申请公开方面，答复12345热线工单320件。",
        "全年答复人大代表建议、政协委员提案36件，均已公开。",
        "做好依申请公开工作。12345平台10件、议政网15件，办结率100%。",
        "召开新闻发布会12场，收集公众意见75条。",
        "全年办理行政许可申请560件。",
        "受理最低生活保障申请230件。",
        "全年处理信访件25件，答复网民留言40条。",
        "主动公开政府信息1417条，通过微信公众号发布706条。",
        "政府信息公开行政复议5件，行政诉讼3件。",
        "因政府信息公开引发行政复议案件3件，其中结果维持2件，结果纠正1件。",
        "政府信息公开行政复议案件五件：结果维持两件，结果纠正一件，尚未审结两件。",
        "政府信息公开行政诉讼3件，其中结果维持2件，尚未审结1件。",
        "政府信息公开行政诉讼案件已审结2件。",
        "政府信息公开工作未因行政复议被纠错。",
        "全市法院受理行政诉讼案件230件。",
        "2023年发生政府信息公开行政复议9件。",
        "举办政府信息公开申请办理培训班2期，培训120人次。",
        "修订依申请公开办理规范，制定答复模板8个。",
        "依申请公开渠道畅通，设立受理点3个。",
    ],
    "right-number": [
        "2024年我局共受理依申请公开13件，上年结转2件，已办结12件，结转下一年度继续办理3件。",
        "本年度新增政府信息公开申请13件，上年度结转2件，全年共办理15件，办结12件，3件结转下年度。",
        "全年共收到公民、法人和其他组织提交的政府信息公开申请13件。",
        "我局共接收政府信息公开申请13件次，答复12件次。",
        "截至2024年12月31日，共收到政府信息公开申请13宗，已办结12宗，其余3宗结转至2025年办理。",
        "2024年，我单位新收政府信息公开申请13件，2023年结转2件，全年应办15件，实际办结12件。",
        "全年收到信息公开申请表13份，答复书12份均已送达。",
        "依申请公开方面：新收13件，上年结转2件，办结12件，结转下年3件。",
        "本年共收到政府信息公开申请一十三件，办结一十二件。",
        "2024年，共答复政府信息公开申请12件（含2023年结转2件），其中：予以公开4件，部分公开1件，不予公开3件。",
        "办理结果为：予以公开4件，占33.3%；部分公开1件，占8.3%；不予公开3件，占25%。",
        "在依申请公开的答复中，予以公开和部分公开5件，占41.7%，不予公开3件，占25%。",
        "政府信息公开申请答复中，予以公开（含部分公开）5件，不予公开3件。",
        "办理的12件中予以公开4件。",
        "在12件政府信息公开申请答复中，公开类5件，不予公开类3件，无法提供类2件。",
        "收到的13件政府信息公开申请均在法定期限内答复。",
        "共收到13份政府信息公开申请。其中，予以公开4件，本机关不掌握相关政府信息2件，其他1件。",
        "本年度共受理信息公开申请13件，其中11件均按规定程序办结，2件申请人主动撤销。",
        "2024年受理信息公开申请13件，办理上年度结转申请2件。答复12件，均在法定期限内答复。",
        "收到政府信息公开申请13件，申请数量较去年回落12.3%；答复政府信息公开申请12件，另有3件顺延到下年度答复。",
        "根据2019年修订的条例，市民政局2024年收到政府信息公开申请13件。",
    ],
    "right-number-of-disputes": [
        "2024年，我局因政府信息公开被申请行政复议5件，其中维持2件，纠错1件，尚未审结2件。",
        "全年发生涉及政府信息公开的行政复议5起、行政诉讼3起。",
        "因政府信息公开引发行政诉讼3件，未经复议直接起诉的2件，结果维持1件，尚未审结1件；复议后起诉的1件，结果维持1件。",
        "政府信息公开行政复议、行政诉讼案件共8件。",
        "政府信息公开行政复议和行政诉讼分别为5件、3件。",
        "政府信息公开行政复议案件5件（维持2件、纠正1件、尚未审结2件），行政诉讼案件3件（维持2件、尚未审结1件）。",
        "新增政府信息公开行政复议5件，较上年增加4件；新增行政诉讼3件，较上年减少6件。",
        "新增因政府信息公开引发的行政复议5件，上年结转的行政复议9件已全部审结。",
        "上年度结转的政府信息公开行政复议案件1件已审结，结果维持1件。",
        "全年政府信息公开工作被提起行政复议5起，其中维持2起、撤回1起、正在审理2起。",
    ],
    "no-denial": [
        "未发生因政府信息公开行政诉讼败诉的情况。",
        "我局未因政府信息公开被行政复议纠错或者行政诉讼败诉。",
        "政府信息公开行政复议零纠错、行政诉讼零败诉。",
        "未发生因逾期答复政府信息公开申请引起的行政复议。",
        "未出现行政复议、行政诉讼败诉情形。",
        "有效避免政府信息公开行政复议、行政诉讼案件发生。",
        "没有收到政府信息公开申请方面的投诉。",
        "未发现政府信息公开申请逾期未答复的情况。",
        "无政府信息公开申请逾期答复情况。",
        "我局收到的政府信息公开申请中没有一件超期。",
        "部分乡镇没有收到过政府信息公开申请，办理经验不足。",
        "未收到法人或其他组织的政府信息公开申请。",
        "其中未收到企业提出的政府信息公开申请。",
        "没有收到需要收费的政府信息公开申请。",
        "除上述情况外，未收到其他政府信息公开申请。",
        "下属单位未收到政府信息公开申请。",
        "2023年未收到政府信息公开申请。",
        "下半年未收到政府信息公开申请。",
        "若未收到政府信息公开申请，应零报告。",
        "2023年未发生政府信息公开行政复议、行政诉讼。",
    ],
    "another-time": [
        "收到政府信息公开申请13件，较上年度的8件增加了5件。",
        "政府信息公开申请量较去年增长5件，增幅达62.5%。",
        "政府信息公开申请受理数由上年的8件上升到13件。",
        "《条例》施行以来，我局共受理政府信息公开申请186件。",
        "2008年至2024年，累计受理政府信息公开申请186件。",
        "近三年共受理政府信息公开申请45件，答复44件，无一败诉。",
        "“十四五”期间，累计收到政府信息公开申请90件。",
        "五年来累计答复政府信息公开申请210件。",
        "截至2024年底累计受理政府信息公开申请186件。",
        "2021年至2023年，分别收到政府信息公开申请6件、7件、8件。",
        "办结2023年结转的政府信息公开申请2件，2024年新收申请13件。",
        "2023年收到申请8件，答复7件；2024年收到政府信息公开申请13件，答复12件。",
        "上半年收到政府信息公开申请6件，下半年收到政府信息公开申请7件。",
        "2024年1至6月收到政府信息公开申请6件。",
        "12月份收到政府信息公开申请2件。",
        "平均每月收到政府信息公开申请1件。",
        "近五年因政府信息公开引发行政复议22件、行政诉讼9件。",
        "去年收到政府信息公开申请8件，答复7件。",
        "去年政府信息公开行政复议9件，其中结果维持8件，行政诉讼4件。",
    ],
    "share": [
        "收到政府信息公开申请13件，网络申请10件，信函申请2件，当面申请1件。",
        "收到政府信息公开申请13件。从申请人看，自然人申请13件，企业申请0件。",
        "收到政府信息公开申请13件，涉及养老服务5件、社会救助4件、殡葬管理4件。",
        "依申请公开系统收到申请10件，EMS邮寄3件。",
        "收到涉及征地拆迁的政府信息公开申请6件。",
        "收到同一申请人政府信息公开申请6件。",
        "通过12345转来政府信息公开申请1件。",
        "通过网络收到政府信息公开申请10件，已答复9件，予以公开3件。",
        "收到政府信息公开申请13件，其中网上收到10件，已全部答复10件。",
        "收到政府信息公开申请13件，因属于三类内部事务信息不予公开1件，因属于行政执法案卷不予公开2件。",
        "收到政府信息公开申请13件，自然人申请予以公开3件、企业申请予以公开1件。",
        "发生政府信息公开行政诉讼一审案件2件、二审案件4件。",
    ],
    "part-of-the-handling": [
        "经批准延期答复政府信息公开申请4件，其余均按期答复。",
        "全年在法定期限内答复政府信息公开申请9件，延期答复3件。",
        "收到政府信息公开申请13件。其中，按期答复9件，延期答复3件。",
        "申请人主动撤回政府信息公开申请2件。",
        "当场答复政府信息公开申请2件，其余在20个工作日内答复。",
        "转送其他单位办理政府信息公开申请4件。",
        "指导下属单位办理政府信息公开申请6件。",
        "协助市政府办公室答复政府信息公开申请7件。",
        "会商办理疑难政府信息公开申请8件。",
        "收到市政府转来政府信息公开申请7件。",
        "本年度转办政府信息公开申请6件，其中予以公开2件。",
        "抽查政府信息公开申请答复书20件，发现问题3个。",
        "政府信息公开申请满意度调查回收问卷30份，收到回复28份。",
        "政府信息公开申请平均办理用时由12个工作日缩短到8个工作日，提前办结9件。",
        "13件政府信息公开申请共涉及信息事项26项，公开9项。",
        "收到政府信息公开申请咨询电话60个。",
        "依申请公开政府信息42条。",
    ],
    "other-body": [
        "市本级收到政府信息公开申请13件，各区收到政府信息公开申请40件。",
        "全系统收到政府信息公开申请53件，其中局机关13件。",
        "全市各级民政部门共受理政府信息公开申请53件。",
        "下属事业单位收到政府信息公开申请2件，均已办结。",
        "东城街道办事处收到政府信息公开申请9件。",
        "市公安局、市教育局、市卫健委分别收到政府信息公开申请9件、6件、5件。",
        "受理政府信息公开申请较多的单位为：市自规局230件，市住建局120件，市公安局98件。",
        "市自然资源局收到政府信息公开申请21件，答复20件，其中予以公开10件。",
        "其他单位政府信息公开行政复议9件，结果维持8件。",
        "市司法局办理政府信息公开行政复议案件30件。",
        "市中级人民法院审理政府信息公开行政诉讼案件30件。",
        "以市政府为复议机关的政府信息公开行政复议案件30件。",
        "作为行政复议机关，受理不服下级机关政府信息公开答复的行政复议申请7件。",
        "行政机关负责人出庭应诉政府信息公开行政诉讼1件。",
    ],
    "rough": [
        "收到政府信息公开申请约20件。",
        "收到政府信息公开申请近百件。",
        "收到政府信息公开申请十几件。",
        "收到政府信息公开申请数十件。",
        "收到政府信息公开申请三五件。",
        "收到政府信息公开申请二三十件。",
        "收到政府信息公开申请10～15件。",
        "收到政府信息公开申请不到20件。",
        "收到政府信息公开申请超过10件。",
        "收到政府信息公开申请2.3万件。",
        "每件政府信息公开申请平均答复时间为8个工作日。",
    ],
    "something-else": [
        "依申请公开工作有序开展。全年办理人大建议20件、政协提案16件，答复率100%。",
        "做好依申请公开，畅通互动渠道，全年收到网民留言42条，答复42条。",
        "做好依申请公开工作，开展意见征集6次，收到意见38条，回复采纳15条。",
        "政府信息公开申请之外，全年答复“互动交流”栏目咨询85件。",
        "规范依申请公开。受理行政许可申请36件，办结36件。",
        "依申请公开工作。全年发放救助金申请表300份，受理临时救助申请260件。",
        "政府信息公开申请受理点接待来访60人次，发放指南200份，受理申请13件。",
        "全年制发公文260件，其中主动公开120件，依申请公开85件，不予公开55件。",
        "依申请公开工作有序。全年审核发布信息320条，退回修改15条，不予处理0条。",
        "依申请公开工作中，组织培训3次，培训人员120人次，编发简报6份。",
        "收到政府信息公开工作考核通报2份。",
        "收到政府信息公开工作投诉举报3件。",
        "办理行政复议案件36件，审结30件，其中涉及政府信息公开的5件。",
        "做好政务公开。全市共办理行政复议案件860件、行政应诉案件320件。",
        "本机关全年行政诉讼案件12件，其中涉及政府信息公开3件。",
        "政务公开工作扎实推进。公开行政复议决定书36件、行政诉讼判决书5件。",
        "加强案例研究，收集政府信息公开行政复议案例30个，行政诉讼案例20个。",
    ],
    "notices-of-disputes": [
        "收到行政复议答复通知书5份、行政应诉通知书3份。",
        "收到涉及政府信息公开的复议答复通知书5份，提交行政复议答复书36份。",
        "政府信息公开行政复议方面，向下级机关送达行政复议答复通知书36份。",
        "政府信息公开行政复议5件，发出行政复议答复通知书36份。",
        "政府信息公开行政复议5件，2023年收到行政复议答复通知书36份。",
        "收到行政复议答复通知书5份、行政诉讼判决书36份。",
        "市公安局收到政府信息公开行政复议答复通知书36份。",
    ],
    "reasons-without-their-outcome": [
        "申请人大量反复申请且无正当理由的0件，不予处理；要求重新出具已获取信息的0件，不予处理。",
        "依申请公开方面，某申请人大量反复申请36件，均已答复。",
        "不予公开3件，涉及国家秘密0件、第三方权益0件。",
        "涉及第三方权益征求意见36件。",
        "对12345热线重复工单不再处理36件。",
        "逾期未缴纳信息处理费不再处理0件。",
    ],
}

DISAGREE = {
    "narrative.applications": [
        ("2024年，共收到政府信息公开申请14件。", 14),
        ("2024年，我局共收到政府信息公开申请１６件。", 16),
        ("全年新收政府信息公开申请十五件。", 15),
        ("全年新收政府信息公开申请 1 200 件。", 1200),
        ("共收到政府信息公开申请1,313件。", 1313),
        ("本年度受理依申请公开17件，答复12件。", 17),
        ("收办政府信息公开申请16件，办结12件。", 16),
        ("全年共收到31件政府信息公开申请。", 31),
        ("2024年，某某市民政局收到两项政务公开申请。", 2),
        ("2024年，未收到政府信息公开申请。", 0),
        ("本机关没有收到公民、法人或者其他组织提出的政府信息公开申请。", 0),
        ("2023年收到政府信息公开申请8件，2024年收到政府信息公开申请18件。", 18),
        ("收到政府信息公开申请13件，答复11件。", 11),
        ("收到政府信息公开申请13件，均已办结，共答复14件。", 14),
        ("收到政府信息公开申请13件，予以公开5件。", 5),
        ("收到政府信息公开申请13件，其中部分公开两件。", 2),
        ("收到政府信息公开申请13件，不予公开92件。", 92),
        ("收到政府信息公开申请13件，无法提供三件。", 3),
        ("收到政府信息公开申请13件，不予处理０件。", 0),
        ("收到政府信息公开申请13件，其他处理4件。", 4),
        ("在办结的政府信息公开申请中，属于行政执法案卷3件。", 3),
        ("全市共受理政府信息公开申请31件。", 31),
        ("做好依申请公开。全年共收到申请23件。", 23),
        ("本年度新增政府信息公开申请16件，上年度结转2件。", 16),
        ("新受理政府信息公开申请18件，上年转结政府信息公开申请2件，全年办结12件。", 18),
        ("全年共收到公民、法人和其他组织提交的政府信息公开申请31件。", 31),
        ("全年共收到社会公众提出的政府信息公开申请31件。", 31),
        ("2024年度，我局收到依申请公开事项31件，均已依法依规办理。", 31),
        ("截至2024年12月31日，共收到政府信息公开申请31宗，已办结12宗。", 31),
        ("2024年1月1日至12月31日，我局共收到政府信息公开申请31件。", 31),
        ("依申请公开方面：新收31件，上年结转2件，办结12件，结转下年3件。", 31),
        ("依申请公开方面：新收13件，上年结转2件，办结22件，结转下年3件。", 22),
        ("2024年，新收政府信息公开申请13件，2023年结转2件，办结22件。", 22),
        ("收到政府信息公开申请13件，结转至2025年3件，共办结22件。", 22),
        ("收到政府信息公开申请13件，其中网络申请10件、信函申请3件，全年共办结22件。", 22),
        ("收到的31件政府信息公开申请均在法定期限内答复。", 31),
        ("收到的13件政府信息公开申请已答复22件。", 22),
        ("收到政府信息公开申请13件并答复22件。", 22),
        ("共收到政府信息公开的申请31件，其中网络申请21件。", 31),
        ("全年收到政府信息公开申请31件，同比增长12件。", 31),
        ("2024年收到政府信息公开申请13件，去年收到8件，本年共答复22件。", 22),
        ("2024年度，某某市民政局（以下简称我局）共收到政府信息公开申请31件。", 31),
        ("据统计，2024年市民政局共收到政府信息公开申请31件。", 31),
        ("二是规范依申请公开，全年收到政府信息公开申请31件。", 31),
        ("我局严格按照《条例》规定办理，全年共受理并答复政府信息公开申请31件。", 31),
        ("今年以来，共收到政府信息公开申请31件。", 31),
        ("全年接受政府信息公开咨询60人次，收到政府信息公开申请31件。", 31),
        ("各区民政局收到政府信息公开申请9件，我局收到政府信息公开申请31件。", 31),
        ("2024年受理信息公开申请13件，办理上年度结转申请2件。答复18件，均在法定期限内答复。", 18),
        ("2024年，我局认真做好依申请公开工作，全年共受理申请18件，全部办结。", 18),
        ("一是收到政府信息公开申请18件，二是办结12件。", 18),
        ("全年收到政府信息公开申请13件，已全部办结并答复13件，其中予以公开6件、部分公开1件。", 6),
        ("答复政府信息公开申请12件。其中，予以公开9件，占75%。", 9),
        ("收到政府信息公开申请13件，其中予以公开4件、不予公开3件、无法提供2件、不予处理7件。", 7),
        ("依申请公开答复中，本机关不掌握相关政府信息6件，补正后申请内容仍不明确0件。", 6),
        ("政府信息公开申请中，信访举报投诉类申请4件、重复申请0件。", 4),
        ("2024年，共答复政府信息公开申请22件（含2023年结转2件）。", 22),
        ("本年度收到政府信息公开申请0件。", 0),
        ("本年度无依申请公开事项。", 0),
        ("截至12月31日，未收到依申请公开事项。", 0),
        ("我局2024年没有政府信息公开申请。", 0),
        ("全年没有收到公众提出的政府信息公开申请。", 0),
        ("收到政府信息公开申请13件。从申请人看，自然人申请11件，企业申请2件。", 11, 2),
        ("收到政府信息公开申请13件，因属于国家秘密不予公开1件，因属于行政执法案卷不予公开2件。", 1),
        ("收到政府信息公开申请13件，上年结转5件，结转下年3件。", 5),
        ("收到政府信息公开申请13件，上年结转2件，共计16件。", 16),
        ("收到政府信息公开申请13件，1件结转至2025年办理，其余均已答复。", 1),
        ("本机关没有上年结转的政府信息公开申请。", 0),
        ("答复政府信息公开申请13件。", 13),
        ("答复政府信息公开申请10件（含上年结转2件）。", 10),
        ("答复政府信息公开申请12件，其中予以公开及部分公开6件。", 6),
        ("答复政府信息公开申请12件，予以公开、部分公开、不予公开分别为4件、2件、3件。", 2),
        ("收到政府信息公开申请13件，申请人大量反复申请且无正当理由的5件，不予处理。", 5),
        ("收到政府信息公开申请13件，要求重新出具已获取信息的5件，不予处理。", 5),
        ("不予公开3件，涉及国家秘密0件、第三方权益14件。", 14),
        ("因逾期未缴纳信息处理费不再处理14件。", 14),
    ],
    "narrative.disputes": [
        ("政府信息公开行政复议6件。", 6),
        ("政府信息公开行政复议五十件，行政诉讼3件。", 50),
        ("因政府信息公开引发行政诉讼案件7件。", 7),
        ("政府信息公开行政复议5件，其中结果维持4件。", 4),
        ("政府信息公开行政复议5件，结果纠正两件。", 2),
        ("政府信息公开行政诉讼3件，尚未审结3件。", 3),
        ("政府信息公开工作未引发行政复议。", 0),
        ("全年无政府信息公开行政诉讼。", 0),
        ("2024年，我局因政府信息公开被申请行政复议7件，被提起行政诉讼3件。", 7),
        ("全年发生涉及政府信息公开的行政复议15起、行政诉讼3起。", 15),
        ("因政府信息公开引发行政复议案件５件、行政诉讼案件１３件。", 13),
        ("新增政府信息公开行政复议8件，较上年增加4件。", 8),
        ("政府信息公开行政复议、行政诉讼案件共9件。", 9),
        ("政府信息公开行政复议、行政诉讼均为0件。", 0, 0),
        ("政府信息公开行政复议5件，其中维持4件，纠错1件。", 4),
        ("政府信息公开行政诉讼3件，其中未经复议直接起诉5件。", 5),
        ("政府信息公开行政复议案件8起，无行政诉讼案件。", 0, 8),
        ("全年未发生因政府信息公开引发的行政复议、行政诉讼。", 0, 0),
        ("2024年未发生因政府信息公开申请行政复议、提起行政诉讼的情况。", 0, 0),
        ("2024年未产生因政府信息公开申请提请的行政复议和行政诉讼案件。", 0, 0),
        ("政府信息公开方面未收到行政复议申请，未发生行政诉讼案件。", 0, 0),
        ("我局未因政府信息公开被申请行政复议、被提起行政诉讼。", 0, 0),
        ("全年没有发生涉及本单位政府信息公开的行政复议、行政诉讼案件。", 0, 0),
        ("截至2024年底，我局不存在因政府信息公开引起的行政复议和行政诉讼。", 0, 0),
        ("未发生政府信息公开类行政复议和行政诉讼。", 0, 0),
        ("因政府信息公开引发行政争议9件。", 9),
        ("全年行政复议案件36件，其中政府信息公开类6件。", 6),
        ("政府信息公开行政复议5件，已审结4件。", 4),
        ("收到涉及政府信息公开的复议答复通知书18份。", 18),
        ("收到行政复议答复通知书5份，行政应诉通知书16份。", 16),
    ],
}

PROVINCE_AGREES = [
    "全省各级行政机关共收到政府信息公开申请3119件，办结3138件（含上年结转77件）。",
    "全省新收政府信息公开申请3,119件，上年结转77件，办结3,138件，结转下年度58件。",
    "全省共收到政府信息公开申请3 119件，其中予以公开1 200件、部分公开358件、不予公开92件。",
    "全年办理政府信息公开申请三千一百三十八件。",
    "全省政府信息公开行政复议134件，其中结果维持90件，结果纠正12件，其他结果20件，尚未审结12件。",
    "因政府信息公开被提起行政诉讼79件，其中未经复议直接起诉50件，复议后起诉29件。",
    "全省政府信息公开行政复议案件审结122件，行政诉讼案件审结64件。",
    "全省政府信息公开行政诉讼79件，其中一审维持41件，二审维持9件。",
    "省政府共收到行政复议申请1860件，其中政府信息公开类134件。",
    "省政府办公厅代表省政府受理政府信息公开申请210件，答复205件。",
    "省本级收到政府信息公开申请210件，市县两级收到政府信息公开申请2909件。",
    "省直部门受理政府信息公开申请1100件，各市州受理2019件。",
    "县级政府收到政府信息公开申请1500件，乡镇政府收到政府信息公开申请400件。",
    "全省共收到政府信息公开申请3119件，同比下降6.5%，其中省级1100件、市级619件、县级1400件。",
    "收到政府信息公开申请3000余件。",
    "收到政府信息公开申请0.31万件。",
]

PROVINCE_DISAGREES = [
    ("全省新收政府信息公开申请3,911件，上年结转77件。", 3911),
    ("全省各级行政机关共受理政府信息公开申请4119件。", 4119),
    ("全省共收到政府信息公开申请3119件，办结3318件，结转下年度58件。", 3318),
    ("全省共收到政府信息公开申请3 119件，其中予以公开1 210件、部分公开358件、不予公开92件。", 1210),
    ("政府信息公开申请答复中，予以公开1200件、占38.2%，不予公开29件、占2.9%，无法提供815件、占26%。", 29),
    ("2024年全省政府信息公开行政复议案件共143件，行政诉讼案件共79件。", 143),
    ("全省因政府信息公开引发行政复议134件、行政诉讼97件。", 97),
    ("全省政府信息公开行政复议134件，其中结果维持9件，结果纠正12件。", 9),
]

NOTHING_AGREES = [
    "2024年，我镇未收到政府信息公开申请。",
    "本年度没有收到公民、法人和其他组织政府信息公开方面的申请。",
    "2024年收到政府信息公开申请0件，予以公开0件，不予公开0件，无法提供0件。",
    "本年度收到依申请公开零件，行政复议零件，行政诉讼零件。",
    "本年度政府信息公开零申请、零复议、零诉讼。",
    "全年未发生因政府信息公开引发的行政复议、行政诉讼。",
    "没有发生针对本单位有关政府信息公开事务的行政复议案、行政诉讼案和申诉案。",
    "2024年政府信息公开申请、行政复议、行政诉讼均为0件。",
    "本机关2024年度无政府信息公开申请，亦无因此引起的行政复议和行政诉讼。",
]

NOTHING_DISAGREES = [
    ("2024年，我镇共收到政府信息公开申请1件，已按期答复。", 1),
    ("全年受理依申请公开2件，答复2件。", 2, 2),
    ("因政府信息公开引发行政复议1件，行政诉讼0件。", 1),
]

OF_A_PROVINCE = (PROVINCE, "某某省人民政府")


def named(table):
    return [
        pytest.param(said, id=f"{group.removeprefix('narrative.')}-{index}")
        for group, sentences in table.items()
        for index, said in enumerate(sentences, 1)
    ]


def test_there_are_sentences_enough():
    agree, disagree = (sum(map(len, table.values())) for table in (AGREE, DISAGREE))
    assert agree + disagree >= 60
    assert agree >= disagree


@pytest.mark.parametrize("sentence", named(AGREE))
def test_what_agrees_or_counts_something_else_raises_nothing(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize("said", named(DISAGREE))
def test_what_disagrees_is_found(said):
    sentence, *numbers = said
    (rule,) = (rule for rule, sentences in DISAGREE.items() if said in sentences)
    assert found(sentence) == [(rule, number) for number in numbers]


@pytest.mark.parametrize("sentence", named({"province": PROVINCE_AGREES}))
def test_a_province_counts_all_its_bodies_and_names_some(sentence):
    assert found(sentence, *OF_A_PROVINCE) == []


@pytest.mark.parametrize("said", named({"province": PROVINCE_DISAGREES}))
def test_a_province_is_told_what_disagrees(said):
    sentence, number = said
    assert [actual for _, actual in found(sentence, *OF_A_PROVINCE)] == [number]


@pytest.mark.parametrize("sentence", named({"nothing": NOTHING_AGREES}))
def test_a_body_that_received_nothing_may_say_so_in_many_ways(sentence):
    assert found(sentence, NOTHING) == []


@pytest.mark.parametrize("said", named({"nothing": NOTHING_DISAGREES}))
def test_a_body_that_received_nothing_is_told_what_disagrees(said):
    sentence, *numbers = said
    assert [actual for _, actual in found(sentence, NOTHING)] == numbers


@pytest.mark.parametrize(
    ("agency", "name"),
    [
        ("某某市卫生健康委员会", "市卫健委"),
        ("某某县人民政府", "县政府"),
        ("某某区人民政府办公室", "区政府办"),
        ("某某镇人民政府", "某某镇政府"),
        ("国家发展和改革委员会", "国家发展改革委"),
        ("某某市民政局", "市局"),
        ("某某市民政局", "局机关"),
        ("某某市卫生健康委员会", "我委机关"),
        ("某某市卫生健康委员会", "委机关"),
        ("某某市科学院", "院机关"),
        ("某某省民政厅", "厅办公室"),
        ("某某经济技术开发区管理委员会", "园区"),
        ("某某新区管理委员会办公室", "办公室"),
        ("某某市人民政府", "各级行政机关"),
        ("某某县人民政府", "全县各乡镇、各部门"),
    ],
)
def test_a_body_may_shorten_its_own_name(agency, name):
    assert found(f"2024年，{name}共收到政府信息公开申请31件。", BUREAU, agency) == [("narrative.applications", 31)]


@pytest.mark.parametrize(
    ("agency", "name"),
    [
        ("某某市民政局", "市政府"),
        ("某某市民政局", "区民政局"),
        ("某某市民政局", "某某市"),
        ("某某市人民政府", "市政府办公室"),
        ("某某省人民政府", "省本级"),
        ("某某市民政局", "委机关"),
        ("某某市民政局", "各级行政机关"),
        ("某某市民政局", "园区"),
        ("某某县人民政府", "全县各乡镇"),
        ("某某县教育局", "全县各乡镇、各部门"),
    ],
)
def test_another_body_is_not_taken_for_it(agency, name):
    assert found(f"2024年，{name}共收到政府信息公开申请31件。", BUREAU, agency) == []


@pytest.mark.parametrize(("agency", "reviews"), [("某某市司法局", True), ("某某市民政局", False)])
def test_disputes_that_an_agency_receives_for_review_are_not_its_own(agency, reviews):
    text = "收到行政复议申请30件。"
    assert found(text, BUREAU, agency) == ([] if reviews else [("narrative.disputes", 30)])


@pytest.mark.parametrize("digits", ["1" * 5000, "一" * 5000, "9" * 10, "１" * 4301])
def test_a_number_that_cannot_be_a_count_is_no_claim(digits):
    assert found(f"收到政府信息公开申请{digits}件。") == []


@pytest.mark.parametrize(
    "filling",
    [
        "公开申请" + "9" * 20_000,
        "（" * 20_000,
        "其中" * 20_000,
        "各市局" * 20_000,
        "1件，" * 20_000,
        "截至" * 20_000,
        "百" * 100_000,
        "公开5件，部分公开2件，" * 5_000,
        "予以公开5件（含部分公开1件），" * 5_000,
        "行政复议268件，其中信息公开类12件，" * 5_000,
        "2件因涉及个人隐私，" * 5_000,
        "依申请公开5件，均" * 5_000,
        "收到行政复议申请20件。其中" * 5_000,
    ],
)
def test_a_long_paragraph_is_still_read(filling):
    assert ("narrative.applications", 31) in found(f"{filling}。2024年，我局共收到政府信息公开申请31件。")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("全年办理人大代表建议。均按时办结。予以公开9件。", []),
        ("全年办理人大代表建议。收到政府信息公开申请13件。予以公开9件。", [9]),
        ("依申请公开情况如下。\n共收到31件。", [31]),
        ("2023年，收到政府信息公开申请8件。\n共收到政府信息公开申请31件。", [31]),
        (f"依申请公开工作制度不断健全{'，工作质量不断提高' * 7}。\n共收到31件。", []),
    ],
)
def test_a_number_is_of_what_the_sentences_just_before_it_are_about(text, numbers):
    assert found(text) == [("narrative.applications", number) for number in numbers]


def test_the_preamble_is_not_compared_with_the_tables():
    data = report("认真做好工作。").model_dump(mode="json") | {"preamble": "收到政府信息公开申请31件。"}
    assert "narrative.applications" not in {finding.id for finding in check(AnnualReport.model_validate(data))}


def test_texts_beside_the_tables_are_read_too():
    data = report("认真做好工作。").model_dump(mode="json") | {
        "texts": {
            "applications": {"before": "收到政府信息公开申请31件。"},
            "disputes": {"notes": "行政复议7件，待补（待填写）。"},
        }
    }
    found = {finding.id: finding.path for finding in check(AnnualReport.model_validate(data))}
    assert found["narrative.applications"] == "applications.received.total"
    assert found["narrative.disputes"] == "disputes.reconsideration.total"
    assert found["narrative.unfinished"] == "texts.disputes.notes"


DENIED = "未收到法人或者其他组织的政府信息公开申请。"


@pytest.mark.parametrize("heading", ["（二）依申请公开情况。", "（二）依申请公开情况\n"])
def test_a_denial_of_organizations_alone_under_a_sub_heading_denies_all_applications(heading):
    assert found(f"{heading}2024年度，{DENIED}") == [("narrative.applications", 0)]
    assert found(f"{heading}{DENIED}\n政府信息公开行政复议5件。") == [("narrative.applications", 0)]


@pytest.mark.parametrize(
    "text",
    [
        f"2024年度，{DENIED}",
        f"（二）依申请公开情况。共收到申请13件，{DENIED}",
        f"（二）依申请公开情况。\n共收到申请13件。\n{DENIED}",
        f"（二）依申请公开情况。申请人均为自然人，{DENIED}",
        "（二）依申请公开情况。未收到企业的政府信息公开申请。",
    ],
)
def test_a_denial_of_organizations_beside_anything_else_is_of_them_only(text):
    assert found(text) == []


def test_a_quotation_of_an_endless_sentence_is_cut():
    findings = check(report("政府信息公开工作" * 1000 + "，共收到政府信息公开申请31件" + "，继续努力" * 1000))
    (finding,) = [finding for finding in findings if finding.id == "narrative.applications"]
    assert len(finding.quotation.text) < 1000
    assert "申请31件" in finding.quotation.text


def test_a_long_paragraph_with_many_findings_is_quoted_in_time_linear_in_its_length():
    sentence = "共收到政府信息公开申请99件。"

    def seconds(times):
        one = report(sentence * times)
        started = time.process_time()
        assert sum(finding.id == "narrative.applications" for finding in check(one)) == times
        return time.process_time() - started

    assert seconds(8000) < 40 * max(seconds(500), 0.01)


def test_the_sentence_is_quoted_with_its_position():
    (finding,) = [
        finding
        for finding in check(report("认真做好工作。全年共收到政府信息公开申请14件，全部办结。再接再厉。"))
        if finding.id == "narrative.applications"
    ]
    quotation = finding.quotation
    assert quotation.text == "全年共收到政府信息公开申请14件，全部办结。"
    assert (quotation.section, quotation.paragraph, quotation.start, quotation.end) == ("overview", 0, 7, 29)
    assert finding.path == "applications.received.total"
    assert (finding.expected, finding.actual) == (13, 14)
    assert finding.cells[0].place.endswith("一、本年新收政府信息公开申请数量 › 总计")


def test_a_quotation_has_no_blanks_at_its_ends():
    text = "认真做好工作。  全年共收到政府信息公开申请14件，全部办结。 再接再厉。"
    (finding,) = [finding for finding in check(report(text)) if finding.id == "narrative.applications"]
    quotation = finding.quotation
    assert quotation.text == "全年共收到政府信息公开申请14件，全部办结。"
    assert text[quotation.start : quotation.end] == quotation.text


def test_neither_the_seed_nor_the_large_city_raises_anything(seed, large_city):
    assert list(check(seed)) == []
    assert list(check(large_city)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("3 119", 3119), ("3,119", 3119), ("两", 2), ("十", 10), ("二十", 20), ("一百零三", 103)),
        *(("一万二千", 12000), ("两万", 20000)),
    ],
)
def test_numerals_are_read_as_offices_write_them(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["三五", "二三十", "十三四", "百八九"])
def test_a_rough_numeral_is_no_number(text):
    assert number_of(text) is None
