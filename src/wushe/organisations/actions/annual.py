"""The annual check of a county: forms that are filled in already, confirmed by the community, accepted or returned by the county."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired
from wushe.kernel.workdays import end_of_day
from wushe.organisations.actions.life import lock_organisations, locked_organisation, tell_life
from wushe.organisations.actions.register import profile_of, refuse_members, write_profile
from wushe.organisations.errors import CheckOfCounty, CheckOpened, FormNotOpen
from wushe.organisations.models import AnnualCheck, AnnualForm, AnnualState, LifeKind, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import OPEN_FORMS, refuse_confirmed_form
from wushe.organisations.states import STANDING
from wushe.policies.queries import policy_for
from wushe.regions.models import Level, Region

REGISTERED = ("name", "members", "premises", "funds")
TOLD = ("name", "members", "premises", "activities", "participants", "income", "spending", "funds", "remark")


@dataclass(frozen=True, slots=True)
class AnnualDraft:
    """What an organisation says of its year."""

    name: str
    members: int | None = None
    premises: str = ""
    activities: int | None = None
    participants: int | None = None
    income: Decimal | None = None
    spending: Decimal | None = None
    funds: Decimal | None = None
    remark: str = ""


@transaction.atomic
def open_annual_check(*, county: Region, year: int, due_on: date, by: User, at: datetime) -> AnnualCheck:
    """The county asks every filed or registered organisation how its year was.

    Refuses: NotPermitted, CheckOfCounty, CheckOpened.
    Effects: an AnnualCheck; a form each, filled in from the register and last year's form; audit; a to-do for every community with one.
    """
    on = local_date(at)
    require(by, Permission.OPEN_ANNUAL_CHECK, on, region=county)
    if county.level != Level.COUNTY:
        raise CheckOfCounty(region=county.name)
    number = numbers.draw("annual", place=county.county_code, on=on)
    known = {"number": number, "due_on": due_on, "opened_by": by, "opened_at": at}
    check, is_new = AnnualCheck.objects.get_or_create(county=county, year=year, defaults=known)
    if not is_new:
        raise CheckOpened(year=year)
    rows = Organisation.objects.living(on).societies().with_state(on).filter(Q(state__in=STANDING), region__county=county)
    organisations = list(rows.select_related("region").order_by("pk"))
    last = {form.organisation_id: form for form in AnnualForm.objects.filter(check_of__county=county, check_of__year=year - 1)}
    AnnualForm.objects.bulk_create(_prefilled(check, row, last.get(row.pk)) for row in organisations)
    for region in {row.region_id: row.region for row in organisations}.values():
        _ask_community(check, region, at)
    data = {"year": year, "forms": len(organisations)}
    record(by=by, at=at, verb="organisations.annual_check_opened", subject=("annual", check.number), name=county.name, data=data)
    return check


@transaction.atomic
def confirm_annual_form(*, form: AnnualForm, draft: AnnualDraft, by: User, at: datetime) -> AnnualForm:
    """The organisation, through its community, confirms or corrects what is known of its year.

    Refuses: NotPermitted, FormNotOpen, FieldRequired, MembersBelowParty.
    Effects: the AnnualForm, confirmed; audit; the community's to-do settled with its last form; a to-do for the county.
    Policy: `annual.judging_period`.
    """
    form = _locked(form)
    require(by, Permission.CONFIRM_ANNUAL_FORM, local_date(at), region=form.region)
    refuse_confirmed_form(form)
    for name in ("name", "members", "activities"):
        if getattr(draft, name) in (None, ""):
            raise FieldRequired(name=name)
    for name in TOLD:
        value = getattr(draft, name)
        setattr(form, name, value.strip() if isinstance(value, str) else value)
    refuse_members(form.organisation, party_members=form.organisation.party_members, members=form.members)
    form.state, form.confirmed_by, form.confirmed_at, form.reason = AnnualState.CONFIRMED, by, at, ""
    form.judged_by = form.judged_at = None
    form.save(update_fields=[*TOLD, "state", "confirmed_by", "confirmed_at", "reason", "judged_by", "judged_at"])
    check = form.check_of
    _note(form, by, at, verb="organisations.annual_form_confirmed")
    if not check.forms.filter(region=form.region, state__in=OPEN_FORMS).exists():
        settle(step="confirm_annual_form", subject=_place_subject(check, form.region)[:2], at=at)
    subject = ("annual", check.number, check.county.name)
    ask(
        step="judge_annual_form",
        subject=subject,
        permission=Permission.JUDGE_ANNUAL_FORM,
        region=check.county,
        at=at,
        due_at=_judged_by(check, local_date(at)),
    )
    return form


@transaction.atomic
def accept_annual_forms(*, forms: Iterable[AnnualForm], by: User, at: datetime) -> list[AnnualForm]:
    """The county accepts what was confirmed; the register takes over name, members, place and funds where they were said otherwise.

    Refuses: NotPermitted, FormNotOpen, CheckerIsMaker, MembersBelowParty.
    Effects: the AnnualForms, accepted; the Organisations that are not over; a LifeEvent for another name; audit with the changed columns;
    the county's to-do settled with the last form that waits.
    """
    done = []
    forms = list(forms)
    lock_organisations({form.organisation_id for form in forms})
    for each in sorted(forms, key=lambda form: form.pk):
        form = _judged(each, AnnualState.ACCEPTED, "", by=by, at=at)
        changed = _take_over(form, by=by, at=at)
        _note(form, by, at, verb="organisations.annual_form_accepted", changed=changed)
        done.append(form)
    return done


@transaction.atomic
def return_annual_form(*, form: AnnualForm, reason: str, by: User, at: datetime) -> AnnualForm:
    """The county gives a form back with what is to be mended.

    Refuses: NotPermitted, FormNotOpen, CheckerIsMaker, FieldRequired.
    Effects: the AnnualForm, returned; audit; a to-do for the community.
    """
    if not reason.strip():
        raise FieldRequired(name="reason")
    form = _judged(form, AnnualState.RETURNED, reason.strip(), by=by, at=at)
    _note(form, by, at, verb="organisations.annual_form_returned", reason=form.reason)
    _ask_community(form.check_of, form.region, at)
    return form


def _take_over(form: AnnualForm, *, by: User, at: datetime) -> list[str]:
    """Write what the organisation said otherwise than the register; the names of the columns that changed."""
    organisation = locked_organisation(form.organisation)
    if organisation.deregistered_on is not None:
        return []
    said = {name: getattr(form, name) for name in REGISTERED if form.known.get(name, ...) != _plain(getattr(form, name))}
    if form.funds is None:
        said.pop("funds", None)
    before, told = organisation.name, replace(profile_of(organisation), **said)
    refuse_members(organisation, party_members=told.party_members, members=told.members)
    changed = write_profile(organisation, told, by=by, at=at)
    if "name" in changed:
        note = f"{before} → {organisation.name}"
        tell_life(organisation, LifeKind.AMENDED, local_date(at), document=form.check_of.number, note=note, by=by, at=at)
    return changed


def _plain(value: Any) -> str | int | None:
    return str(value) if isinstance(value, Decimal) else value


def _prefilled(check: AnnualCheck, row: Organisation, last: AnnualForm | None) -> AnnualForm:
    return AnnualForm(
        check_of=check,
        organisation=row,
        region=row.region,
        name=row.name,
        members=row.members if row.members is not None else last.members if last else None,
        premises=row.premises,
        funds=row.funds,
        known={name: _plain(getattr(row, name)) for name in REGISTERED},
        activities=last.activities if last else None,
        participants=last.participants if last else None,
        income=last.income if last else None,
        spending=last.spending if last else None,
    )


def _judged(form: AnnualForm, state: AnnualState, reason: str, *, by: User, at: datetime) -> AnnualForm:
    form = _locked(form)
    check = form.check_of
    require(by, Permission.JUDGE_ANNUAL_FORM, local_date(at), region=check.county)
    if form.state != AnnualState.CONFIRMED:
        raise FormNotOpen(state=form.state)
    if form.confirmed_by_id == by.pk:
        raise CheckerIsMaker(step="judge_annual_form")
    form.state, form.judged_by, form.judged_at, form.reason = state, by, at, reason
    form.save(update_fields=["state", "judged_by", "judged_at", "reason"])
    if not check.forms.filter(state=AnnualState.CONFIRMED).exists():
        settle(step="judge_annual_form", subject=("annual", check.number), at=at)
    return form


def _locked(form: AnnualForm) -> AnnualForm:
    """The form after its check: of two that come last at one moment the second sees the first, and no to-do is left or lost."""
    AnnualCheck.objects.select_for_update(no_key=True).get(pk=form.check_of_id)
    rows = AnnualForm.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("check_of__county", "organisation", "region__town").get(pk=form.pk)


def _judged_by(check: AnnualCheck, on: date) -> datetime:
    """The clock of the county begins when all forms should be there, for a late one with its confirmation."""
    return policy_for(check.county, on).deadline("annual.judging_period", max(check.due_on, on))


def _ask_community(check: AnnualCheck, region: Region, at: datetime) -> None:
    ask(
        step="confirm_annual_form",
        subject=_place_subject(check, region),
        permission=Permission.CONFIRM_ANNUAL_FORM,
        region=region,
        at=at,
        due_at=end_of_day(check.due_on),
    )


def _place_subject(check: AnnualCheck, region: Region) -> tuple[str, str, str]:
    return ("annual_place", f"{check.number}-{region.code}", f"{check.year} {region.name}")


def _note(form: AnnualForm, by: User, at: datetime, *, verb: str, **data: Any) -> None:
    subject = ("annual", form.check_of.number)
    record(by=by, at=at, verb=verb, subject=subject, name=form.name, data={"organisation": form.organisation.number, **data})
