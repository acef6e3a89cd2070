from wushe.needs.queries.board import BoardRow, Cell, needs_board
from wushe.needs.queries.contacts import Contact, contact_of, masked_contact
from wushe.needs.queries.lists import (
    NeedFilter,
    in_a_list,
    locked,
    locked_needs,
    mentioned,
    need_by_number,
    needs_in,
    subject_of,
)
from wushe.needs.queries.outcomes import Outcome, conversion_of, outcomes, verdict_share_of
from wushe.needs.queries.places import places_to_record
from wushe.needs.queries.receipts import Alike, duplicates_of, need_by_receipt
from wushe.needs.queries.verdicts import attempts_since_asked, contests_left

__all__ = [
    "Alike",
    "BoardRow",
    "Cell",
    "Contact",
    "NeedFilter",
    "Outcome",
    "attempts_since_asked",
    "contact_of",
    "contests_left",
    "conversion_of",
    "duplicates_of",
    "in_a_list",
    "locked",
    "locked_needs",
    "masked_contact",
    "mentioned",
    "need_by_number",
    "need_by_receipt",
    "needs_board",
    "needs_in",
    "outcomes",
    "places_to_record",
    "subject_of",
    "verdict_share_of",
]
