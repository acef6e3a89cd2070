"""Three hundred needs over the last year: from the portal, from doorsteps, from windows."""

from datetime import datetime, timedelta
from random import Random

from wushe.demo.cast import Cast
from wushe.demo.data import SEED, load, office_hours, person, phone
from wushe.needs.actions import NeedDraft, decline_need, record_need, report_need
from wushe.needs.models import Need
from wushe.needs.states import NeedState
from wushe.regions.models import Level, Region

SPAN = 420
TRIAL_TOWN_SHARE = 0.35
# what was due longer ago is answered everywhere; of what was due since then, a little still lies on a desk
LONG_DUE, LATE = timedelta(days=12), 0.4
# a town answers within its time, one in ten a little after it
SOONEST, LATEST = 0.2, 1.1


def tell_needs(cast: Cast, at: datetime, random: Random, count: int = 300) -> list[Need]:
    """Tell the needs in the order of their dates; a few are answered without a project."""
    communities = list(Region.objects.filter(county=cast.county, level=Level.COMMUNITY, town__in=cast.towns).select_related("town"))
    first_town = [community for community in communities if community.town_id == cast.towns[0].pk]
    days = sorted((random.randrange(SPAN) ** 2 / SPAN for _ in range(count)), reverse=True)
    needs = []
    for ago in days:
        community = random.choice(first_town if random.random() < TRIAL_TOWN_SHARE else communities)
        needs.append(_tell(cast, community, min(office_hours(at - timedelta(days=ago), random), at), random))
    for need in random.sample(needs, count // 25):
        if need.created_at < at - timedelta(days=20):
            reason = "已由社区当场协调解决，无需立项，社工两周后回访。"
            decline_need(need_id=need.pk, reason=reason, by=cast.heads[need.region.town_id], at=need.created_at + timedelta(days=3))
    return needs


def _tell(cast: Cast, community: Region, at: datetime, random: Random) -> Need:
    wish = random.choice(load("wishes"))
    by_resident = random.random() < 0.4
    draft = NeedDraft(
        region=community,
        person=person(random),
        phone=phone(random),
        group=wish["group"],
        field=wish["field"],
        urgency=wish["urgency"],
        source="online" if by_resident else random.choice(["visit", "visit", "window", "grid"]),
        wish=wish["text"],
        consent=True,
        address=f"{random.choice(load('names')['streets'])}{random.randrange(1, 180)}号",
    )
    if by_resident:
        return report_need(draft=draft, at=at).need
    return record_need(draft=draft, by=cast.workers[community.town_id], at=at).need


def answer_needs(cast: Cast, at: datetime) -> None:
    """The towns answer what became no project; a handful is overdue by days, and what is not due yet waits."""
    random = Random(f"{SEED}answers")  # noqa: S311 -- the same demonstration every time
    answers = {wish["text"]: wish["answer"] for wish in load("wishes")}
    waiting = Need.objects.filter(state=NeedState.REPORTED, due_at__lt=at).select_related("region").order_by("due_at", "pk")
    for need in waiting:
        if need.due_at > at - LONG_DUE and random.random() < LATE:
            continue
        since = need.state_changed_at
        day = office_hours(since + (need.due_at - since) * random.uniform(SOONEST, LATEST), random)
        decline_need(need_id=need.pk, reason=answers[need.wish], by=cast.heads[need.region.town_id], at=min(max(day, since), at))
