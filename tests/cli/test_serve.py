"""`annual-report serve` as it is started and ended."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from contextlib import contextmanager

import psutil
import pytest
from command_line import COMMAND, run, start
from conftest import SEED
from served import Service, parsed
from waiting import SECONDS

GOOD = ("年报.json", SEED.read_bytes())


@contextmanager
def started(*arguments, **options):
    process = start("serve", *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    try:
        line = process.stdout.readline().decode()
        yield process, Service(re.search(r"http://\S+/", line)[0])
    finally:
        process.kill()
        process.communicate()


def test_it_answers_until_ctrl_c_and_leaves_no_process():
    with started("--no-browser", "--port", "0") as (process, service):
        assert parsed(service.post("check", GOOD))["findings"] == []
        workers = psutil.Process(process.pid).children(recursive=True)
        assert workers
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert psutil.wait_procs(workers, timeout=SECONDS)[1] == []
        assert process.stderr.read() == b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_ends_while_it_is_at_work(number):
    with started("--no-browser", "--port", "0") as (process, service):
        service.post("check", GOOD)
        workers = psutil.Process(process.pid).children(recursive=True)
        for worker in workers:
            worker.suspend()
        host, port = service.address.removeprefix("http://").rstrip("/").split(":")
        body = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n{}\r\n--x--\r\n'
        head = f"POST /read HTTP/1.1\r\nhost: {host}\r\ncontent-length: {len(body)}\r\n"
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(head.encode() + b"content-type: multipart/form-data; boundary=x\r\n\r\n" + body)
            time.sleep(0.5)
            process.send_signal(number)
            process.wait(20)
        for worker in workers:
            if worker.is_running():
                worker.resume()
        assert psutil.wait_procs(workers, timeout=SECONDS)[1] == []


def test_it_is_reached_from_this_machine_only():
    with started("--no-browser", "--port", "0") as (process, service):
        (listening,) = [one for one in psutil.Process(process.pid).net_connections() if one.status == "LISTEN"]
        assert listening.laddr.ip == "127.0.0.1"
        assert service.get("", host="reports.example").status == 400
        assert service.get("", host="10.0.0.1").status == 400
        assert service.get("", host="localhost:1").status == 200


def test_a_port_in_use_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--no-browser", "--port", port, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode() == f"端口 {port} 已被占用，请用 --port 另选一个\n"


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_an_impossible_port_is_refused(port, tmp_path):
    done = run("serve", "--no-browser", "--port", port, cwd=tmp_path)
    assert done.returncode == 2
    assert "--port" in done.stderr.decode()


def test_the_page_is_opened_in_the_browser(tmp_path):
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\necho "$1" > {tmp_path}/opened.part && mv {tmp_path}/opened.part {tmp_path}/opened\n'
    )
    browser.chmod(0o755)
    with started("--port", "0", env=os.environ | {"BROWSER": f"{browser} %s"}) as (_, service):
        for _ in range(100):
            if (tmp_path / "opened").exists():
                break
            time.sleep(0.1)
        assert (tmp_path / "opened").read_text().strip() == service.address


def test_missing_packages_are_named(tmp_path):
    (tmp_path / "fastapi.py").write_text("raise ImportError")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    command = [COMMAND, "serve", "--no-browser"]
    environment = os.environ | {"PYTHONPATH": path}
    done = subprocess.run(command, env=environment, capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert "pip install fastapi python-multipart uvicorn" in done.stderr.decode()
