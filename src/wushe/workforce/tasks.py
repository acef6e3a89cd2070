"""What counties and towns are reminded of day by day about their people."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from wushe.inbox.actions import Asked, ask_for
from wushe.kernel.clock import local_date
from wushe.policies.queries import Policy, packs_on, policies_for
from wushe.regions.models import Level, Region
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import LEADER, NAME_LEADER, place_rules, without_leader


@transaction.atomic
def ask_for_leaders(*, at: datetime) -> int:
    """Ask for a responsible leader wherever the policy wants one and nobody is. Returns how many communities.

    Effects: a to-do a community, due by the clock that begins when it is asked first; those of communities that have a leader are settled.
    Policy: the targets that count responsible leaders, `leader.naming_period`.
    """
    on = local_date(at)
    asked = [
        Asked((LEADER, place.code, place.name), place, due)
        for county, policy in _counties_with_leaders(on)
        for due in [policy.deadline("leader.naming_period", on)]
        for place in without_leader(county, policy, on)
    ]
    return ask_for(step=NAME_LEADER, kind=LEADER, permission=Permission.PLACE_WORKER, asked=asked, at=at)


def _counties_with_leaders(on: date) -> Iterator[tuple[Region, Policy]]:
    """The counties under a policy that wants leaders; without a pack of their own or above they have none."""
    counties: dict[int, Region] = {}
    for place in {pack.region for pack in packs_on(on) if pack.region is not None}:
        counties |= {each.pk: each for each in Region.objects.under(place).existing(on).filter(level=Level.COUNTY)}
    policies = policies_for(counties.values(), on)
    for pk, county in counties.items():
        if place_rules(policies[pk]).leaders:
            yield county, policies[pk]
