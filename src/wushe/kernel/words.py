"""Text that contains what somebody typed, found through an index of pairs: most Chinese words, and so most searches, have two characters.

How often a word occurs decides which way is short: a rare one is looked up, of a frequent one the newest rows soon give a page. For
one pair the statistics say how often; pairs of a longer word count as independent and look rare when they are not. A column that is
searched all day therefore has a second index, of threes, and is asked for longer words in the one way whose frequency is estimated.
"""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import CharField, Func, Lookup, Q, TextField
from django.db.models.functions import Upper

PAIR = 2
PAIRS = "regions_bigrams"
# what was written last waits in a list that every search reads through: this many kilobytes and no more
WAITING = 64


def pair_index(column: str, name: str) -> GinIndex:
    """The index that `mentions` asks, over one column."""
    return GinIndex(Func(Upper(column), function=PAIRS), name=name, gin_pending_list_limit=WAITING)


def three_index(column: str, name: str) -> GinIndex:
    """The index that `contains` asks for words of three characters and more, over one column."""
    return GinIndex(OpClass(column, name="gin_trgm_ops"), name=name, gin_pending_list_limit=WAITING)


def contains(column: str, words: str, otherwise: Q) -> Q:
    """As `mentions`, for a column that has both indexes."""
    return Q((f"{column}__alike", words)) | otherwise if len(words) > PAIR else mentions(column, words, otherwise)


def mentions(column: str, words: str, otherwise: Q) -> Q:
    """Whose column contains the words, large and small letters alike, or what is found otherwise.

    The words and their pairs are asked for side by side: where so many rows fit that the index is left aside, the pairs of most are
    never made; where it is used, the pairs are not made again.
    """
    found = Q((f"{column}__mentions", words)) | otherwise
    return found if len(words) < PAIR else found & (Q((f"{column}__pairs_of", words)) | otherwise)


class Words(Lookup):
    """Compares in capital letters, as the index of pairs does; Chinese words have none, and are compared as they are."""

    cased, plain = "", ""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The statement, with the column and the words."""
        column, parameters = self.process_lhs(compiler, connection)
        statement = self.plain if self.rhs.upper() == self.rhs.lower() else self.cased
        asked = self.asked(connection)
        return statement.format(column=column), (*(parameters * len(asked)), *asked)

    def asked(self, _connection: Any) -> tuple[str, ...]:
        """The words as the statement takes them."""
        return (str(self.rhs).upper(),)


@CharField.register_lookup
@TextField.register_lookup
class Mentions(Words):
    """Contains the words. Not to be 0 is what the planner takes most rows for, so that the pairs beside it alone say how many fit."""

    lookup_name = "mentions"
    cased, plain = "STRPOS(UPPER({column}), %s) <> 0", "STRPOS({column}, %s) <> 0"


@CharField.register_lookup
@TextField.register_lookup
class PairsOf(Words):
    """Contains every pair of characters that the words contain."""

    lookup_name = "pairs_of"
    cased = plain = PAIRS + "(UPPER({column})) @> " + PAIRS + "(%s)"


@CharField.register_lookup
@TextField.register_lookup
class Alike(Words):
    """Contains the words: in the form that the index of threes answers, and once more in one that the planner takes a third of the rows for.

    Without that it would believe too early that a page of the newest is found soon: a row read through the index costs less than it thinks.
    """

    lookup_name = "alike"
    cased, plain = "({column} ILIKE %s AND STRPOS(UPPER({column}), %s) > 0)", "({column} LIKE %s AND STRPOS({column}, %s) > 0)"

    def asked(self, connection: Any) -> tuple[str, ...]:
        """The words as a pattern, in which every sign stands for itself, and as they are."""
        return f"%{connection.ops.prep_for_like_query(self.rhs)}%", *super().asked(connection)
