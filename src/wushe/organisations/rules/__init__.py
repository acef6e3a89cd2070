from wushe.organisations.rules.conditions import Finding, Standing, findings, meets, missing
from wushe.organisations.rules.life import state_of
from wushe.organisations.rules.periods import after_years, report_until

__all__ = ["Finding", "Standing", "after_years", "findings", "meets", "missing", "report_until", "state_of"]
