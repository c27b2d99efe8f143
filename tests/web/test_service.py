"""The endpoints for programs, over HTTP."""

from __future__ import annotations

import codecs
import html
import json
import os
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from urllib.parse import quote

import openpyxl
import psutil
import pytest
from conftest import AS_PUBLISHED, HOUSING_BUREAU, LARGE_CITY, SEED
from fastapi import FastAPI
from programs import require
from served import parsed, running, service
from waiting import SECONDS

from annual_report import AnnualReport, check, load, loads, read, render
from annual_report.document.workbook import address_of
from annual_report.web import create_app
from annual_report.web.answers import CheckAnswer, ReadAnswer, Refusal
from annual_report.web.endpoints import ENDPOINTS
from annual_report.web.tasks import MEDIA_TYPES
from annual_report.writers import FORMATS

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")

GOOD = ("年报.json", SEED.read_bytes())
WRONG = ("错.json", AS_PUBLISHED.read_bytes())
CITY = ("市.json", LARGE_CITY.read_bytes())
COUNTY = ("县.json", HOUSING_BUREAU.read_bytes())
NO_REPORT = ("说明.txt", "这不是年报".encode())
PAGE = re.sub(rb"<script.*?</script>", b"", render(load(SEED), format="html"), flags=re.DOTALL)
DOUBTFUL = ("年报.html", PAGE.replace(b">7</td>", ">若干</td>".encode()))


@pytest.fixture(scope="module")
def server():
    with service() as found:
        yield found


def last_year(report):
    return AnnualReport.model_validate(report.model_dump() | {"year": report.year - 1})


def as_file(report, name="去年.json"):
    return name, report.model_dump_json().encode()


class TestRead:
    def test_the_answer_is_what_the_library_reads(self, server):
        answer = server.post("read", GOOD)
        assert answer.status == 200
        assert parsed(answer) == read(GOOD[1], name=GOOD[0]).to_dict()

    def test_a_doubtful_file_is_answered_with_its_doubts(self, server):
        answer = server.post("read", DOUBTFUL)
        found = parsed(answer)
        assert (answer.status, found["report"]) == (200, None)
        assert [one["path"] for one in found["deviations"] if one["severity"] == "doubt"] == [
            "proactive_disclosure.licensing.decisions"
        ]

    def test_last_years_report_is_read_as_well(self, server, seed):
        found = parsed(server.post("read", GOOD, previous=as_file(last_year(seed))))
        assert found["previous"]["report"]["year"] == seed.year - 1

    def test_a_file_without_a_report_is_refused_with_its_name(self, server):
        answer = server.post("read", NO_REPORT)
        (problem,) = parsed(answer)["problems"]
        assert (answer.status, problem["source"]) == (422, "说明.txt")
        assert "不是政府信息公开工作年度报告" in problem["message"]["zh"]
        assert problem["message"]["en"].isascii()

    def test_json_may_be_sent_as_text(self, server, seed):
        answer = server.post("read", file=seed.model_dump_json())
        assert AnnualReport.model_validate(parsed(answer)["report"]) == seed


