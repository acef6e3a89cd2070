from wushe.organisations.rules.classes import Composition, composition_of, scale_of
from wushe.organisations.rules.conditions import Finding, Standing, fails, findings, meets, missing
from wushe.organisations.rules.life import state_of
from wushe.organisations.rules.over import (
    refuse_closed_account,
    refuse_closed_base,
    refuse_judged_candidate,
    refuse_judged_entry,
    refuse_lifted,
    refuse_no_federation,
    refuse_past_member,
    refuse_past_stay,
    refuse_struck_off,
    refuse_unfiled,
    refuse_vacated,
)
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
    "refuse_closed_account",
    "refuse_closed_base",
    "refuse_judged_candidate",
    "refuse_judged_entry",
    "refuse_lifted",
    "refuse_no_federation",
    "refuse_past_member",
    "refuse_past_stay",
    "refuse_struck_off",
    "refuse_unfiled",
    "refuse_vacated",
    "report_until",
    "scale_of",
    "state_of",
]
