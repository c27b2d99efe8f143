"""The wording and layout of the mandated tables: one module per edition of the form."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from annual_report.form import edition_2021
from annual_report.form.disputes import Disputes
from annual_report.form.registry import Edition, find, in_force, known, register, register_later, unregister

if TYPE_CHECKING:
    from annual_report.form import edition_2019

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

if TYPE_CHECKING:
    ProactiveDisclosure: TypeAlias = edition_2021.ProactiveDisclosure | edition_2019.ProactiveDisclosure
    Applications: TypeAlias = edition_2021.Applications | edition_2019.Applications
else:  # building the classes of an edition takes long, and few reports follow the older one
    from annual_report.form.applications import ApplicationsBase as Applications
    from annual_report.form.proactive_disclosure import ProactiveDisclosureBase as ProactiveDisclosure

register(edition_2021.EDITION)
register_later(lambda: import_module("annual_report.form.edition_2019").EDITION)
