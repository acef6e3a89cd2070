from datetime import datetime

from wushe.ledger.events import EntryReversed
from wushe.organisations.actions import ask_payment_again


def reopen_payment_of_support(event: EntryReversed) -> None:
    """A support whose booking was taken back is to be paid again, or withdrawn."""
    ask_payment_again(entry_id=event.entry_id, at=datetime.fromisoformat(event.at))
