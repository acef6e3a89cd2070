"""Which packs hold at a place on a day. The rows are asked for every time, their contents are read once in a process."""

from datetime import date
from functools import lru_cache

from wushe.policies.errors import NoPolicy
from wushe.policies.models import Pack
from wushe.policies.queries.policy import Content, Policy
from wushe.policies.rules import stacked
from wushe.regions.models import Region

CONTENTS_KEPT = 256


def policy_for(region: Region, on: date) -> Policy:
    """The policy of the region on the day: its own pack, those of the regions above it, and their bases. Raises NoPolicy."""
    layers = [_content(pack.digest) for pack in _stack(region, on)]
    if not layers:
        raise NoPolicy(region=region.name, on=on)
    return Policy(tuple(layers), on)


def packs_on(on: date) -> list[Pack]:
    """The newest loaded version of every pack in force on the day, without contents."""
    newest: dict[str, Pack] = {}
    for pack in Pack.objects.valid(on).defer("content").select_related("region").order_by("loaded_at", "pk"):
        newest[pack.code] = pack
    return sorted(newest.values(), key=lambda pack: pack.code)


def _stack(region: Region, on: date) -> list[Pack]:
    rows = {pack.code: pack for pack in packs_on(on)}
    around = set(region.ancestor_ids) | {region.pk}
    own = [pack for pack in rows.values() if pack.region_id in around]
    own.sort(key=lambda pack: (-pack.region.level if pack.region else 0, -pack.valid_from.toordinal(), pack.code))
    codes = stacked(
        [pack.code for pack in own], lambda code: [base for base in _content(rows[code].digest).get("base", ()) if base in rows]
    )
    return [rows[code] for code in codes]


@lru_cache(maxsize=CONTENTS_KEPT)
def _content(digest: str) -> Content:
    content: Content = Pack.objects.values_list("content", flat=True).get(digest=digest)
    return content
