from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.organisations.models import Kind, Membership, Organisation, PeerReview
from wushe.organisations.permissions import Permission
from wushe.policies.queries import Code, Policy
from wushe.regions.models import Level, Region

# to be read with a list of memberships
STANDING_REVIEWS = Prefetch("peer_reviews", PeerReview.objects.standing().select_related("reviewer"))


@dataclass(frozen=True, slots=True)
class Coverage:
    """A town and its federation, if it has one: for each kind of member that the paper names, who stands for it."""

    town: Region
    federation: Organisation | None
    members: Mapping[str, tuple[str, ...]]


def federations_in(scope: Scope, on: date) -> QuerySet[Organisation]:
    """The living federations of a scope of places and bodies, with how many `members` they have."""
    rows = (
        Organisation.objects.living(on).filter(scope.where("region", "body"), kind=Kind.FEDERATION).select_related("region", "region__town")
    )
    running = Q(memberships__joined_on__lte=on) & (Q(memberships__left_on__isnull=True) | Q(memberships__left_on__gt=on))
    return rows.annotate(member_count=Count("memberships", filter=running))


def federation_by_number(number: str, *, user: Any, at: datetime) -> Organisation:
    """A federation that this person may see. Raises NotFound."""
    on = local_date(at)
    scope = scope_of(user, Permission.VIEW_FEDERATION, on)
    found = federations_in(scope, on).select_related("body", "region__county").filter(number=number).first()
    if found is None:
        raise NotFound(kind="federation", number=number)
    return found


def membership_of(federation: Organisation, pk: int) -> Membership:
    """One member of a federation, past ones too. Raises NotFound."""
    found = Membership.objects.select_related("federation", "organisation__region").filter(federation=federation, pk=pk).first()
    if found is None:
        raise NotFound(kind="membership", number=str(pk))
    return found


def named_kinds(policy: Policy) -> tuple[Code, ...]:
    """The kinds of members that the paper names one by one; none where it names none."""
    if "federation_member_kinds" not in policy.code_lists():
        return ()
    return tuple(code for code in policy.codes("federation_member_kinds") if code.extra.get("named") and not code.retired)


def coverage(towns: Sequence[Region], kinds: Sequence[Code], on: date) -> list[Coverage]:
    """Which of the named kinds are in the federation of each town."""
    rows = Organisation.objects.living(on).filter(kind=Kind.FEDERATION, region__in=towns).order_by("-founded_on")
    federations = {row.region_id: row for row in rows}
    running = Membership.objects.running(on).filter(federation__in=federations.values(), kind__in=[kind.code for kind in kinds])
    members: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for federation_id, kind, name in running.order_by("name").values_list("federation_id", "kind", "name"):
        members[federation_id][kind].append(name)
    found = []
    for town in towns:
        federation = federations.get(town.pk)
        inside = members[federation.pk] if federation is not None else {}
        found.append(Coverage(town, federation, {kind: tuple(names) for kind, names in inside.items()}))
    return found


def towns_in(scope: Scope, on: date) -> QuerySet[Region]:
    """The towns of a scope that count."""
    return Region.objects.filter(_places(scope), level=Level.TOWN).existing(on).counted().order_by("code")


def _places(scope: Scope) -> Q:
    condition = Q(pk__in=[])
    for region in scope.regions:
        if region.level == Level.NATION:
            return Q()
        condition |= Q(**{region.ancestor_column: region.pk})
    return condition


def joined_federations(organisation: Organisation) -> list[Membership]:
    """The federations that an organisation belongs or belonged to, with what they said of it."""
    rows = Membership.objects.filter(organisation=organisation).select_related("federation")
    return list(rows.prefetch_related("comments__by", "pledges", STANDING_REVIEWS).order_by("-joined_on"))
