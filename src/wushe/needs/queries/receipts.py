from datetime import datetime, timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from wushe.kernel.encryption import blind_index
from wushe.needs.models import Need
from wushe.needs.models.need import PHONE, RECEIPT
from wushe.regions.models import Region

LOOK_BACK = timedelta(days=90)
SIMILAR = 0.4


def need_by_receipt(code: str) -> Need | None:
    """The need of a receipt code as people type it; the phone's last digits are checked by the action that reads them."""
    normal = "".join(code.upper().split()).replace("-", "")
    return Need.objects.select_related("region", "region__town").filter(receipt=blind_index(normal, context=RECEIPT)).first()


def possible_duplicates(*, region: Region, phone: str, wish: str, at: datetime) -> QuerySet[Need]:
    """Recent needs of the same phone, or of the same community in much the same words. Proposed to a person, never merged by itself."""
    recent = Need.objects.filter(created_at__gte=at - LOOK_BACK, duplicate_of__isnull=True)
    same_phone = Q(phone_index=blind_index(phone, context=PHONE)) if phone else Q(pk__in=[])
    alike = recent.annotate(similarity=TrigramSimilarity("wish", wish))
    return (
        alike.filter(same_phone | Q(region=region, similarity__gte=SIMILAR))
        .select_related("region")
        .order_by("-similarity", "-created_at")[:5]
    )
