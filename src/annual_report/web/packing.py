"""The documents of several reports in one archive, with a list of those that could not be written."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING
from zipfile import ZipFile

from annual_report.messages import message
from annual_report.web.answers import as_json
from annual_report.web.pages import REFUSED, reasons
from annual_report.web.wire import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.messages import Language

ZIP_TYPE = "application/zip"


def packed(names: Sequence[str], answers: Sequence[Answer], language: Language) -> Answer:
    """Put documents into an archive.

    Parameters
    ----------
    names
        The names of the files that they were made of.
    answers
        The documents, or why there is none.
    language
        The language of the list.

    Returns
    -------
    Answer
        The archive; if there is no document at all, the first refusal with the reasons of all.
    """
    failed = [(name, answer) for name, answer in zip(names, answers, strict=True) if answer.status >= REFUSED]
    if len(failed) == len(answers):
        return _all_refused([answer for _, answer in failed])
    content = BytesIO()
    taken: set[str] = set()
    with ZipFile(content, "w") as archive:
        for answer in answers:
            if answer.status < REFUSED:
                archive.writestr(_free(answer.filename, taken), answer.body)
        if failed:
            lines = [line for name, answer in failed for line in reasons(answer, language, name)]
            name = message("not written").text(language)
            archive.writestr(f"{name}.txt", "\r\n".join(lines).encode("utf-8-sig", "replace"))
    name = message("Annual reports").text(language)
    return Answer(content.getvalue(), ZIP_TYPE, filename=f"{name}.zip")


def _free(name: str, taken: set[str]) -> str:
    """Return a name, with a number if another document has it, whatever the case of its letters."""
    path, number, free = PurePath(name), 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{path.stem} ({number}){path.suffix}"
    taken.add(free.casefold())
    return free


def _all_refused(refusals: list[Answer]) -> Answer:
    bodies = [json.loads(answer.body) for answer in refusals]
    merged = {kind: [reason for body in bodies for reason in body[kind]] for kind in bodies[0]}
    return Answer(as_json(merged), status=refusals[0].status)
