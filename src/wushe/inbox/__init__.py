"""Floor 4: to-dos with due dates for whoever holds the right post, and news for persons and bodies."""
