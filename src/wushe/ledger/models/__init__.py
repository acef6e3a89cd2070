from wushe.ledger.models.account import Account, AccountKind
from wushe.ledger.models.entry import Entry, EntryKind, Line
from wushe.ledger.models.source import FundingSource

__all__ = ["Account", "AccountKind", "Entry", "EntryKind", "FundingSource", "Line"]
