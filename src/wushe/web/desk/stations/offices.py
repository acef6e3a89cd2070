from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.models import Body
from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.organisations.models import OTHER_KINDS, Organisation
from wushe.stations import actions
from wushe.stations.actions import OfficeDraft
from wushe.stations.models import Office, OfficeExtension
from wushe.stations.permissions import Permission
from wushe.stations.queries import OFFICE_STATES, benefit_of, office_by_number, offices_in, tenancy_of
from wushe.web.common.access import asked_for, permission
from wushe.web.common.fields import BodyField
from wushe.web.common.filters import Choice
from wushe.web.common.forms import DateInput, Form, attempt, typed
from wushe.web.common.listing import Listing, table_response
from wushe.web.common.place_filter import place_filter
from wushe.web.desk.stations.keeping import shown
from wushe.web.desk.stations.reading import visible_station
from wushe.web.desk.stations.working_forms import ReasonForm

SORTS = {"place": ("station__region__code", "name"), "area": ("-area_m2", "pk"), "offered": ("-offered_on", "pk")}
STATES = {"free": gettext_lazy("not taken"), "taken": gettext_lazy("taken"), "withdrawn": gettext_lazy("off the list")}


class OfferOfficeForm(Form):
    """Space that is given free of charge."""

    name = forms.CharField(
        label=gettext_lazy("Which space"), max_length=120, help_text=gettext_lazy("For example: second floor, room 203.")
    )
    area_m2 = forms.DecimalField(label=gettext_lazy("Floor space"), max_digits=9, decimal_places=2)
    monthly_value = forms.DecimalField(
        label=gettext_lazy("Worth a month"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=gettext_lazy("What it would cost to rent."),
    )
    terms = forms.CharField(
        label=gettext_lazy("Terms for everybody"), max_length=300, help_text=gettext_lazy("Who may have it, for how long, how to apply.")
    )
    offered_on = forms.DateField(label=gettext_lazy("Offered since"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_m2"].unit = _("square metres")  # type: ignore[attr-defined]  # a number field of ours
        self.fields["monthly_value"].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours

    def to_draft(self) -> OfficeDraft:
        """The office."""
        return OfficeDraft(**self.cleaned_data)


class LetOfficeForm(Form):
    """Who has it from when on."""

    organisation = BodyField(label=gettext_lazy("Organisation"), max_length=120)
    agreement = forms.CharField(label=gettext_lazy("Agreement"), max_length=200, help_text=gettext_lazy("Its number or title."))
    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput())
    agreed_until = forms.DateField(
        label=gettext_lazy("Last day of the agreement"),
        widget=DateInput(),
        required=False,
        help_text=gettext_lazy("Before it ends, a to-do asks what becomes of the office. It can be extended."),
    )


class ExtendOfficeForm(Form):
    """Until when the agreement goes on, and by which paper."""

    agreed_until = forms.DateField(label=gettext_lazy("New last day of the agreement"), widget=DateInput())
    agreement = forms.CharField(
        label=gettext_lazy("Agreement about the extension"), max_length=200, help_text=gettext_lazy("Its number or title.")
    )


class VacateOfficeForm(Form):
    """When and why it is left."""

    until = forms.DateField(label=gettext_lazy("First day without the office"), widget=DateInput())
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


@permission(Permission.VIEW_STATIONS)
def offices(request: Any) -> HttpResponse:
    """The free offices of my places: which are free, who has the others, and what that is worth."""
    scope, places = place_filter(request, scope_of(request.user, Permission.VIEW_STATIONS, request.on))
    state = request.GET.get("state", "")
    state = state if state in OFFICE_STATES else ""
    listing = Listing(request, offices_in(scope.where("station__region", "station__body"), state, request.on), SORTS)
    if listing.wants_table:
        header = [
            *(_("Number"), _("Station"), _("Place"), _("Which space"), _("Floor space"), _("Worth a month"), _("Terms for everybody")),
            *(_("State"), _("Organisation"), _("From"), _("Last day of the agreement"), _("Benefit in kind so far")),
        ]
        return table_response(listing, "offices", header, list(listing.rows), lambda row: _line(row, request))
    context = {
        "listing": listing,
        "rows": [(row, [(use, benefit_of(use, request.on)) for use in row.running]) for row in listing],
        "choices": [places, Choice("state", _("State"), STATES.items(), state)],
    }
    return render(request, "desk/stations/offices.html", context)


def _line(row: Any, request: Any) -> list[Any]:
    state = "withdrawn" if row.withdrawn_on else "taken" if row.taken else "free"
    use = row.running[0] if row.running else None
    who = [use.organisation.name, use.since.isoformat(), use.agreed_until, benefit_of(use, request.on)] if use else ["", "", "", ""]
    station = row.station
    return [row.number, station.name, station.region, row.name, row.area_m2, row.monthly_value, row.terms, str(STATES[state]), *who]


@permission(Permission.OFFER_OFFICE)
def offer_office(request: Any, number: str) -> HttpResponse:
    """Put an office on the public list."""
    station = visible_station(request, number)
    form = OfferOfficeForm(typed(request), initial={"offered_on": request.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.offer_office(station=station, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The office is on the public list, open to all on the same terms."))
            return redirect("desk:stations:offices")
    return shown(request, form, station, _("Offer a free office"), _("Offer the office"))


@permission(Permission.LET_OFFICE)
def let_office(request: Any, office: str) -> HttpResponse:
    """Let an organisation have it."""
    found = _visible(request, office)
    form = LetOfficeForm(typed(request), initial={"since": request.on})
    county = found.station.region.county_id
    tenants = Organisation.objects.exclude(kind__in=OTHER_KINDS).standing(request.on).filter(region__county=county)
    form.fields["organisation"].choose_from(Body.objects.filter(pk__in=tenants.values("body")).order_by("name"))  # type: ignore[attr-defined]  # a field of bodies
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        organisation = Organisation.objects.select_related("region").get(body=given.pop("organisation"))
        done = attempt(form, lambda: actions.let_office(number=office, organisation=organisation, **given, by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:stations:offices")
    return shown(request, form, found.station, _("Let “%(name)s”") % {"name": found.name}, _("Record who has it"))


@permission(Permission.EXTEND_OFFICE)
def extend_office(request: Any, office: str) -> HttpResponse:
    """Who has it stays longer."""
    found = _visible(request, office)
    form = ExtendOfficeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.extend_office(number=office, **given, by=request.user, at=request.at)) is not None:
            messages.success(request, _("The agreement is extended."))
            return redirect("desk:stations:offices")
    title = _("Extend the agreement about “%(name)s”") % {"name": found.name}
    return shown(request, form, found.station, title, _("Extend the agreement"), facts=_facts(found))


@permission(Permission.WITHDRAW_EXTENSION)
def withdraw_extension(request: Any, office: str, extension: int) -> HttpResponse:
    """Take an extension back that was entered by mistake."""
    found = _visible(request, office)
    row = OfficeExtension.objects.filter(pk=extension, use__office=found).first()
    if row is None:
        raise NotFound(kind="office", number=office)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        given = {"extension_id": extension, "reason": form.cleaned_data["reason"], "by": request.user, "at": request.at}
        if attempt(form, lambda: actions.withdraw_extension(number=office, **given)) is not None:
            messages.success(request, _("The extension is taken back; the agreement ends when it did before."))
            return redirect("desk:stations:offices")
    facts = [*_facts(found), (_("After this"), _until(row.before))]
    title = _("Take back the extension of the agreement about “%(name)s”") % {"name": found.name}
    return shown(request, form, found.station, title, _("Take the extension back"), facts=facts)


@permission(Permission.VACATE_OFFICE)
def vacate_office(request: Any, office: str) -> HttpResponse:
    """Record that it was left."""
    found = _visible(request, office)
    form = VacateOfficeForm(typed(request), initial={"until": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.vacate_office(number=office, **given, by=request.user, at=request.at)) is not None:
            return redirect("desk:stations:offices")
    title, instead = (
        _("“%(name)s” is vacated") % {"name": found.name},
        (reverse("desk:stations:extend_office", args=[office]), _("Extend the agreement")),
    )
    return shown(request, form, found.station, title, _("Record that it is vacated"), instead=instead, facts=_facts(found))


@permission(Permission.WITHDRAW_OFFICE)
def withdraw_office(request: Any, office: str) -> HttpResponse:
    """Take it off the list."""
    found = _visible(request, office)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.withdraw_office(number=office, reason=reason, by=request.user, at=request.at)) is not None:
            return redirect("desk:stations:offices")
    return shown(request, form, found.station, _("Take “%(name)s” off the list") % {"name": found.name}, _("Take it off"), final=True)


def _facts(office: Office) -> list[tuple[Any, Any]]:
    """Who has the office now, by which agreement, and until when."""
    use = tenancy_of(office)
    if use is None:
        return []
    since = (_("From"), date_format(use.since))
    return [
        (_("Who has it"), use.organisation.name),
        (_("Agreement"), use.agreement),
        since,
        (_("Last day of the agreement"), _until(use.agreed_until)),
    ]


def _until(day: date | None) -> str:
    return date_format(day) if day else _("no last day was agreed")


def _visible(request: Any, number: str) -> Office:
    found = office_by_number(number)
    with asked_for("office", number):
        found.station = visible_station(request, found.station.number)
    return found
