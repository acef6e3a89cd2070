"""Finds the places that rows name, by code or by any part of the path: `610326`, `明德街道东风社区`, `平湖县 / 东风社区`, `东风社区居委会`."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from wushe.accounts.queries import Scope
from wushe.imports.errors import PlaceAmbiguous, PlaceMerged, PlaceUnknown
from wushe.imports.rules.cells import Doubted
from wushe.imports.rules.importable import Draft
from wushe.kernel.errors import DomainError
from wushe.regions.models import Level, Region
from wushe.regions.rules import CODE_LENGTH

SPACES = re.compile(r"[\s/\\>、,，·_-]+")
COMMITTEES = ("社区居民委员会", "居民委员会", "村民委员会", "居委会", "村委会", "委员会")
COMMITTEE = re.compile(r"(?:居民|村民)?委员会$|居委会$|(?<=村)委会$")
SHORTEST_NAME = 2
SHOWN = 5
LONGEST_CHAIN = 10


class Places:
    """The places of a sender, by what rows call them. Each text is looked up once, all new ones of a chunk together."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.found: dict[str, Region | Doubted | DomainError] = {}

    def look_up(self, texts: Iterable[str]) -> None:
        """Ask the database for all texts that are not known yet."""
        new = {text for text in texts if text not in self.found}
        codes = {text for text in new if text.isascii() and text.isdecimal()}
        self._by_code(codes)
        self._by_name(new - codes)

    def place(self, text: str) -> Region | Doubted:
        """The place of a text that was looked up. Raises PlaceUnknown, PlaceAmbiguous."""
        found = self.found[text]
        if isinstance(found, DomainError):
            raise found
        return found

    def settle(self, draft: Draft, column: str = "region") -> Region | None:
        """Put the place into the draft for the text that names it, or what is wrong with the text."""
        if column not in draft.values:
            return None
        try:
            found = self.place(draft.values[column])
        except DomainError as error:
            draft.refuse(error, column)
            return None
        if isinstance(found, Doubted):
            draft.doubt(found.doubt, column)
            found = found.value
        draft.values[column] = found.pk
        return found

    def _by_code(self, codes: set[str]) -> None:
        padded = {text.ljust(CODE_LENGTH, "0"): text for text in codes}
        rows = Region.objects.filter(code__in=padded, is_artificial=False).select_related("successor").order_by("level", "valid_from")
        living = {row.code: row for row in rows if row.valid_until is None}
        closed = {row.code: row for row in rows if row.valid_until is not None}
        for code, text in padded.items():
            place = living.get(code) or _successor(closed.get(code))
            if place is None or not self.scope.covers(place):
                self.found[text] = PlaceUnknown(text=text)
            elif code in living:
                self.found[text] = place
            else:
                self.found[text] = Doubted(place, PlaceMerged(text=text, place=str(place)))

    def _by_name(self, texts: set[str]) -> None:
        bare = {text: _bare(text) for text in texts}
        wanted = {name for path in bare.values() for name in _last_names(path)}
        places = Region.objects.filter(self._mine(), name__in=wanted, valid_until__isnull=True, is_artificial=False) if wanted else ()
        by_name: dict[str, list[Region]] = defaultdict(list)
        for place in places:
            by_name[COMMITTEE.sub("", place.name)].append(place)
        for text, path in bare.items():
            self.found[text] = _best(text, path, by_name)

    def _mine(self) -> Q:
        if any(own.level == Level.NATION for own in self.scope.regions):
            return Q()
        return reduce(or_, (Q(**{own.ancestor_column: own.pk}) for own in self.scope.regions), Q(pk__in=[]))


def _bare(text: str) -> str:
    return COMMITTEE.sub("", SPACES.sub("", unicodedata.normalize("NFKC", text)))


def _last_names(path: str) -> set[str]:
    """What the last place of the path may be called in the tree: each end of the path, with and without its committee."""
    ends = [path[start:] for start in range(len(path) - SHORTEST_NAME + 1)]
    return {end + committee for end in ends for committee in ("", *COMMITTEES)}


def _best(text: str, path: str, by_name: dict[str, list[Region]]) -> Region | DomainError:
    """The one place whose own path holds the given one: without a gap if there is such a place, else with gaps."""
    fitting: list[Region] = []
    for start in range(len(path) - SHORTEST_NAME + 1):
        fitting += [place for place in by_name.get(path[start:], []) if _holds(str(place), path[:start])]
    whole = [place for place in fitting if COMMITTEE.sub("", str(place)).endswith(path)]
    best = whole or fitting
    if not best:
        return PlaceUnknown(text=text)
    if len(best) > 1:
        return PlaceAmbiguous(text=text, places=tuple(str(place) for place in best[:SHOWN]))
    return best[0]


def _holds(full: str, part: str) -> bool:
    """Whether the signs of the part stand in the full path in this order."""
    signs = iter(full)
    return all(sign in signs for sign in part)


def _successor(place: Region | None) -> Region | None:
    for _ in range(LONGEST_CHAIN):
        if place is None or place.valid_until is None:
            return place
        place = place.successor
    return None
