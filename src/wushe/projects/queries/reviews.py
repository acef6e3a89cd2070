from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, Min, OuterRef, Q, QuerySet

from wushe.projects.models import FieldComment, Project, Review, TakeUp
from wushe.projects.states import ProjectState


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a design in two versions."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many projects wait for one reviewer, and since when the oldest; without a reviewer, for the office of a county."""

    reviewer: str
    office: str
    count: int
    since: datetime


def taken_up(project: Project) -> TakeUp | None:
    """Who has taken up the review of the version that lies there."""
    return project.take_ups.select_related("reviewer").filter(version=project.version).first()


def reviews_waiting(projects: QuerySet[Project]) -> list[Waiting]:
    """Whom the reviews among some projects wait for, the longest wait first."""
    mine = FilteredRelation("take_ups", condition=Q(take_ups__version=F("version")))
    rows = (
        projects.filter(state=ProjectState.UNDER_REVIEW)
        .order_by()
        .annotate(taken=mine)
        .values("taken__reviewer", "taken__reviewer__name", "region__county__name")
        .annotate(waiting=Count("pk", distinct=True), since=Min("state_changed_at"))
    )
    found = [Waiting(row["taken__reviewer__name"] or "", row["region__county__name"] or "", row["waiting"], row["since"]) for row in rows]
    return sorted(found, key=lambda row: (row.since, row.reviewer))


def last_review(project: Project) -> Review | None:
    """The county's latest answer; `is_commented` says whether its comments are worth asking for."""
    commented = Exists(FieldComment.objects.filter(review=OuterRef("pk")))
    return project.reviews.select_related("reviewer").annotate(is_commented=commented).order_by("-version").first()


def design_changes(project: Project, *, before: int, after: int) -> list[Change]:
    """What differs between two submitted versions, field by field, in the order of the form."""
    contents = {row.version: row.content for row in project.versions.filter(version__in=[before, after])}
    old, new = contents.get(before, {}), contents.get(after, {})
    return [Change(field, old.get(field), value) for field, value in new.items() if old.get(field) != value]
