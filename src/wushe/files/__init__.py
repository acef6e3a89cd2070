"""Floor 4: evidence files, kept by the hash of their content. Whoever owns a thing attaches files to it by a link table of its own."""
