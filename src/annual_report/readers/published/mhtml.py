"""Web pages saved as one file (MHTML) as blocks."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from annual_report.messages import message
from annual_report.readers.published import html
from annual_report.readers.published.limits import refused

if TYPE_CHECKING:
    from annual_report.readers.blocks import Content

_LARGEST = 40_000_000


def parse(data: bytes, source: str = "") -> Content:
    """Read a web page saved as one file.

    Parameters
    ----------
    data
        The file's bytes.
    source
        The name to give in errors.

    Returns
    -------
    Content
        The blocks of the first page in it.

    Raises
    ------
    UnusableInputError
        The file is too large, has no page in it, or the page cannot be read.
    """
    if len(data) > _LARGEST:
        raise refused(message("the page is too large for an annual report"), source)
    for part in message_from_bytes(data, policy=policy.compat32).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return html.parse(page, source)
    raise refused(message("the file has no text"), source)
