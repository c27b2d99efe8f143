"""What a report must not publish: people's identity numbers and mobile telephones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annual_report.checks.findings import Finding
from annual_report.checks.masking import personal_numbers
from annual_report.checks.prose import plain_digits, quotation_of
from annual_report.messages import message
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.checks.texts import ReportTexts

_LONG = re.compile("[0-9０-９][0-9０-９ \u3000\xa0\\-－–—‐‑]{10}")
_STEP, _REACH = 4, 15
_PERHAPS_LONG = re.compile("[0-9０-９]{2}")
"""What is left of a long number in every fourth character of a text, which takes a fourth of the time to search."""


def findings(texts: ReportTexts) -> Iterator[Finding]:
    """Find identity numbers and mobile telephones in the texts of a report."""
    if not _has_long(texts.whole):
        return
    for key, paragraphs in texts.sections.items():
        for index, (written, _) in enumerate(paragraphs):
            if not _has_long(written):
                continue
            text = plain_digits(written)
            for number in personal_numbers(text):
                quotation = quotation_of(key, index, text, (number.start, number.end))
                words = message(
                    "{what} should not be published: “{sentence}”", what=number.what, sentence=quotation.text
                )
                yield Finding("narrative.personal_data", "warning", key, section_title(key), words, quotation=quotation)


def _has_long(text: str) -> bool:
    """Return whether a text has as many digits in a row as a telephone number."""
    places = [found.start() * _STEP for found in _PERHAPS_LONG.finditer(text[::_STEP])]
    return any(_LONG.search(text, max(0, place - _REACH), place + _REACH) for place in places)
