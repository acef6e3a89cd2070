from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.projects.models import Project
from wushe.projects.permissions import Permission as Projects
from wushe.projects.queries import project_by_number
from wushe.services import actions as services
from wushe.services.models import Activity, ActivityKind
from wushe.services.permissions import Permission
from wushe.services.queries import activities_of, made_of, progress_of
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import Listing, table_response
from wushe.web.desk.delivery.forms import KINDS, EnterStationForm, ReasonForm, RecordActivityForm, RoomEndForm
from wushe.web.desk.projects.finding import own_project


@permission(Projects.VIEW_PROJECT)
def activities(request: Any, number: str) -> HttpResponseBase:
    """What was done so far: progress against every indicator, the star, and the records."""
    project = project_by_number(number, user=request.user, at=request.at)
    rows = activities_of(project)
    kind = request.GET.get("kind", "")
    if kind:
        rows = rows.filter(kind=kind)
    listing = Listing(request, rows, {"held_on": ("-held_on", "-id"), "title": ("title", "-id")})
    if listing.wants_table:
        header = [_("Number"), _("Kind"), _("Day"), _("Title"), _("Place"), _("Persons"), _("Only counted"), _("Struck out")]
        return table_response(
            listing,
            f"{project.number}-records",
            header,
            listing.rows.iterator(),
            _activity_line,
        )
    made = made_of(project)
    context = {
        "project": project,
        "listing": listing,
        "kind": kind,
        "progress": progress_of(project, request.on, made),
        "parts": made.parts,
        "body_id": _agency_body(project),
    }
    return render(request, "desk/delivery/activities.html", context)


def _activity_line(row: Any) -> list[Any]:
    kind = str(KINDS[ActivityKind(row.kind)])
    return [row.number, kind, row.held_on, row.title, row.region.name, row.identified, row.counted, row.void_reason]


@permission(Permission.ENTER_STATION)
def enter_station(request: Any, number: str) -> HttpResponse:
    """The agency enters the station."""
    project = own_project(request, number)
    form = EnterStationForm(typed(request), project=project, on=request.on, initial={"entered_on": request.on} | _lead(project))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.enter_station(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The entry is on record. Delivery has begun."))
            return redirect("desk:projects:detail", number)
    context = {"form": form, "project": project, "title": _("Enter the station"), "submit": _("Enter the station")}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


def _lead(project: Project) -> dict[str, str]:
    """The first of the agreement's team who has a certificate: most often the one in charge."""
    agreement = getattr(project, "agreement", None)
    team = agreement.content["team"] if agreement is not None else []
    first = next((member for member in team if member["certificate"]), None)
    return {"professional": first["name"], "certificate": first["certificate"]} if first else {}


@permission(Permission.SET_ROOM_END)
def set_room_end(request: Any, number: str) -> HttpResponse:
    """The town says until when the agency has its room free of charge."""
    project = own_project(request, number)
    entry = getattr(project, "station_entry", None)
    form = RoomEndForm(typed(request), initial={"room_until": entry.room_until if entry else None})
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["room_until"]
        done = attempt(form, lambda: services.set_room_end(project_id=project.pk, until=until, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The room is free until %(day)s.") % {"day": date_format(until)})
            return redirect("desk:projects:detail", number)
    context = {"form": form, "project": project, "title": _("Set the end of the free room"), "submit": _("Set the end of the free room")}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Permission.RECORD_ACTIVITY)
def record_activity(request: Any, number: str) -> HttpResponse:
    """Record an activity, group session or visit."""
    project = own_project(request, number)
    form = RecordActivityForm(typed(request), project=project, initial={"held_on": request.on, "kind": "activity"})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.record_activity(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The record %(number)s is kept.") % {"number": done.number})
            return redirect("desk:delivery:activities", number)
    context = {"form": form, "project": project}
    return render(request, "desk/delivery/record_activity.html", context, status=422 if form.errors else 200)


@permission(Permission.VOID_ACTIVITY)
def void_activity(request: Any, number: str, activity: str) -> HttpResponse:
    """Strike a wrong record out."""
    project = own_project(request, number)
    found = Activity.objects.filter(project=project, number=activity).first()
    if found is None:
        raise NotFound(kind="activity", number=activity)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: services.void_activity(activity_id=found.pk, reason=reason, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The record is struck out and counts no longer."))
            return redirect("desk:delivery:activities", number)
    context = {
        "form": form,
        "project": project,
        "title": _("Strike the record “%(title)s” out") % {"title": found.title},
        "explanation": _("The record stays readable with your reason and counts no longer. This cannot be undone."),
        "submit": _("Strike the record out"),
    }
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Permission.FINISH_DELIVERY)
def finish_delivery(request: Any, number: str) -> HttpResponse:
    """Say that the work is done, after a look at what was reached."""
    project = own_project(request, number)
    if request.method == "POST":
        services.finish_delivery(project_id=project.pk, by=request.user, at=request.at)
        messages.success(request, _("The county now has the work evaluated."))
        return redirect("desk:projects:detail", number)
    return render(request, "desk/delivery/finish_delivery.html", {"project": project, "progress": progress_of(project, request.on)})


def _agency_body(project: Project) -> int | None:
    agreement = getattr(project, "agreement", None)
    return agreement.agency.body_id if agreement else None
