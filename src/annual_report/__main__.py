"""The command line as `python -m annual_report`."""

from annual_report._console import main

main()
