"""在 Dask 集群上读取许多份公开的报告，汇总成一张表。

    python examples/dask_job.py 报告文件夹 汇总.csv [tcp://scheduler:8786]

不写集群地址时在本机运行。读不准的报告列出原因，不进汇总表。

Read many published reports on a Dask cluster, and gather their numbers in one table. Without an address the job runs on
this machine. What cannot be read with certainty is listed, and left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dask.distributed import Client, LocalCluster

from annual_report import AnnualReport, AnnualReportError, read
from annual_report.tables import write_table


def read_one(path: str) -> tuple[AnnualReport | None, list[str]]:
    """Read a file on a worker: its report, or what is in doubt or wrong with it."""
    try:
        reading = read(path)
    except (AnnualReportError, OSError) as error:
        return None, [str(error)]
    return reading.report, [str(doubt) for doubt in reading.doubts]


def main(folder: str, table: str, address: str | None = None) -> int:
    """Read the files of a folder that every worker can reach, and write the table."""
    paths = sorted(str(path) for path in Path(folder).iterdir())
    with Client(address or LocalCluster(n_workers=2, threads_per_worker=1)) as client:
        results = client.gather(client.map(read_one, paths))
    for path, (report, problems) in zip(paths, results, strict=True):
        if report is None:
            sys.stderr.write(f"{path}\n" + "".join(f"  {problem}\n" for problem in problems))
    reports = [report for report, _ in results if report is not None]
    write_table(reports, table)
    sys.stdout.write(f"{len(reports)} / {len(paths)}\n")
    return 0 if len(reports) == len(paths) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
