from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.organisations.errors import NotReturned
from wushe.organisations.models import Batch, BatchLine, Filing, FilingAct, Member, Outcome
from wushe.organisations.permissions import Permission
from wushe.organisations.queries.filings import filing_findings
from wushe.organisations.rules import missing, report_until
from wushe.organisations.states import FilingState, Step
from wushe.policies.queries import Condition, Policy
from wushe.regions.models import Region

REPORTABLE = (FilingState.GRANTED, FilingState.REPORTED)
SAME_NAME, SAME_HEAD = "same_name", "same_head"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A filing that the town may report, with what the check finds: what it lacks, which others look like it and why,
    why the county returned it, and whether it was mended since.
    """

    filing: Filing
    lacks: tuple[Condition, ...]
    alike: tuple[tuple[str, Filing], ...]
    returned: str
    mended: bool


def candidates(town: Region, policy: Policy) -> list[Candidate]:
    """The filings that a town has to report and has not yet, or that came back from the county, each checked."""
    reported = BatchLine.objects.filter(filing=OuterRef("pk")).exclude(outcome=Outcome.RETURNED)
    rows = Filing.objects.filter(~Exists(reported), state__in=REPORTABLE, to_report=True, region__in=Region.objects.under(town))
    filings = list(rows.select_related("region").prefetch_related("roster", "papers").order_by("certificate"))
    back = BatchLine.objects.filter(filing__in=filings, outcome=Outcome.RETURNED).order_by("pk")
    returned = dict(back.values_list("filing_id", "reason"))
    since = BatchLine.objects.filter(filing=OuterRef("filing"), outcome=Outcome.RETURNED, batch__received_at__gt=OuterRef("at"))
    acts = FilingAct.objects.filter(~Exists(since), filing__in=returned, step=Step.MEND_FILING)
    mended = set(acts.values_list("filing_id", flat=True))
    like = alike(filings)
    return [
        Candidate(
            filing,
            lacks=missing(filing_findings(policy, filing)),
            alike=like[filing.pk],
            returned=returned.get(filing.pk, ""),
            mended=filing.pk in mended,
        )
        for filing in filings
    ]


def alike(filings: list[Filing]) -> dict[int, tuple[tuple[str, Filing], ...]]:
    """For each filing the other granted ones of the county with the same name or the same head. Proposed to people, never merged."""
    heads = dict(Member.objects.filter(filing__in=filings, is_head=True).values_list("filing_id", "person_index"))
    names = {filing.name for filing in filings}
    counties = {filing.region.county_id for filing in filings}
    others = list(
        Filing.objects.filter(Q(name__in=names) | Q(roster__is_head=True, roster__person_index__in=heads.values()))
        .filter(state__in=REPORTABLE, region__county__in=counties)
        .exclude(organisation__deregistered_on__isnull=False)
        .select_related("region")
        .distinct()
        .order_by("pk")
    )
    heads |= dict(Member.objects.filter(filing__in=others, is_head=True).values_list("filing_id", "person_index"))
    found: dict[int, list[tuple[str, Filing]]] = defaultdict(list)
    for filing in filings:
        for other in others:
            if other.pk == filing.pk or other.organisation_id == filing.organisation_id:
                continue
            if other.name == filing.name:
                found[filing.pk].append((SAME_NAME, other))
            elif heads.get(other.pk) == heads.get(filing.pk) and other.region.county_id == filing.region.county_id:
                found[filing.pk].append((SAME_HEAD, other))
    return {filing.pk: tuple(found[filing.pk]) for filing in filings}


def report_day(policy: Policy, on: date) -> date:
    """The last day of the report that is next, by the policy's calendar."""
    months = [int(month) for month in policy.require("filing.report_months").value]
    return report_until(on, months, int(policy.require("filing.report_day").value))


def batches_in(scope: Scope) -> QuerySet[Batch]:
    """The batches of a scope, with how many `lines` they have, and how many of them were `returned`."""
    rows = Batch.objects.filter(scope.where("town")).select_related("town")
    return rows.annotate(size=Count("lines"), returned=Count("lines", filter=Q(lines__outcome=Outcome.RETURNED)))


def batch_by_number(number: str, *, user: Any, at: datetime) -> Batch:
    """One batch that this person may see. Raises NotFound."""
    scope = scope_of(user, Permission.VIEW_FILING, local_date(at))
    rows = Batch.objects.select_related("town", "town__county", "frozen_by", "received_by")
    batch = rows.filter(scope.where("town"), number=number).first()
    if batch is None:
        raise NotFound(kind="batch", number=number)
    return batch


def lines_of(filing: Filing) -> list[BatchLine]:
    """The lines in which a filing was reported, the last one last."""
    rows = BatchLine.objects.filter(filing=filing).select_related("batch__frozen_by", "batch__received_by")
    return list(rows.order_by("pk"))


def line_of(filing: Filing) -> BatchLine | None:
    """The line in which a filing was reported last."""
    return BatchLine.objects.filter(filing=filing).select_related("batch__town").order_by("-pk").first()


def returned_line(filing: Filing) -> BatchLine:
    """The line with which the county gave the filing back. Raises NotReturned when it did not, or when the filing was reported again."""
    line = line_of(filing)
    if line is None or line.outcome != Outcome.RETURNED:
        raise NotReturned(filing=filing.number)
    return line
