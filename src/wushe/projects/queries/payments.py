from django.db.models import Prefetch, QuerySet

from wushe.projects.models import Agreement, Payment, Tranche


def tranches_of(agreement: Agreement) -> QuerySet[Tranche]:
    """The tranches of an agreement in their order, each with every request for it: `payment` that counts, and those `taken_back`."""
    requests = Payment.objects.select_related("returned_by", "withdrawn_by").order_by("pk")
    return agreement.tranches.order_by("number").prefetch_related(Prefetch("payments", requests))
