"""Many reports on a real Dask cluster of two worker processes, one of which dies in the middle."""

from __future__ import annotations

import os
import signal
from concurrent.futures import Executor

import pytest

from annual_report import AnnualReport
from annual_report.batch import render_many

dask = pytest.importorskip("dask")
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


@pytest.mark.filterwarnings("default")
def test_what_a_cluster_gives_up_is_rendered_here(tmp_path):
    reports = (AnnualReport.blank(agency=f"第{number}局", year=2024) for number in range(300))
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        given_up = []
        workers = client.run(os.getpid)
        killed = []

        def kill_all(result):
            if result.done >= 50 and not killed:
                killed.extend(workers.values())
                for pid in killed:
                    os.kill(pid, signal.SIGKILL)

        executor = Watched(client.get_executor(), given_up)
        result = render_many(reports, str(tmp_path), executor=executor, progress=kill_all, allow_findings=True)
    assert given_up
    assert (result.written, result.failures) == (300, [])
    assert len(list(tmp_path.glob("*.docx"))) == 300


class Watched(Executor):
    """Counts what an executor gives up."""

    def __init__(self, executor, given_up):
        self.executor, self.given_up = executor, given_up

    def submit(self, function, /, *arguments, **named):
        future = self.executor.submit(function, *arguments, **named)
        future.add_done_callback(
            lambda done: self.given_up.append(done) if not done.cancelled() and done.exception() else None
        )
        return future
