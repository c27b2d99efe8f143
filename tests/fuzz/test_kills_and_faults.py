"""A bounded part of the campaigns against batches; `make fuzz` runs them long."""

from __future__ import annotations

import pytest
from fuzz.faults import FAULTS, inject, unshared
from fuzz.kills import campaign
from programs import require


def test_killed_batches_are_resumed_to_what_undisturbed_ones_give():
    counts, wrong = campaign(kills=8, seed=7)
    assert counts.total() == 8
    assert wrong == []


def test_killed_batches_of_pdfs_leave_nothing_running():
    require("soffice")
    _, wrong = campaign(kills=2, seed=7, format="pdf", reports=2)
    assert wrong == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_machine_that_fails_loses_no_document(name):
    if unshared() is None:
        pytest.skip("unshare is not allowed to mount file systems")
    assert inject(name, seed=1) == ""
