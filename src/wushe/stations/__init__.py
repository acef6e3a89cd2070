"""Floor 8: stations of three levels, their rooms and their staff."""
