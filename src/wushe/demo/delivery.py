"""Chapters four and five: the agency enters, works, spends; the county looks at it."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from wushe.demo.cast import Cast
from wushe.demo.data import load, person, phone
from wushe.demo.story import DELIVERY_DAYS, Story
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.ledger.queries import project_money
from wushe.needs.models import Need
from wushe.organisations.models import Organisation
from wushe.oversight import actions as oversight
from wushe.oversight.models import Supervision
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Project
from wushe.projects.queries import needs_of
from wushe.regions.models import Region
from wushe.services import actions as services
from wushe.services.models import ActivityKind, Society
from wushe.stations.queries import station_of

PAYEES = ("文具店", "超市", "印刷社", "餐饮店", "租车行")
FAILING = Decimal("0.52")
PASSING = Decimal("0.84")
LOOKS_HELD = 2


def enter(story: Story) -> None:
    """The agency enters the town's station."""
    project = story.fresh()
    station = station_of(project.region, local_date(story.at))
    assert station is not None  # noqa: S101 -- every counted town has a station
    at = story.later(2)
    stranger, team = person(story.random), project.agreement.content["team"]
    # every fifth agency sends somebody whom neither the register nor its bid names
    name, certificate = (team[0]["name"], team[0]["certificate"]) if project.pk % 5 else (stranger, f"SHG{project.pk:06d}")
    draft = services.EntryDraft(station, local_date(at), name, certificate, room="社工办公室")
    services.enter_station(project_id=story.pk, draft=draft, by=story.manager, at=at)
    partners = Organisation.objects.filter(kind="community_organisation", region__in=Region.objects.under(project.region)).order_by("pk")
    for partner in partners[: story.random.randint(1, 2)]:
        joining = services.InvolvementDraft(since=local_date(at), organisation=partner, duty="组织居民参与")
        services.join_project(project_id=story.pk, draft=joining, by=story.manager, at=at)


def deliver(story: Story, share: float, records: int) -> None:
    """Record activities and visits over a share of the agreement's period, and spend along the way."""
    project = story.fresh()
    needs = list(needs_of(project))
    start = max(story.at, _noon(project))
    end = min(story.today, start + timedelta(days=DELIVERY_DAYS * share))
    known = [services.PersonDraft(person(story.random), phone(story.random)) for _ in range(24)]
    step = (end - start) / max(records, 1)
    for index in range(records):
        story.at = min(story.today, start + step * index)
        _record(story, needs, known)
        if index % 6 == 3:
            _spend(story, project, needs[0])
    story.at = end


def supervise(story: Story, *, failing: bool, second: bool = True) -> None:
    """Hold the mid-term supervision; a failing one is answered and, if wished, looked at again."""
    county = story.cast.users["xianzhan"]
    at = story.later(1)
    look = oversight.supervise_project(
        project_id=story.pk, draft=_look(story.fresh(), story.at, FAILING if failing else PASSING), by=county, at=at
    )
    if not failing:
        return
    answers = {finding.pk: "已补充签到表和服务记录，安排专人负责档案。" for finding in look.findings.all()}
    oversight.answer_findings(supervision_id=look.pk, answers=answers, by=story.manager, at=story.later(4))
    if second:
        first = Supervision.objects.get(pk=look.pk)
        oversight.hold_second_look(supervision_id=first.pk, draft=_look(story.fresh(), story.at, PASSING), by=county, at=story.later(3))


def go_round(cast: Cast, today: datetime) -> None:
    """The county opens a round of supervision through its towns, and has held the first looks of it."""
    county, at = cast.users["xianzhan"], today - timedelta(days=10)
    title = f"{at.year}年第{(at.month + 2) // 3}季度效能督导"
    draft = oversight.RoundDraft(title=title, percent=60, due_on=local_date(today + timedelta(days=15)))
    made = oversight.open_round(region=cast.county, draft=draft, by=county, at=at)
    for drawn in made.drawn.select_related("project__region").order_by("pk")[:LOOKS_HELD]:
        at += timedelta(days=2)
        oversight.supervise_project(project_id=drawn.project_id, draft=_look(drawn.project, at, PASSING), by=county, at=at)


