"""Finds the places that rows name, by code or by any part of the path: `610326`, `明德街道东风社区`, `平湖县 / 东风社区`, `东风社区居委会`."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from wushe.accounts.models import User
from wushe.accounts.queries import Scope, scope_of
from wushe.imports.errors import PlaceAmbiguous, PlaceMerged, PlaceUnknown
from wushe.imports.permissions import Permission
from wushe.imports.rules.cells import Doubted
from wushe.imports.rules.importable import Draft
from wushe.kernel.errors import DomainError, NotPermitted
from wushe.regions.models import Level, Region
from wushe.regions.rules import CODE_LENGTH

SPACES = re.compile(r"[\s/\\>、,，·_-]+")
# `甲乙村委会`, `甲乙村村委会` and `甲乙村` are one village: the tree writes the first two, people all three
COMMITTEE = re.compile(r"(?<=村)(?:民委员会|委会)$|(?:居民)?委员会$|居委会$")
KIND = re.compile(r"(?<=.)(?:社区|村)+$")
COMMITTEES = ("", "居民委员会", "村民委员会", "居委会", "村委会", "委员会")
ENDINGS = [kind + committee for kind in ("", "村", "社区") for committee in COMMITTEES]
SHORTEST_NAME = 2
SHOWN = 5
LONGEST_CHAIN = 10


def sending_places(by: User, permission: str, on: date) -> Scope:
    """Where somebody may bring a table into a register: where they may enter its things one by one, and tables too. Raises NotPermitted."""
    entering, bringing = scope_of(by, permission, on), scope_of(by, Permission.IMPORT_ROWS, on)
    if not entering.regions:
        raise NotPermitted(permission=permission)
    places = tuple(place for place in entering.regions if bringing.covers(place))
    if not places:
        raise NotPermitted(permission=Permission.IMPORT_ROWS)
    return Scope(regions=places)


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
        wanted = {name for text in texts for name in _last_names(text)}
        places = Region.objects.filter(self._mine(), name__in=wanted, valid_until__isnull=True, is_artificial=False) if wanted else ()
        by_name: dict[str, list[Region]] = defaultdict(list)
        for place in places:
            by_name[_bare(place.name)].append(place)
        for text in texts:
            self.found[text] = _best(text, by_name)

    def _mine(self) -> Q:
        if any(own.level == Level.NATION for own in self.scope.regions):
            return Q()
        return reduce(or_, (Q(**{own.ancestor_column: own.pk}) for own in self.scope.regions), Q(pk__in=[]))


def _written(text: str) -> str:
    return SPACES.sub("", unicodedata.normalize("NFKC", text))


def _named(name: str) -> str:
    """A name without the committee that governs the place."""
    return COMMITTEE.sub("", name).replace("村村", "村")


def _bare(name: str) -> str:
    """What all ways to write a name have in common."""
    return KIND.sub("", _named(name))


def _last_names(text: str) -> set[str]:
    """What the last place of the path may be called in the tree: each end of the path, as it is written and as it may be."""
    written = _written(text)
    bare = _bare(written)
    ends = {bare[start:] + ending for start in range(len(bare)) for ending in ENDINGS}
    return ends | {written[start:] for start in range(len(written) - SHORTEST_NAME + 1)}


def _best(text: str, by_name: dict[str, list[Region]]) -> Region | DomainError:
    """The one place whose own path holds the given one: without a gap if there is such a place, else with gaps; of several the one whose
    name is written like that.
    """
    written = _written(text)
    path = _bare(written)
    fitting: list[Region] = []
    for start in range(len(path)):
        fitting += [place for place in by_name.get(path[start:], []) if _holds(str(place), path[:start])]
    if not fitting:
        return PlaceUnknown(text=text)
    whole = [place for place in fitting if _bare(str(place)).endswith(path)]
    best = whole or fitting
    for alike in (_named, str):
        best = [place for place in best if alike(written).endswith(alike(place.name))] or best
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
