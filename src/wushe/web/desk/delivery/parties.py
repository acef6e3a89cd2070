"""Who has which role in a project, and since when."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.oversight.queries import sees_evidence
from wushe.projects.models import Project
from wushe.projects.permissions import Permission as Projects
from wushe.projects.queries import project_by_number
from wushe.projects.states import ProjectState
from wushe.services import actions as services
from wushe.services.models import Capacity, Involvement
from wushe.services.permissions import Permission
from wushe.services.queries import lead_of, parties_of
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.delivery.forms import JoinForm, LeaveForm
from wushe.web.desk.projects.finding import own_project

ROLES = {
    "owner": gettext_lazy("Owner"),
    "purchaser": gettext_lazy("Purchaser"),
    "undertaker": gettext_lazy("Undertaker"),
    Capacity.TEAM: gettext_lazy("Executing team"),
    Capacity.PARTNER: gettext_lazy("Community partner"),
}


@permission(Projects.VIEW_PROJECT)
def parties(request: Any, number: str) -> HttpResponse:
    """Owner, undertaker, team and partners with their days; the team for those who see what shows the work."""
    project = project_by_number(number, user=request.user, at=request.at)
    sees_team = sees_evidence(request.user, project, request.on)
    context = {
        "project": project,
        "roles": ROLES,
        "parties": [party for party in parties_of(project) if sees_team or party.role != Capacity.TEAM],
        "lead": lead_of(project),
        "may_change": _may_change(request, project),
    }
    return render(request, "desk/delivery/parties.html", context)


@permission(Permission.JOIN_PROJECT)
def join_project(request: Any, number: str) -> HttpResponse:
    """Somebody takes part from a day on."""
    project = own_project(request, number)
    form = JoinForm(typed(request), project=project, on=request.on)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.join_project(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("%(name)s takes part now.") % {"name": done.name})
            return redirect("desk:delivery:parties", number)
    context = {"form": form, "project": project, "title": _("Enter who takes part"), "submit": _("Enter who takes part")}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Permission.LEAVE_PROJECT)
def leave_project(request: Any, number: str, involvement: int) -> HttpResponse:
    """Somebody takes part no longer."""
    project = own_project(request, number)
    found = Involvement.objects.filter(project=project, pk=involvement).first()
    if found is None:
        raise NotFound(kind="involvement", number=str(involvement))
    form = LeaveForm(typed(request), initial={"until": request.on})
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        done = attempt(form, lambda: services.leave_project(involvement_id=found.pk, until=until, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("%(name)s takes part no longer.") % {"name": done.name})
            return redirect("desk:delivery:parties", number)
    title = _("%(name)s leaves the project") % {"name": found.name}
    context = {"form": form, "project": project, "title": title, "submit": _("Enter the last day")}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


def _may_change(request: Any, project: Project) -> bool:
    agreement = getattr(project, "agreement", None)
    mine = scope_of(request.user, Permission.JOIN_PROJECT, request.on).body_ids
    return agreement is not None and agreement.agency.body_id in mine and project.state == ProjectState.DELIVERING
