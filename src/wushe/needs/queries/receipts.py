from datetime import datetime, timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from wushe.kernel.encryption import blind_index
from wushe.kernel.identifiers import clean_phone
from wushe.kernel.receipts import clean_code
from wushe.needs.models import Need
from wushe.needs.models.need import PHONE, RECEIPT
from wushe.regions.models import Region

LOOK_BACK = timedelta(days=90)
SIMILAR = 0.4
PROPOSED = 5


def need_by_receipt(code: str) -> Need | None:
    """The need of a receipt code as people type it; the phone's last digits are checked by the action that reads them."""
    return Need.objects.select_related("region", "region__town").filter(receipt=blind_index(clean_code(code), context=RECEIPT)).first()


def possible_duplicates(*, region: Region, phone: str, wish: str, at: datetime, but: int = 0) -> list[Need]:
    """Recent needs of the same phone in the county, or of the same community in much the same words. Proposed to a person, never merged."""
    digits = clean_phone(phone)
    same_phone = Q(region__county=region.county_id, phone_index=blind_index(digits, context=PHONE)) if digits else Q(pk__in=[])
    return _recent_like(same_phone, region=region, wish=wish, at=at, but=but)


def duplicates_of(need: Need) -> list[Need]:
    """What `possible_duplicates` proposes for a need that is on record, and what came after it."""
    same_phone = Q(region__county=need.region.county_id, phone_index=need.phone_index) if need.phone_index else Q(pk__in=[])
    return _recent_like(same_phone, region=need.region, wish=need.wish, at=need.created_at, but=need.pk)


def _recent_like(same_phone: Q, *, region: Region, wish: str, at: datetime, but: int) -> list[Need]:
    recent = Need.objects.filter(created_at__gte=at - LOOK_BACK, duplicate_of__isnull=True).exclude(pk=but).select_related("region")
    alike = recent.filter(region=region).annotate(similarity=TrigramSimilarity("wish", wish)).filter(similarity__gte=SIMILAR)
    found = [*recent.filter(same_phone).order_by("-created_at")[:PROPOSED], *alike.order_by("-similarity", "-created_at")[:PROPOSED]]
    return list({need.pk: need for need in found}.values())[:PROPOSED]
