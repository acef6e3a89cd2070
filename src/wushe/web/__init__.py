"""Floor 17: all pages and the API. Surfaces do not import each other; what they share lives in `common`."""
