"""The targets board, the same for desk and portal."""
