from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotPermitted
from wushe.ledger import actions
from wushe.ledger.permissions import Permission
from wushe.policies.queries import policy_where
from wushe.web.common.access import permission, step_scope
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.money.forms import AllotToBodyForm, CommitToProjectForm, OpenSourceForm, ReleaseFromProjectForm
from wushe.web.desk.money.reading import visible_source


@permission(Permission.OPEN_SOURCE)
def open_source(request: Any) -> HttpResponse:
    """Enter a source line in the register."""
    scope = step_scope(request)
    if not scope.regions:
        raise NotPermitted(permission=Permission.OPEN_SOURCE)
    kinds = policy_where(scope.regions, request.on).codes("funding_sources")
    form = OpenSourceForm(typed(request), scope=scope, kinds=kinds, on=request.on)
    sent = request.method == "POST"
    if sent and form.is_valid():
        made = attempt(form, lambda: actions.open_source(draft=form.to_draft(), by=request.user, at=request.at))
        if made:
            messages.success(request, _("The source is open; its whole amount is available."))
            return redirect("desk:money:source", made.number)
    return render(request, "desk/money/open_source.html", {"form": form}, status=422 if sent else 200)


@permission(Permission.COMMIT_TO_PROJECT)
def commit_to_project(request: Any, number: str) -> HttpResponse:
    """Promise money of the source to a project."""
    return _move(request, number, CommitToProjectForm, actions.commit_to_project, "desk/money/commit_to_project.html")


@permission(Permission.RELEASE_FROM_PROJECT)
def release_from_project(request: Any, number: str) -> HttpResponse:
    """Give money that a project did not pay out back to the source."""
    return _move(request, number, ReleaseFromProjectForm, actions.release_from_project, "desk/money/release_from_project.html")


@permission(Permission.ALLOT_TO_BODY)
def allot_to_body(request: Any, number: str) -> HttpResponse:
    """Give a station money of the source to run on."""
    source = visible_source(request, number)
    form = AllotToBodyForm(typed(request), source=source, initial={"occurred_on": request.on})
    sent = request.method == "POST"
    if sent and form.is_valid() and attempt(form, lambda: actions.allot_to_body(draft=form.to_draft(), by=request.user, at=request.at)):
        messages.success(request, _("The entry is in the book."))
        return redirect("desk:money:source", number)
    return render(request, "desk/money/allot_to_body.html", {"form": form, "source": source}, status=422 if sent else 200)


def _move(request: Any, number: str, kind: type[CommitToProjectForm], action: Callable[..., Any], template: str) -> HttpResponse:
    source = visible_source(request, number)
    form = kind(typed(request), initial={"occurred_on": request.on, "project": request.GET.get("project", "")})
    sent = request.method == "POST"
    if sent and form.is_valid() and attempt(form, lambda: action(draft=form.to_draft(source), by=request.user, at=request.at)):
        messages.success(request, _("The entry is in the book."))
        return redirect("desk:money:source", number)
    return render(request, template, {"form": form, "source": source}, status=422 if sent else 200)
