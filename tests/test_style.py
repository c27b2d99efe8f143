"""What a style rejects, from Python and from files."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from annual_report import Style, UnusableInputError, explain, load_style
from annual_report.style import Font, Fonts

INF, NAN = float("inf"), float("nan")


def kind(value: object) -> str:
    """Name a parameter; not all integers can be converted to text."""
    return type(value).__name__


@pytest.mark.parametrize(
    "size", [INF, -INF, NAN, 10**400, -(10**400), 10**5000, 1e300, 15.25, True, None, "特号", [16]], ids=kind
)
def test_what_is_no_type_size_is_refused(size):
    with pytest.raises(ValidationError) as caught:
        Style.model_validate({"fonts": {"body": {"east_asian": "仿宋", "size": size}}})
    (problem,) = explain(caught.value, Style)
    assert problem.path == "fonts.body.size"
    assert problem.text("zh").startswith("字体 › 正文 › 字号 (fonts.body.size): 应为字号（如 三号）或磅值")


@pytest.mark.parametrize(
    ("value", "path"),
    [
        *(({"margins": {"left": number}}, "margins.left") for number in (INF, NAN, 10**400, -1)),
        *(({"paper": [number, 297]}, "paper.0") for number in (INF, NAN, 10**400)),
        *(({"title_space": number}, "title_space") for number in (INF, NAN, 10**400)),
        *(({"tables": {"rule": number}}, "tables.rule") for number in (INF, NAN, 10**5000, 0)),
        *(({"lines": number}, "lines") for number in (INF, 10**400, 10**5000, 2.5)),
        ({"paper": [210, 297, 1]}, "paper"),
        ({"latin": "x" * 101}, "latin"),
        ({"latin": "Times\x07"}, "latin"),
        ({"fonts": {"body": {"east_asian": "宋" * 3_000_000, "size": 16}}}, "fonts.body.east_asian"),
        *(
            ({"page_number": {"form": form}}, "page_number.form")
            for form in (
                "\x01{page}",
                "{page}\x9f",
                "{page}\ufdd0",
                "一\n{page}",
                "{page}\u2028",
                "{page}{page}",
                "页",
                "",
            )
        ),
        ({"page_number": {"form": "一" * 95 + "{page}"}}, "page_number.form"),
    ],
    ids=kind,
)
def test_what_is_no_measure_no_typeface_and_no_page_number_is_refused(value, path):
    with pytest.raises(ValidationError) as caught:
        Style.model_validate(value)
    (problem,) = explain(caught.value, Style)
    assert problem.path == path
    assert len(problem.text("zh")) < 200


@pytest.mark.parametrize("form", ["{page}", "— {page} —", "第 {page} 页", "·{page}·", "<{page}>&"])
def test_page_numbers_may_have_any_words_around_them(form):
    assert Style(page_number={"form": form}).page_number.form == form


def test_a_role_is_completed_with_its_defaults(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text('[fonts.body]\nsize = "四号"\n[fonts.page_number]\nbold = true\n', encoding="utf-8")
    fonts = load_style(path).fonts
    assert fonts.body == Font(east_asian="仿宋_GB2312", size=14.0)
    assert fonts.page_number == Font(east_asian="宋体", size=14.0, latin="宋体", bold=True)
    assert fonts.model_copy(update={"body": {}, "page_number": Fonts().page_number}) == Fonts()
    with pytest.raises(ValidationError, match="fonts"):
        Style().model_copy(update={"fonts": 5})
    assert Style(fonts={"body": {"size": "四号"}}).fonts.body == fonts.body
    schema = Draft202012Validator(Style.model_json_schema())
    assert schema.is_valid({"fonts": {"body": {"size": "四号"}}})
    assert not schema.is_valid({"fonts": {"body": {"siz": "四号"}}})
    with pytest.raises(ValidationError, match="east_asian"):
        Font(size=16)


def told(folder, content: str) -> list[str]:
    path = folder / "office.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnusableInputError) as caught:
        load_style(path)
    return [line.removeprefix(f"{path}: ") for line in caught.value.text("zh").splitlines()]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("lines = " + "1" * 5000, "有数字的位数过多"),
        ("lines = " + "[" * 2000 + "]" * 2000, "TOML 嵌套层次过深"),
        ("lines = " + "{a = " * 2000, "TOML 嵌套层次过深"),
        ("a." * 30_000 + "b = 1", "TOML 嵌套层次过深"),
        ("[" + "a." * 30_000 + "b]", "TOML 嵌套层次过深"),
        ("latin = '" + "x" * 3_000_000 + "'", "文件大于 64 kB"),
        ("lines = 22\0", "不是有效的 TOML"),
    ],
    ids=["digits", "lists", "objects", "dots", "dots in a header", "3 MB", "zero byte"],
)
def test_a_hostile_file_is_one_clear_error(tmp_path, content, words):
    (line,) = told(tmp_path, content)
    assert line.startswith(words)


def test_numbers_beyond_all_sizes_in_a_file_are_told_with_their_place(tmp_path):
    content = f"title_space = 1{'0' * 400}\n[fonts.body]\neast_asian = '仿宋'\nsize = inf\n"
    assert told(tmp_path, content) == [
        f"标题上下空行 (title_space): 应为数字，现为 1{'0' * 38}…",
        "字体 › 正文 › 字号 (fonts.body.size): 应为字号（如 三号）或磅值（可到半磅），现为 Infinity",
    ]


def test_as_many_dots_and_unknown_keys_as_a_file_holds_are_told(tmp_path):
    assert len(told(tmp_path, "".join(f"key{number} = 1\n" for number in range(4000)))) == 301
    assert len(told(tmp_path, "".join(f"k{number}{'.a' * 99} = 1\n" for number in range(300)))) == 300


def test_styles_are_looked_up_by_all_their_settings():
    styles = [Style(), Style(latin="Arial"), Style(lines=25), Style(indent=0)]
    assert len(set(styles)) == 4
    assert {Style(**style.model_dump()) for style in styles} == set(styles)
