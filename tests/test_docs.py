"""The examples in the docs work."""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from functools import cache

import pytest
import typer
from command_line import run
from conftest import ROOT, SEED

from annual_report import Style, json_schema, load, render
from annual_report.cli.commands import app

DOCS = {"zh": ROOT / "docs", "en": ROOT / "docs" / "en"}
READMES = {"zh": ROOT / "README.md", "en": ROOT / "README.en.md"}
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
NOTEBOOKS = [ROOT / "docs" / "first-report.ipynb", ROOT / "examples" / "city-year.ipynb"]
MADE = re.compile(r"(?:api|rules|styles|service|form-\d+)\.md")  # pages of the site that are made from the library
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def named(page):
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_and_pictures_are_there(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert MADE.fullmatch(target) or (page.parent / target).exists(), target


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS], ids=named)
def test_no_page_advises_to_install_the_other_project_of_this_name(page):
    assert re.findall(r"install\W[^\n]*(?<![-\w])annual-report(?![-\w])", page.read_text(encoding="utf-8")) == []


def test_every_page_is_in_both_languages():
    chinese, english = ({page.name for page in DOCS[language].glob("*.md")} for language in ("zh", "en"))
    assert chinese - english == {"architecture.md", "performance.md", "reliability.md", "adding-an-edition.md"}
    assert english <= chinese


@pytest.mark.parametrize("page", sorted(DOCS["en"].glob("*.md")), ids=named)
def test_the_tables_of_both_languages_have_the_same_numbers(page):
    english, chinese = (
        sorted(
            number
            for line in (DOCS[language] / page.name).read_text(encoding="utf-8").splitlines()
            if line.startswith("|")
            for number in re.findall(r"\d[\d,.]*\d|\d", line)
        )
        for language in ("en", "zh")
    )
    assert chinese == english


@pytest.mark.parametrize("name", ["architecture.md", "performance.md", "reliability.md", "adding-an-edition.md"])
def test_pages_in_english_begin_with_a_summary_in_chinese(name):
    _, summary, _ = (ROOT / "docs" / name).read_text(encoding="utf-8").split("\n\n", 2)
    assert summary.startswith("> **提要** ")


@pytest.mark.parametrize("language", DOCS)
def test_the_developers_page_lists_every_extra_and_its_packages(language):
    text = (DOCS[language] / "developer.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \|.*\| (.*?) ?\|$", text, re.MULTILINE))
    extras = {
        extra: {re.split("[>=]", requirement)[0] for requirement in requirements}
        for extra, requirements in PYPROJECT["project"]["optional-dependencies"].items()
    }
    (whole,) = extras.pop("all")
    assert {*re.findall(r"\w+", whole.partition("[")[2])} == extras.keys()
    assert listed.pop("all") == ""
    assert {extra: {*packages.split(", ")} for extra, packages in listed.items()} == extras


@pytest.mark.parametrize("language", DOCS)
def test_the_house_style_of_the_docs_is_the_default(language):
    text = (DOCS[language] / "house-styles.md").read_text(encoding="utf-8")
    whole, *others = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert Style.model_validate(tomllib.loads(whole)) == Style(sub_headings="own-line")
    for code in others:
        assert Style.model_validate(tomllib.loads(code)) != Style()


def test_the_readmes_sample_of_a_check_is_what_the_program_prints():
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    ((arguments, printed),) = re.findall(r"^    \$ annual-report (check .*)\n((?:    .*\n)+)", page, re.MULTILINE)
    done = run(*arguments.split(), cwd=ROOT)
    assert printed == "".join(f"    {line}\n" for line in done.stdout.decode().splitlines())
    assert done.returncode == 1


def run_python(page):
    """Run a page's Python code from top to bottom, as a script."""
    names: dict[str, object] = {"__name__": "__main__"}
    for code in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        exec(code, names)  # noqa: S102  # the docs' own code
    return names