def _look(project: Project, at: datetime, level: Decimal) -> oversight.SupervisionDraft:
    items = policy_for(project.region, local_date(at)).checklist("supervision")
    marks = tuple(
        oversight.MarkDraft(item.code, (item.points * level).quantize(Decimal("0.5")), evidence="现场查看档案与台账，访谈居民两名。")
        for item in items
    )
    failing = level == FAILING
    return oversight.SupervisionDraft(
        held_on=local_date(at),
        marks=marks,
        opinion="进度滞后，档案不全，限期整改。" if failing else "服务有序推进，档案完整。",
        findings=("部分活动缺少签到表", "个别服务记录未及时归档") if failing else (),
        correct_by=local_date(at + timedelta(days=15)) if failing else None,
    )


def _record(story: Story, needs: list[Need], known: list[Any]) -> None:
    random = story.random
    need = random.choice(needs)
    is_visit = random.random() < 0.55
    common: dict[str, Any] = {
        "held_on": local_date(story.at),
        "region": need.region,
        "need": need if random.random() < 0.5 else None,
    }
    if is_visit:
        draft = services.ActivityDraft(
            kind=ActivityKind.VISIT,
            title="入户探访",
            summary="了解身体和生活情况，协助取药、缴费，登记新的需求。",
            persons=(random.choice(known),),
            address=f"{random.choice(load('names')['streets'])}{random.randrange(1, 40)}号",
            contributions=_helpers(story, small=True),
            **common,
        )
    else:
        draft = services.ActivityDraft(
            kind=random.choice([ActivityKind.ACTIVITY, ActivityKind.GROUP]),
            title=random.choice(["健康讲座", "手工课堂", "节日慰问", "邻里议事会", "亲子阅读", "防诈宣传"]),
            summary="按计划开展，居民参与积极。",
            persons=tuple(random.sample(known, random.randint(3, 8))),
            counted=random.randint(5, 30),
            place="社区活动室",
            contributions=_helpers(story, small=False),
            **common,
        )
    services.record_activity(project_id=story.pk, draft=draft, by=story.manager, at=story.later(0, 2))


def _helpers(story: Story, *, small: bool) -> tuple[services.ContributionDraft, ...]:
    random = story.random
    hours = Decimal(random.choice(["1.0", "1.5", "2.0"]))
    people = 1 if small else random.randint(2, 6)
    helpers = [services.ContributionDraft(Society.VOLUNTEER, "社区志愿服务队", persons=people, hours=hours * people)]
    if not small and hours < 2:
        helpers.append(services.ContributionDraft(Society.COMMUNITY, "社区居民委员会", persons=2, hours=hours * 2))
    if not small and random.random() < 0.6:
        helpers.append(services.ContributionDraft(Society.ORGANISATION, "邻里互助会", persons=random.randint(1, 4)))
    if random.random() < 0.25:
        helpers.append(services.ContributionDraft(Society.RESOURCE, "辖区商户捐赠物资", value=Decimal(random.randint(2, 18) * 50)))
    return tuple(helpers)


def _spend(story: Story, project: Project, need: Need) -> None:
    funds = [row for row in project_money(project.number) if row.money.advanced > 0]
    if not funds:
        return
    line = story.random.choice(list(project.budget_lines.all()))
    amount = min(Decimal(story.random.randint(3, 22)) * 100, funds[0].money.advanced, line.amount / 8).quantize(Decimal("0.01"))
    draft = projects.ExpenseDraft(
        budget_line=line,
        source=funds[0].source.number,
        amount=amount,
        spent_on=local_date(story.at),
        payee=story.random.choice(PAYEES),
        memo=line.text,
        voucher_no=f"JZ{project.pk:04d}-{story.random.randrange(10**6):06d}",
        need=need,
    )
    projects.record_expense(project_id=story.pk, draft=draft, by=story.manager, at=story.at)


def _noon(project: Project) -> datetime:
    return datetime.combine(project.agreement.starts_on, time(12), tzinfo=POLICY_ZONE)
