"""What `--year` takes."""

from __future__ import annotations

from annual_report.errors import MessageError, one_line, shortened
from annual_report.messages import message


def year_of(text: str) -> int:
    """Take a year on which there are reports.

    Raises
    ------
    MessageError
        It is none.
    """
    from annual_report.report.model import FIRST_YEAR, LAST_YEAR  # importing it takes longer than showing the help

    if text in map(str, range(FIRST_YEAR, LAST_YEAR + 1)):
        return int(text)
    raise MessageError(
        message(
            "--year should be a whole number from {least} to {most}, got “{value}”",
            least=FIRST_YEAR,
            most=LAST_YEAR,
            value=one_line(shortened(text)),
        )
    )
