"""The content of a report: typed, frozen Pydantic models that are independent of file formats."""
