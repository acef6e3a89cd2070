from wushe.ledger.actions.correcting import reverse_entry
from wushe.ledger.actions.funding import Commitment, SourceDraft, commit_to_project, open_source, release_from_project
from wushe.ledger.actions.paying import Payment, Spending, pay, spend

__all__ = [
    "Commitment",
    "Payment",
    "SourceDraft",
    "Spending",
    "commit_to_project",
    "open_source",
    "pay",
    "release_from_project",
    "reverse_entry",
    "spend",
]
