from wushe.needs.queries.contacts import Contact, contact_of, masked_contact
from wushe.needs.queries.lists import Cell, NeedFilter, locked, locked_needs, need_by_number, needs_board, needs_in, search, subject_of
from wushe.needs.queries.receipts import duplicates_of, need_by_receipt, possible_duplicates
from wushe.needs.queries.verdicts import attempts_since_asked

__all__ = [
    "Cell",
    "Contact",
    "NeedFilter",
    "attempts_since_asked",
    "contact_of",
    "duplicates_of",
    "locked",
    "locked_needs",
    "masked_contact",
    "need_by_number",
    "need_by_receipt",
    "needs_board",
    "needs_in",
    "possible_duplicates",
    "search",
    "subject_of",
]
