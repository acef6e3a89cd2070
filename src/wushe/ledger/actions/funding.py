from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import Body, User
from wushe.accounts.queries import Scope, require
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.money import ZERO, yuan
from wushe.ledger.actions.posting import Place, post, source_by_number
from wushe.ledger.errors import AmountNotPositive, BodyElsewhere, SourceNotOpen
from wushe.ledger.models import AccountKind, Entry, EntryKind, FundingSource
from wushe.ledger.permissions import Permission
from wushe.policies.queries import policy_for
from wushe.regions.models import Region


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A line of money as the document grants it. `kind` is a code of the pack's `funding_sources`."""

    kind: str
    name: str
    region: Region
    year: int
    document_no: str
    amount: Decimal
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """How much of a source is promised to a project, or taken back from it."""

    source: str
    project: str
    amount: Decimal
    occurred_on: date
    memo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """Money of a source that a body, such as a station, receives to run on."""

    source: str
    body: Body
    amount: Decimal
    voucher_no: str
    occurred_on: date
    memo: str = ""


@transaction.atomic
def open_source(*, draft: SourceDraft, by: User, at: datetime) -> FundingSource:
    """Enter a source line in the register; its whole amount is available at once.

    Refuses: NotPermitted, UnknownCode, FieldRequired, AmountNotPositive.
    Effects: a FundingSource; an entry from outside to the source; an audit entry.
    Policy: `funding_sources`.
    """
    on = local_date(at)
    require(by, Permission.OPEN_SOURCE, on, region=draft.region)
    policy = policy_for(draft.region, on)
    amount = yuan(draft.amount)
    if amount <= ZERO:
        raise AmountNotPositive(amount=amount)
    for name in ("name", "document_no"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    source = FundingSource.objects.create(
        number=numbers.draw("source", place=draft.region.county_code, on=on),
        kind=policy.code("funding_sources", draft.kind).code,
        pack_version=policy.pack_version,
        name=draft.name.strip(),
        region=draft.region,
        year=draft.year,
        document_no=draft.document_no.strip(),
        amount=amount,
    )
    entry = Entry(
        kind=EntryKind.OPEN_SOURCE,
        source=source,
        amount=amount,
        subject_kind="source",
        subject=source.number,
        memo=source.name,
        occurred_on=draft.occurred_on,
        at=at,
        maker=by,
    )
    post(entry, out_of=Place(AccountKind.EXTERNAL), into=Place(AccountKind.SOURCE))
    return source


@transaction.atomic
def commit_to_project(*, draft: Commitment, by: User, at: datetime) -> Entry:
    """Promise money of a source to a project.

    Refuses: NotFound, NotPermitted, SourceNotOpen, AmountNotPositive, SourceExhausted.
    Effects: an entry from the source to the project's budget; an audit entry.
    """
    entry = _movement(draft, EntryKind.COMMIT_TO_PROJECT, Permission.COMMIT_TO_PROJECT, by, at)
    return post(entry, out_of=Place(AccountKind.SOURCE), into=Place(AccountKind.PROJECT, draft.project))


@transaction.atomic
def release_from_project(*, draft: Commitment, by: User, at: datetime) -> Entry:
    """Give money that a project has not paid out back to its source.

    Refuses: NotFound, NotPermitted, SourceNotOpen, AmountNotPositive, BudgetExhausted.
    Effects: an entry from the project's budget to the source; an audit entry.
    """
    entry = _movement(draft, EntryKind.RELEASE_FROM_PROJECT, Permission.RELEASE_FROM_PROJECT, by, at)
    return post(entry, out_of=Place(AccountKind.PROJECT, draft.project), into=Place(AccountKind.SOURCE))


@transaction.atomic
def allot_to_body(*, draft: Allotment, by: User, at: datetime) -> Entry:
    """Give a body in the source's place money to run on.

    Refuses: NotFound, NotPermitted, FieldRequired, BodyElsewhere, SourceNotOpen, AmountNotPositive, SourceExhausted.
    Effects: an entry from the source to the body; an audit entry.
    """
    source = source_by_number(draft.source)
    require(by, Permission.ALLOT_TO_BODY, local_date(at), region=source.region)
    if not draft.voucher_no.strip():
        raise FieldRequired(name="voucher_no")
    if not Scope(regions=(source.region,)).covers(draft.body.region):
        raise BodyElsewhere(body=draft.body.name, place=source.region.name)
    _refuse_before_opening(source, draft.occurred_on)
    entry = Entry(
        kind=EntryKind.ALLOT_TO_BODY,
        source=source,
        amount=draft.amount,
        subject_kind="body",
        subject=draft.body.number,
        agency=draft.body,
        voucher_no=draft.voucher_no.strip(),
        memo=draft.memo,
        occurred_on=draft.occurred_on,
        at=at,
        maker=by,
    )
    return post(entry, out_of=Place(AccountKind.SOURCE), into=Place(AccountKind.BODY, agency=draft.body))


def _movement(draft: Commitment, kind: EntryKind, permission: Permission, by: User, at: datetime) -> Entry:
    source = source_by_number(draft.source)
    require(by, permission, local_date(at), region=source.region)
    if not draft.project:
        raise FieldRequired(name="project")
    _refuse_before_opening(source, draft.occurred_on)
    return Entry(
        kind=kind,
        source=source,
        amount=draft.amount,
        subject_kind="project",
        subject=draft.project,
        project=draft.project,
        memo=draft.memo,
        occurred_on=draft.occurred_on,
        at=at,
        maker=by,
    )


def _refuse_before_opening(source: FundingSource, on: date) -> None:
    opened_on = source.entries.filter(kind=EntryKind.OPEN_SOURCE).values_list("occurred_on", flat=True).get()
    if on < opened_on:
        raise SourceNotOpen(source=source.number, opened_on=opened_on)
