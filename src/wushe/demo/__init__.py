"""The demonstration county: made by calling the actions that people call, dated relative to today, from the data in `demo/`."""
