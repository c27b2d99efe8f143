from __future__ import annotations

import json
import re

import pytest
from conftest import FIXTURES, SEED
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from programs import require

from annual_report import UnusableInputError, check_many, load, load_style, loads, render
from annual_report.style import Style


def test_a_report_is_loaded():
    report = load(SEED)
    assert (report.agency, report.year, report.edition) == ("石嘴山市民政局", 2023, "2021")


def test_a_byte_order_mark_does_not_count(tmp_path):
    path = tmp_path / "report.json"
    path.write_bytes(b"\xef\xbb\xbf" + SEED.read_bytes())
    assert load(path) == load(str(SEED))


@pytest.mark.parametrize("name", ["missing.json", "folder.json", "report.txt", "\0.json"])
def test_errors_name_the_file(tmp_path, name):
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(UnusableInputError) as caught:
        load(tmp_path / name)
    assert name.replace("\0", "\\x00") in str(caught.value)


@pytest.mark.parametrize(("name", "loader", "size"), [("", load, "256 MB"), ("a.toml", load_style, "64 kB")])
def test_a_file_without_end_is_not_read_to_its_end(tmp_path, name, loader, size):
    (tmp_path / "a.toml").symlink_to("/dev/zero")
    with pytest.raises(UnusableInputError, match=f"文件大于 {size}"):
        loader(tmp_path / name if name else "/dev/full")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ('{"agency": "某局"}'.encode("utf-16"), "文件是 UTF-16 编码，请另存为 UTF-8"),
        ('{"agency": "某局"}'.encode("utf-32"), "文件是 UTF-32 编码，请另存为 UTF-8"),
        (b"\0" * 4096, "文件从第 1 行起含有空字节（NUL），已损坏"),
        (b'{"agency": "\xe6\x9f\x90"}\n' + b"\0" * 4096, "文件从第 2 行起含有空字节（NUL），已损坏"),
    ],
    ids=["UTF-16", "UTF-32", "zeros", "zeros at the end"],
)
def test_json_that_is_not_utf_8_is_told_what_it_is(tmp_path, data, words):
    (tmp_path / "年报.json").write_bytes(data)
    with pytest.raises(UnusableInputError) as caught:
        load(tmp_path / "年报.json")
    assert caught.value.text("zh").splitlines() == [f"{tmp_path / '年报.json'}: {words}"]


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_a_document_named_like_json_is_read_as_what_it_is(tmp_path, seed, format):
    if format == "pdf":
        require("soffice")
    render(seed, tmp_path / "年报.json", format=format)
    assert load(tmp_path / "年报.json").values == seed.values


def test_json_and_json_lines_in_gbk_are_read(tmp_path, seed):
    text = json.dumps(seed.model_dump(mode="json"), ensure_ascii=False)
    for name in ("年报.json", "年报.jsonl"):
        (tmp_path / name).write_text(text, encoding="gb18030")
    assert load(tmp_path / "年报.json") == seed
    assert [checked.agency for checked in check_many([tmp_path / "年报.jsonl"])] == [seed.agency]


def test_a_name_that_is_too_long_is_told_with_its_end(tmp_path):
    with pytest.raises(UnusableInputError) as caught:
        load(tmp_path / ("长" * 5000 + ".json"))
    assert str(caught.value).endswith("长.json: 文件名太长")


def test_an_agency_of_more_than_100_characters_is_told(data):
    assert problems(data | {"agency": "某" * 101}) == [
        "年报.json: 行政机关名称 (agency): 不能超过 100 个字，现有 101 个字"
    ]


def problems(data, language="zh"):
    with pytest.raises(UnusableInputError) as caught:
        loads(json.dumps(data).encode(), "年报.json")
    return caught.value.text(language).splitlines()


def test_a_problem_is_told_with_its_place_in_the_forms_words(data):
    data["applications"]["outcomes"]["granted"]["natural_person"] = -1
    place = (
        "三、收到和处理政府信息公开申请情况 › （一）予以公开 › 自然人 (applications.outcomes.granted.natural_person)"
    )
    assert problems(data) == [f"年报.json: {place}: 应为不小于 0 的整数，现为 -1"]
    (english,) = problems(data, "en")
    assert english == (
        "年报.json: Section 3, granted, natural persons (三、收到和处理政府信息公开申请情况 › （一）予以公开 › 自然人,"
        " applications.outcomes.granted.natural_person): should be a whole number not less than 0, got -1"
    )


