"""The review panel: who sits on it, how many are missing, and whose seat may be ended."""

from dataclasses import dataclass
from datetime import date, datetime

from wushe.accounts.models import User
from wushe.inbox.queries import waiting_on
from wushe.policies.queries import policy_for
from wushe.projects.models import Expert, Project, Tender
from wushe.projects.queries.tenders import experts_of
from wushe.projects.states import ProjectState

ASKED, OVERDUE = "asked", "overdue"
PARTS_OF_AN_EXPERT = ("declare_interests", "score_bids")


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that was ever filled, by when its expert has to act, and the ground on which it may be ended now."""

    expert: Expert
    due_at: datetime | None
    ground: str | None


def seats_left(tender: Tender, on: date) -> int:
    """How many experts the panel still lacks."""
    smallest = policy_for(tender.project.region, on).require("tender.minimum_experts")
    return int(smallest.value) - tender.experts.seated().count()


def seat_to_leave(tender: Tender, user: User) -> Expert | None:
    """A person's seat while it can still be given up."""
    return tender.experts.seated().filter(user=user, locked_at__isnull=True).first()


def seats_of(tender: Tender, project: Project, at: datetime) -> list[Seat]:
    """Every seat of the panel in the order of appointment, those that ended too."""
    due = _due(project)
    open_to_change = project.state in {ProjectState.TENDERING, ProjectState.SCORING}
    return [
        Seat(each, due.get(each.user_id), _ground(each, due.get(each.user_id), at) if open_to_change else None)
        for each in experts_of(tender).select_related("released_by")
    ]


def release_ground(expert: Expert, project: Project, at: datetime) -> str | None:
    """Why the seat of an expert may be ended: asked for, or overdue. None while there is no reason, and for good once it has ended or the
    points are locked.
    """
    return _ground(expert, _due(project).get(expert.user_id), at)


def _ground(expert: Expert, due_at: datetime | None, at: datetime) -> str | None:
    if expert.has_conflict or expert.released_at is not None or expert.locked_at is not None:
        return None
    if expert.release_asked_at is not None:
        return ASKED
    return OVERDUE if due_at is not None and due_at < at else None


def _due(project: Project) -> dict[int, datetime]:
    """By the id of a person, until when what is asked of them has to be done."""
    todos = [todo for todo in waiting_on("project", project.number) if todo.step in PARTS_OF_AN_EXPERT]
    return {todo.user_id: todo.due_at for todo in todos if todo.user_id is not None and todo.due_at is not None}
