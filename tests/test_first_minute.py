"""A newcomer who follows a README from `make demo` to the last line of its first minute meets no error."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import FIXTURES, ROOT
from programs import require
from test_docs import READMES
from test_packaging import copy

from annual_report import load, render

OURS = ("PYTHON", "ANNUAL", "MAKE", "MFLAGS")
"""How variables begin that a newcomer's shell does not have, those of the `make` that runs the tests among them."""

pytestmark = pytest.mark.matrix


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A fresh copy of the source after `make demo`, with a command's environment there."""
    tree = copy(tmp_path_factory.mktemp("tree"))
    shutil.copy(ROOT / "Makefile", tree)
    shutil.copytree(FIXTURES, tree / "fixtures")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    command = [require("make"), "demo", f"PYTHON={sys.executable}"]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    if done.returncode and "No matching distribution found for hatchling" in done.stderr:
        pytest.skip("no package index is reached")
    assert done.returncode == 0, done.stderr
    assert load(done.stdout.splitlines()[-1])
    return tree, environment


@pytest.mark.parametrize("language", READMES)
def test_every_line_of_the_first_minute_works(demo, seed, language):
    tree, environment = demo
    text = READMES[language].read_text(encoding="utf-8")
    (commands,) = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    (python,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    activate, new, *others = commands.splitlines()

    def bash(*lines, **options):
        script = "\n".join(["set -e", activate, *lines])
        command = [require("bash"), "-c", script]
        return subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, check=True, **options
        ).stdout

    for earlier in ("年报.xlsx", "年报.docx", "build/年报.docx"):
        (tree / earlier).unlink(missing_ok=True)
    bash(new)
    assert (tree / "年报.xlsx").exists()
    render(seed, tree / "年报.xlsx")  # as if it were filled in
    bash(*others)
    assert load(tree / "年报.docx").values == seed.values
    assert bash("python -", input=python).splitlines() == ["True", "()"]
