"""The site, built once for the tests that look at it; its scripts are no package."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "docs" / "website"))


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    if find_spec("zensical") is None:
        pytest.skip("zensical is not installed")
    from build import main

    folder = tmp_path_factory.mktemp("site")
    assert main(folder) == 0
    return folder
