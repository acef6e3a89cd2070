import hmac
import json
import secrets
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.inbox.actions import settle
from wushe.kernel import numbers
from wushe.kernel.actors import RESIDENT
from wushe.kernel.clock import local_date
from wushe.kernel.encryption import blind_index
from wushe.kernel.errors import FieldRequired
from wushe.kernel.identifiers import TAIL, clean_phone, is_phone
from wushe.kernel.receipts import receipt_code
from wushe.kernel.steps import allowed
from wushe.kernel.tries import Guarded, Sender, count_sent, count_try, forget_tries
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.papers import PaperDraft, digest_of, keep_papers
from wushe.organisations.actions.progress import advance, ask_for_report, note_act, town_of, wait_for_next
from wushe.organisations.actions.register import refuse_party
from wushe.organisations.actions.rosters import MemberDraft, check_roster, write_roster
from wushe.organisations.errors import (
    ApplicationLocked,
    ApplicationUnknown,
    ConditionsUnmet,
    ConsentNotGiven,
    ContactPhoneInvalid,
    SeatNotCommunity,
)
from wushe.organisations.models import Filing, FilingAct, PurposeClass
from wushe.organisations.models.filing import RECEIPT
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import due_in, filing_by_receipt, filing_findings, first_state, locked_filing, returned_line
from wushe.organisations.rules import missing
from wushe.organisations.states import PROCEDURE, FilingState, Step
from wushe.policies.queries import Policy, policy_for
from wushe.regions.models import Level, Region

