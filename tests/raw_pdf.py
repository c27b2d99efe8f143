"""PDF files written by hand, for features that no program writes on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# A font that need not be in the file: its codes are Unicode's. Latin letters and digits are half as wide as the rest.
FONTS = [
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>"
    ),
    (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    ),
]
FIRST_FREE = 3 + len(FONTS)
"""The number of the first further object."""


def stream(content: str | bytes, entries: str = "") -> bytes:
    """Return the body of a stream object."""
    data = content.encode() if isinstance(content, str) else content
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def raw_pdf(
    *pages: str,
    objects: Sequence[bytes] = (),
    fonts: str = "",
    resources: str = "",
    page: str = "",
    trailer: str = "",
    paper: tuple[int, int] = (600, 800),
) -> bytes:
    """Write a file with a page for each drawing; additional objects are numbered from `FIRST_FREE`."""
    first = FIRST_FREE + len(objects)
    numbers = range(first, first + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *FONTS,
        *objects,
    ]
    for number, content in zip(numbers, pages, strict=True):
        bodies += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {paper[0]} {paper[1]}] /Contents {number + 1} 0 R {page}"
            f" /Resources << /Font << /F1 3 0 R {fonts} >> {resources} >> >>".encode(),
            stream(content),
        ]
    return assemble(bodies, trailer)


def assemble(bodies: Sequence[bytes], trailer: str = "") -> bytes:
    """Write a file of objects, with the catalogue first."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def text(x: float, y: float, words: str, *, size: float = 12, matrix: str = "1 0 0 1", extra: str = "") -> str:
    """Draw text at a point on its baseline."""
    return f"BT {extra} /F1 {size} Tf {matrix} {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Draw a line."""
    return f"{x0} {y0} m {x1} {y1} l S\n"


def ruled(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Draw all rules of a table."""
    across = [line(xs[0], y, xs[-1], y) for y in ys]
    return "".join(across + [line(x, ys[0], x, ys[-1]) for x in xs])


def drawn_font(first: int, unicodes: Sequence[int] | None) -> list[bytes]:
    """Return the objects of a font whose characters 1 and 2 are black squares, with or without a Unicode mapping."""
    entry = "" if unicodes is None else f"/ToUnicode {first + 2} 0 R"
    font = (
        f"<< /Type /Font /Subtype /Type3 /Name /Drawn /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0]"
        f" /CharProcs << /a {first + 1} 0 R /b {first + 1} 0 R >> /FirstChar 1 /LastChar 2 /Widths [1000 1000]"
        f" /Encoding << /Type /Encoding /Differences [1 /a /b] >> {entry} >>"
    )
    glyph = stream("1000 0 0 0 1000 1000 d1 0 0 800 800 re f")
    pairs = " ".join(f"<{n:02x}> <{code:04x}>" for n, code in enumerate(unicodes or (), 1))
    meanings = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff>"
        f" endcodespacerange {len(unicodes or ())} beginbfchar {pairs} endbfchar endcmap end end"
    )
    return [font.encode(), glyph, stream(meanings)]
