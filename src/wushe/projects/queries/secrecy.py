"""What the history keeps to itself before the award: who bids, and who of the panel did what."""

from django.db.models import Q

from wushe.projects.models import Project
from wushe.projects.states import ProjectState

SECRET_VERBS = frozenset(
    {
        "projects.bid_submitted",
        "projects.bid_withdrawn",
        "projects.bid_disqualified",
        "projects.interests_declared",
        "projects.release_asked",
        "projects.scores_locked",
    }
)
UNDECIDED = frozenset({ProjectState.APPROVED, ProjectState.TENDERING, ProjectState.SCORING})


def keeps_to_itself(project: Project, verb: str) -> bool:
    """Whether only the actor may read that this was done, as the project stands."""
    return project.state in UNDECIDED and verb in SECRET_VERBS


def unnamed_entries() -> Q:
    """The entries of the audit whose actor nobody may read yet, over all projects."""
    undecided = Project.objects.filter(state__in=UNDECIDED).values("number")
    return Q(verb__in=SECRET_VERBS, subject_kind="project", subject__in=undecided)
