from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from math import ceil

from django.db import transaction
from django.db.models import Max

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, put_off
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.workdays import end_of_day
from wushe.oversight.errors import NothingToSupervise, RoundDayPast
from wushe.oversight.models import Drawn, Round, Supervision
from wushe.oversight.permissions import Permission
from wushe.projects.actions import tell_parties
from wushe.projects.models import Project
from wushe.projects.queries import subject_of
from wushe.projects.states import ProjectState
from wushe.regions.models import Region

WHOLE = 100


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """What the county decides of a round; which projects it visits is drawn. `percent` is the share of every town's projects."""

    title: str
    percent: int
    due_on: date


@transaction.atomic
def open_round(*, region: Region, draft: RoundDraft, by: User, at: datetime) -> Round:
    """Draw a sample of the projects in delivery, at least one in every town, and ask for a look at each.

    A project whose last look was failed waits for its second look and is not drawn.

    Refuses: NotPermitted, FieldRequired, RoundDayPast, NothingToSupervise.
    Effects: a Round with what it has drawn; audit with the sample; to-dos to supervise, due with the round; news for towns and agencies.
    """
    on = local_date(at)
    require(by, Permission.OPEN_ROUND, on, region=region)
    if not draft.title.strip():
        raise FieldRequired(name="title")
    if draft.due_on < on:
        raise RoundDayPast(day=draft.due_on)
    number = numbers.draw("round", place=region.county_code, on=on)
    projects = _sample(region, number, draft.percent)
    if not projects:
        raise NothingToSupervise(place=region.name)
    made = Round.objects.create(
        number=number, title=draft.title.strip(), region=region, percent=draft.percent, due_on=draft.due_on, opened_by=by, at=at
    )
    Drawn.objects.bulk_create(Drawn(round=made, project=project) for project in projects)
    sample = [project.number for project in projects]
    record(
        by=by,
        at=at,
        verb="oversight.round_opened",
        subject=("round", number),
        name=made.title,
        data={"percent": draft.percent, "drawn": sample},
    )
    for project in projects:
        _ask(project, made, at=at)
    return made


def _sample(region: Region, number: str, percent: int) -> list[Project]:
    """In every town first whoever was never looked at, then whoever waits longest; among equals the digest of round and project decides."""
    delivering = (
        Project.objects.filter(region__in=Region.objects.under(region), state=ProjectState.DELIVERING)
        .exclude(pk__in=Supervision.objects.filter(passed=False, second__isnull=True).values("project"))
        .select_related("region__county", "agreement__agency__body")
        .annotate(last_look=Max("supervisions__held_on"))
        .order_by("region__code", "number")
    )

    def turn(project: Project) -> tuple[date, str]:
        lot = sha256(f"{number}|{project.number}".encode()).hexdigest()
        return project.last_look or date.min, lot  # type: ignore[attr-defined]  # annotated above

    towns: Iterable[list[Project]] = (list(rows) for _, rows in groupby(delivering, key=lambda project: project.region_id))
    return [project for rows in towns for project in sorted(rows, key=turn)[: ceil(len(rows) * percent / WHOLE)]]


def _ask(project: Project, made: Round, *, at: datetime) -> None:
    """Who already had to look at the project has to do so by the day of the round."""
    subject, due = subject_of(project), end_of_day(made.due_on)
    ask(
        step="supervise_project",
        subject=subject,
        permission=Permission.SUPERVISE_PROJECT,
        region=project.region.county,
        at=at,
        due_at=due,
    )
    put_off(step="supervise_project", subject=subject[:2], due_at=due)
    tell_parties(project, "oversight.round_opened", at=at, data={"round": made.number})
