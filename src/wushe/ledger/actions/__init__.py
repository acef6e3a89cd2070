from wushe.ledger.actions.correcting import BOOKED_HERE, reverse_booking, reverse_entry
from wushe.ledger.actions.funding import Commitment, SourceDraft, commit_to_project, open_source, release_from_project
from wushe.ledger.actions.paying import Payment, Spending, pay, spend

__all__ = [
    "BOOKED_HERE",
    "Commitment",
    "Payment",
    "SourceDraft",
    "Spending",
    "commit_to_project",
    "open_source",
    "pay",
    "release_from_project",
    "reverse_booking",
    "reverse_entry",
    "spend",
]
