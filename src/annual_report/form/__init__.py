"""The wording and layout of the mandated tables: one module per edition of the form."""

from __future__ import annotations

from typing import TypeAlias

from annual_report.form import edition_2019, edition_2021
from annual_report.form.disputes import Disputes
from annual_report.form.registry import Edition, find, in_force, known, register, unregister

__all__ = [
    "Applications",
    "Disputes",
    "Edition",
    "ProactiveDisclosure",
    "find",
    "in_force",
    "known",
    "register",
    "unregister",
]

ProactiveDisclosure: TypeAlias = edition_2021.ProactiveDisclosure | edition_2019.ProactiveDisclosure
Applications: TypeAlias = edition_2021.Applications | edition_2019.Applications

register(edition_2019.EDITION)
register(edition_2021.EDITION)
