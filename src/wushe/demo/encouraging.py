"""What the offices do for organisations: an accountant for several, help to register, support of new ones; and who works beside them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings

from wushe.accounts.actions import NewUser, appoint, create_user
from wushe.accounts.queries import Scope
from wushe.demo.cast import Cast
from wushe.demo.data import load
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import local_date
from wushe.organisations import actions
from wushe.organisations.actions import AccountantDraft, CustodyDraft, NewOrganisation, Profile, SupportDraft, UndertakingDraft, profile_of
from wushe.organisations.models import CustodyKind, Kind, Organisation, PurposeClass
from wushe.organisations.queries import eligible_in, registration_papers
from wushe.policies.queries import policy_for
from wushe.regions.models import Region

HELPED, READY, HANDED_IN, GRANTED, PAID = (timedelta(days=days) for days in (30, 20, 12, 9, 4))
Plan = dict[str, Any]


def encourage(cast: Cast, at: datetime) -> None:
    """Tell what happened to the filed organisations of a street."""
    plan = load("growth")
    region = Region.objects.get(code=plan["base"]["region"], valid_until__isnull=True)
    rows = list(_filed(region, local_date(at - HELPED)))
    _books(cast, plan, rows[: plan["accountant"]["organisations"]], at)
    _help(cast, plan, rows[-plan["help"]["organisations"] :], at)
    _support(cast, plan, region, at)
    _undertake(cast, plan, rows, at)
    _beside(cast, plan, at)
    _custody(cast, plan, rows[plan["accountant"]["organisations"]], at)


def _filed(region: Region, on: date) -> list[Organisation]:
    rows = Organisation.objects.standing(on).filter(region__in=Region.objects.under(region), kind=Kind.COMMUNITY_ORGANISATION)
    return list(rows.filter(registered_on__isnull=True).order_by("name", "pk"))


def _books(cast: Cast, plan: Plan, rows: list[Organisation], at: datetime) -> None:
    told, since = plan["accountant"], local_date(at - READY)
    draft = AccountantDraft(told["certificate"], told["person"], told["qualification"], since, since.replace(year=since.year + 3))
    for row in rows:
        actions.appoint_accountant(organisation=row, draft=draft, by=cast.users[plan["town"]], at=at - READY)


def _help(cast: Cast, plan: Plan, rows: list[Organisation], at: datetime) -> None:
    """The first is with the authority; the others get their papers ready."""
    head = cast.users[plan["town"]]
    for order, row in enumerate(rows):
        if order == 0:
            fit = replace(profile_of(row), members=56, has_charter=True, has_head=True, premises=plan["help"]["premises"], staff=1)
            fit = replace(fit, funds=Decimal(30_000))
            told = {"what": plan["help"]["grown"], "document": plan["help"]["paper"], "amended_on": local_date(at - HELPED)}
            actions.amend_organisation(organisation=row, profile=fit, **told, by=head, at=at - HELPED)
        helped = actions.help_to_register(organisation=row, by=head, at=at - HELPED)
        papers = [paper.code for paper in registration_papers(policy_for(row.region, local_date(at)))]
        ready = papers if order == 0 else papers[: plan["help"]["ready"]]
        helped = actions.tick_registration_papers(row=helped, ready=ready, by=head, at=at - READY)
        if order == 0:
            actions.hand_in_registration(row=helped, handed_in_on=local_date(at - HANDED_IN), by=head, at=at - HANDED_IN)


def _support(cast: Cast, plan: Plan, region: Region, at: datetime) -> None:
    told, on = plan["support"], local_date(at - GRANTED)
    new = eligible_in(Scope(regions=(region,)), policy_for(region, on), on).order_by("-filed_on", "pk")
    draft = SupportDraft("small_grant", Decimal(told["amount"]), on, told["document"], told["purpose"])
    granted = [
        actions.grant_support(organisation=row, draft=draft, by=cast.users[plan["county"]], at=at - GRANTED)
        for row in list(new[: told["organisations"]])
    ]
    paid = {"source": cast.sources[-1][1].number, "voucher_no": told["voucher"], "paid_on": local_date(at - PAID)}
    actions.pay_support(support=granted[0], **paid, by=cast.users["caiwu"], at=at - PAID)


def _undertake(cast: Cast, plan: Plan, rows: list[Organisation], at: datetime) -> None:
    """What organisations took on without a contract; the last goes on."""
    for row, organisation in zip(plan["undertakings"], rows, strict=False):
        since = local_date(at - timedelta(days=row["days"]))
        until = since + timedelta(days=row["lasts"]) if "lasts" in row else None
        draft = UndertakingDraft(row["kind"], row["name"], since, row["evidence"], until, row["people"])
        actions.record_undertaking(organisation=organisation, draft=draft, by=cast.users[plan["town"]], at=at - GRANTED)


def _beside(cast: Cast, plan: Plan, at: datetime) -> None:
    for row in plan["beside"]:
        community = Region.objects.select_related("town").get(code=row["community"], valid_until__isnull=True)
        profile = Profile(row["name"], community, PurposeClass(row["purpose"]))
        founded = local_date(at - timedelta(days=365 * row["years"]))
        actions.register_organisation(draft=NewOrganisation(profile, row["kind"], founded), by=cast.heads[community.town_id], at=at)


def _custody(cast: Cast, plan: Plan, client: Organisation, at: datetime) -> None:
    """A hub with two managers keeps the money of an organisation; the last entry waits for the second of them."""
    told, opened = plan["hub"], at - HELPED
    profile = Profile(told["name"], client.region.town or client.region, PurposeClass.SERVICE)
    draft = NewOrganisation(profile, Kind.HUB, local_date(at - timedelta(days=900)), filed_on=local_date(at - timedelta(days=800)))
    hub = actions.register_organisation(draft=draft, by=cast.users[plan["town"]], at=opened)
    people = []
    for row in told["managers"]:
        user = create_user(draft=NewUser(row["username"], row["name"], settings.DEMO_PASSWORD), by=SYSTEM, at=opened)
        appoint(user=user, role="hub_manager", by=SYSTEM, at=opened, since=local_date(opened), body=hub.body)
        people.append(user)
    account = actions.open_custody(
        hub=hub, client=client, agreement=told["agreement"], opened_on=local_date(opened), by=people[0], at=opened
    )
    for order, row in enumerate(told["entries"], start=1):
        on = opened + timedelta(days=5 * order)
        entry = CustodyDraft(CustodyKind(row["kind"]), Decimal(row["amount"]), local_date(on), row["voucher"], row["purpose"])
        made = actions.record_custody_entry(account=account, draft=entry, by=people[0], at=on)
        if order < len(told["entries"]):
            actions.approve_custody_entry(entry=made, by=people[1], at=on)
