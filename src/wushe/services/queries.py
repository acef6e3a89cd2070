from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet

from wushe.accounts.models import Body
from wushe.kernel.clock import local_date
from wushe.kernel.rows import rows_of
from wushe.projects.models import Agreement, Indicator, IndicatorKind, Project
from wushe.projects.states import ProjectState
from wushe.services.models import Activity, Involvement, Society, StationEntry
from wushe.stations.models import Station
from wushe.workforce.models import Certificate, Worker
from wushe.workforce.queries import name_index, people_at

# the records with who came to them in the same row for each society that put something in; one row where none did
MADE = """
WITH living AS (SELECT * FROM services_activity WHERE project_id = %s AND voided_at IS NULL),
records AS (
    SELECT count(*), count(*) FILTER (WHERE kind = 'visit'), count(DISTINCT household) FILTER (WHERE kind = 'visit'),
           coalesce(sum(counted), 0) FROM living),
team AS (
    SELECT living.id AS activity_id, member.name FROM living JOIN services_involvement AS member
    ON member.project_id = living.project_id AND member.capacity = 'team' AND member.since <= living.held_on
        AND (member.until IS NULL OR member.until > living.held_on)),
worked AS (
    SELECT count(DISTINCT activity_id), count(DISTINCT name) FROM (
        SELECT activity_id, name FROM team UNION ALL
        SELECT activity_id, NULL FROM services_contribution
        WHERE society = 'social_worker' AND activity_id IN (SELECT id FROM living)) AS workers),
guests AS (SELECT count(*), count(DISTINCT person) FROM services_attendance WHERE activity_id IN (SELECT id FROM living)),
given AS (
    SELECT society, count(*), sum(persons), sum(hours), sum(value) FROM services_contribution
    WHERE activity_id IN (SELECT id FROM living) GROUP BY society)
SELECT * FROM records CROSS JOIN worked CROSS JOIN guests LEFT JOIN given ON true
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """One agreed indicator: what was reached, and where it will end if the pace holds. `forecast` is None before the first day."""

    indicator: Indicator
    done: Decimal
    forecast: Decimal | None

    @property
    def is_met(self) -> bool:
        """Whether the agreed number is reached."""
        return self.done >= self.indicator.target

    @property
    def percent(self) -> int:
        """How much of the agreed number is reached, cut off at 100 for drawing."""
        return min(100, int(self.done * 100 / self.indicator.target))


@dataclass(frozen=True, slots=True)
class Part:
    """What one society put in over a project: how many times, persons, hours, yuan."""

    society: str
    times: int
    persons: int
    hours: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class Made:
    """What was done in a project, from the records that are not struck out.

    `counts` are the numbers that an indicator can count, by IndicatorKind. `parts` is what each of the five societies put in, in a fixed
    order, noughts included, from what was entered at the activities. The social workers count by the team: the records of days on which a
    named member was at work, and how many members those were. A place is not a part: the community counts where it put something in.
    """

    counts: Mapping[str, Decimal]
    parts: tuple[Part, ...]


class _MadeRow(NamedTuple):
    records: int
    visits: int
    households: int
    counted: int
    worked: int
    workers: int
    attendances: int
    attendants: int
    society: str | None
    times: int
    people: int
    hours: Decimal
    value: Decimal


def activities_of(project: Project) -> QuerySet[Activity]:
    """The project's records, newest first, struck-out ones included, with person-times."""
    return project.activities.select_related("region", "recorded_by").annotate(identified=Count("attendances")).order_by("-held_on", "-id")


def made_of(project: Project) -> Made:
    """All of it, in one statement."""
    rows = [_MadeRow(*row) for row in rows_of(MADE, [project.pk])]
    by = {row.society: row for row in rows}
    return Made(counts=_counts(rows[0], by), parts=_parts(rows[0], by))


def _counts(own: "_MadeRow", by: Mapping[str | None, "_MadeRow"]) -> dict[str, Decimal]:
    volunteers, resources = by.get(Society.VOLUNTEER), by.get(Society.RESOURCE)
    return {
        IndicatorKind.ACTIVITIES: Decimal(own.records - own.visits),
        IndicatorKind.VISITS: Decimal(own.visits),
        IndicatorKind.HOUSEHOLDS: Decimal(own.households),
        IndicatorKind.PERSON_TIMES: Decimal(own.counted + own.attendances),
        IndicatorKind.PERSONS: Decimal(own.attendants),
        IndicatorKind.VOLUNTEER_HOURS: volunteers.hours if volunteers else Decimal(0),
        IndicatorKind.RESOURCE_VALUE: resources.value if resources else Decimal(0),
    }


