"""Finds places by what people type: a part of the name, pinyin initials, or the beginning of a code."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Case, F, IntegerField, Q, QuerySet, When
from django.db.models.expressions import RawSQL

from wushe.regions.models import Level, Region

LONGEST = 40
CANDIDATES = 2_000  # of a very common pair such as 社区 so many are ranked; the whole-name and prefix matches are always among them
SAME_PAIRS = "regions_bigrams(regions_region.name) @> regions_bigrams(%s)"  # the expression of the index, which no lookup writes


def search_places(text: str, *, within: Region | None = None, levels: Sequence[Level] | None = None, limit: int = 20) -> list[Region]:
    """Living regions, best first: the whole name, then its beginning, then any part; higher levels before lower ones.

    Of several words the last is the place and the others stand in its path: `平湖 东风` finds 东风社区 of 平湖县.
    """
    words = text.strip().lower()[:LONGEST].split()
    if not words:
        return []
    *path, word = words
    places = Region.objects.filter(valid_until__isnull=True, is_artificial=False)
    if within is not None:
        places = places.under(within)
    if levels is not None:
        places = places.filter(level__in=levels)
    for part in path:
        places = places.filter(full_name__contains=part)
    if word.isascii():
        matching = places.filter(code__startswith=word) if word.isdecimal() else places.filter(initials__startswith=word)
        exact = Q(initials=word)
        return list(_ranked(matching, Case(When(exact, then=0), default=1, output_field=IntegerField()), limit))
    return _by_name(places, word, limit, narrow=within is not None and within.level >= Level.COUNTY)


def _by_name(places: QuerySet[Region], word: str, limit: int, *, narrow: bool) -> list[Region]:
    if len(word) == 1 and not narrow:
        # one character stands in half of all names: only the few high places are worth showing
        places = places.filter(level__lte=Level.COUNTY)
    best = list(_ranked(places.filter(name__startswith=word), _name_rank(word), limit))
    if len(best) >= limit:
        return best
    inside = places.filter(name__contains=word).exclude(name__startswith=word)
    if len(word) > 1 and not narrow:
        inside = inside.filter(RawSQL(SAME_PAIRS, [word], output_field=BooleanField()))  # noqa: S611 -- the word is a parameter
    candidates = sorted(inside.order_by().values_list("level", "code", "pk")[:CANDIDATES])[: limit - len(best)]
    found = Region.objects.in_bulk([pk for *_, pk in candidates])
    return best + [found[pk] for *_, pk in candidates]


def _name_rank(word: str) -> Case:
    return Case(When(name=word, then=0), default=1, output_field=IntegerField())


def _ranked(places: QuerySet[Region], rank: Any, limit: int) -> QuerySet[Region]:
    return places.annotate(rank=rank).order_by(F("rank"), "level", "code")[:limit]
