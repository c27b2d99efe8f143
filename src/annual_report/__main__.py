"""The command line as `python -m annual_report`."""

from annual_report.cli import main

main()
