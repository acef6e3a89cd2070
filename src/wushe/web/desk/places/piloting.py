from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.kernel.errors import NotFound
from wushe.policies.queries import policies_on
from wushe.regions import actions
from wushe.regions.models import Pilot, Region
from wushe.regions.permissions import Permission
from wushe.regions.queries import region_by_code
from wushe.web.common.access import permission, require_here, signed_in
from wushe.web.common.filters import Choice
from wushe.web.common.forms import DateInput, Form, attempt, typed
from wushe.web.common.listing import Listing, table_response
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.places.reading import MARKS, marks_at, region_of

SORTS = {"place": ("region__code", "since"), "since": ("-since", "pk")}
STATES = {"running": gettext_lazy("goes on"), "ended": gettext_lazy("ended")}


class NamePilotForm(Form):
    """What makes a place a pilot, or gives it a mark that targets of its policy ask for."""

    mark = forms.ChoiceField(label=gettext_lazy("What it becomes"), required=False)
    name = forms.CharField(label=gettext_lazy("Pilot of what"), max_length=120)
    document = forms.CharField(label=gettext_lazy("Document"), max_length=200, help_text=gettext_lazy("Its number or title."))
    since = forms.DateField(label=gettext_lazy("Pilot since"), widget=DateInput())

    def __init__(self, *args: Any, marks: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if marks:
            self.fields["mark"].choices = [("", _("Pilot")), *marks.items()]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["mark"]


class EndPilotForm(Form):
    """When and why a pilot ends."""

    until = forms.DateField(
        label=gettext_lazy("First day after the pilot"),
        widget=DateInput(),
        help_text=gettext_lazy("The day on which it began says that it was entered by mistake."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


@signed_in
def pilots(request: Any) -> HttpResponse:
    """Which places were made pilots, by which document, from when until when."""
    rows = Pilot.objects.exclude(until=F("since")).select_related("region__town", "region__county")
    code, state = request.GET.get("place", ""), request.GET.get("state", "")
    place = region_by_code(code) if code.isdecimal() else None
    if place is not None:
        rows = rows.filter(region__in=Region.objects.under(place))
    if state in STATES:
        rows = rows.filter(until__isnull=state == "running")
    listing = Listing(request, rows, SORTS)
    lists = [policy.codes(MARKS) for policy in policies_on(request.on) if MARKS in policy.code_lists()]
    words = {"": _("Pilot")} | {code.code: label(code) for codes in lists for code in codes}
    if listing.wants_table:
        header = [
            _("Place"),
            _("Division code"),
            _("What it becomes"),
            _("Pilot of what"),
            _("Document"),
            _("Pilot since"),
            _("First day after the pilot"),
            _("Reason"),
        ]

        def line(row: Pilot) -> list[Any]:
            until = row.until.isoformat() if row.until else ""
            return [
                row.region,
                row.region.code,
                words.get(row.mark, row.mark),
                row.name,
                row.document,
                row.since.isoformat(),
                until,
                row.ending,
            ]

        return table_response(listing, "pilots", header, listing.rows, line)
    context = {"listing": listing, "choices": [Choice("state", _("State"), STATES.items(), state)], "place": place, "words": words}
    return render(request, "desk/places/pilots.html", context)


@signed_in
def pilot(request: Any, number: str) -> HttpResponse:
    """Where a row of a target leads: the place."""
    del request
    address = redirect("desk:places:detail", _pilot(number).region_id)
    address["Location"] += "#pilots"
    return address


@permission(Permission.NAME_PILOT)
def name_pilot(request: Any, pk: int) -> HttpResponse:
    """Enter that a place is a pilot."""
    region = region_of(pk)
    require_here(request, region=region)
    form = NamePilotForm(typed(request), initial={"since": request.on}, marks=marks_at(region, request.on))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.name_pilot(region_id=pk, by=request.user, at=request.at, **given)) is not None:
            messages.success(request, _("The place is on the list of pilots."))
            return redirect("desk:places:detail", pk)
    return _shown(request, form, region, _("Enter a pilot"), _("Enter the pilot"))


@permission(Permission.END_PILOT)
def end_pilot(request: Any, number: str) -> HttpResponse:
    """Let a pilot end."""
    found = _pilot(number)
    require_here(request, region=found.region)
    form = EndPilotForm(typed(request), initial={"until": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.end_pilot(number=number, by=request.user, at=request.at, **given)) is not None:
            return redirect("desk:places:detail", found.region_id)
    return _shown(request, form, found.region, _("End the pilot “%(name)s”") % {"name": found.name}, _("End the pilot"))


def _pilot(number: str) -> Pilot:
    found = Pilot.objects.select_related("region").filter(number=number).first()
    if found is None:
        raise NotFound(kind="pilot", number=number)
    return found


def _shown(request: Any, form: Form, place: Region, title: str, submit: str) -> HttpResponse:
    context = {"form": form, "place": place, "title": title, "submit": submit}
    return render(request, "desk/places/pilot_form.html", context, status=422 if form.errors else 200)
