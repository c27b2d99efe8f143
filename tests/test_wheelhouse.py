"""What `make wheelhouse` collects can be installed and used where there is no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SEED
from programs import require
from test_packaging import copy

pytestmark = pytest.mark.matrix

SERVE = """
import json
from io import BytesIO
from annual_report.web import app
from annual_report.web.limits import Limits
from annual_report.web.wire import Job
from annual_report.web.workers import Workers
pool = Workers(Limits(workers=1))
answer = pool.submit(Job("check", "zh", {}, ("a.json",)), [BytesIO(open(0, "rb").read())]).result()
print(app.title, answer.status, json.loads(answer.body)["findings"])
pool.close()
"""


@pytest.fixture(scope="module")
def wheelhouse(tmp_path_factory):
    make = require("make")
    tree = copy(tmp_path_factory.mktemp("tree"))
    shutil.copy(ROOT / "Makefile", tree)
    done = subprocess.run(
        [make, "wheelhouse", f"BIN={Path(sys.executable).parent}"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and "No matching distribution found for hatchling" in done.stderr:
        pytest.skip("no package index is reached")
    assert done.returncode == 0, done.stderr
    return tree / "wheelhouse"


@pytest.fixture(scope="module")
def offline():
    """What runs a command without any network, where the system can."""
    found = shutil.which("unshare")
    if found and subprocess.run([found, "-rn", "true"], capture_output=True, check=False).returncode == 0:
        return [found, "-rn"]
    return []


def test_everything_is_a_wheel(wheelhouse):
    assert {path.suffix for path in wheelhouse.iterdir()} == {".whl"}


def test_it_installs_and_works_without_a_network(wheelhouse, offline, tmp_path):
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}

    def run(*command, **options):
        return subprocess.run(
            [*offline, *map(str, command)], cwd=tmp_path, env=environment, check=True, capture_output=True, **options
        ).stdout.decode()

    found = ["--no-index", "--no-cache-dir", "--find-links", wheelhouse]
    run(venv / "bin" / "python", "-m", "pip", "install", *found, "zfxxgk-annual-report[all]")
    run(venv / "bin" / "python", "-m", "pip", "check")
    run(venv / "bin" / "annual-report", "render", SEED, "-o", tmp_path / "年报.docx")
    run(venv / "bin" / "annual-report", "check", tmp_path / "年报.docx")
    assert run(venv / "bin" / "python", "-c", SERVE, input=SEED.read_bytes()) == "annual-report 200 []\n"
