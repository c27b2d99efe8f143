"""Draw the picture of the front page: the workbook that finds an error, and the document: `make pictures`."""

from __future__ import annotations

import sys

from conftest import ROOT
from PIL import Image, ImageDraw

PICTURES = ROOT / "docs" / "pictures"
HEIGHT, GAP, MARGIN = 430, 90, 12
CORNERS = {"workbook-errors.png": (0.05, 0.05, 0.98, 0.64), "seed-page-1.png": (0.05, 0.08, 0.95, 0.66)}
"""The pictures that it is made of, and the part of each that is shown: left, top, right, bottom."""


def drawn() -> Image.Image:
    """Draw the parts beside each other with an arrow between them."""
    parts = [_part(name, shares) for name, shares in CORNERS.items()]
    width = sum(part.width for part in parts) + GAP * (len(parts) - 1) + 2 * MARGIN
    whole = Image.new("RGB", (width, HEIGHT + 2 * MARGIN), "white")
    pen, left = ImageDraw.Draw(whole), MARGIN
    for part in parts:
        if left > MARGIN:
            _arrow(pen, left - GAP)
        whole.paste(part, (left, MARGIN))
        pen.rectangle((left, MARGIN, left + part.width, MARGIN + HEIGHT), outline="#b0b0b0")
        left += part.width + GAP
    return whole.quantize(256, Image.Quantize.FASTOCTREE)


def _part(name: str, shares: tuple[float, float, float, float]) -> Image.Image:
    with Image.open(PICTURES / name) as picture:
        sizes = (picture.width, picture.height) * 2
        part = picture.convert("RGB").crop(tuple(int(size * share) for size, share in zip(sizes, shares, strict=True)))
        return part.resize((part.width * HEIGHT // part.height, HEIGHT), Image.Resampling.LANCZOS)


def _arrow(pen: ImageDraw.ImageDraw, left: int) -> None:
    middle, tip = MARGIN + HEIGHT // 2, left + GAP - 20
    pen.line((left + 18, middle, tip - 12, middle), fill="#4051b5", width=6)
    pen.polygon(((tip, middle), (tip - 18, middle - 13), (tip - 18, middle + 13)), fill="#4051b5")


if __name__ == "__main__":
    drawn().save(PICTURES / "overview.png", optimize=True)
    sys.stdout.write(f"{PICTURES / 'overview.png'}\n")