class TestCheck:
    def test_the_answer_has_what_the_library_finds(self, server, seed_as_published):
        answer = server.post("check", WRONG)
        assert answer.status == 200
        assert parsed(answer)["findings"] == [one.to_dict() for one in check(seed_as_published)]

    def test_a_report_that_reconciles_has_no_findings(self, server, seed):
        found = parsed(server.post("check", GOOD))
        assert (found["agency"], found["year"], found["findings"]) == (seed.agency, seed.year, [])

    def test_it_is_compared_with_last_years(self, server, seed):
        found = parsed(server.post("check", GOOD, previous=as_file(last_year(seed))))
        assert found["findings"] == [one.to_dict() for one in check(seed, previous=last_year(seed))]
        assert found["findings"]

    def test_another_years_report_is_refused(self, server):
        answer = server.post("check", GOOD, previous=("又一份.json", GOOD[1]))
        (problem,) = parsed(answer)["problems"]
        assert (answer.status, problem["source"]) == (422, "又一份.json")

    @pytest.mark.parametrize("fields", [{"files": [DOUBTFUL]}, {"files": [GOOD], "previous": DOUBTFUL}])
    def test_a_doubt_in_either_file_is_named_with_it(self, server, fields):
        answer = server.post("check", *fields.pop("files"), **fields)
        (doubt,) = parsed(answer)["doubts"]
        assert (answer.status, doubt["source"]) == (422, DOUBTFUL[0])
        assert doubt["path"] == "proactive_disclosure.licensing.decisions"

    def test_what_is_unusual_in_the_file_is_told_too(self, server, data):
        published = ("市.json", json.dumps(data | {"issued_on": "2026年1月15日"}).encode())
        found = parsed(server.post("check", published))
        assert [(one["path"], one["severity"]) for one in found["deviations"]] == [("issued_on", "info")]


