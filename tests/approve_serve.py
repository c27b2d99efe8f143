"""Draw the page of `annual-report serve`, as Chromium shows it: `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from base64 import b64decode
from io import BytesIO
from pathlib import Path

from chromium import Chromium
from conftest import AS_PUBLISHED, ROOT
from PIL import Image
from served import service

from annual_report import load, render

PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1100, 1000


def drawn(folder: Path) -> dict[str, Image.Image]:
    """Draw the page before and after a report with errors was given to it."""
    document = folder / "2023年年报.docx"
    render(load(AS_PUBLISHED), document, allow_findings=True)
    browser = Chromium()
    try:
        browser.network(on=True)
        with service() as served:
            browser.open(f"{served.address}?lang=zh", width=WIDTH)
            pictures = {"serve-start": _picture(browser)}
            browser.driver.find_element("id", "file").send_keys(str(document))
            browser.follow("form[enctype] button")
            pictures["serve-findings"] = _picture(browser)
    finally:
        browser.driver.quit()
    return pictures


def _picture(browser: Chromium) -> Image.Image:
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": 1}
    data = browser.command("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)["data"]
    return Image.open(BytesIO(b64decode(data))).convert("RGB").quantize(256, Image.Quantize.FASTOCTREE)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for title, picture in drawn(Path(name)).items():
            picture.save(PICTURES / f"{title}.png", optimize=True)
            sys.stdout.write(f"{PICTURES / title}.png\n")
