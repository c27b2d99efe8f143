"""The form's labels in English: the keys of the fields, put into words after the law's official translation.

The keys are English already. `_WORDS` has those that are not clear by themselves, under the key or the end of the path.
"""

from __future__ import annotations

from annual_report.form.sections import SECTIONS

_WORDS = {
    "agency": "name of the body",
    "agency_code": "unified social credit code",
    "year": "year reported on",
    "edition": "edition of the form",
    "issued_by": "signature",
    "issued_on": "date of issue",
    "before": "text before the table",
    "notes": "notes under the table",
    "rules": "administrative rules",
    "normative_documents": "administrative normative documents",
    "issued": "issued this year",
    "repealed": "repealed this year",
    "in_force": "in force",
    "produced": "newly produced this year",
    "disclosed": "newly disclosed this year",
    "disclosed_in_total": "disclosed to the public in total",
    "licensing": "administrative licensing",
    "other_services": "other services and management",
    "penalties": "administrative penalties",
    "compulsion": "administrative compulsion",
    "decisions": "decisions made this year",
    "fees": "administrative fees",
    "fees.amount": "amount collected this year",
    "items_change": "items added or removed this year",
    "central_procurement": "centralised government procurement",
    "central_procurement.amount": "total amount",
    "received": "received this year",
    "carried_in": "carried in from last year",
    "carried_forward": "carried forward to next year",
    "outcomes": "outcomes of this year",
    "outcomes.total": "total of all outcomes",
    "partially_granted": "granted in part",
    "refused": "refused to disclose",
    "prohibited_by_law": "prohibited by laws or administrative regulations",
    "security_and_stability": "endangers security or social stability",
    "third_party_rights": "protects rights and interests of third parties",
    "internal_affairs": "internal affairs information",
    "deliberative_process": "deliberative process information",
    "enforcement_files": "administrative law enforcement files",
    "administrative_inquiry": "matter of administrative inquiry",
    "not_held": "information not held by this body",
    "creation_required": "information would have to be created",
    "unclear_after_correction": "still unclear after correction",
    "repeated": "repeated application",
    "excessive_repeated": "excessive repeated applications without good reason",
    "confirmation_requested": "asks to confirm or reissue information obtained",
    "correction_overdue": "not corrected in time",
    "fee_overdue": "fee not paid in time",
    "natural_person": "natural persons",
    "commercial_enterprise": "commercial enterprises",
    "research_institution": "research institutions",
    "public_welfare_organization": "public welfare organizations",
    "legal_service_institution": "legal service institutions",
    "other_organization": "other organizations",
    "reconsideration": "administrative reconsideration",
    "litigation": "administrative litigation",
    "litigation.direct": "without prior reconsideration",
    "after_reconsideration": "after reconsideration",
    "upheld": "result upheld",
    "corrected": "result corrected",
    "reconsideration.other": "other results",
    "direct.other": "other results",
    "after_reconsideration.other": "other results",
    "pending": "not yet concluded",
}


def english(path: str) -> str:
    """Return the English label of a field.

    Parameters
    ----------
    path
        The keys from the section down, joined by dots.

    Returns
    -------
    str
        The label of the field itself; for a section, its number.

    Examples
    --------
    >>> english("applications"), english("applications.outcomes.granted"), english("disputes.litigation.direct.other")
    ('Section 3', 'granted', 'other results')
    """
    if path in SECTIONS:
        return f"Section {SECTIONS.index(path) + 1}"
    parent, _, key = path.rpartition(".")
    return _WORDS.get(f"{parent.rpartition('.')[2]}.{key}") or _WORDS.get(key) or key.replace("_", " ")