class TestRender:
    @pytest.mark.parametrize("kind", sorted(FORMATS.keys() - {"pdf"}))
    def test_the_document_is_the_librarys(self, server, seed, kind):
        answer = server.post(f"render?format={kind}", GOOD)
        assert answer.status == 200
        assert answer.headers["content-type"] == MEDIA_TYPES[kind]
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert answer.data == render(seed, format=kind)

    def test_a_pdf_is_made(self, server):
        require("soffice")
        assert server.post("render", GOOD, format="pdf").data.startswith(b"%PDF-")

    def test_errors_keep_a_document_from_being_written(self, server, seed_as_published):
        answer = server.post("render", WRONG)
        assert answer.status == 409
        assert parsed(answer)["findings"] == [one.to_dict() for one in check(seed_as_published)]

    def test_errors_compared_with_last_year_keep_it_too(self, server, large_city):
        data = last_year(large_city).model_dump(mode="json")
        data["applications"]["carried_forward"]["natural_person"] += 1
        previous = AnnualReport.model_validate(data)
        expected = check(large_city, previous=previous).errors
        answer = server.post("render", CITY, previous=as_file(previous))
        assert expected
        assert answer.status == 409
        assert {one["id"] for one in parsed(answer)["findings"]} >= {one.id for one in expected}

    def test_data_is_written_whatever_it_says(self, server, seed_as_published):
        assert loads(server.post("render", WRONG, format="json").data) == seed_as_published

    def test_who_insists_gets_the_document(self, server, seed_as_published):
        answer = server.post("render", WRONG, allow_findings="true")
        assert answer.data == render(seed_as_published, allow_findings=True)

    def test_who_does_not_insist_does_not_get_it(self, server):
        assert server.post("render", WRONG, allow_findings="false").status == 409

    def test_without_libreoffice_the_package_is_named(self, tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", str(tmp_path))
        with service() as own:
            answer = own.post("render", GOOD, format="pdf")
        (problem,) = parsed(answer)["problems"]
        assert (answer.status, problem["source"]) == (501, GOOD[0])
        assert "apt-get install libreoffice-writer" in problem["message"]["zh"]

    def test_an_unknown_format_is_refused(self, server):
        answer = server.post("render", GOOD, format="exe")
        assert answer.status == 422
        assert "exe" in parsed(answer)["problems"][0]["message"]["zh"]


class TestNew:
    def test_the_workbook_is_the_empty_form(self, server):
        answer = server.post("new", agency="某局", year=2024)
        (sheet, *_) = openpyxl.load_workbook(BytesIO(answer.data)).sheetnames
        reading = read(answer.data, name="某局.xlsx")
        assert answer.status == 200
        assert sheet
        assert (reading.partial["agency"], reading.partial["year"]) == ("某局", 2024)
        assert {doubt.id for doubt in reading.doubts} == {"table.blank"}

    def test_spaces_around_the_name_and_the_year_do_not_matter(self, server):
        answer = server.post("new", agency=" 某局 ", year=" 2024 ")
        assert answer.status == 200
        assert answer.headers["content-disposition"].endswith(quote("某局-2024.xlsx"))

    def test_last_years_numbers_are_carried_over(self, server, large_city):
        fields = {"agency": large_city.agency, "year": large_city.year + 1, "previous": as_file(large_city)}
        book = openpyxl.load_workbook(BytesIO(server.post("new", **fields).data))
        place = address_of(large_city.form, "applications.carried_in.natural_person")
        carried = book[place.sheet][place.local].value
        assert carried == large_city.values["applications.carried_forward.natural_person"] > 0

    @pytest.mark.parametrize("fields", [{"agency": "某局", "year": "1999"}, {"agency": "", "year": "二〇二四"}, {}])
    def test_what_is_wrong_is_named(self, server, fields):
        answer = server.post("new", unused="", **fields) if not fields else server.post("new", **fields)
        assert answer.status == 422
        assert parsed(answer)["problems"]


class TestManyFiles:
    def test_the_workbook_has_a_row_for_each_finding_and_each_failure(self, server, seed_as_published):
        answer = server.post("review", WRONG, GOOD, NO_REPORT, DOUBTFUL, unread=["旧.pdf: 读不了"])
        _, *rows = openpyxl.load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True)
        assert [row[0] for row in rows] == [
            *[seed_as_published.agency] * len(check(seed_as_published)),
            "旧.pdf",
            NO_REPORT[0],
            DOUBTFUL[0],
        ]
        assert all(row[3] and row[4] and row[5] for row in rows)

    def test_documents_come_in_one_archive_with_a_list_of_the_others(self, server, seed, housing_bureau):
        answer = server.post("documents", GOOD, GOOD, COUNTY, WRONG, NO_REPORT, format="txt")
        assert answer.headers["content-disposition"].endswith(quote("年度报告.zip"))
        name = f"{seed.agency}-{seed.year}"
        with zipfile.ZipFile(BytesIO(answer.data)) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
        listed = contents.pop("未生成.txt")
        assert listed.startswith(codecs.BOM_UTF8)  # as editors on Windows expect it
        listed = listed.decode("utf-8-sig")
        assert contents == {
            f"{name}.txt": render(seed, format="txt"),
            f"{name} (2).txt": render(seed, format="txt"),
            f"{housing_bureau.agency}-{housing_bureau.year}.txt": render(housing_bureau, format="txt"),
        }
        assert [line.partition(": ")[0] for line in listed.splitlines()] == [WRONG[0], WRONG[0], NO_REPORT[0]]

    def test_names_that_many_systems_take_for_one_get_numbers(self, server, seed):
        files = [
            as_file(AnnualReport.model_validate(seed.model_dump() | {"agency": name})) for name in ("abc局", "ABC局")
        ]
        with zipfile.ZipFile(BytesIO(server.post("documents", *files, format="txt").data)) as archive:
            assert archive.namelist() == [f"abc局-{seed.year}.txt", f"ABC局-{seed.year} (2).txt"]

    def test_without_any_document_every_reason_is_given(self, server):
        answer = server.post("documents", WRONG, NO_REPORT)
        found = parsed(answer)
        assert (answer.status, len(found["findings"]), len(found["problems"])) == (409, 2, 1)


