from wushe.ledger.models.account import Account, AccountKind
from wushe.ledger.models.entry import OF_TWO, Entry, EntryKind, Line
from wushe.ledger.models.source import FundingSource

__all__ = ["OF_TWO", "Account", "AccountKind", "Entry", "EntryKind", "FundingSource", "Line"]
