"""The report as a document independent of file formats: its blocks, and how a report is composed into them."""
