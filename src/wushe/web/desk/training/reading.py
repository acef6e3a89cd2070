"""What is taught: the courses of a year, plans beside what was done, and the hours of agencies and people."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.accounts.queries import Scope, scope_of
from wushe.policies.queries import Policy, policy_for, policy_where
from wushe.web.common.access import permission
from wushe.web.common.asked import year_asked
from wushe.web.common.filters import Choice
from wushe.web.common.listing import EXPORT_CHUNK, Listing, rows_response, table_response, wants_table
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.workers.reading import keeps
from wushe.workforce.models import Course, Session
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import (
    agency_kinds,
    class_hours,
    course_by_number,
    courses_in,
    hours_of_agencies,
    hours_of_people,
    plans_in,
    present_at,
    session_by_number,
    sessions_of,
    shown,
)

MEASURE = "agency_training_class_hours_per_agency"
SORTS = {"number": ("-number",), "title": ("title",), "kind": ("kind", "number"), "place": ("region__code", "number")}
PEOPLE_SORTS = {"minutes": ("-minutes", "number"), "place": ("region__code", "number"), "meetings": ("-meetings", "number")}


def year_of(request: Any) -> int:
    """The year of the address, or this one."""
    return year_asked(request.GET.get("year", "")) or int(request.on.year)


def own_scope(request: Any) -> Scope:
    """My places."""
    return scope_of(request.user, Permission.VIEW_WORKERS, request.on)


def kind_words(policy: Policy) -> dict[str, str]:
    """The kinds of course in words."""
    return {code.code: label(code) for code in policy.codes("training_kinds")}


@permission(Permission.VIEW_WORKERS)
def courses(request: Any) -> HttpResponse:
    """The courses of a year that concern my places, and the plans beside what was done."""
    scope, year = own_scope(request), year_of(request)
    policy = policy_where(scope.regions, request.on)
    words, kind = kind_words(policy), request.GET.get("kind", "")
    rows = courses_in(scope, year)
    listing = Listing(request, rows.filter(kind=kind) if kind in words else rows, SORTS)
    if listing.wants_table:
        return _export_courses(listing, words)
    context = {
        "listing": listing,
        "words": words,
        "year": year,
        "plans": [{"standing": each, "hours": class_hours(each.minutes, policy)} for each in plans_in(scope, year, request.on)],
        "choices": [Choice("kind", _("Kind of course"), words.items(), kind)],
    }
    return render(request, "desk/training/courses.html", context)


def _export_courses(listing: Listing, words: dict[str, str]) -> HttpResponse:
    header = [_("Number"), _("Course title"), _("Kind of course"), _("Place that organises"), _("Organiser"), _("Sessions"), _("People")]

    def line(row: Any) -> list[Any]:
        return [row.number, row.title, words.get(row.kind, row.kind), row.region.name, row.organiser, row.meetings, row.persons]

    return table_response(listing, "courses", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


def visible_course(request: Any, number: str) -> Course:
    """A course that concerns my places. Raises NotFound."""
    return course_by_number(number, own_scope(request))


def visible_session(request: Any, number: str) -> Session:
    """A session that concerns my places. Raises NotFound."""
    found = session_by_number(number, own_scope(request))
    lead_back(request, reverse("desk:training:session", args=[number]), found.course.title)
    return found


@permission(Permission.VIEW_WORKERS)
def course(request: Any, number: str) -> HttpResponse:
    """One course with its sessions."""
    found = visible_course(request, number)
    policy = policy_for(found.region, request.on)
    sessions = [{"session": each, "hours": class_hours(each.minutes, policy)} for each in sessions_of(found)]
    lead_back(request, f"{reverse('desk:training:courses')}?year={found.year}", found.year)
    return render(request, "desk/training/course.html", {"course": found, "sessions": sessions, "words": kind_words(policy)})


@permission(Permission.VIEW_WORKERS)
def session(request: Any, number: str) -> HttpResponse:
    """One session and who was there; others than the organiser see the people of their own places."""
    found, scope = visible_session(request, number), own_scope(request)
    present = [(each, shown(each.worker, keeps=keeps(request, each.worker)).name) for each in present_at(found, scope)]
    context = {
        "session": found,
        "present": present,
        "hours": class_hours(found.minutes, policy_for(found.course.region, request.on)),
        "is_ahead": found.held_on > request.on,
        "is_today": found.held_on == request.on,
        "sees_all": scope.covers(found.course.region),
    }
    lead_back(request, reverse("desk:training:course", args=[found.course.number]), found.course.title)
    return render(request, "desk/training/session.html", context)


@permission(Permission.VIEW_WORKERS)
def agencies(request: Any) -> HttpResponse:
    """The class hours of every agency of the county, against what the policy owes them."""
    scope, year = own_scope(request), year_of(request)
    region = scope.first_place
    place = region.county or region
    policy = policy_where([place], request.on)
    kinds = agency_kinds(policy)
    rows = [
        {
            "agency": each.organisation,
            "hours": class_hours(each.minutes, policy),
            "by_kind": [class_hours(each.minutes_by_kind.get(kind, 0), policy) for kind in kinds],
            "sessions": each.sessions,
        }
        for each in hours_of_agencies(place, kinds, year, request.on)
    ]
    words = kind_words(policy)
    if wants_table(request):
        return _export_agencies(request, rows, [words[kind] for kind in kinds], year)
    target = next((each for each in policy.targets() if each.measure == MEASURE and each.applies_to(place)), None)
    context = {"rows": rows, "kinds": [words[kind] for kind in kinds], "target": target, "place": place, "year": year}
    lead_back(request, f"{reverse('desk:training:courses')}?year={year}", year)
    return render(request, "desk/training/agencies.html", context)


def _export_agencies(request: Any, rows: list[dict[str, Any]], kinds: list[str], year: int) -> HttpResponse:
    header = [_("Number"), _("Agency"), *kinds, _("Sessions"), _("Class hours")]

    def line(row: dict[str, Any]) -> list[Any]:
        by_kind = [round(hours, 1) for hours in row["by_kind"]]
        return [row["agency"].number, row["agency"].name, *by_kind, row["sessions"], round(row["hours"], 1)]

    return rows_response(request, f"agency-hours-{year}", header, rows, line)


@permission(Permission.VIEW_WORKERS)
def people(request: Any) -> HttpResponse:
    """The class hours of everybody whose entry is kept in my places."""
    scope, year = own_scope(request), year_of(request)
    policy = policy_where(scope.regions, request.on)
    without = request.GET.get("hours") == "none"
    rows = hours_of_people(scope.within(), year, request.on)
    listing = Listing(request, rows.filter(Q(meetings=0)) if without else rows, PEOPLE_SORTS)
    if listing.wants_table:
        header = [_("Number"), _("Name of the person"), _("Place"), _("Sessions"), _("Class hours")]

        def line(row: Any) -> list[Any]:
            name = shown(row, keeps=keeps(request, row)).name
            return [row.number, name, row.region.name, row.meetings, round(class_hours(row.minutes, policy), 1)]

        return table_response(listing, "training-hours", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)
    context = {
        "listing": listing,
        "rows": [(each, shown(each, keeps=keeps(request, each)).name, class_hours(each.minutes, policy)) for each in listing],
        "year": year,
        "choices": [Choice("hours", _("Class hours"), [("none", _("none in this year"))], "none" if without else "")],
    }
    lead_back(request, f"{reverse('desk:training:courses')}?year={year}", year)
    return render(request, "desk/training/people.html", context)