class TestRequests:
    @pytest.mark.parametrize("path", ["read", "check", "render"])
    @pytest.mark.parametrize("files", [[], [GOOD, GOOD]])
    def test_one_file_is_asked_for(self, server, path, files):
        answer = server.post(path, *files, headers={"x": "1"}) if files else server.post(path, format_="")
        assert answer.status == 422

    @pytest.mark.parametrize("path", ["", "read", "check", "render", "new"])
    def test_one_report_of_last_year_at_most_is_taken(self, server, seed, path):
        given = {"agency": seed.agency, "year": seed.year} if path == "new" else {"files": [GOOD]}
        answer = server.post(path, *given.pop("files", ()), previous=[as_file(last_year(seed))] * 2, **given)
        assert (answer.status, parsed(answer)["problems"][0]["path"]) == (422, "previous")

    def test_last_years_report_beside_several_files_is_refused_and_not_passed_over(self, server, seed):
        assert server.post("", GOOD, CITY, previous=as_file(last_year(seed))).status == 422

    def test_an_unknown_field_is_named(self, server):
        answer = server.post("read", GOOD, prevoius=GOOD)
        assert (answer.status, parsed(answer)["problems"][0]["path"]) == (422, "prevoius")

    def test_every_unknown_field_is_named_whether_in_the_form_or_in_the_query(self, server):
        answer = server.post("render?stlye=1", GOOD, fromat="txt")
        assert {problem["path"] for problem in parsed(answer)["problems"]} == {"stlye", "fromat"}

    def test_other_kinds_of_bodies_are_refused(self, server):
        answer = server.send("read", GOOD[1], {"content-type": "application/json"})
        assert answer.status == 422
        assert "multipart/form-data" in parsed(answer)["problems"][0]["message"]["zh"]

    def test_there_is_nothing_at_other_addresses(self, server):
        assert server.get("reports").status == 404
        wrong = server.get("read")
        assert wrong.status == 405
        assert "POST" in parsed(wrong)["problems"][0]["message"]["zh"]

    @pytest.mark.parametrize(
        ("accepted", "language"),
        [
            ("zh-CN,zh;q=0.9,en;q=0.5", "zh"),
            ("en-GB,en;q=0.9", "en"),
            ("fr", "zh"),
            ("en;q=0.2,zh", "zh"),
            ("en;q=junk,,;", "zh"),
        ],
    )
    def test_the_browsers_language_is_spoken(self, server, accepted, language):
        page = server.get("", accept_language=accepted).data.decode()
        assert f'<html lang="{"en" if language == "en" else "zh-CN"}">' in page

    def test_a_query_decides_the_language(self, server):
        assert b'<html lang="en">' in server.get("?lang=en", accept_language="zh").data

    def test_what_a_worker_finds_is_in_the_language_of_the_request(self, server):
        pages = {lang: server.post(f"?lang={lang}", WRONG).data.decode() for lang in ("zh", "en")}
        for lang, page in pages.items():
            found = check(load(AS_PUBLISHED))[0].message
            assert found.text(lang) in html.unescape(page)

    @pytest.mark.parametrize(("lang", "begins"), [("zh", "zh-CN"), ("en", "en")])
    def test_every_page_is_in_the_language_of_the_request(self, server, lang, begins):
        pages = (
            server.get(f"docs?lang={lang}"),
            server.post(f"?lang={lang}", GOOD),
            server.post(f"?lang={lang}", GOOD, WRONG),
        )
        assert [page.data.decode().partition('<html lang="')[2].partition('"')[0] for page in pages] == [begins] * 3

    def test_lists_of_files_that_cannot_be_used_are_in_the_language_of_the_request(self, server):
        review = server.post("review?lang=en", NO_REPORT)
        _, row = openpyxl.load_workbook(BytesIO(review.data)).active.iter_rows(values_only=True)
        assert row[0] == NO_REPORT[0]
        assert row[4].isascii()
        documents = server.post("documents?lang=en", GOOD, NO_REPORT)
        assert documents.headers["content-disposition"].endswith("Annual%20reports.zip")
        with zipfile.ZipFile(BytesIO(documents.data)) as archive:
            listed = archive.read("not written.txt").decode("utf-8-sig")
        assert listed.removeprefix(f"{NO_REPORT[0]}: ").isascii()

    def test_the_page_compares_with_last_years_report(self, server, seed):
        page = server.post("?lang=zh", GOOD, previous=as_file(last_year(seed))).data.decode()
        finding = next(iter(check(seed, previous=last_year(seed))))
        assert finding.message.text("zh") in html.unescape(page)
        assert finding.message.text("zh") not in html.unescape(server.post("?lang=zh", GOOD).data.decode())

    def test_worker_processes_end_with_the_service(self):
        before = {process.pid for process in psutil.Process().children(recursive=True)}
        with service() as own:
            assert own.post("check", GOOD).status == 200
            started = [one for one in psutil.Process().children(recursive=True) if one.pid not in before]
        assert started
        assert psutil.wait_procs(started, timeout=SECONDS)[1] == []

    def test_files_are_not_left_anywhere(self, tmp_path, monkeypatch):
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        with service() as own:
            for path in ("read", "check", "render", "review"):
                assert own.post(path, ("大.json", GOOD[1] + b" " * (2 << 20))).status == 200
        assert os.listdir(tmp_path) == []


