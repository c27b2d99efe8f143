"""The report as a document free of any file format: its blocks, and the composing of a report into them."""
