from typing import Any

from wushe.projects.models import Project
from wushe.projects.queries import in_order, project_by_number
from wushe.projects.states import Step
from wushe.web.common.access import require_here, require_open


def own_project(request: Any, number: str, *, step: Step | None = None) -> Project:
    """A project with which I may take the step of the page: at its place, or for the agency that does it.

    A `step` of the procedure has to fit where the project stands before its form is shown. Raises NotFound, NotPermitted, StepNotAllowed.
    """
    project = project_by_number(number, user=request.user, at=request.at)
    agreement = getattr(project, "agreement", None)
    require_here(request, region=project.region, body_id=agreement.agency.body_id if agreement else None)
    if step is not None:
        require_open(request, in_order, project, step, request.at)
    return project
