"""Composed documents as the data that they were made from: a report's JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annual_report.document.blocks import Document
    from annual_report.style import Style


def write(document: Document, style: Style) -> bytes:
    """Give a report's JSON as people read it.

    Parameters
    ----------
    document
        The document.
    style
        Has no effect: data have no look.

    Returns
    -------
    bytes
        JSON in UTF-8, from which an equal report is read.
    """
    del style
    return (json.dumps(json.loads(document.json()), ensure_ascii=False, indent=2) + "\n").encode()
