"""Requests that other sites make in a visitor's browser are refused, and answers allow a page nothing foreign."""

from __future__ import annotations

import pytest
from conftest import SEED
from served import service

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")

GOOD = ("年报.json", SEED.read_bytes())


@pytest.fixture(scope="module")
def server():
    with service() as found:
        yield found


@pytest.fixture(scope="module")
def named():
    with service(hosts=["127.0.0.1", "localhost", "Reports.example.gov.cn"]) as found:
        yield found


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"origin": "file://"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "OWN"},
        {"sec-fetch-site": "same-origin", "origin": "http://evil.example"},
        {"sec-fetch-site": ""},
    ],
)
@pytest.mark.parametrize("path", ["", "read", "check", "render", "new", "review", "documents"])
def test_foreign_requests_are_refused(server, path, headers):
    own = server.address.rstrip("/")
    answer = server.post(path, GOOD, headers={name: value.replace("OWN", own) for name, value in headers.items()})
    assert answer.status == 403
    assert "来自其他网站".encode() in answer.data


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "OWN"}]
)
def test_own_requests_and_those_of_programs_are_served(server, headers):
    own = server.address.rstrip("/")
    headers = {name: value.replace("OWN", own) for name, value in headers.items()}
    assert server.post("check", GOOD, headers=headers).status == 200


def test_a_proxy_may_write_the_hosts_name_in_capitals(server):
    port = server.address.rstrip("/").rpartition(":")[2]
    headers = {"host": f"LocalHost:{port}", "origin": f"http://localhost:{port}"}
    assert server.post("check", GOOD, headers=headers).status == 200


def test_links_from_elsewhere_lead_to_the_page(server):
    assert server.get("", sec_fetch_site="cross-site", sec_fetch_mode="navigate").status == 200


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:80", "localhost", "LOCALHOST:8765", "[::1]:8765", "10.1.2.3", "pc-5"]
)
def test_addresses_and_local_names_are_served(server, host):
    assert server.get("", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "localhost.",
        "a@localhost",
        "localhost/x",
        "",
        " ",
        "[::1",
        "x:y",
    ],
)
@pytest.mark.parametrize("path", ["", "page.css", "openapi.json"])
def test_other_names_are_refused(server, path, host):
    assert server.get(path, host=host).status == 400


def test_only_the_named_hosts_are_served(named):
    assert named.get("", host="reports.EXAMPLE.gov.cn:443").status == 200
    assert named.get("", host="127.0.0.1:5").status == 200
    assert {named.get("", host=host).status for host in ("10.1.2.3", "pc-5", "example.gov.cn", "[::1]")} == {400}


@pytest.mark.parametrize("path", ["", "docs", "page.css", "report.css", "openapi.json", "nothing"])
def test_every_answer_has_strict_headers(server, path):
    headers = server.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert "script-src" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"  # for browsers that do not know `frame-ancestors`
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"  # with `no-referrer`, a browser's own forms have no origin
    assert "access-control-allow-origin" not in headers


def test_browsers_keep_style_sheets_for_ten_minutes_and_pages_not_at_all(server):
    kept = {path: server.get(path).headers["cache-control"] for path in ("page.css", "report.css", "", "docs")}
    assert kept == {"page.css": "max-age=600", "report.css": "max-age=600", "": "no-store", "docs": "no-store"}


def test_answers_about_files_are_not_kept_by_browsers(server):
    assert server.post("", GOOD).headers["cache-control"] == "no-store"
    assert server.post("", GOOD, headers={"origin": "null"}).headers["cache-control"] == "no-store"
