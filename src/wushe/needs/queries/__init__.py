from wushe.needs.queries.lists import NeedFilter, board, locked, need_by_number, needs_in, search
from wushe.needs.queries.receipts import need_by_receipt, possible_duplicates

__all__ = ["NeedFilter", "board", "locked", "need_by_number", "need_by_receipt", "needs_in", "possible_duplicates", "search"]
