"""Who may be supported as a new organisation, who was, and how the groups that a policy names are reached."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, DecimalField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Sum, TextField

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound, StepNotAllowed
from wushe.kernel.money import ZERO
from wushe.kernel.steps import refuse_withdrawn
from wushe.organisations.models import Organisation, Support
from wushe.organisations.rules import months_before
from wushe.policies.queries import Code, Policy

# a booking that stands: one that was taken back has paid nothing
PAID = Q(entry__isnull=False, entry__reversal__isnull=True)


@dataclass(frozen=True, slots=True)
class SupportFilter:
    """What the list is narrowed to; empty means everything. `paid`: whether it is paid; of what is not, what still is to be."""

    text: str = ""
    kind: str = ""
    year: int | None = None
    paid: bool | None = None


@dataclass(frozen=True, slots=True)
class GroupSupport:
    """A group of people: how many organisations serve it, how many of them are supported, with how much."""

    group: Code
    organisations: int
    supported: int
    amount: Decimal

    @property
    def share(self) -> Decimal | None:
        """None: no organisation serves the group."""
        return Decimal(self.supported) / self.organisations if self.organisations else None


def supports_in(scope: Scope, chosen: SupportFilter) -> QuerySet[Support]:
    """The supports of a scope that pass the filter, withdrawn ones too."""
    rows = Support.objects.filter(scope.where("organisation__region")).select_related(
        "organisation__region__town", "granted_by", "entry__source", "entry__reversal"
    )
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.year is not None:
        rows = rows.filter(granted_on__year=chosen.year)
    if chosen.paid is not None:
        rows = rows.filter(PAID) if chosen.paid else rows.exclude(PAID).filter(withdrawn_on__isnull=True)
    text = chosen.text.strip()
    return rows.filter(Q(organisation__name__icontains=text) | Q(document__icontains=text)) if text else rows


def support_by_number(number: str, scope: Scope) -> Support:
    """One support of the scope. Raises NotFound."""
    rows = Support.objects.select_related("organisation__region", "organisation__body", "granted_by", "entry__reversal")
    found = rows.filter(scope.where("organisation__region"), number=number).first()
    if found is None:
        raise NotFound(kind="support", number=number)
    return found


def sums_of(supports: QuerySet[Support]) -> tuple[Decimal, Decimal]:
    """How much of the supports is granted and stands, and how much of them is paid."""
    found = supports.aggregate(granted=Sum("amount", filter=Q(withdrawn_on__isnull=True)), paid=Sum("amount", filter=PAID))
    return found["granted"] or ZERO, found["paid"] or ZERO


def is_paid(support: Support) -> bool:
    """Whether a booking that stands paid it."""
    return support.entry is not None and not hasattr(support.entry, "reversal")


def refuse_settled(step: str, support: Support) -> None:
    """Refuse a step with a support that was taken back, or is paid. Raises StepNotAllowed."""
    refuse_withdrawn(step, support.withdrawn_on)
    if is_paid(support):
        raise StepNotAllowed(step=step, state="paid")


def new_since(policy: Policy, on: date) -> date:
    """The first day on which an organisation that is new today was filed or registered."""
    return months_before(on, int(policy.require("support.newly_months").value))


def stood_on(organisation: Organisation, on: date) -> date | None:
    """When an organisation was filed, or after that registered: what makes it new. None before."""
    return max((day for day in (organisation.filed_on, organisation.registered_on) if day is not None and day <= on), default=None)


def new_kinds(policy: Policy) -> tuple[Code, ...]:
    """The kinds of support for new organisations."""
    return tuple(code for code in support_kinds(policy) if code.extra.get("newly") and not code.retired)


def support_kinds(policy: Policy) -> tuple[Code, ...]:
    """The kinds of support that the policy knows."""
    return policy.codes("support_kinds") if "support_kinds" in policy.code_lists() else ()


def eligible_in(scope: Scope, policy: Policy, on: date) -> QuerySet[Organisation]:
    """The filed or registered organisations of a scope that are new on the day and have no support for new ones yet."""
    since, kinds = new_since(policy, on), [kind.code for kind in new_kinds(policy)]
    given = Support.objects.filter(organisation=OuterRef("pk"), kind__in=kinds, withdrawn_on__isnull=True)
    new = Q(filed_on__gte=since, filed_on__lte=on) | Q(registered_on__gte=since, registered_on__lte=on)
    rows = Organisation.objects.standing(on).societies().with_state(on).filter(scope.within(), new, ~Exists(given))
    return rows.select_related("region__town")


def group_supports(scope: Scope, groups: tuple[Code, ...], on: date) -> list[GroupSupport]:
    """For each group: the standing organisations of the scope that serve it, and those of them with a support."""
    paid = Support.objects.filter(organisation=OuterRef("pk"), withdrawn_on__isnull=True, granted_on__lte=on)
    total = paid.order_by().values("organisation").annotate(sum=Sum("amount")).values("sum")
    rows = Organisation.objects.standing(on).societies().filter(scope.within()).exclude(client_groups=[])
    counted = (
        rows.annotate(total=Subquery(total, output_field=DecimalField(max_digits=14, decimal_places=2)))
        .annotate(group=Func(F("client_groups"), function="unnest", output_field=TextField()))
        .order_by()
        .values("group")
        .annotate(organisations=Count("pk"), supported=Count("total"), amount=Sum("total"))
    )
    found = {row["group"]: (row["organisations"], row["supported"], row["amount"] or ZERO) for row in counted}
    return [GroupSupport(group, *found.get(group.code, (0, 0, ZERO))) for group in groups]
