"""What the history keeps to itself: before the award who bids, and who of the panel did what; always what the parties settle about money."""

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
BETWEEN_PARTIES = frozenset(
    {
        "projects.expense_recorded",
        "projects.expense_reversed",
        "projects.payment_returned",
        "projects.payment_withdrawn",
        "projects.refund_recorded",
        "projects.refund_refused",
    }
)
UNDECIDED = frozenset({ProjectState.APPROVED, ProjectState.TENDERING, ProjectState.SCORING})


def keeps_to_itself(project: Project, verb: str, *, sees_evidence: bool) -> bool:
    """Whether only the actor may read that this was done, as the project stands and to somebody who sees its evidence or does not."""
    return (project.state in UNDECIDED and verb in SECRET_VERBS) or (not sees_evidence and verb in BETWEEN_PARTIES)


def unnamed_entries() -> Q:
    """The entries of the audit whose actor nobody may read yet, over all projects."""
    undecided = Project.objects.filter(state__in=UNDECIDED).values("number")
    return Q(verb__in=SECRET_VERBS, subject_kind="project", subject__in=undecided)