class TestDocumentation:
    def test_the_documented_shapes_are_those_of_the_answers(self, server):
        for model, answer in (
            (ReadAnswer, server.post("read", DOUBTFUL, previous=GOOD)),
            (CheckAnswer, server.post("check", WRONG)),
            (Refusal, server.post("render", WRONG)),
            (Refusal, server.post("check", DOUBTFUL)),
            (Refusal, server.post("read", NO_REPORT)),
        ):
            found = parsed(answer)
            shape = model.model_validate(found).model_dump(mode="json", exclude_unset=True)
            assert json.loads(json.dumps(shape)).keys() == found.keys()
            assert [one.keys() for one in shape.get("findings", ())] == [
                one.keys() for one in found.get("findings", ())
            ]

    def test_every_endpoint_is_documented_with_its_fields_and_statuses(self, server):
        document = json.loads(server.get("openapi.json").data)
        assert document["paths"].keys() == {f"/{name}" for name in ENDPOINTS}
        render = document["paths"]["/render"]["post"]
        schema = render["requestBody"]["content"]["multipart/form-data"]["schema"]
        assert schema["properties"].keys() == {"file", "previous", "format", "allow_findings"}
        assert {"200", "409", "413", "422"} <= render["responses"].keys()

    def test_the_page_of_the_endpoints_names_them_all_and_nothing_foreign(self, server):
        page = server.get("docs").data.decode()
        assert all(f"POST /{name}" in page for name in ENDPOINTS)
        assert not re.search(r"//|<script", page.replace("<!DOCTYPE html>", ""))


class TestMounting:
    def test_it_works_under_any_prefix_with_relative_links(self, seed):
        site = FastAPI()
        site.mount("/a/b", create_app())
        with running(site) as found:
            found.address += "a/b/"
            pages = [found.get(""), found.get("docs"), found.post("", GOOD), found.post("", GOOD, WRONG)]
            assert found.get("page.css").status == 200
            assert parsed(found.post("check", GOOD))["agency"] == seed.agency
        for page in pages:
            assert page.status == 200
            links = re.findall(r'(?:href|src|action)="([^"]*)"', page.data.decode())
            assert links
            assert not [link for link in links if re.match(r"/|[a-z]+:(?!,)", link)]

    def test_the_app_that_is_named_is_one(self):
        from annual_report import web

        assert isinstance(web.app, FastAPI)
        assert web.app is web.app


def test_two_hundred_requests_at_once_each_get_their_own_answer(server, seed):
    def ask(number):
        own = AnnualReport.model_validate(seed.model_dump() | {"agency": f"第{number}局"})
        answer = server.post("check", as_file(own, f"{number}.json"))
        return answer.status, parsed(answer).get("agency"), parsed(answer).get("source")

    with ThreadPoolExecutor(200) as many:
        found = list(many.map(ask, range(200)))
    assert found == [(200, f"第{number}局", f"{number}.json") for number in range(200)]
