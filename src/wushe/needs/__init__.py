"""Floor 11: residents' needs from the first word to the resident's verdict."""
