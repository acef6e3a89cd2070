"""Tables that people bring with them: read, matched, checked row by row, applied at once, and undone. Registers describe themselves."""
