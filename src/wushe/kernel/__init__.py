"""Floor 0: concepts without a domain: time, money, refusals, events, steps, identifiers, public numbers, rows as JSON."""
