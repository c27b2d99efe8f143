"""Files people already have, as reports: one module per format, each imported when first used."""
