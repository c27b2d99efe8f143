"""What is read of sentences as offices write them: `sentences.json`, and published ones where they are at hand."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from annual_report import AnnualReport, check

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real"
SENTENCES, OFFICES = (
    json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["claims"]
    for name in ("sentences.json", "offices.json")
)
CLAIM = re.compile(r"⟦(\w+):(\d*)⟧")
OF_A_KIND = r"^([a-z][a-z_ ]*?)\s+(\d+) of\s+(\d+)"
"""A line of what `measure.py` prints: the kind of claims, how many were noticed, and how many were tried."""

RESULTS = ("upheld", "corrected", "other", "pending")
NO_DISPUTE = ({"reconsideration": [1, 0, 0, 0]}, {"litigation_direct": [1, 0, 0, 0]})
DENIED = {
    "no_dispute": NO_DISPUTE,
    "no_reconsideration": NO_DISPUTE[:1],
    "no_litigation": NO_DISPUTE[1:],
    "no_application": ({"received": {"natural_person": 4}, "outcomes": {"granted": 4}},),
    "no_carried_in": ({"carried_in": 4},),
    "no_carried_forward": ({"carried_forward": 4},),
}


def report(item, text, tables) -> AnnualReport:
    data = AnnualReport.blank(agency=item["agency"], year=item["year"]).model_dump(mode="json")
    edition, applications, disputes = data["edition"], data["applications"], data["disputes"]
    applications["received"] |= tables["received"]
    applications["carried_in"]["natural_person"] = tables["carried_in"]
    applications["carried_forward"]["natural_person"] = tables["carried_forward"]
    rows = {}
    for path, number in tables["outcomes"].items():
        row = applications["outcomes"]
        keys = path.split(".")[: 1 if edition == "2019" and path.startswith("other_handling") else None]
        for key in keys:
            row = row[key]
        row["natural_person"] += number
        rows[number] = row
    if rows:
        others = tables["received"].get("other_organization", 0)
        largest = rows[max(rows)]
        largest["natural_person"] -= others
        largest["other_organization"] += others
    for results, key in (
        (disputes["reconsideration"], "reconsideration"),
        (disputes["litigation"]["direct"], "litigation_direct"),
        (disputes["litigation"]["after_reconsideration"], "litigation_after"),
    ):
        results.update(zip(RESULTS, tables[key], strict=True))
    without_totals(data)
    data |= {"overview": text, "problems_and_improvements": "略。", "other_matters": "未收取信息处理费。"}
    return AnnualReport.model_validate(data)


def without_totals(data):
    data.pop("total", None)
    for value in data.values():
        if isinstance(value, dict):
            without_totals(value)


def claimed(item, text, **changed) -> list:
    findings = check(report(item, text, item["tables"] | changed))
    return [finding for finding in findings if finding.id in {"narrative.applications", "narrative.disputes"}]


def plain(text: str) -> str:
    return CLAIM.sub(lambda claim: claim[2], text)


def contradicts(item) -> bool:
    return item["note"].startswith(("REAL", "the sentence contradicts"))


@pytest.mark.parametrize("item", [*SENTENCES, *OFFICES], ids=lambda item: item["id"])
def test_only_what_contradicts_the_tables_is_found(item):
    assert bool(claimed(item, plain(item["text"]))) == contradicts(item)


def trials(item):
    """Each claim with its kind, and with its number raised or the tables changed."""
    for claim in CLAIM.finditer(item["text"]):
        kind, number = claim.groups()
        if not number:
            for changed in DENIED[kind]:
                yield kind, plain(item["text"]), changed
            continue
        raised = str(int(number) + 13)
        yield kind, plain(item["text"][: claim.start()]) + raised + plain(item["text"][claim.end() :]), {}


@pytest.mark.parametrize("item", OFFICES, ids=lambda item: item["id"])
def test_all_that_contradicts_in_usual_wordings_is_found(item):
    for kind, text, changed in trials(item):
        assert claimed(item, text, **changed), (kind, text, changed)


def test_nearly_all_that_contradicts_is_found():
    noticed, tried = Counter(), Counter()
    for item in SENTENCES:
        if contradicts(item):
            continue
        for kind, text, changed in trials(item):
            tried[kind] += 1
            noticed[kind] += bool(claimed(item, text, **changed))
    assert sum(noticed.values()) >= 0.97 * sum(tried.values()), noticed
    assert all(noticed[kind] >= 0.95 * number for kind, number in tried.items()), noticed


@pytest.mark.skipif(not REAL.is_dir(), reason="the published sentences are not beside the project")
def test_published_sentences_are_read_without_a_false_alarm():
    command = [sys.executable, str(REAL / "measure.py")]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "false alarms: 0 in 78 texts" in output
    kinds = {kind: (int(noticed), int(tried)) for kind, noticed, tried in re.findall(OF_A_KIND, output, re.MULTILINE)}
    noticed, tried = kinds["all"]
    assert noticed >= 0.98 * tried
    assert len(kinds) > len(DENIED)
    assert all(noticed >= 0.95 * tried for noticed, tried in kinds.values()), kinds
