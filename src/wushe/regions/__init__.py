"""Floor 2: the tree of administrative divisions, nation to grid, with dated parents."""
