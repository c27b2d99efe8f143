"""Published files, whatever their format, as reports: one module per format gives blocks, one recogniser reads them."""
