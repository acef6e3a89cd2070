"""What a project waits for at the steps that a place has added to the procedure."""

from datetime import datetime

from wushe.inbox.actions import ask, settle
from wushe.kernel.clock import local_date
from wushe.policies.queries import policy_for
from wushe.projects.errors import StepsOpen
from wushe.projects.models import Project
from wushe.projects.queries import actor_of, open_steps, subject_of
from wushe.projects.states import Step


def refuse_open_steps(project: Project, step: Step, *, at: datetime) -> None:
    """Refuse to go past an added step that is neither done nor waived. Raises StepsOpen."""
    waiting = [each.step for each in open_steps(project, policy_for(project.region, local_date(at))) if each.gate == step]
    if waiting:
        raise StepsOpen(steps=tuple(waiting), source=waiting[0].source)


def ask_for_open_step(project: Project, *, at: datetime) -> None:
    """Put the next added step that the project has come to on its actor's desk, by the day of its clock; they come one after the other.

    Effects: the to-do, in the caller's transaction; one of a step before it settled.
    """
    kind, number, title = subject_of(project)
    settle(step="complete_step", subject=(kind, number), at=at)
    policy = policy_for(project.region, local_date(at))
    for each in open_steps(project, policy)[:1]:
        clock = each.step.clock
        due = policy.deadline(clock.key, local_date(at)) if clock else None
        subject = (kind, number, f"{each.step.zh} · {title}")
        ask(step="complete_step", subject=subject, at=at, due_at=due, **actor_of(each.step, project))
