from typing import Any

from wushe.projects.models import Project
from wushe.projects.queries import project_by_number
from wushe.web.common.access import require_here


def own_project(request: Any, number: str) -> Project:
    """A project with which I may take the step of the page: at its place, or for the agency that does it. Raises NotFound, NotPermitted."""
    project = project_by_number(number, user=request.user, at=request.at)
    agreement = getattr(project, "agreement", None)
    require_here(request, region=project.region, body_id=agreement.agency.body_id if agreement else None)
    return project
