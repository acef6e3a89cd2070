from datetime import datetime

from django.db.models import Prefetch, QuerySet

from wushe.kernel.clock import local_date
from wushe.policies.queries import policy_for
from wushe.projects.models import Agreement, Payment, Project, Refund, Tranche, TrancheState


def tranches_of(agreement: Agreement) -> QuerySet[Tranche]:
    """The tranches of an agreement in their order, each with every request for it: `payment` that counts, and those `taken_back`."""
    requests = Payment.objects.select_related("returned_by", "withdrawn_by").order_by("pk")
    return agreement.tranches.order_by("number").prefetch_related(Prefetch("payments", requests))


def pay_by(project: Project, payment: Payment) -> datetime:
    """Until when a request is approved and paid: both share one clock, `payment.working_days`, which the request starts."""
    asked = local_date(payment.requested_at)
    return policy_for(project.region, asked).deadline("payment.working_days", asked)


def tranches_held_back(project: Project) -> list[int]:
    """The numbers of the tranches that a failed look holds back, in their order."""
    held = Tranche.objects.filter(agreement__project=project, state=TrancheState.BLOCKED)
    return list(held.order_by("number").values_list("number", flat=True))


def refunds_of(project: Project) -> QuerySet[Refund]:
    """What the agency gave back unspent, the first first, also what waits and what was refused."""
    return project.refunds.select_related("source__region", "recorded_by", "judged_by", "paper").order_by("pk")
