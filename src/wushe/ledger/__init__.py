"""Floor 6: the book. Every yuan moves by a balanced entry that nobody can change, and stays with the one source line it came from."""
