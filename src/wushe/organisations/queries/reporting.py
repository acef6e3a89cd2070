"""How a decided filing is reported to the county, step by step: reported with a batch, received or returned, mended and reported again."""

from dataclasses import dataclass
from datetime import datetime

from wushe.accounts.models import User
from wushe.kernel.clock import local_date
from wushe.kernel.workdays import end_of_day
from wushe.organisations.models import Filing, Outcome
from wushe.organisations.queries.batches import REPORTABLE, lines_of, report_day
from wushe.organisations.states import Step
from wushe.policies.queries import Policy

REPORT, RECEIVE = "freeze_batch", "receive_batch"
# with these acts a filing begins to wait for a report
READY = (Step.GRANT_FILING, Step.REPORT_FILING, Step.MEND_FILING)


@dataclass(frozen=True, slots=True)
class ReportStep:
    """A step that was taken, or that waits when it has no `at`; `outcome` and `reason` are the county's."""

    step: str
    since: datetime
    due_at: datetime | None
    at: datetime | None = None
    by: User | None = None
    outcome: str = ""
    reason: str = ""


def report_steps(policy: Policy, filing: Filing) -> list[ReportStep]:
    """The steps of the report that were taken, and the one that waits; none before the decision, and none where nothing is to be reported.

    Mending is not among those taken: it is an act of the filing.
    """
    lines = lines_of(filing)
    ready = list(filing.acts.filter(step__in=READY).values_list("at", flat=True))
    moments, back, steps = [filing.created_at, *ready], None, []
    for line in lines:
        batch = line.batch
        since = max(moment for moment in moments if moment <= batch.frozen_at)
        steps.append(ReportStep(REPORT, since, _report_until(policy, since), at=batch.frozen_at, by=batch.frozen_by))
        steps.append(
            ReportStep(RECEIVE, batch.frozen_at, batch.due_at, batch.received_at, batch.received_by, line.outcome, line.reason),
        )
        back = batch.received_at if line.outcome == Outcome.RETURNED else None
        moments += [back] if back else []
    if filing.to_report and filing.state in REPORTABLE and (back or not lines):
        since, mended = max(moments), back is None or any(moment >= back for moment in ready)
        steps.append(ReportStep(REPORT if mended else Step.MEND_FILING, since, _report_until(policy, since)))
    return steps


def _report_until(policy: Policy, since: datetime) -> datetime:
    """The end of the first report that a filing can be in which waits since then."""
    return end_of_day(report_day(policy, local_date(since)))
