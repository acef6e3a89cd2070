"""Which packs hold at a place on a day. The rows are asked for every time; contents and stacks are made once in a process."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from wushe.kernel.rows import rows_of
from wushe.policies.errors import NoPolicy
from wushe.policies.models import Pack
from wushe.policies.queries.policy import Content, Policy
from wushe.policies.rules import stacked
from wushe.regions.models import Region

CONTENTS_KEPT = 256
POLICIES_KEPT = 1024
STACKS_KEPT = 128
FOR_ALL: frozenset[int | None] = frozenset({None})  # the packs of no place
VALID = """
SELECT pack.code, digest, pack.region_id, region.level, pack.valid_from
FROM policies_pack pack LEFT JOIN regions_region region ON region.id = pack.region_id
WHERE pack.valid_from <= %s AND (pack.valid_until IS NULL OR pack.valid_until > %s)
ORDER BY loaded_at, pack.id
"""


class _Row(NamedTuple):
    code: str
    digest: str
    region_id: int | None
    level: int | None
    valid_from: date


def policy_for(region: Region, on: date) -> Policy:
    """The policy of the region on the day: its own pack, those of the regions above it, and their bases. Raises NoPolicy."""
    return policies_for([region], on)[region.pk]


def policies_for(regions: Iterable[Region], on: date) -> dict[int, Policy]:
    """The same for many regions, by their ids: the packs are asked for once. Raises NoPolicy."""
    rows = tuple(rows_of(VALID, [on, on]))
    policies = {}
    for region in regions:
        policy = _policy(rows, frozenset((*region.ancestor_ids, region.pk)), on)
        if policy is None:
            raise NoPolicy(region=region.name, on=on)
        policies[region.pk] = policy
    return policies


def policy_where(places: Sequence[Region], on: date) -> Policy:
    """The policy that the places where somebody works share, for the words and rules of their lists: that of the smallest place around them all.

    Without one, as in offices above the places that have a policy, it is what the law and the defaults say for all. Raises NoPolicy if those are missing too.
    """
    rows = tuple(rows_of(VALID, [on, on]))
    around: frozenset[int | None] = frozenset.intersection(*(frozenset(place.ancestor_ids) for place in places)) if places else FOR_ALL
    policy = _policy(rows, around, on) or _policy(rows, FOR_ALL, on)
    if policy is None:
        raise NoPolicy(region=places[0].name if places else "", on=on)
    return policy


def policies_on(on: date) -> list[Policy]:
    """The policy of every place that has one of its own on the day."""
    rows = tuple(rows_of(VALID, [on, on]))
    places = dict.fromkeys(row.region_id for row in (_Row(*values) for values in rows) if row.region_id is not None)
    return [policy for place in places if (policy := _policy(rows, frozenset({place}), on)) is not None]


def packs_on(on: date) -> list[Pack]:
    """The newest loaded version of every pack in force on the day, without contents."""
    newest: dict[str, Pack] = {}
    for pack in Pack.objects.valid(on).defer("content").select_related("region").order_by("loaded_at", "pk"):
        newest[pack.code] = pack
    return sorted(newest.values(), key=lambda pack: pack.code)


@lru_cache(maxsize=POLICIES_KEPT)
def _policy(rows: tuple[tuple[object, ...], ...], around: frozenset[int | None], on: date) -> Policy | None:
    newest = {row.code: row for row in (_Row(*values) for values in rows)}  # type: ignore[arg-type]  # the columns of VALID in their order
    own = [row for row in newest.values() if row.region_id in around]
    own.sort(key=lambda row: (-(row.level or 0), -row.valid_from.toordinal(), row.code))
    codes = stacked(
        [row.code for row in own], lambda code: [base for base in _content(newest[code].digest).get("base", ()) if base in newest]
    )
    return _stack(tuple(newest[code].digest for code in codes), on) if codes else None


@lru_cache(maxsize=STACKS_KEPT)
def _stack(digests: tuple[str, ...], on: date) -> Policy:
    """One policy for all places that have the same packs, so that what one of them asked is known to the others."""
    return Policy(tuple(_content(digest) for digest in digests), on)


@lru_cache(maxsize=CONTENTS_KEPT)
def _content(digest: str) -> Content:
    content: Content = Pack.objects.values_list("content", flat=True).get(digest=digest)
    return content
