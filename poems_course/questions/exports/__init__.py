"""The bank for other programs: one module per format, one rendering of an item for all of them."""
