"""What organisations took on without a contract of the chain: public-benefit projects and activities, help among residents."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.kernel.steps import refuse_withdrawn
from wushe.organisations import actions
from wushe.organisations.actions import UndertakingDraft
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import UndertakingFilter, count_of, undertaking_by_number, undertaking_kinds, undertakings_in
from wushe.organisations.rules import refuse_struck_off
from wushe.policies.queries import Code, policy_for
from wushe.web.common import words
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.asked import year_asked
from wushe.web.common.filters import Choice
from wushe.web.common.forms import DateInput, Form, attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.organisations.classes import codes_of, text_of
from wushe.web.desk.organisations.reading import policy_of, visible_organisation

SORTS = {
    "since": ("-since", "id"),
    "name": ("organisation__name", "id"),
    "place": ("organisation__region__code", "id"),
    "people": ("-people", "id"),
}
EARLIEST, LATEST = 1950, 2100


class UndertakingForm(Form):
    """What was taken on, and what shows it."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    name = forms.CharField(label=gettext_lazy("What it took on"), max_length=120)
    since = forms.DateField(label=gettext_lazy("Begun on"), widget=DateInput())
    until = forms.DateField(
        label=gettext_lazy("First day after the end"), help_text=gettext_lazy("Empty while it goes on."), widget=DateInput(), required=False
    )
    people = forms.IntegerField(label=gettext_lazy("People reached"), min_value=0, max_value=10_000_000, required=False)
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy("A plan, a record, a notice, pictures and where they are."),
        max_length=200,
    )

    def __init__(self, *args: Any, kinds: tuple[Code, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.code, label(kind)) for kind in kinds if not kind.retired]
        self.fields["kind"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a choice field

    def to_draft(self) -> UndertakingDraft:
        """The undertaking."""
        return UndertakingDraft(**self.cleaned_data)


class WithdrawUndertakingForm(Form):
    """Why it is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


@permission(Permission.VIEW_ORGANISATIONS)
def undertakings(request: Any) -> HttpResponse:
    """What the organisations of my places took on, counted apart from contracts."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    policy = policy_of(request, scope)
    codes = undertaking_kinds(policy) if policy is not None else ()
    kinds = {code.code: text_of(code) for code in codes_of(policy, "undertaking_kinds")}
    chosen = _filter_of(request.GET, kinds)
    rows = undertakings_in(scope, chosen)
    listing = Listing(request, rows, SORTS)
    if listing.wants_table:
        return _export(listing, kinds)
    years = [(str(year), str(year)) for year in range(request.on.year, request.on.year - 5, -1)]
    context = {
        "listing": listing,
        "chosen": chosen,
        "kinds": kinds,
        "count": count_of(rows, codes),
        "choices": [
            Choice("kind", _("Kind"), kinds.items(), chosen.kind),
            Choice("year", _("Year"), years, request.GET.get("year", "")),
        ],
    }
    return render(request, "desk/organisations/undertakings.html", context)


def _filter_of(query: Mapping[str, str], kinds: Mapping[str, str]) -> UndertakingFilter:
    kind, year = query.get("kind", ""), year_asked(query.get("year", ""))
    in_bounds = year is not None and EARLIEST <= year <= LATEST
    text = query.get("q", "").replace("\0", "")
    return UndertakingFilter(text=text, kind=kind if kind in kinds else "", year=year if in_bounds else None)


def _export(listing: Listing, kinds: Mapping[str, str]) -> HttpResponse:
    header = [
        *(_("Number"), _("Name"), _("Town"), _("Community or village"), _("Kind"), _("What it took on")),
        *(_("Begun on"), _("First day after the end"), _("People reached"), _("What shows it")),
    ]

    def line(row: Any) -> list[Any]:
        place = row.organisation.region
        told = [row.organisation.number, row.organisation.name, place.town.name if place.town else "", place.name]
        return [*told, kinds.get(row.kind, row.kind), row.name, row.since, row.until, row.people, row.evidence]

    return table_response(listing, "undertakings", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


@permission(Permission.RECORD_UNDERTAKING)
def record_undertaking(request: Any, number: str) -> HttpResponse:
    """An organisation took something on."""
    row = visible_organisation(request, number)
    require_open(request, refuse_struck_off, "record_undertaking", row)
    form = UndertakingForm(typed(request), kinds=undertaking_kinds(policy_for(row.region, request.on)), initial={"since": request.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.record_undertaking(organisation=row, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("desk:organisations:detail", number)
    explanation = _("Without a contract of the chain: projects that were tendered are counted there.")
    context = {"form": form, "organisation": row, "title": words.step("record_undertaking"), "explanation": explanation}
    return render(request, "desk/organisations/step.html", context, status=422 if form.errors else 200)


@permission(Permission.WITHDRAW_UNDERTAKING)
def withdraw_undertaking(request: Any, undertaking: str) -> HttpResponse:
    """What was recorded by mistake is taken back."""
    found = undertaking_by_number(undertaking, step_scope(request))
    require_open(request, refuse_withdrawn, "withdraw_undertaking", found.withdrawn_on)
    form = WithdrawUndertakingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.withdraw_undertaking(row=found, **form.cleaned_data, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("desk:organisations:detail", found.organisation.number)
    title = words.step("withdraw_undertaking")
    context = {"form": form, "organisation": found.organisation, "title": title, "explanation": found.name}
    return render(request, "desk/organisations/step.html", context, status=422 if form.errors else 200)
