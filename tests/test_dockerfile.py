"""What the Dockerfile says, as far as it can be tried without building an image of it."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
import urllib3
from conftest import ROOT, SEED
from programs import require
from served import Service
from waiting import awaited

TEXT = re.sub(r" *\\\n *", " ", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
PORT = "8765"
KEPT_OUT = """
mount --make-rprivate / && mount -o remount,bind,ro / && mount -t tmpfs tmpfs /tmp && cd /tmp || exit 9
"$@" &
read _
kill $! && wait $!
ls -A /tmp
"""
"""Runs a command on a read-only file system until a line is read, and lists what it left in memory."""


def instructions(name):
    """Give what follows an instruction, each time that it is used."""
    return re.findall(rf"^(?:\s*){name} (.*)$", TEXT, re.MULTILINE)


def test_the_packages_of_the_image_are_those_that_the_tests_have():
    tested = {*(ROOT / ".ci" / "run").read_text(encoding="utf-8").split()}
    installed = re.findall(r"apt-get (?:install|download) (.*?) &&", TEXT)
    packages = {word for words in installed for word in words.split() if not word.startswith("-")}
    assert len(packages) > 5
    assert packages - tested == {"fontconfig"}  # which LibreOffice needs anyway


@pytest.fixture
def container():
    """The command of the image, without rights, where only `/tmp` can be written."""
    unshare, setpriv = require("unshare"), require("setpriv")
    require("soffice")
    if Path(tempfile.gettempdir()) in ROOT.parents:
        pytest.skip("the checkout is in the folder for temporary files, which is hidden here")
    alone = [unshare, "-rmp", "--fork", "--kill-child", "--mount-proc"]
    tried = [*alone, "mount", "-o", "remount,bind,ro", "/"]
    if subprocess.run(tried, capture_output=True, check=False).returncode:
        pytest.skip("this system does not let the tests mount anything")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = json.loads(instructions("CMD")[-1].replace(PORT, port).replace("0.0.0.0", "127.0.0.1"))  # noqa: S104
    program = [sys.executable, "-m", *command]
    weak = [setpriv, "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"]
    variables = dict(pair.split("=", 1) for line in instructions("ENV") for pair in shlex.split(line))
    environment = os.environ | variables | {"PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(
        [*alone, require("sh"), "-c", KEPT_OUT, "sh", *weak, *program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    yield process, Service(f"http://127.0.0.1:{port}/"), port
    process.kill()
    process.communicate()


def answer(service):
    with suppress(urllib3.exceptions.HTTPError):
        return service.get("").status
    return None


def test_its_service_works_where_only_tmp_can_be_written_and_leaves_nothing_there(container):
    process, service, port = container
    assert awaited(lambda: answer(service)) == 200
    seed = ("年报.json", SEED.read_bytes())
    assert service.post("render", seed, format="pdf").data.startswith(b"%PDF-")
    assert service.post("review", seed, ("说明.txt", b"?")).data.startswith(b"PK")
    (probe,) = instructions("HEALTHCHECK CMD")
    _, *arguments = json.loads(probe.replace(PORT, port))
    subprocess.run([sys.executable, *arguments], check=True)
    left, _ = process.communicate("\n", timeout=60)
    assert left == ""
    assert process.returncode == 0


def test_it_is_no_root_and_is_told_to_be_run_read_only():
    assert int(instructions("USER")[-1]) > 0
    runs = re.findall(r"^#.*?(docker run .*)$", TEXT, re.MULTILINE)
    assert runs
    assert all("--read-only --tmpfs /tmp" in run for run in runs)
    pages = [Path("docs/serving.md"), Path("docs/en/serving.md")]
    assert all("docker run --read-only --tmpfs /tmp" in (ROOT / page).read_text(encoding="utf-8") for page in pages)