@pytest.fixture
def checkout(monkeypatch, tmp_path):
    """Work in a folder with what the pages' code expects of a checkout."""
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    (tmp_path / "build").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", READMES.values(), ids=named)
def test_the_readmes_python_runs(checkout, page):
    assert run_python(page)["reading"].report == load(SEED)
    assert os.listdir(checkout / "build") == ["年报.docx"]


@pytest.mark.parametrize("language", DOCS)
def test_the_developers_python_runs(checkout, language):
    names = run_python(DOCS[language] / "developer.md")
    assert sorted(os.listdir(checkout / "build")) == ["审核.html", "年报.docx"]
    assert (len(names["findings"].errors), names["findings"][0].path[:21]) == (2, "applications.outcomes")
    assert names["explained"].id == "applications.balance"


@pytest.mark.parametrize("language", DOCS)
def test_the_analysts_python_runs(checkout, language, seed):
    (checkout / "reports").mkdir()
    for name in ("甲局", "乙局"):
        report = seed.model_copy(update={"agency": name, "title": None, "year": 2024})
        render(report, checkout / "reports" / f"{name}.docx", allow_findings=True)
    names = run_python(DOCS[language] / "analyst.md")
    assert names["whole"].report.applications.received.total == 2 * seed.applications.received.total
    assert (checkout / "汇总.xlsx").exists()


@pytest.mark.parametrize("language", DOCS)
def test_the_python_for_models_runs(language):
    names = run_python(DOCS[language] / "models.md")
    assert names["changed"].applications.carried_in.total == 2
    assert names["form"] == json_schema("2021")


@pytest.mark.parametrize("language", DOCS)
@pytest.mark.parametrize("page", ["reading", "city", "house-styles"])
def test_the_python_of_other_pages_runs(checkout, language, page):
    run_python(DOCS[language] / f"{page}.md")
    assert os.listdir(checkout / "build") == []


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.matrix)])
@pytest.mark.filterwarnings("default")  # Dask's own
def test_the_python_for_many_reports_runs(monkeypatch, tmp_path, seed, language):
    pytest.importorskip("dask.distributed")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.json").write_text(seed.model_dump_json(), encoding="utf-8")
    (tmp_path / "province.jsonl").write_text(seed.model_dump_json() + "\n{", encoding="utf-8")
    result = run_python(DOCS[language] / "batch.md")["result"]
    name = f"{seed.agency}-{seed.year}.docx"
    journal = "annual-report-batch.jsonl"
    assert sorted(os.listdir("documents")) == sorted(["a.docx", name, journal])
    assert sorted(os.listdir("documents-of-dask")) == sorted([name, journal])
    assert [failure.source for failure in result.failures] == ["province.jsonl:2"]


@pytest.mark.parametrize("language", DOCS)
def test_the_python_for_tables_runs(monkeypatch, tmp_path, large_city, seed_as_published, language):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    for name, report in (("a", seed_as_published), ("b", large_city)):
        (tmp_path / "reports" / f"{name}.json").write_text(report.model_dump_json(), encoding="utf-8")
    names = run_python(DOCS[language] / "tables.md")
    assert names["again"] == [seed_as_published, large_city]
    assert names["unsound"] == [seed_as_published.agency]
    assert names["compares"] < names["cells"]


COMMANDS = re.compile(r"^(?:    )?annual-report (.*?)(?: +#.*)?$", re.MULTILINE)


@pytest.mark.parametrize("page", [*READMES.values(), *DOCS["zh"].glob("*.md"), *DOCS["en"].glob("*.md")], ids=named)
def test_every_command_and_option_of_a_page_exists(page):
    for line in COMMANDS.findall(page.read_text(encoding="utf-8")):
        command, *arguments = shlex.split(re.sub(r"[\[\]]|\(.*\)", "", line))
        known = {option for parameter in commands()[command].params for option in parameter.opts}
        used = {argument.partition("=")[0] for argument in arguments if re.match("--?[a-z]", argument)}
        assert used <= known, line


@cache
def commands():
    return typer.main.get_command(app).commands
