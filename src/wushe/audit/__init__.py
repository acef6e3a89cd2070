"""Floor 1: who did what to which thing, in an append-only chain of hashes."""
