"""The pictures of the docs are as the library lays them out now; `make pictures` draws them."""

from __future__ import annotations

import pytest
from approve_overview import drawn as drawn_overview
from approve_serve import drawn as drawn_pages
from approve_styles import SHOWN, WIDTH, drawn
from conftest import ROOT
from PIL import Image, ImageChops, ImageStat
from style_pages import CASES

TOLERANCE = 8
"""The mean difference of grey values, of 255, that fonts' and renderers' versions may make."""


def difference(ours, theirs):
    return ImageStat.Stat(ImageChops.difference(ours.convert("L"), theirs.convert("L"))).mean[0]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("styles"))


def test_the_effects_of_settings_are_as_shown(pictures):
    assert {path.stem for path in SHOWN.glob("*.png")} == pictures.keys() == CASES.keys()
    for path, picture in pictures.items():
        with Image.open(SHOWN / f"{path}.png") as shown:
            assert picture.size == shown.size, path
            assert difference(picture, shown) < TOLERANCE, path


def test_every_setting_has_an_effect(pictures):
    for path, picture in pictures.items():
        before = picture.crop((0, 0, WIDTH, picture.height))
        after = picture.crop((picture.width - WIDTH, 0, picture.width, picture.height))
        assert difference(before, after) > 0, path


def test_the_front_page_shows_the_pictures_as_they_are():
    with Image.open(ROOT / "docs" / "pictures" / "overview.png") as shown:
        assert difference(drawn_overview(), shown) < TOLERANCE


def test_the_page_of_the_service_is_as_shown(tmp_path):
    for name, picture in drawn_pages(tmp_path).items():
        with Image.open(ROOT / "docs" / "pictures" / f"{name}.png") as shown:
            assert picture.size == shown.size
            assert difference(picture, shown) < TOLERANCE
