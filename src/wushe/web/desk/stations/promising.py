from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.policies.queries import Code, policy_for
from wushe.stations import actions
from wushe.stations.actions import CommitmentDraft
from wushe.stations.models import Commitment
from wushe.stations.permissions import Permission
from wushe.stations.queries import commitment_state, commitments_in
from wushe.web.common.access import asked_for, permission
from wushe.web.common.filters import Choice
from wushe.web.common.forms import DateInput, Form, attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.place_filter import place_filter
from wushe.web.common.station_words import COMMITMENT_STATES
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.stations.forms import evidence
from wushe.web.desk.stations.keeping import shown
from wushe.web.desk.stations.reading import visible_station
from wushe.web.desk.stations.working_forms import ReasonForm, choices

SORTS = {"due": ("due_on", "number"), "place": ("station__region__code", "due_on"), "promised": ("-promised_on", "number")}


class MakeCommitmentForm(Form):
    """What is promised."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    text = forms.CharField(label=gettext_lazy("What is promised"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    promised_by = forms.CharField(
        label=gettext_lazy("Who promises it"), max_length=120, help_text=gettext_lazy("An office or a unit, no person.")
    )
    promised_on = forms.DateField(label=gettext_lazy("Promised on"), widget=DateInput())
    due_on = forms.DateField(label=gettext_lazy("By when"), widget=DateInput())

    def __init__(self, *args: Any, kinds: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(kinds)  # type: ignore[attr-defined]  # a choice field

    def to_draft(self) -> CommitmentDraft:
        """The commitment."""
        return CommitmentDraft(**self.cleaned_data)


class DeliverCommitmentForm(Form):
    """What came, and when."""

    delivered_on = forms.DateField(label=gettext_lazy("Came on"), widget=DateInput())
    outcome = forms.CharField(label=gettext_lazy("What was done"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(label=gettext_lazy("Photo or document"), required=False)


@permission(Permission.VIEW_STATIONS)
def commitments(request: Any) -> HttpResponse:
    """What is promised to the stations of my places, by when, and what came."""
    scope, places = place_filter(request, scope_of(request.user, Permission.VIEW_STATIONS, request.on))
    state = request.GET.get("state", "")
    state = state if state in COMMITMENT_STATES else ""
    listing = Listing(request, commitments_in(scope, state, request.on), SORTS)
    if listing.wants_table:
        return _export(request, listing)
    context = {
        "listing": listing,
        "rows": [(row, commitment_state(row, request.on)) for row in listing],
        "states": COMMITMENT_STATES,
        "choices": [places, Choice("state", _("State"), COMMITMENT_STATES.items(), state)],
    }
    return render(request, "desk/stations/commitments.html", context)


def _export(request: Any, listing: Listing) -> HttpResponse:
    header = [
        _("Number"), _("Station"), _("Place"), _("What is promised"), _("Who promises it"), _("Promised on"), _("By when"), _("State"),
        _("Came on"), _("What was done"),
    ]  # fmt: skip

    def line(row: Commitment) -> list[Any]:
        days = [day.isoformat() if day else "" for day in (row.promised_on, row.due_on, row.delivered_on)]
        state = COMMITMENT_STATES[commitment_state(row, request.on)]
        station = row.station
        return [
            row.number,
            station.name,
            station.region,
            row.text,
            row.promised_by,
            days[0],
            days[1],
            state,
            days[2],
            row.outcome or row.reason,
        ]

    return table_response(listing, "commitments", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


@permission(Permission.VIEW_STATIONS)
def commitment(request: Any, commitment: str) -> HttpResponse:
    """Where a to-do leads: the station, at its commitments."""
    return _back(_visible(request, commitment).station.number)


@permission(Permission.MAKE_COMMITMENT)
def make_commitment(request: Any, number: str) -> HttpResponse:
    """Record what is promised to a station."""
    station = visible_station(request, number)
    kinds = policy_for(station.region, request.on).codes("commitment_kinds")
    form = MakeCommitmentForm(typed(request), kinds=kinds, initial={"promised_on": request.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.make_commitment(station=station, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The commitment is recorded. Everybody can read it on the public page of the station."))
            return _back(number)
    return shown(request, form, station, _("Record a commitment"), _("Record the commitment"))


@permission(Permission.DELIVER_COMMITMENT)
def deliver_commitment(request: Any, commitment: str) -> HttpResponse:
    """Say what came."""
    found = _visible(request, commitment)
    form = DeliverCommitmentForm(typed(request), request.FILES or None, initial={"delivered_on": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def deliver() -> Commitment:
            days = {"delivered_on": given["delivered_on"], "outcome": given["outcome"]}
            return actions.deliver_commitment(number=commitment, **days, file=evidence(given["file"]), by=request.user, at=request.at)

        if attempt(form, deliver) is not None:
            return _back(found.station.number)
    return shown(
        request, form, found.station, _("Commitment kept: “%(text)s”") % {"text": found.text}, _("Record that it came"), with_files=True
    )


@permission(Permission.WITHDRAW_COMMITMENT)
def withdraw_commitment(request: Any, commitment: str) -> HttpResponse:
    """Take a promise back."""
    found = _visible(request, commitment)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: actions.withdraw_commitment(number=commitment, reason=reason, by=request.user, at=request.at))
        if done is not None:
            return _back(found.station.number)
    return shown(request, form, found.station, _("Withdraw the commitment"), _("Withdraw the commitment"), final=True)


def _back(number: str) -> HttpResponse:
    address = redirect("desk:stations:detail", number)
    address["Location"] += "#commitments"
    return address


def _visible(request: Any, number: str) -> Commitment:
    found = Commitment.objects.select_related("station").filter(number=number).first()
    if found is None:
        raise NotFound(kind="commitment", number=number)
    with asked_for("commitment", number):
        found.station = visible_station(request, found.station.number)
    lead_back(request, reverse("desk:stations:commitment", args=[number]), found.station.name)
    return found