RECEIPT_CODE = "organisations.receipt_code"
TRIES = 5
TOLD = (
    *("name", "purpose_class", "field", "scope", "charter", "founded_on", "premises", "funds", "staff"),
    *("accountant_certificate", "party_organisation", "party_members", "scheme_category"),
)


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """The application form: on the screen, on paper, in print. `roster` is everybody but the head; `submission` is the form's own token."""

    region: Region
    name: str
    purpose_class: PurposeClass
    field: str
    scope: str
    founded_on: date
    head: MemberDraft
    roster: tuple[MemberDraft, ...]
    consent: bool
    charter: str = ""
    premises: str = ""
    funds: Decimal | None = None
    staff: int | None = None
    accountant_certificate: str = ""
    party_organisation: bool = False
    party_members: int | None = None
    scheme_category: str = ""
    client_groups: tuple[str, ...] = ()
    submission: UUID | None = None
    papers: tuple[PaperDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationReceipt:
    """What the founder takes away: the application and the code. Only the code's keyed hash is kept."""

    filing: Filing
    code: str


def apply_for_filing(*, draft: ApplicationDraft, at: datetime, sender: Sender | None = None) -> ApplicationReceipt:
    """A founder applies without an account. What one address sends is counted, if it is known.

    Not to be called with a sender in a transaction: the count would be lost with the refusal.

    Refuses: TooManySent, ConsentNotGiven, FieldRequired, SeatNotCommunity, ContactPhoneInvalid, IdentityInvalid, MemberTwice, UnknownCode, DayInFuture,
    PartyMembersTooMany, ConditionsUnmet, and what `store_file` refuses of a file.
    Effects: a Filing with its roster and files; audit without personal data; a to-do with a clock for the community, or for the town where the policy
    has no first review.
    Policy: the conditions and the procedure `filing`, the lists `filing_fields`, `client_groups`, `scheme_categories`.
    """
    if sender is not None:
        count_sent(sender, "application", settings.PUBLIC_POSTS, at=at)
    with transaction.atomic():
        return _receive(draft, user=None, by=RESIDENT, at=at)


@transaction.atomic
def record_application(*, draft: ApplicationDraft, by: User, at: datetime) -> ApplicationReceipt:
    """Enter an application that was handed in on paper.

    Refuses: NotPermitted, and what `apply_for_filing` refuses.
    Effects: as `apply_for_filing`, with the worker's name.
    Policy: as `apply_for_filing`.
    """
    require(by, Permission.RECORD_APPLICATION, local_date(at), region=draft.region)
    return _receive(draft, user=by, by=by, at=at)


def open_application(*, code: str, tail: str, at: datetime) -> Filing:
    """The application behind a receipt code and the last four digits of the head's phone. Wrong digits lock the code for a while.

    Not to be called in a transaction: the count would be lost with the refusal.

    Refuses: ApplicationUnknown, ApplicationLocked.
    Effects: the count of tries.
    """
    filing = filing_by_receipt(code)
    if filing is None:
        raise ApplicationUnknown
    receipt = Guarded("filing", filing.number, TRIES)
    minutes = count_try(receipt, at=at)
    if minutes:
        raise ApplicationLocked(minutes=minutes)
    if not hmac.compare_digest(filing.phone_tail.encode(), clean_phone(tail).encode()):
        raise ApplicationUnknown
    forget_tries(receipt)
    return filing


def correct_own_application(*, code: str, tail: str, draft: ApplicationDraft, at: datetime) -> Filing:
    """The founder mends what was returned.

    Refuses: ApplicationUnknown, ApplicationLocked, StepNotAllowed, and what `apply_for_filing` refuses.
    Effects: as `correct_application`.
    Policy: as `apply_for_filing`.
    """
    found = open_application(code=code, tail=tail, at=at)
    with transaction.atomic():
        return _correct(locked_filing(found.pk), draft, user=None, by=RESIDENT, at=at)


@transaction.atomic
def correct_application(*, filing_id: int, draft: ApplicationDraft, by: User, at: datetime) -> Filing:
    """Enter the corrections of a returned paper.

    Refuses: NotPermitted, StepNotAllowed, and what `apply_for_filing` refuses.
    Effects: the Filing and its roster; returned -> submitted, or -> undecided where the policy has no first review; an act; audit; a to-do with a clock
    for whoever acts first.
    Policy: as `apply_for_filing`.
    """
    filing = locked_filing(filing_id)
    require(by, Permission.RECORD_APPLICATION, local_date(at), region=filing.region)
    return _correct(filing, draft, user=by, by=by, at=at)


@transaction.atomic
def mend_filing(*, filing_id: int, draft: ApplicationDraft, by: User, at: datetime) -> Filing:
    """Mend a filing that the county has returned, so that it can be reported again.

    Refuses: NotPermitted, NotReturned, and what `apply_for_filing` refuses.
    Effects: the Filing and its roster; an act; audit; the to-do settled; a to-do to report for the town. The register follows when the
    county accepts the line.
    Policy: as `apply_for_filing`; `filing.report_months`, `filing.report_day`.
    """
    filing, on = locked_filing(filing_id), local_date(at)
    require(by, Permission.MEND_FILING, on, region=filing.region)
    line = returned_line(filing)
    policy = policy_for(filing.region, on)
    before = _rewrite(filing, draft, policy, by=by, at=at)
    if filing.state == FilingState.GRANTED:
        filing.mended = before | filing.mended
        filing.save(update_fields=["mended"])
    note_act(filing, Step.MEND_FILING, user=by, opinion="", since=line.batch.received_at, at=at)
    subject = ("filing", filing.number)
    settle(step=Step.MEND_FILING, subject=subject, at=at)
    record(by=by, at=at, verb="organisations.filing_mended", subject=subject, name=filing.name)
    ask_for_report(town_of(filing), policy, at)
    return filing


def _receive(draft: ApplicationDraft, *, user: User | None, by: Actor, at: datetime) -> ApplicationReceipt:
    on = local_date(at)
    policy = policy_for(draft.region, on)
    _check(draft, policy, on)
    state = first_state(policy)
    submission = _fingerprint(draft)
    code = receipt_code(submission, context=RECEIPT_CODE)
    filing = Filing(
        region=draft.region,
        pack_version=policy.pack_version,
        consent_at=at,
        recorded_by=user,
        receipt=blind_index(code, context=RECEIPT),
        submission=submission,
        state=state,
        state_changed_at=at,
        created_at=at,
        due_at=due_in(policy, state, at),
        **_columns(draft),
    )
    known = _save(filing, on)
    if known is not None:
        return ApplicationReceipt(known, code)
    write_roster(filing, draft.head, draft.roster)
    keep_papers(filing, draft.papers, by=by, at=at)
    _refuse_unmet(filing, policy)
    FilingAct.objects.create(filing=filing, step="apply_for_filing", by=user, since=at, at=at)
    record(
        by=by,
        at=at,
        verb="organisations.application_received",
        subject=("filing", filing.number),
        name=filing.name,
        data={"members": filing.members, "field": filing.field},
    )
    wait_for_next(filing, at)
    return ApplicationReceipt(filing, code)


def _save(filing: Filing, on: date) -> Filing | None:
    """Number and insert the application; or return the one that the same form, sent before or at the same moment, has made."""
    try:
        with transaction.atomic():
            filing.number = numbers.draw("filing", place=filing.region.county_code, on=on)
            filing.save(force_insert=True)
    except IntegrityError:
        known = Filing.objects.select_related("region", "region__town").filter(submission=filing.submission).first()
        if known is None:
            raise
        return known
    return None


def _fingerprint(draft: ApplicationDraft) -> UUID:
    """The same form with the same content gives the same value; a form that was changed before it was sent again is another application."""
    token = draft.submission or UUID(bytes=secrets.token_bytes(16))
    told = {field.name: getattr(draft, field.name) for field in fields(draft) if field.name != "submission"}
    told |= {"region": draft.region.code, "head": asdict(draft.head), "roster": [asdict(one) for one in draft.roster]}
    told["papers"] = [(paper.kind, paper.name, digest_of(paper)) for paper in draft.papers]
    return uuid5(token, json.dumps(told, default=str))


def _correct(filing: Filing, draft: ApplicationDraft, *, user: User | None, by: Actor, at: datetime) -> Filing:
    allowed(PROCEDURE, Step.CORRECT_APPLICATION, state=filing.state)
    policy = policy_for(filing.region, local_date(at))
    _rewrite(filing, draft, policy, by=by, at=at)
    step = Step.CORRECT_APPLICATION if first_state(policy) == FilingState.SUBMITTED else Step.HAND_IN_AGAIN
    advance(filing, step, policy=policy, by=by, user=user, at=at)
    return filing


def _rewrite(filing: Filing, draft: ApplicationDraft, policy: Policy, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Write the draft over the filing; by column what stood there and changed."""
    _check(draft, policy, local_date(at))
    columns = _columns(draft)
    before = {
        name: json.loads(json.dumps(getattr(filing, name), default=str)) for name in columns if getattr(filing, name) != columns[name]
    }
    for name, value in columns.items():
        setattr(filing, name, value)
    filing.save(update_fields=list(columns))
    write_roster(filing, draft.head, draft.roster)
    keep_papers(filing, draft.papers, by=by, at=at)
    _refuse_unmet(filing, policy)
    return before | ({"charter": filing.charter} if draft.papers else {})


def _columns(draft: ApplicationDraft) -> dict[str, Any]:
    told = {name: value.strip() if isinstance(value := getattr(draft, name), str) else value for name in TOLD}
    told |= {"client_groups": list(draft.client_groups), "members": 1 + len(draft.roster)}
    return told | {"phone_tail": clean_phone(draft.head.phone)[-TAIL:]}


def _refuse_unmet(filing: Filing, policy: Policy) -> None:
    unmet = missing(filing_findings(policy, filing))
    if unmet:
        raise ConditionsUnmet(conditions=unmet)


def _check(draft: ApplicationDraft, policy: Policy, on: date) -> None:
    if not draft.consent:
        raise ConsentNotGiven
    for name in ("name", "scope"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    if not draft.head.person.strip():
        raise FieldRequired(name="head_name")
    if draft.region.level != Level.COMMUNITY:
        raise SeatNotCommunity(region=draft.region.name)
    if not is_phone(clean_phone(draft.head.phone)):
        raise ContactPhoneInvalid
    policy.code("filing_fields", draft.field)
    for group in draft.client_groups:
        policy.code("client_groups", group)
    if draft.scheme_category:
        policy.code("scheme_categories", draft.scheme_category)
    refuse_party(draft.party_members, 1 + len(draft.roster))
    refuse_disorder(on, founded_on=draft.founded_on)
    check_roster(draft.head, draft.roster)
