"""Floor 0: concepts without a domain: time, money, periods, refusals, events, predicates, identifiers, public numbers."""
