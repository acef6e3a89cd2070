from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from wushe.accounts.queries import Scope
from wushe.kernel.encryption import blind_index
from wushe.kernel.receipts import clean_code
from wushe.needs.models import Need
from wushe.needs.models.need import RECEIPT
from wushe.needs.states import LIVING

LOOK_BACK = timedelta(days=90)
SIMILAR = 0.4
PROPOSED = 5


def need_by_receipt(code: str) -> Need | None:
    """The need of a receipt code as people type it; the phone's last digits are checked by the action that reads them."""
    return (
        Need.objects.select_related("region", "region__town", "duplicate_of")
        .filter(receipt=blind_index(clean_code(code), context=RECEIPT))
        .first()
    )


@dataclass(frozen=True, slots=True)
class Alike:
    """What may be the same need and still goes on. Of one that lies where the reader sees no needs, only that there is one: `elsewhere`."""

    needs: list[Need]
    elsewhere: bool = False


def duplicates_of(need: Need, *, seen_by: Scope) -> Alike:
    """Living needs of the same phone in the county, or of the same community in much the same words. Proposed to a person, never merged."""
    recent = Need.objects.filter(created_at__gte=need.created_at - LOOK_BACK, state__in=LIVING).exclude(pk=need.pk).select_related("region")
    same_phone = Q(region__county=need.region.county_id, phone_index=need.phone_index) if need.phone_index else Q(pk__in=[])
    twins = recent.filter(same_phone)
    seen = seen_by.where("region")
    alike = (
        recent.filter(seen, region=need.region).annotate(similarity=TrigramSimilarity("wish", need.wish)).filter(similarity__gte=SIMILAR)
    )
    found = [*twins.filter(seen).order_by("-created_at")[:PROPOSED], *alike.order_by("-similarity", "-created_at")[:PROPOSED]]
    proposed = list({each.pk: each for each in found}.values())[:PROPOSED]
    return Alike(proposed, elsewhere=twins.exclude(seen).exists())