def _parts(own: "_MadeRow", by: Mapping[str | None, "_MadeRow"]) -> tuple[Part, ...]:
    parts = []
    for society in Society.values:
        row = by.get(society)
        times, people = (row.times, row.people) if row else (0, 0)
        if society == Society.SOCIAL_WORKER:
            times, people = own.worked, own.workers or people
        parts.append(Part(society, times, people, row.hours if row else Decimal(0), row.value if row else Decimal(0)))
    return tuple(parts)


def progress_of(project: Project, on: date, made: Made | None = None) -> list[Progress]:
    """Progress against every agreed indicator, with a straight-line forecast to the agreement's last day."""
    counts = (made or made_of(project)).counts
    agreement = getattr(project, "agreement", None)
    elapsed = (min(on, agreement.ends_on) - agreement.starts_on).days if agreement else 0
    whole = (agreement.ends_on - agreement.starts_on).days if agreement else 0
    rows = []
    for indicator in project.indicators.order_by("position"):
        done = counts[indicator.kind]
        forecast = (done * whole / elapsed).quantize(Decimal(1)) if elapsed > 0 else None
        rows.append(Progress(indicator, done, forecast))
    return rows


@dataclass(frozen=True, slots=True)
class Party:
    """Who has which role in a project, and from when until when; `involvement` where the agency entered it."""

    role: str
    name: str
    detail: str
    since: date | None
    until: date | None
    involvement: Involvement | None = None


def parties_of(project: Project) -> list[Party]:
    """The roles apart from each other, each with its days: owner and undertaker out of project and agreement, team and partners as entered."""
    over = local_date(project.state_changed_at) if project.state in {ProjectState.CLOSED, ProjectState.TERMINATED} else None
    parties = [Party("owner", project.region.name, "", local_date(project.created_at), over)]
    agreement = getattr(project, "agreement", None)
    if agreement is not None and agreement.is_signed:
        signed = local_date(max(agreement.purchaser_signed_at, agreement.agency_signed_at))
        parties.append(Party("purchaser", agreement.purchaser.name, agreement.number, signed, over))
        parties.append(Party("undertaker", agreement.agency.name, agreement.number, signed, over))
    rows = project.involvements.select_related("organisation").order_by("-capacity", "since", "pk")
    return [*parties, *(Party(row.capacity, row.name, row.duty, row.since, row.until or over, row) for row in rows)]


@dataclass(frozen=True, slots=True)
class Lead:
    """The professional who leads the work: whether the register has them, and whether the agreement names them in its team."""

    name: str
    certificate: str
    worker: Worker | None
    in_team: bool


def lead_of(project: Project) -> Lead | None:
    """Who leads the work of a project; None before the entry."""
    entry = StationEntry.objects.select_related("worker", "project__agreement").filter(project=project).first()
    return None if entry is None else led_by(entry, entry.project.agreement)


def led_by(entry: StationEntry, agreement: Agreement) -> Lead:
    """Who leads the work since the entry, under the agreement."""
    team = {_plain(member["name"]) for member in agreement.content["team"]}
    return Lead(entry.professional, entry.certificate, entry.worker, _plain(entry.professional) in team)


def registered_at(body: Body, name: str, certificate: str, on: date) -> Worker | None:
    """The person of the register who works at a body on the day and whom name and certificate fit."""
    found = Worker.objects.filter(pk__in=people_at(body, on).order_by().values("worker"), name_index=name_index(name))
    return found.filter(certificates__in=Certificate.objects.held(on).filter(certificate=certificate.strip())).first()


def mismatch(worker: Worker, body: Body, name: str, certificate: str, *, on: date) -> str:
    """What of a chosen person does not fit: elsewhere, name or certificate; empty when everything does."""
    if not people_at(body, on).filter(worker=worker).exists():
        return "elsewhere"
    if worker.name_index != name_index(name):
        return "name"
    return "" if Certificate.objects.held(on).filter(worker=worker, certificate=certificate.strip()).exists() else "certificate"


def _plain(name: str) -> str:
    return "".join(name.split())


def agencies_at(station: Station) -> QuerySet[StationEntry]:
    """Which agencies work at a station now, by the day on which they entered."""
    working = StationEntry.objects.filter(station=station, project__state=ProjectState.DELIVERING)
    return working.select_related("project__agreement__agency").order_by("entered_on", "pk")
