from wushe.ledger.actions.correcting import BOOKED_HERE, reverse_booking, reverse_entry
from wushe.ledger.actions.funding import (
    Allotment,
    Commitment,
    SourceDraft,
    allot_to_body,
    commit_to_project,
    open_source,
    release_from_project,
)
from wushe.ledger.actions.paying import Payment, Spending, pay, refund, spend

__all__ = [
    "BOOKED_HERE",
    "Allotment",
    "Commitment",
    "Payment",
    "SourceDraft",
    "Spending",
    "allot_to_body",
    "commit_to_project",
    "open_source",
    "pay",
    "refund",
    "release_from_project",
    "reverse_booking",
    "reverse_entry",
    "spend",
]
