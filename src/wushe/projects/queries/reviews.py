from dataclasses import dataclass
from typing import Any

from wushe.projects.models import Project, Review


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a design in two versions."""

    field: str
    before: Any
    after: Any


def last_review(project: Project) -> Review | None:
    """The county's latest answer, with its comments."""
    return project.reviews.select_related("reviewer").prefetch_related("comments").order_by("-version").first()


def design_changes(project: Project, *, before: int, after: int) -> list[Change]:
    """What differs between two submitted versions, field by field, in the order of the form."""
    contents = {row.version: row.content for row in project.versions.filter(version__in=[before, after])}
    old, new = contents.get(before, {}), contents.get(after, {})
    return [Change(field, old.get(field), value) for field, value in new.items() if old.get(field) != value]
