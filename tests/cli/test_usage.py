"""What is said of arguments that cannot be used."""

from __future__ import annotations

import pytest
from command_line import run


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        ("rendr x.json", "没有命令 rendr；是否应为“render”？", "there is no command rendr; did you mean “render”?"),
        ("frobnicate", "没有命令 frobnicate", "there is no command frobnicate"),
        (
            "render x --fromat html",
            "没有选项 --fromat；是否应为“--format”？",
            "there is no option --fromat; did you mean “--format”?",
        ),
        (
            "render x --fromat=html",
            "没有选项 --fromat；是否应为“--format”？",
            "there is no option --fromat; did you mean “--format”?",
        ),
        (
            "--versoin",
            "没有选项 --versoin；是否应为“--version”？",
            "there is no option --versoin; did you mean “--version”?",
        ),
        ("render x --zzz", "没有选项 --zzz", "there is no option --zzz"),
        ("check x --format pdf", "--format 应为下列之一：text, json, csv", "--format should be one of text, json, csv"),
        ("check x --lang fr", "--lang 应为下列之一：zh, en", "--lang should be one of zh, en"),
        ("batch . -o x --jobs 0", "--jobs 应为不小于 1 的整数", "--jobs should be a whole number not less than 1"),
        ("batch . -o x --jobs 两个", "--jobs 应为不小于 1 的整数", "--jobs should be a whole number not less than 1"),
        ("serve --port 99999", "--port 应为 0 到 65535 之间的整数", "--port should be a whole number from 0 to 65535"),
    ],
)
def test_what_is_meant_or_allowed_is_said(tmp_path, arguments, chinese, english):
    for language, sentence in (("zh", chinese), ("en", english)):
        done = run(*arguments.split(), cwd=tmp_path, language=language)
        assert (done.returncode, done.stderr.decode().splitlines()[0]) == (2, sentence)


@pytest.mark.parametrize("command", ["new", "aggregate . -o x.json"])
@pytest.mark.parametrize(
    "year",
    ["2024年", "二〇二四", "２０２４", "2018", "2101", "-2024", "2024.0", "", "20240", "02024", "9" * 5000],
    ids=lambda year: year[:9],
)
def test_the_years_that_are_allowed_are_said(tmp_path, command, year):
    done = run(*command.split(), "--agency", "某局", f"--year={year}", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("--year 应为 2019 到 2100 之间的整数（只写数字，如 2024），输入的是“")
    assert len(done.stderr.decode()) < 200
    assert list(tmp_path.iterdir()) == []
