from wushe.organisations.rules.classes import Composition, composition_of, scale_of
from wushe.organisations.rules.conditions import Finding, Standing, fails, findings, meets, missing
from wushe.organisations.rules.life import state_of
from wushe.organisations.rules.periods import after_years, months_before, report_until

__all__ = [
    "Composition",
    "Finding",
    "Standing",
    "after_years",
    "composition_of",
    "fails",
    "findings",
    "meets",
    "missing",
    "months_before",
    "report_until",
    "scale_of",
    "state_of",
]
