from __future__ import annotations

import json
import pickle

import pytest

from annual_report import AnnualReport, Findings, ReconciliationError, check, render


@pytest.fixture
def wrong(data):
    """A report with a dozen errors and more."""
    outcomes = data["applications"]["outcomes"]
    for row in (data["applications"]["received"], *outcomes["refused"].values(), data["disputes"]["reconsideration"]):
        row["total"] += 7
    outcomes["total"]["natural_person"] += 1
    outcomes["total"]["total"] += 2
    data["other_matters"] = "无。"
    data["overview"] += "\n全年收到政府信息公开申请5件。"
    return AnnualReport.model_validate(data)


def test_findings_are_a_sequence_worst_first(wrong):
    findings = check(wrong)
    assert len(findings) == len(findings.errors) + len(findings.warnings) == 14
    assert [finding.severity for finding in findings] == ["error"] * 12 + ["warning"] * 2
    assert findings[0] in findings
    assert findings[:2] == tuple(findings)[:2]
    assert pickle.loads(pickle.dumps(findings)) == findings  # our own pickle


def test_findings_are_equal_to_the_same_findings_and_to_nothing_else(wrong, seed):
    findings = check(wrong)
    assert findings == check(wrong)
    assert hash(findings) == hash(check(wrong))
    assert findings != check(seed)
    assert findings != Findings(findings[1:])
    assert findings != list(findings)


def test_findings_print_as_a_list(wrong):
    lines = check(wrong).text("zh").splitlines()
    assert len(lines) == 14
    assert lines[0] == (
        "错误: 三、收到和处理政府信息公开申请情况 › （七）总计 › 自然人"
        " (applications.outcomes.total.natural_person): 总计应为 13364，现为 13365 [applications.outcomes]"
    )
    assert "the total should be 13364, but is 13365" in check(wrong).text("en")


def test_findings_serialise_to_json(wrong):
    told = json.loads(check(wrong).to_json())
    assert len(told) == 14
    assert told[0] | {"cells": []} == {
        "id": "applications.outcomes",
        "severity": "error",
        "path": "applications.outcomes.total.natural_person",
        "place": "三、收到和处理政府信息公开申请情况 › （七）总计 › 自然人",
        "place_en": (
            "Section 3, total of all outcomes, natural persons"
            " (三、收到和处理政府信息公开申请情况 › （七）总计 › 自然人)"
        ),
        "expected": 13364,
        "actual": 13365,
        "message": {
            "zh": "总计应为 13364，现为 13365",
            "en": "the total should be 13364, but is 13365",
        },
        "cells": [],
        "quotation": None,
    }
    quoted = next(finding for finding in told if finding["quotation"])
    assert quoted["quotation"] == {
        "section": "overview",
        "paragraph": 5,
        "start": 0,
        "end": 15,
        "text": "全年收到政府信息公开申请5件。",
    }


def test_a_report_with_errors_is_not_rendered(wrong, tmp_path):
    with pytest.raises(ReconciliationError) as caught:
        render(wrong, tmp_path / "report.docx")
    assert len(caught.value.findings) == 14
    assert len(str(caught.value).splitlines()) == 14
    assert list(tmp_path.iterdir()) == []
    assert isinstance(pickle.loads(pickle.dumps(caught.value)), ReconciliationError)  # our own pickle


def test_the_caller_may_insist(wrong, tmp_path):
    render(wrong, tmp_path / "report.docx", allow_findings=True)
    assert (tmp_path / "report.docx").exists()


def test_warnings_never_block(data):
    report = AnnualReport.model_validate(data | {"other_matters": "无。"})
    assert check(report).warnings
    assert render(report).startswith(b"PK")