def test_a_number_that_is_too_large_is_told_with_the_largest(data):
    data["disputes"]["reconsideration"] = dict.fromkeys(("upheld", "corrected", "other", "pending"), 0)
    data["disputes"]["reconsideration"]["upheld"] = 1_000_000_000
    (line,) = problems(data)
    assert line.endswith("(disputes.reconsideration.upheld): 应为不大于 999999999 的整数，现为 1000000000")


def test_all_problems_are_told_at_once_in_the_forms_order(data):
    data["disputes"]["reconsideration"]["upheld"] = "三"
    data["applications"]["recieved"] = {}
    del data["overview"]
    data["year"] = 2101
    data["issued_on"] = "2024-13-01"
    data["proactive_disclosure"]["fees"]["amount"] = -5
    data["applications"]["outcomes"]["refused"] = None
    data["agency"] = "某\x00局"
    section_three = "三、收到和处理政府信息公开申请情况"
    fees = "二、主动公开政府信息情况 › 行政事业性收费 › 本年收费金额（单位：万元）"
    upheld = "四、政府信息公开行政复议、行政诉讼情况 › 行政复议 › 结果维持"
    assert [line.removeprefix("年报.json: ") for line in problems(data)] == [
        "行政机关名称 (agency): 第 2 个字符是 U+0000，不能出现在文档中",
        "报告年度 (year): 应为 2019 到 2100 之间的整数，现为 2101",
        "一、总体情况 (overview): 缺少这一项",
        f"{fees} (proactive_disclosure.fees.amount): 应为不小于 0 的小数（不用指数形式），现为 -5",
        f"{section_three} › （三）不予公开 (applications.outcomes.refused): 应为 JSON 对象，现为 null",
        f"{section_three} › recieved (applications.recieved): 没有这一项；是否应为“received”？",
        f'{upheld} (disputes.reconsideration.upheld): 应为不小于 0 的整数，现为 "三"',
        '成文日期 (issued_on): 应为日期，如 2024-01-25，现为 "2024-13-01"',
    ]


@pytest.mark.parametrize(
    ("path", "given", "near"),
    [
        ("overview", "一、总体情况状", "overview"),
        ("overview", "总体情况况", "overview"),
        ("proactive_disclosure.normative_documents", "行政规范性文", "normative_documents"),
        ("applications.outcomes.granted", "（一）予以公布", "granted"),
    ],
)
def test_a_misspelt_key_in_the_forms_words_is_answered_with_the_one_that_is_meant(data, path, given, near):
    *above, key = path.split(".")
    part = data
    for name in above:
        part = part[name]
    part[given] = part.pop(key)
    assert any(f"{given}: 没有这一项；是否应为“{near}”？" in line.replace(")", "") for line in problems(data))


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ([{"txt": "甲"}], "overview.0.txt"),
        (["甲", {"body": [{"text": 3}]}], "overview.1.body.0.text"),
        ({"paragraphs": [{"txt": "甲"}]}, "overview.paragraphs.0.txt"),
    ],
)
def test_a_problem_within_a_text_has_the_path_that_leads_there_in_the_file(data, given, path):
    with pytest.raises(UnusableInputError) as caught:
        loads(json.dumps(data | {"overview": given}))
    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_key_in_capitals_is_answered_with_the_one_that_is_meant(data):
    data["ISSUED_BY"] = "某局"
    assert problems(data) == ["年报.json: ISSUED_BY: 没有这一项；是否应为“issued_by”？"]


def test_an_unknown_edition_is_told_with_the_known_ones(data):
    (line,) = problems(data | {"edition": "2022"})
    assert line.endswith('格式版本 (edition): 应为 2019, 2021 之一，现为 "2022"')


@pytest.mark.parametrize("number", ["1e5", "1.5E-1"])
def test_numbers_with_an_exponent_are_no_counts_and_no_amounts(data, number):
    text = json.dumps(data).replace('"amount": "316441"', f'"amount": {number}')
    text = text.replace('"pending": 121', f'"pending": {number}')
    with pytest.raises(UnusableInputError) as caught:
        loads(text.encode())
    assert [problem.path for problem in caught.value.problems] == [
        "proactive_disclosure.fees.amount",
        "disputes.reconsideration.pending",
    ]


