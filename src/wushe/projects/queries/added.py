"""The steps that a place adds to the procedure: where in the life of a project each of them stands, and which are still to be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wushe.accounts.queries import require
from wushe.policies.queries import Policy, ProcedureStep
from wushe.projects.models import Project
from wushe.projects.permissions import Permission
from wushe.projects.states import ProjectState, Step

# by the code that packs give the steps of the procedure: the state in which a project has come to it, and the step that goes past it
PLACES: dict[str, tuple[ProjectState, Step]] = {
    "needs_assessment": (ProjectState.DRAFT, Step.SUBMIT_DESIGN),
    "publish_project": (ProjectState.UNDER_REVIEW, Step.APPROVE_DESIGN),
    "sign_agreement": (ProjectState.AWARDED, Step.SIGN_AGREEMENT),
    "deliver_service": (ProjectState.CONTRACTED, Step.START_DELIVERY),
    "midterm_supervision": (ProjectState.DELIVERING, Step.FINISH_DELIVERY),
    "evaluation_acceptance": (ProjectState.IN_ACCEPTANCE, Step.ACCEPT_PROJECT),
}
AT_THE_END = (ProjectState.ACCEPTED, Step.CLOSE_PROJECT)


@dataclass(frozen=True, slots=True)
class AddedStep:
    """A step that the place adds: it is reached in `state`, and `gate` waits for it."""

    step: ProcedureStep
    state: ProjectState
    gate: Step


def added_steps(policy: Policy) -> list[AddedStep]:
    """The added steps in the order of the procedure. Each comes before the next step that the system knows, the last ones before the end."""
    return list(reversed(list(_backwards(policy))))


def _backwards(policy: Policy) -> Iterator[AddedStep]:
    state, gate = AT_THE_END
    for step in reversed(policy.steps()):
        if step.code in PLACES:
            state, gate = PLACES[step.code]
        else:
            yield AddedStep(step, state, gate)


def open_steps(project: Project, policy: Policy) -> list[AddedStep]:
    """The added steps that the project has come to and that are neither done nor waived, in their order."""
    here = [each for each in added_steps(policy) if each.state == project.state]
    done = set(project.steps_done.values_list("code", flat=True)) if here else set()
    return [each for each in here if each.step.code not in done]


def require_actor(by: Any, step: ProcedureStep, project: Project, on: date) -> None:
    """Refuse everybody to whom no to-do of an added step goes. Raises NotPermitted."""
    actor = actor_of(step, project)
    body = actor.get("body")
    require(by, actor["permission"], on, region=actor.get("region"), body_id=body.pk if body else None)


def actor_of(step: ProcedureStep, project: Project) -> dict[str, Any]:
    """To whom a to-do of an added step goes: permission, and the place or body where it has to be held."""
    agreement = getattr(project, "agreement", None)
    if step.by == "agency" and agreement is not None:
        return {"permission": Permission.SIGN_AS_AGENCY, "body": agreement.agency.body}
    if step.by == "town":
        return {"permission": Permission.SUBMIT_DESIGN, "region": project.region}
    return {"permission": Permission.REVIEW_DESIGN, "region": project.region.county}
