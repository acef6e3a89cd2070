"""For machines: open data."""
