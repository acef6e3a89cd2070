"""What helps organisations grow: groups on their way, a federation, an incubation base, last year's annual check."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from wushe.demo.cast import Cast
from wushe.demo.data import load
from wushe.kernel.clock import local_date
from wushe.organisations import actions
from wushe.organisations.actions import AnnualDraft, EntryDraft, MembershipDraft, NewBase, NewOrganisation, Profile, SeatDraft, SlipDraft
from wushe.organisations.models import Kind, Leaving, Organisation, PurposeClass
from wushe.organisations.queries import organisations_in
from wushe.regions.models import Region

JOINED, OPENED, ENTERED, SERVED = (timedelta(days=days) for days in (300, 280, 200, 60))
CHECKED, CONFIRMED, JUDGED = (timedelta(days=days) for days in (25, 15, 8))
Plan = dict[str, Any]


def grow(cast: Cast, at: datetime) -> None:
    """Tell the four stories one after the other."""
    plan = load("growth")
    _groups(cast, plan, at)
    _federation(cast, plan, at)
    _base(cast, plan, at)
    _guidance(cast, plan, at)
    _annual(cast, plan, at)


def _groups(cast: Cast, plan: Plan, at: datetime) -> None:
    for row in plan["groups"]:
        community = Region.objects.select_related("town").get(code=row["community"], valid_until__isnull=True)
        profile = Profile(
            name=row["name"],
            region=community,
            purpose_class=PurposeClass(row["purpose"]),
            members=row["members"],
            has_charter=row.get("charter", False),
            has_head=row.get("head", False),
            premises=row.get("premises", ""),
        )
        preparing = local_date(at - timedelta(days=row["preparing"])) if "preparing" in row else None
        founded = local_date(at - timedelta(days=row["days"]))
        draft = NewOrganisation(profile, Kind.COMMUNITY_ORGANISATION, founded_on=founded, preparing_on=preparing)
        actions.register_organisation(draft=draft, by=cast.heads[community.town_id], at=at)


def _federation(cast: Cast, plan: Plan, at: datetime) -> None:
    told, head, then = plan["federation"], cast.users[plan["town"]], at - JOINED
    federation, on = cast.bodies[told["key"]].organisation, local_date(then)
    joining = organisations_in(federation.region, on).filter(kind=Kind.COMMUNITY_ORGANISATION)[: told["joining"]]
    drafts = [MembershipDraft(row["kind"], on, row["name"]) for row in told["members"]]
    drafts += [MembershipDraft("community_organisation", on, organisation=row) for row in joining]
    members = {
        member.name: member for member in (actions.admit_member(federation=federation, draft=draft, by=head, at=then) for draft in drafts)
    }
    for row in told["board"]:
        seat = SeatDraft(row["person"], row["position"], on, members.get(row.get("of", "")))
        actions.fill_board_seat(federation=federation, draft=seat, by=head, at=then)
    for member in list(members.values())[-told["joining"] :]:
        actions.record_pledge(membership=member, text=told["pledge"], pledged_on=on, by=head, at=then)
    joined = list(members.values())[-told["joining"] :]
    for review, member, peer in zip(told["reviews"], joined, (*joined[1:], joined[0]), strict=False):
        seen = {"reviewed_on": local_date(at - SERVED), "keeps": review["keeps"], "text": review["text"]}
        actions.record_peer_review(membership=member, reviewer=peer, **seen, by=head, at=at - SERVED)
    for row in told["duties"]:
        done = at - timedelta(days=row["days"])
        actions.record_federation_duty(
            federation=federation, duty=row["duty"], done_on=local_date(done), text=row["text"], by=head, at=done
        )
    last = list(members.values())[-1]
    actions.comment_on_member(membership=last, text=told["comment"], by=cast.users[told["key"]], at=at - SERVED)


def _base(cast: Cast, plan: Plan, at: datetime) -> None:
    told, head = plan["base"], cast.users[plan["town"]]
    region = Region.objects.get(code=told["region"], valid_until__isnull=True)
    opened, entered = local_date(at - OPENED), local_date(at - ENTERED)
    new = NewBase(told["name"], region, opened, Decimal(told["area"]), told["seen"], told["address"], told["places"], comprehensive=True)
    base = actions.open_base(draft=new, by=head, at=at - OPENED)
    ends = entered + timedelta(days=365)
    cohort = actions.open_cohort(base=base, name=told["cohort"], starts_on=entered, ends_on=ends, by=head, at=at - ENTERED)
    *young, last = _young(region, entered)
    standing = {
        row.pk: actions.nominate_candidate(cohort=cohort, organisation=row, applied_on=entered, plan=told["plan"], by=head, at=at - ENTERED)
        for row in (*young, last)
    }
    actions.judge_candidate(candidature=standing[last.pk], chosen=False, reason=told["not_chosen"], by=head, at=at - ENTERED)
    for order, organisation in enumerate(young, start=1):
        draft = EntryDraft(organisation, f"入驻协议{order}号", entered, ends, cohort)
        actions.judge_candidate(candidature=standing[organisation.pk], chosen=True, reason=told["chosen"], by=head, at=at - ENTERED)
        stay = actions.enter_base(base=base, draft=draft, by=head, at=at - ENTERED)
        for row in told["slips"]:
            hours = Decimal(row["hours"]) if "hours" in row else None
            value = Decimal(row["value"]) if "value" in row else None
            slip = SlipDraft(row["service"], local_date(at - SERVED), hours, value, row.get("note", ""))
            actions.record_base_service(stay=stay, draft=slip, by=head, at=at - SERVED)
        if order == 1:
            why, left = "能够独立运作，已自筹活动经费", at - JUDGED
            actions.leave_base(stay=stay, leaving=Leaving.GRADUATED, left_on=local_date(left), reason=why, by=head, at=left)


def _young(region: Region, on: date) -> list[Organisation]:
    rows = organisations_in(region, on).filter(kind=Kind.COMMUNITY_ORGANISATION, founded_on__gt=on - timedelta(days=500))
    return list(rows.order_by("-founded_on", "pk")[:4])


def _guidance(cast: Cast, plan: Plan, at: datetime) -> None:
    told, head = plan["guidance"], cast.users[plan["town"]]
    rows = organisations_in(Region.objects.get(code=told["region"], valid_until__isnull=True), local_date(at)).filter(members__isnull=False)
    for order, organisation in enumerate(rows.filter(kind=Kind.COMMUNITY_ORGANISATION)[: told["visits"]]):
        planned = at - CONFIRMED + timedelta(days=6 * order)
        visit = actions.plan_guidance(
            organisation=organisation, planned_on=local_date(planned), plan=told["plan"], by=head, at=at - CHECKED
        )
        if planned < at:
            actions.record_guidance(visit=visit, held_on=local_date(planned), result=told["result"], by=head, at=planned)


def _annual(cast: Cast, plan: Plan, at: datetime) -> None:
    county, worker, told = cast.users[plan["county"]], cast.users[plan["worker"]], plan["annual"]
    due = local_date(at) + timedelta(days=20)
    year = local_date(at).year - 1
    check = actions.open_annual_check(county=cast.county, year=year, due_on=due, by=county, at=at - CHECKED)
    community = worker.posts.get().region
    forms = list(check.forms.filter(region=community).order_by("pk")[: told["confirmed"]])
    for order, form in enumerate(forms, start=1):
        draft = AnnualDraft(form.name, form.members or 10, form.premises, activities=order + 6, participants=30 * order, funds=form.funds)
        actions.confirm_annual_form(form=form, draft=draft, by=worker, at=at - CONFIRMED)
    actions.accept_annual_forms(forms=forms[: told["accepted"]], by=county, at=at - JUDGED)
    actions.return_annual_form(form=forms[-1], reason=told["returned"], by=county, at=at - JUDGED)