def test_a_control_character_of_a_wrong_encoding_is_told_with_its_position(data):
    assert problems(data | {"overview": "全年\x93公开\x94"}) == [
        "年报.json: 一、总体情况 (overview): 第 3 个字符是 U+0093，不能出现在文档中"
    ]


ENGLISH = re.compile("[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")
leaves = st.sampled_from([None, True, -1, 10**12, 0.5, "3", "", "\x00", [], {}, ["x"], {"a": 1}, "e" * 100])


@given(st.data(), leaves)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_problem_is_told_in_chinese(data, choices, value):
    report = json.loads(json.dumps(data))
    holder, key = report, None
    while True:
        key = choices.draw(st.sampled_from([*holder, "unknown"]))
        if not isinstance(holder.get(key), dict) or choices.draw(st.booleans()):
            break
        holder = holder[key]
    holder[key] = value
    try:
        loads(json.dumps(report).encode())
    except UnusableInputError as error:
        for problem in error.problems:
            assert re.search("[\u4e00-\u9fff]", problem.message.text("zh"))
            assert not ENGLISH.search(problem.message.text("zh"))
            assert problem.path


def test_a_style_is_loaded(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text('latin = "Arial"\n[fonts.body]\neast_asian = "仿宋"\nsize = "小三"\n', encoding="utf-8")
    style = load_style(path)
    assert (style.latin, style.fonts.body.east_asian, style.fonts.body.size) == ("Arial", "仿宋", 15.0)
    assert style.fonts.title == Style().fonts.title


def test_a_byte_order_mark_before_a_style_does_not_count(tmp_path):
    path = tmp_path / "office.toml"
    path.write_bytes(b"\xef\xbb\xbflines = 20\n")
    assert load_style(path).lines == 20


def test_a_styles_problems_are_told_like_a_reports(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text('lines = 3\nband_shading = "red"\ncolour = 1\n[margins]\nleft = -1\n[fonts.body]\nsize = 16\n')
    with pytest.raises(UnusableInputError) as caught:
        load_style(path)
    assert [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()] == [
        "页边距 › 左边距（毫米） (margins.left): 应不小于 0，现为 -1",
        "每页行数 (lines): 应为 10 到 60 之间的整数，现为 3",
        '分项底纹颜色 (band_shading): 格式不对，现为 "red"',
        "colour (colour): 没有这一项".replace("colour (colour)", "colour"),
    ]


def test_a_choice_that_a_style_does_not_have_is_told_with_those_that_it_has(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text('sub_headings = "inline"\n')
    with pytest.raises(UnusableInputError) as caught:
        load_style(path)
    words = "应为 'as-written', 'run-in', 'own-line' 之一，现为 \"inline\""
    assert caught.value.problems[0].message.text("zh") == words


@pytest.mark.parametrize("content", [b"lines = ", b"\xff", b"[a", b"lines = 1\nlines = 2"])
def test_what_is_no_toml_is_refused(tmp_path, content):
    path = tmp_path / "office.toml"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError, match=r"office\.toml"):
        load_style(path)


def test_the_fixtures_load():
    for path in FIXTURES.glob("*.json"):
        assert load(path).agency


@pytest.mark.parametrize(("source", "file"), [("", "-"), ("年报.html", "年报.html")])
def test_the_command_that_shows_what_is_in_doubt_is_told_for_a_file_or_standard_input(seed, source, file):
    page = render(seed, format="html").replace("3.其他<".encode(), "3.甲乙丙<".encode(), 1)
    with pytest.raises(UnusableInputError) as caught:
        loads(page, source)
    assert str(caught.value).endswith(f"annual-report read {file}")


def test_text_is_loaded_as_the_bytes_of_its_file_are(seed):
    text = SEED.read_text(encoding="utf-8")
    assert loads(text) == loads(text.encode()) == seed
    with pytest.raises(UnusableInputError) as caught:
        loads("[]", "a.json")
    assert str(caught.value) == "a.json: 应为 JSON 对象"
    with pytest.raises(UnusableInputError):
        loads('{"agency": "\ud800"}')
