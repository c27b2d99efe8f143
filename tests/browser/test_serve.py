"""The page of `annual-report serve` in Debian's Chromium, as a clerk uses it."""

from __future__ import annotations

import re
import subprocess
import time
import zipfile
from pathlib import Path
from tempfile import mkdtemp

import openpyxl
import pytest
from chromium import SECONDS, Chromium
from command_line import start
from conftest import AS_PUBLISHED, HOUSING_BUREAU, LARGE_CITY, ROOT, SEED
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from annual_report import check, load, loads, read, render
from annual_report.document.workbook import name_of, table_sheets
from annual_report.explanations import explanation

SIZES = (375, 1280)
SCHEMES = ("light", "dark")
CHINESE = "zh-CN,zh;q=0.9,en;q=0.5"


@pytest.fixture(scope="module")
def address():
    process = start("serve", "--no-browser", "--port", "0", stdout=subprocess.PIPE)
    yield re.search(r"http://\S+/", process.stdout.readline().decode())[0]
    process.terminate()
    process.communicate()


class Clerk(Chromium):
    """A browser that saves files to a folder, and follows a page as a person does."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.network(on=True)
        self.speak(CHINESE)

    def speak(self, languages):
        agent = self.js("return navigator.userAgent")
        self.command("Network.setUserAgentOverride", userAgent=agent, acceptLanguage=languages)

    def scripts(self, *, on):
        self.command("Emulation.setScriptExecutionDisabled", value=not on)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.find(selector).text

    def go(self, selector):
        """Click what leads to another page."""
        self.follow(selector)
        self.find("footer")

    def download(self, selector):
        """Click what is saved as a file, and give the file."""
        folder = Path(mkdtemp(dir=self.folder))
        self.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
        self.find(selector).click()
        for _ in range(SECONDS * 10):
            saved = [path for path in folder.iterdir() if path.suffix != ".crdownload"]
            if saved:
                return saved[0]
            time.sleep(0.1)
        raise TimeoutError(selector)

    def drop(self, selector, *files):
        """Drop files from the desktop onto a place of the page."""
        place = self.find(selector).rect
        point = {"x": place["x"] + place["width"] / 2, "y": place["y"] + place["height"] - 8}
        data = {"items": [], "files": list(map(str, files)), "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.command("Input.dispatchDragEvent", type=kind, data=data, **point)

    def choose(self, selector, *files):
        self.find(selector).send_keys("\n".join(map(str, files)))


@pytest.fixture(scope="module")
def clerk(tmp_path_factory):
    browser = Clerk(tmp_path_factory.mktemp("downloads"))
    yield browser
    browser.driver.quit()


CHECK = "form[action^='./'] button"
FORM = "form[action^='new'] button"


def shown(clerk, address, *files, previous=None, **look):
    """Check files on the page."""
    clerk.open(address, **look)
    clerk.choose("#file", *files)
    if previous:
        clerk.choose("#previous", previous)
    clerk.go(CHECK)


def filled(path, report, mistake=0):
    """Fill in the workbook as a person does: numbers into their cells, a paragraph into each row."""
    book = openpyxl.load_workbook(path)
    for table in table_sheets(report.form).values():
        for key, (_, value) in table.places.items():
            if value.adds_up:
                book[table.name][table.address(key).local] = float(report.values[key])
    if mistake:
        cell = table_sheets(report.form)["applications"].address("applications.carried_in.natural_person")
        book[cell.sheet][cell.local] = mistake
    for key in ("preamble", "overview", "problems_and_improvements", "other_matters"):
        sheet, _, cells = book.defined_names[name_of(key)].attr_text.rpartition("!")
        for (cell, *_), words in zip(
            book[sheet.strip("'")][cells.replace("$", "")], str(getattr(report, key)).split("\n"), strict=False
        ):
            cell.value = words
    book.save(path)


def test_the_clerks_whole_way_from_the_empty_form_to_the_word_document(clerk, address, seed):
    clerk.scripts(on=False)
    clerk.open(address)
    clerk.find("#agency").send_keys(seed.agency)
    clerk.find("#year").clear()
    clerk.find("#year").send_keys(str(seed.year))
    form = clerk.download(FORM)
    assert form.name == f"{seed.agency}-{seed.year}.xlsx"

    filled(form, seed, mistake=3)
    clerk.drop("#file", form)
    clerk.go(CHECK)
    assert "对不上" in clerk.text(".verdict")
    mark = clerk.find("td[id='report-applications.carried_in.natural_person'] mark, .ar-notes .ar-error")
    assert mark.is_displayed()
    assert clerk.find("button[value=docx]").is_displayed()
    clerk.find("button[value=docx]").click()  # which the box beside it keeps from doing anything
    time.sleep(1)
    assert list(clerk.folder.rglob("*.docx")) == []

    filled(form, seed)
    clerk.go(".back a")
    clerk.drop("#file", form)
    clerk.go(CHECK)
    assert "全部一致" in clerk.text(".verdict")
    assert str(seed.applications.received.total) in clerk.text("td[id='report-applications.received.total']")
    document = clerk.download("button[value=docx]")
    clerk.scripts(on=True)
    assert document.name == f"{seed.agency}-{seed.year}.docx"
    written = load(document)
    assert written.values == seed.values
    assert str(written.overview) == str(seed.overview)
    assert check(written).errors == ()


def test_other_formats_are_saved(clerk, address, seed):
    shown(clerk, address, SEED)
    for kind in ("xlsx", "json", "html", "txt"):
        document = clerk.download(f"button[value={kind}]")
        assert document.read_bytes() == render(seed, format=kind)


def test_a_file_in_doubt_is_shown_with_its_places(clerk, address, tmp_path, seed):
    page = re.sub(rb"<script.*?</script>", b"", render(seed, format="html"), flags=re.DOTALL)
    file = tmp_path / "年报.html"
    file.write_bytes(page.replace(b">7</td>", ">若干</td>".encode()))
    shown(clerk, address, file)
    assert "读不准" in clerk.text(".verdict")
    assert "若干" in clerk.text(".card table")
    place = "report-proactive_disclosure.licensing.decisions"
    assert clerk.text(f"td[id='{place}']").startswith("？")
    link = clerk.find(f"a[href='#{place}']")
    link.click()
    assert clerk.find(f"td[id='{place}']").is_displayed()
    assert clerk.driver.find_elements(By.CSS_SELECTOR, "button[value=docx]") == []


def test_each_rule_that_found_something_is_explained(clerk, address):
    shown(clerk, address, AS_PUBLISHED)
    reading = read(AS_PUBLISHED)
    found = {one.id for one in [*check(reading.report), *reading.deviations]}
    assert "applications.outcomes" in found
    assert not clerk.find(".explained dl").is_displayed()
    clerk.find(".explained summary").click()
    assert {code.text for code in clerk.driver.find_elements(By.CSS_SELECTOR, ".explained code")} == found
    for each in map(explanation, found):
        assert each.what.text("zh") in clerk.text(".explained")
        assert f"怎么办：{each.mend.text('zh')}" in clerk.text(".explained")
    links = clerk.driver.find_elements(By.CSS_SELECTOR, ".explained a")
    assert links
    for link in links:
        assert clerk.find(f'[id="{link.get_attribute("href").partition("#")[2]}"]')


def test_last_years_report_is_compared(clerk, address, tmp_path, large_city):
    data = large_city.model_dump(mode="json") | {"year": large_city.year - 1}
    data["applications"]["carried_forward"]["natural_person"] += 1
    previous = tmp_path / "去年.json"
    previous.write_text(type(large_city).model_validate(data).model_dump_json(), encoding="utf-8")
    shown(clerk, address, LARGE_CITY, previous=previous)
    assert "对不上" in clerk.text(".verdict")
    assert "上年" in clerk.text(".ar-review")


def test_several_files_give_a_table_a_workbook_and_an_archive(clerk, address, seed, housing_bureau, seed_as_published):
    shown(clerk, address, SEED, HOUSING_BUREAU, AS_PUBLISHED, ROOT / "LICENSE")
    rows = [row.text for row in clerk.driver.find_elements(By.CSS_SELECTOR, "tbody tr")]
    assert ["一致" in row for row in rows] == [True, True, False, False]
    assert "错误 2 处" in rows[2]
    assert "无法读取" in rows[3]
    review = openpyxl.load_workbook(clerk.download("form[action^=review] button"))
    assert len([*review.active.iter_rows()]) == 1 + len(check(seed_as_published)) + 1
    with zipfile.ZipFile(clerk.download("form[action^=documents] button")) as archive:
        names = archive.namelist()
        assert read(archive.read(f"{seed.agency}-2023.docx"), name="a.docx").report == loads(SEED.read_bytes())
    assert names == [
        f"{seed.agency}-{seed.year}.docx",
        f"{housing_bureau.agency}-{housing_bureau.year}.docx",
        "未生成.txt",
    ]
    clerk.go("tbody tr:nth-child(3) button")
    assert seed.agency in clerk.text("h1")
    assert "对不上" in clerk.text(".verdict")


def test_an_unusable_file_is_explained_on_a_page(clerk, address):
    shown(clerk, address, ROOT / "LICENSE")
    assert "LICENSE" in clerk.text(".refused")
    clerk.go(".refused a")
    assert clerk.find("#file").is_displayed()


def test_a_second_tab_sees_nothing_of_the_first(clerk, address, seed):
    shown(clerk, address, SEED)
    first = clerk.driver.current_window_handle
    clerk.driver.switch_to.new_window("tab")
    clerk.command("Network.enable")
    clerk.driver.get(address)
    assert seed.agency not in clerk.driver.page_source
    assert clerk.driver.get_cookies() == []
    assert clerk.js("return localStorage.length + sessionStorage.length") == 0
    clerk.driver.close()
    clerk.driver.switch_to.window(first)
    assert seed.agency in clerk.driver.page_source


def test_the_page_speaks_the_browsers_language(clerk, address):
    clerk.speak("en-GB,en;q=0.9")
    clerk.open(address)
    assert clerk.text(CHECK) == "Check"
    shown(clerk, address, AS_PUBLISHED)
    assert "does not reconcile" in clerk.text(".verdict")
    clerk.speak(CHINESE)
    clerk.open(address)
    assert clerk.text(CHECK) == "核对"
    clerk.go("a[hreflang=en]")
    assert clerk.text(CHECK) == "Check"


def test_a_form_of_another_site_is_refused(clerk, address, tmp_path):
    page = tmp_path / "page.html"
    form = f'<form method="post" action="{address}check" enctype="multipart/form-data"><button>x</button></form>'
    page.write_text(f"<!DOCTYPE html>{form}", encoding="utf-8")
    clerk.open(page)
    clerk.find("button").click()
    WebDriverWait(clerk.driver, SECONDS).until(lambda driver: driver.current_url.startswith(address))
    assert "来自其他网站" in clerk.text("body")


def explained(clerk, address, **look):
    shown(clerk, address, AS_PUBLISHED, **look)
    clerk.find(".explained summary").click()


PLACES = {
    "start": lambda clerk, address, **look: clerk.open(address, **look),
    "findings": lambda clerk, address, **look: shown(clerk, address, AS_PUBLISHED, **look),
    "explained": explained,
    "sound": lambda clerk, address, **look: shown(clerk, address, SEED, **look),
    "many": lambda clerk, address, **look: shown(clerk, address, SEED, AS_PUBLISHED, ROOT / "LICENSE", **look),
    "refused": lambda clerk, address, **look: shown(clerk, address, ROOT / "LICENSE", **look),
    "reference": lambda clerk, address, **look: clerk.open(f"{address}docs", **look),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_is_accessible_fits_and_asks_nobody_else(clerk, address, place, width, scheme):
    PLACES[place](clerk, address, width=width, scheme=scheme)
    assert clerk.js("return document.documentElement.scrollWidth <= window.innerWidth")
    assert [url for url in clerk.requests() if not url.startswith((address, "data:"))] == []
    assert clerk.console() == [] or place == "refused"
    assert clerk.axe()["violations"] == []
