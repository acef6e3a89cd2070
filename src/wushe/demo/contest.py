"""Chapter two: tender, bids, scoring, award."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

from wushe.accounts.models import Body
from wushe.demo.story import Story
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Tender
from wushe.projects.queries import bids_of, experts_of, given_criteria, ranking
from wushe.workforce.models import Certificate
from wushe.workforce.queries import clear_of, people_at


def publish(story: Story) -> None:
    """The county publishes the tender with exactly the notice that the policy asks for, and a day."""
    project = story.fresh()
    at = story.later(1)
    policy = policy_for(project.region, local_date(at))
    method = policy.code("tender_methods", "open_tender")
    days = int(method.extra.get("notice_working_days", 15))
    last = max(policy.calendar().add(local_date(at), days), local_date(at) + timedelta(days=int(method.extra.get("notice_days", 0))))
    closes = datetime.combine(last, time(17, 0), tzinfo=POLICY_ZONE)
    eligibility = "；".join(item.zh for item in policy.qualifications())
    wanted = f"{project.title}\n\n{project.summary}\n\n{project.service_users}\n\n{project.goals}\n\n{eligibility}"
    paper = projects.NoticePaper(BytesIO(wanted.encode()), "采购需求书.txt")
    content = projects.TenderDraft(method=method.code, closes_at=closes, eligibility=eligibility, documents=(paper,))
    projects.publish_tender(project_id=story.pk, draft=content, by=story.cast.users["xianzhan"], at=at)


def bid(story: Story, agencies: int) -> None:
    """Agencies hand in their bids during the notice."""
    project = story.fresh()
    for key in story.random.sample(sorted(story.cast.agencies), agencies):
        agency, manager = story.cast.agencies[key], story.cast.managers[key]
        price = (project.budget * Decimal(story.random.randint(88, 99)) / 100).quantize(Decimal(1))
        team = _team(agency.body, local_date(story.at))
        plan = f"以{project.service_users}为重点，按月制定服务计划，每周探访，每月活动，建立一人一档，中期自评，期末总结。"
        projects.submit_bid(
            project_id=story.pk,
            agency=agency,
            draft=projects.BidDraft(price, plan, team),
            by=manager,
            at=story.later(0.4, story.random.random()),
        )


def _team(body: Body, on: date) -> tuple[projects.TeamMember, ...]:
    """Two of the agency's people as the register knows them."""
    licensed = Certificate.objects.held(on).filter(worker__in=people_at(body, on).order_by().values("worker"))
    certificates = {each.worker: each.certificate for each in licensed.select_related("worker").order_by("worker")}
    named = zip(certificates.items(), ("项目主管", "驻站社工"), strict=False)
    return tuple(projects.TeamMember(clear_of(worker).name, duty, certificate) for (worker, certificate), duty in named)


def seat(story: Story) -> None:
    """The county seats the panel."""
    experts = [story.cast.users[name] for name in ("zhuanjia1", "zhuanjia2", "zhuanjia3")]
    projects.appoint_experts(project_id=story.pk, users=experts, by=story.cast.users["xianzhan"], at=story.later(0.5))


def open_bids(story: Story) -> None:
    """After closing, the bids are opened; the experts read who bids and declare that they are free."""
    tender = Tender.objects.get(project_id=story.pk, cancelled_at__isnull=True)
    story.at = max(story.at, tender.closes_at + timedelta(hours=16))
    projects.open_bids(project_id=story.pk, by=story.cast.users["xianzhan"], at=story.at)
    for expert in experts_of(tender):
        projects.declare_interests(project_id=story.pk, has_conflict=False, conflict="", by=expert.user, at=story.later(0.1))


def score(story: Story, experts: int = 3) -> None:
    """Experts score and lock."""
    tender = Tender.objects.get(project_id=story.pk, cancelled_at__isnull=True)
    bids = list(bids_of(tender))
    for expert in list(experts_of(tender))[:experts]:
        scores = [
            projects.ScoreDraft(
                each.pk, row["code"], (Decimal(row["max_points"]) * Decimal(story.random.randint(70, 97)) / 100).quantize(Decimal("0.5"))
            )
            for each in bids
            for row in given_criteria(tender)
        ]
        projects.score_bids(project_id=story.pk, scores=scores, lock=True, by=expert.user, at=story.later(0.3))


def award(story: Story) -> None:
    """The county confirms the first of the ranking."""
    tender = Tender.objects.get(project_id=story.pk, cancelled_at__isnull=True)
    first, *others = ranking(tender)
    lost = {row.bid.pk: f"综合得分 {row.total} 分，排名第 {row.place}，服务方案的得分低于第一名。" for row in others}
    content = projects.AwardDraft(first.bid.pk, "综合得分第一，方案与需求匹配，报价合理。", lost=lost)
    given = projects.award_tender(project_id=story.pk, draft=content, by=story.cast.users["xianzhan"], at=story.later(0.5))
    story.winner = next(story.cast.managers[key] for key, agency in story.cast.agencies.items() if agency.pk == first.bid.agency_id)
    story.at = min(story.today, given.at)
