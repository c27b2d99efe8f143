"""What a report says: typed, frozen Pydantic models that know no file format."""
