"""What is sent is bounded in size, number and time, and names are never paths."""

from __future__ import annotations

import json
import os
import socket
import time

import pytest
from conftest import SEED, ends_soon
from served import parsed, service

from annual_report.web.limits import Limits

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")

GOOD = ("年报.json", SEED.read_bytes())
SMALL = Limits(request=1 << 20, text=100 << 10, files=5, waiting=2, held=2 << 20, workers=1, seconds=10)
HEAD = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n{}\r\n'
OPEN = HEAD.encode()
MULTIPART = {"content-type": "multipart/form-data; boundary=x"}


@pytest.fixture(scope="module")
def server():
    with service() as found:
        yield found


@pytest.fixture
def small():
    with service(limits=SMALL) as found:
        yield found


@pytest.mark.parametrize("size", [(1 << 20) + 1, 10 << 20])
@pytest.mark.parametrize("path", ["", "read", "check", "render", "new", "review", "documents"])
def test_a_request_that_is_too_large_is_read_to_its_end_and_refused(small, path, size):
    answer = small.post(path, ("大.json", bytes(size)))
    assert answer.status == 413
    assert parsed(answer)["problems"]
    assert small.post("check", GOOD).status == 200


def test_an_endless_request_is_broken_off(small):
    host, port = small.address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(f"POST /read HTTP/1.1\r\nhost: {host}\r\ntransfer-encoding: chunked\r\n".encode())
        connection.sendall(b"content-type: multipart/form-data; boundary=x\r\n\r\n")
        chunk = b"100000\r\n" + bytes(1 << 20) + b"\r\n"
        sent = 0
        try:
            while sent < 200:
                connection.sendall(chunk)
                sent += 1
        except OSError:
            pass
    assert sent < 100
    assert small.post("check", GOOD).status == 200


@pytest.mark.parametrize(
    ("files", "fields"),
    [
        ([GOOD] * 7, {}),
        ([GOOD], {f"f{number}": "" for number in range(11)}),
        ([GOOD], {"format": "x" * (200 << 10)}),
    ],
)
def test_too_many_files_or_fields_and_long_fields_are_refused(small, files, fields):
    assert small.post("documents", *files, **fields).status == 413


def test_ten_thousand_fields_are_refused(server):
    assert server.post("read", GOOD, **{f"f{number}": "x" for number in range(10_000)}).status == 413


@ends_soon
@pytest.mark.parametrize("size", [10_000, 1_000_000, 30_000_000])
def test_a_huge_name_is_refused_or_cut(server, size):
    answer = server.post("read", ("名" * (size // 3) + ".json", GOOD[1]))
    assert answer.status == 422
    assert "表单已损坏".encode() in answer.data


def test_a_long_name_is_cut(server):
    assert len(parsed(server.post("read", ("a" * 1000 + ".json", GOOD[1])))["source"]) == 200


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("C:\\年报\\a.json", "a.json"),
        ("..", ".."),
        ("a\x00b\x1b[31m.json", "ab[31m.json"),
        ("~/.bashrc", ".bashrc"),
        ("-", "-"),
        ("CON.json", "CON.json"),
        ("http://evil.example/a.json", "a.json"),
    ],
)
def test_names_are_shown_and_never_opened(server, name, shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    body = HEAD.replace("a.json", name.replace("\\", "\\\\")).encode() + b"--x--\r\n"
    answer = server.send("read", body.replace(b"{}", GOOD[1]), MULTIPART)
    assert (answer.status, parsed(answer)["source"]) == (200, shown)
    assert os.listdir(tmp_path) == []


def test_a_body_named_like_a_path_makes_no_path(server):
    wild = json.loads(GOOD[1]) | {"agency": "../../tmp/某局", "preamble": "", "overview": "一"}
    answer = server.post("render", ("a.json", json.dumps(wild).encode()), format="json")
    assert answer.headers["content-disposition"].endswith("..-..-tmp-%E6%9F%90%E5%B1%80-2023.json")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n",
        HEAD.encode()[:50],
        b"--y--\r\n",
        b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n",
        b"\x00" * 1000,
    ],
)
def test_damaged_forms_are_refused(server, body):
    answer = server.send("read", body, MULTIPART)
    assert answer.status == 422
    assert parsed(answer)["problems"]


@pytest.mark.parametrize("charset", ["gbk", "utf-16", "idna", "undefined", "nope", "%00", "latin-1"])
def test_a_charset_that_is_declared_does_not_matter(server, charset):
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="年报.json"\r\n\r\n'
    body = f"{head}{GOOD[1].decode()}\r\n--x--\r\n"
    kind = {"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
    answer = server.send("check", body.encode(), kind)
    assert answer.status == 200
    assert parsed(answer)["source"] == "年报.json"


def test_a_text_that_is_not_utf_8_is_refused_and_not_garbled(server):
    body = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + text + b"\r\n"
        for name, text in ((b"agency", "某市财政局".encode("gbk")), (b"year", b"2024"))
    )
    answer = server.send("new", body + b"--x--\r\n", MULTIPART)
    assert answer.status == 422
    assert [(one["path"], one["message"]["zh"]) for one in parsed(answer)["problems"]] == [
        ("agency", "文字不是 UTF-8 编码")
    ]


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=", "text/plain", "x" * 5000])
def test_other_content_types_are_refused(server, kind):
    assert server.send("read", b"--x--", {"content-type": kind}).status == 422


class Slow:
    """A request whose body does not come to its end."""

    def __init__(self, server, sent=OPEN):
        host, port = server.address.removeprefix("http://").rstrip("/").split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=40)
        head = f"POST /read HTTP/1.1\r\nhost: {host}\r\ncontent-length: {len(sent) + 1000}\r\n"
        self.socket.sendall(head.encode() + b"content-type: multipart/form-data; boundary=x\r\n\r\n" + sent)

    def answer(self):
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.socket.recv(1000)
        self.socket.close()
        return int(received.split()[1])


def test_a_request_that_does_not_arrive_is_given_up(small):
    assert Slow(small).answer() == 408


def test_requests_beyond_those_that_can_wait_are_told_to_come_again(small):
    waiting = [Slow(small), Slow(small)]
    time.sleep(0.5)
    answer = small.post("read", GOOD)
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert [one.answer() for one in waiting] == [408, 408]
    assert small.post("read", GOOD).status == 200


def test_what_is_held_of_all_requests_is_bounded():
    limits = Limits(request=1 << 20, held=1 << 20, seconds=10)
    with service(limits=limits) as own:
        waiting = Slow(own, OPEN + bytes(800 << 10))
        time.sleep(0.5)
        assert own.post("read", ("a.json", GOOD[1] + b" " * (500 << 10))).status == 503
        assert waiting.answer() == 408
        assert own.post("read", ("a.json", GOOD[1] + b" " * (500 << 10))).status == 200


def test_a_request_that_is_broken_off_leaves_nothing(small):
    for _ in range(5):
        Slow(small).socket.close()
    time.sleep(0.5)
    assert small.post("read", GOOD).status == 200
