from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.steps import refuse_withdrawn
from wushe.policies.errors import UnknownCode
from wushe.policies.queries import policy_for
from wushe.regions.models import Level, Region
from wushe.workforce.actions.locking import in_order, said
from wushe.workforce.errors import NotACommunity, TermKnown
from wushe.workforce.models import Term
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import elected_bodies


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A term of an elected body of a community: what it is called, its days (half-open), the paper of the election or appointment."""

    region: Region
    body: str
    name: str
    since: date
    until: date
    document: str = ""


@transaction.atomic
def record_term(*, draft: TermDraft, by: User, at: datetime) -> Term:
    """Enter a term of the party branch or the committee of a community; it takes the place of one that still runs.

    Refuses: NotPermitted, NotACommunity, UnknownCode, FieldRequired, NotYet, OutOfOrder, TermKnown.
    Effects: a Term; an audit entry.
    Policy: the code list `community_bodies`, those marked `elected`.
    """
    region, on = draft.region, local_date(at)
    require(by, Permission.RECORD_TERM, on, region=region)
    if region.level != Level.COMMUNITY:
        raise NotACommunity(region=region.name)
    policy = policy_for(region, on)
    if draft.body not in {body.code for body in elected_bodies(policy)}:
        raise UnknownCode(list_name="community_bodies", code=draft.body)
    if not draft.name.strip():
        raise FieldRequired(name="name")
    in_order("since", draft.since, latest=on)
    in_order("until", draft.until, earliest=draft.since + timedelta(days=1))
    term = Term(
        number=numbers.draw("term", place=region.county_code, on=on),
        region=region,
        body=draft.body,
        name=draft.name.strip(),
        since=draft.since,
        until=draft.until,
        document=draft.document.strip(),
        pack_version=policy.pack_version,
    )
    try:
        with transaction.atomic():
            term.save(force_insert=True)
    except IntegrityError as error:
        if "workforce_one_term_from_a_day" in str(error):
            raise TermKnown(since=draft.since) from error
        raise
    _record(Permission.RECORD_TERM, term, by, at, since=term.since.isoformat(), until=term.until.isoformat())
    return term


@transaction.atomic
def withdraw_term(*, term: Term, reason: str, by: User, at: datetime) -> Term:
    """Take back a term that was entered by mistake; the one before it holds again.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: the Term, withdrawn; an audit entry.
    """
    locked = Term.objects.select_for_update(of=("self",), no_key=True).select_related("region__county").get(pk=term.pk)
    require(by, Permission.WITHDRAW_TERM, local_date(at), region=locked.region)
    refuse_withdrawn("withdraw_term", locked.withdrawn_on)
    locked.withdrawn_on, locked.reason = local_date(at), said(reason)
    locked.save(update_fields=["withdrawn_on", "reason"])
    _record(Permission.WITHDRAW_TERM, locked, by, at, reason=locked.reason)
    return locked


def _record(verb: Permission, term: Term, by: User, at: datetime, **data: str) -> None:
    data |= {"region": term.region.code, "body": term.body}
    record(by=by, at=at, verb=verb, subject=("term", term.number), name=f"{term.region.name} {term.name}", data=data)
