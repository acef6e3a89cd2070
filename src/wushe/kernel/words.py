"""Text that contains what somebody typed, found through an index of pairs: most Chinese words, and so most searches, have two characters."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db.models import CharField, Func, Lookup, Q, TextField
from django.db.models.functions import Upper

PAIR = 2
PAIRS = "regions_bigrams"
# what was written last waits in a list that every search reads through: this many kilobytes and no more
WAITING = 64


def pair_index(column: str, name: str) -> GinIndex:
    """The index that `mentions` asks, over one column."""
    return GinIndex(Func(Upper(column), function=PAIRS), name=name, gin_pending_list_limit=WAITING)


def mentions(column: str, words: str, otherwise: Q) -> Q:
    """Whose column contains the words, large and small letters alike, or what is found otherwise.

    The words and their pairs are asked for side by side: where so many rows fit that the index is left aside, the pairs of most are
    never made; where it is used, the pairs are not made again.
    """
    found = Q((f"{column}__mentions", words)) | otherwise
    return found if len(words) < PAIR else found & (Q((f"{column}__pairs_of", words)) | otherwise)


class Words(Lookup):
    """Compares in capital letters, as the index does."""

    statement = ""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The statement, with the column and the words."""
        column, parameters = self.process_lhs(compiler, connection)
        return self.statement.format(column=column), (*parameters, self.rhs.upper())


@CharField.register_lookup
@TextField.register_lookup
class Mentions(Words):
    """Contains the words."""

    lookup_name = "mentions"
    statement = "STRPOS(UPPER({column}), %s) > 0"


@CharField.register_lookup
@TextField.register_lookup
class PairsOf(Words):
    """Contains every pair of characters that the words contain."""

    lookup_name = "pairs_of"
    statement = PAIRS + "(UPPER({column})) @> " + PAIRS + "(%s)"
