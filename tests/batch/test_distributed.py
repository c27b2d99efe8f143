"""Many reports on a real Dask cluster of two worker processes, one of which dies in the middle."""

from __future__ import annotations

import os
import signal

import pytest

from annual_report import AnnualReport
from annual_report.batch import render_many

distributed = pytest.importorskip("distributed")


@pytest.mark.filterwarnings("default")
def test_a_worker_that_dies_loses_nothing(tmp_path):
    reports = (AnnualReport.blank(agency=f"第{number}局", year=2024) for number in range(600))
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        workers = client.run(os.getpid)
        killed = []

        def kill_one(result):
            if result.done >= 100 and not killed:
                killed.append(next(iter(workers.values())))
                os.kill(killed[0], signal.SIGKILL)

        result = render_many(
            reports,
            f"file://{tmp_path}",
            executor=client.get_executor(),
            progress=kill_one,
            allow_findings=True,
        )
    assert killed
    assert (result.written, result.failures) == (600, [])
    assert len(list(tmp_path.glob("*.docx"))) == 600
