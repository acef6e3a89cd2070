from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import holders, require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, notify, settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, NotFound, StepNotAllowed
from wushe.organisations.actions.deciding import take_effect, take_over_mended
from wushe.organisations.actions.life import lock_organisations
from wushe.organisations.actions.progress import advance, ask_for_report
from wushe.organisations.errors import BatchEmpty, DuplicateUnconfirmed, LineNotReady, LinesUnjudged, ReturnWithoutReason
from wushe.organisations.models import Batch, BatchLine, Filing, Outcome
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import Candidate, acceptance, candidates, deadline, locked_filings, report_day, subject_of
from wushe.organisations.states import FilingState, Step
from wushe.policies.queries import Policy, policy_for
from wushe.regions.models import Region


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What the county says of one line; `accepted` None: nothing yet."""

    position: int
    accepted: bool | None
    reason: str = ""


@transaction.atomic
def freeze_batch(*, town: Region, filing_ids: Sequence[int], confirmed: Collection[int] = (), by: User, at: datetime) -> Batch:
    """The town reports filings together. What is frozen does not change any more; `confirmed` are those that look like others and are not.

    Refuses: NotPermitted, BatchEmpty, LineNotReady, DuplicateUnconfirmed.
    Effects: a numbered Batch with its lines; audit; the to-do to report settled, unless filings were left out; a to-do with a clock for the
    county.
    Policy: the conditions `filing`, the clock of `county_acceptance`, `filing.report_months`, `filing.report_day`.
    """
    on = local_date(at)
    require(by, Permission.FREEZE_BATCH, on, region=town)
    if not filing_ids:
        raise BatchEmpty
    policy = policy_for(town, on)
    locked_filings(filing_ids)
    waiting = candidates(town, policy)
    lines = _checked(waiting, filing_ids, confirmed)
    stage = acceptance(policy)
    until = report_day(policy, on)
    batch = Batch.objects.create(
        number=numbers.draw("batch", place=town.county_code, on=on),
        town=town,
        until=until,
        frozen_by=by,
        frozen_at=at,
        due_at=deadline(policy, stage, at) if stage is not None else None,
    )
    BatchLine.objects.bulk_create(
        BatchLine(
            batch=batch,
            position=position,
            filing=line.filing,
            frozen=_frozen(line.filing),
            warnings=[[why, one.number] for why, one in line.alike],
        )
        for position, line in enumerate(lines, start=1)
    )
    subject = ("batch", batch.number, town.name)
    # what was left out is still to be reported, and nothing else would bring it up
    if len(lines) == len(waiting):
        settle(step="freeze_batch", subject=("report", town.code), at=at)
    record(by=by, at=at, verb="organisations.batch_frozen", subject=subject[:2], name=town.name, data={"lines": len(lines)})
    ask(step="receive_batch", subject=subject, permission=Permission.RECEIVE_BATCH, region=town.county or town, at=at, due_at=batch.due_at)
    return batch


@transaction.atomic
def receive_batch(*, batch_id: int, verdicts: Sequence[LineVerdict], by: User, at: datetime) -> Batch:
    """The county accepts or returns every line, and gives the receipt.

    Refuses: NotPermitted, NotFound, StepNotAllowed, CheckerIsMaker, LinesUnjudged, ReturnWithoutReason, OrganisationPastFiling,
    MembersBelowParty.
    Effects: the lines' outcomes; the receipt; filings that waited for the county are granted; the register takes over what was mended; audit; to-dos to mend and news for the town.
    Policy: the procedure `filing`, `filing.validity`, `filing.mending_period`.
    """
    batch, on = _locked_batch(batch_id), local_date(at)
    require(by, Permission.RECEIVE_BATCH, on, region=batch.town)
    if batch.received_at is not None:
        raise StepNotAllowed(step="receive_batch", state="received")
    if batch.frozen_by_id == by.pk:
        raise CheckerIsMaker(step="receive_batch")
    lines = list(batch.lines.select_related("filing").order_by("position"))
    _judge(lines, {verdict.position: verdict for verdict in verdicts})
    BatchLine.objects.bulk_update(lines, ["outcome", "reason"])
    batch.received_by, batch.received_at = by, at
    batch.receipt = numbers.draw("receipt", place=batch.town.county_code, on=on)
    batch.save(update_fields=["received_by", "received_at", "receipt"])
    policy = policy_for(batch.town, on)
    _confirm([line.filing_id for line in lines if line.outcome == Outcome.ACCEPTED], policy, by=by, at=at)
    returned = [line for line in lines if line.outcome == Outcome.RETURNED]
    mended_by = policy.deadline("filing.mending_period", on)
    for line in returned:
        subject = subject_of(line.filing)
        ask(step=Step.MEND_FILING, subject=subject, permission=Permission.MEND_FILING, region=batch.town, at=at, due_at=mended_by)
    if returned:
        ask_for_report(batch.town, policy, at)
    subject = ("batch", batch.number, batch.town.name)
    settle(step="receive_batch", subject=subject[:2], at=at)
    data = {"receipt": batch.receipt, "lines": len(lines), "returned": len(returned)}
    record(by=by, at=at, verb="organisations.batch_received", subject=subject[:2], name=batch.town.name, data=data)
    notify(users=holders(Permission.FREEZE_BATCH, on, region=batch.town), verb="organisations.batch_received", subject=subject, at=at)
    return batch


def _locked_batch(batch_id: int) -> Batch:
    rows = Batch.objects.select_for_update(of=("self",), no_key=True).select_related("town", "town__county")
    batch = rows.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound(kind="batch", number=str(batch_id))
    return batch


def _checked(waiting: Sequence[Candidate], filing_ids: Sequence[int], confirmed: Collection[int]) -> list[Candidate]:
    found = {candidate.filing.pk: candidate for candidate in waiting}
    lines = []
    for filing_id in dict.fromkeys(filing_ids):
        line = found.get(filing_id)
        if line is None:
            raise LineNotReady(filing=_number(filing_id), lacks=())
        if line.lacks:
            raise LineNotReady(filing=line.filing.certificate, lacks=line.lacks)
        if line.alike and filing_id not in confirmed:
            raise DuplicateUnconfirmed(filing=line.filing.certificate, alike=tuple(one.certificate for _, one in line.alike))
        lines.append(line)
    return lines


def _number(filing_id: int) -> str:
    return Filing.objects.filter(pk=filing_id).values_list("number", flat=True).first() or str(filing_id)


def _frozen(filing: Filing) -> dict[str, Any]:
    return {
        "certificate": filing.certificate,
        "name": filing.name,
        "community": filing.region.name,
        "purpose_class": filing.purpose_class,
        "field": filing.field,
        "members": filing.members,
        "premises": filing.premises,
        "founded_on": filing.founded_on.isoformat(),
        "granted_on": filing.granted_on.isoformat() if filing.granted_on else "",
        "valid_until": filing.valid_until.isoformat() if filing.valid_until else "",
    }


def _judge(lines: Sequence[BatchLine], verdicts: dict[int, LineVerdict]) -> None:
    unjudged = tuple(line.position for line in lines if line.position not in verdicts or verdicts[line.position].accepted is None)
    if unjudged:
        raise LinesUnjudged(lines=unjudged)
    for line in lines:
        verdict = verdicts[line.position]
        if not verdict.accepted and not verdict.reason.strip():
            raise ReturnWithoutReason(line=line.position)
        line.outcome = Outcome.ACCEPTED if verdict.accepted else Outcome.RETURNED
        line.reason = "" if verdict.accepted else verdict.reason.strip()


def _confirm(filing_ids: Sequence[int], policy: Policy, *, by: User, at: datetime) -> None:
    on = local_date(at)
    filings = locked_filings(filing_ids)
    lock_organisations({filing.organisation_id for filing in filings})
    for filing in filings:
        if filing.state == FilingState.REPORTED:
            written = take_effect(filing, policy, on, by=by, at=at)
            advance(filing, Step.CONFIRM_FILING, policy=policy, by=by, user=by, written=written, at=at)
        elif filing.mended:
            take_over_mended(filing, on, by=by, at=at)
