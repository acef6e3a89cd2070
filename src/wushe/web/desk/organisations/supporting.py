"""Support of organisations: what was granted, which new ones have nothing yet, and how the groups of the policy are reached."""

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
from wushe.kernel.money import ZERO
from wushe.ledger.permissions import Permission as Ledger
from wushe.ledger.queries import sources
from wushe.organisations import actions
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import (
    GroupSupport,
    SupportFilter,
    eligible_in,
    group_supports,
    is_paid,
    new_kinds,
    new_since,
    refuse_settled,
    sums_of,
    support_by_number,
    support_kinds,
    supports_in,
)
from wushe.organisations.rules import refuse_unfiled
from wushe.policies.queries import policy_for
from wushe.web.common import words
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.asked import year_asked
from wushe.web.common.filters import Choice
from wushe.web.common.forms import DateInput, Form, attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, rows_response, table_response, wants_table
from wushe.web.common.organisation_words import purpose
from wushe.web.common.templatetags.wushe import yuan
from wushe.web.desk.organisations.classes import codes_of, text_of
from wushe.web.desk.organisations.growing import GrantSupportForm, WithdrawSupportForm
from wushe.web.desk.organisations.reading import policy_of, visible_organisation
from wushe.web.desk.organisations.stepping import take_step

SORTS = {
    "granted": ("-granted_on", "id"),
    "name": ("organisation__name", "id"),
    "place": ("organisation__region__code", "id"),
    "amount": ("-amount", "id"),
}
PAYMENT = {"yes": True, "no": False}
NEW_SORTS = {"place": ("region__code", "name", "id"), "name": ("name", "id"), "filed": ("-filed_on", "id")}


@permission(Permission.VIEW_ORGANISATIONS)
def supports(request: Any) -> HttpResponse:
    """What was granted to the organisations of my places."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    policy = policy_of(request, scope)
    kinds = {code.code: text_of(code) for code in codes_of(policy, "support_kinds")}
    query = request.GET
    kind, year, paid = (query.get(name, "") for name in ("kind", "year", "paid"))
    chosen = SupportFilter(
        text=query.get("q", ""),
        kind=kind if kind in kinds else "",
        year=year_asked(year),
        paid=PAYMENT.get(paid),
    )
    rows = supports_in(scope, chosen)
    listing = Listing(request, rows, SORTS)
    if listing.wants_table:
        return _export(listing, kinds)
    years = [(each, each) for each in range(request.on.year, request.on.year - 5, -1)]
    granted, paid_out = sums_of(rows)
    choices = [
        Choice("kind", _("Kind"), kinds.items(), chosen.kind),
        Choice("paid", _("Payment"), [("yes", _("Paid")), ("no", _("not paid yet"))], paid),
        Choice("year", _("Year"), years, year),
    ]
    context = {
        "listing": listing,
        "rows": [(row, is_paid(row)) for row in listing],
        "chosen": chosen,
        "kinds": kinds,
        "granted": granted,
        "paid_out": paid_out,
        "choices": choices,
    }
    return render(request, "desk/organisations/supports.html", context)


def _export(listing: Listing, kinds: dict[str, str]) -> HttpResponse:
    header = [
        *(_("Number"), _("Number of the organisation"), _("Name"), _("Town"), _("Community or village"), _("Kind"), _("Amount")),
        *(_("Granted on"), _("Paper"), _("What for"), _("Withdrawn on"), _("Reason"), _("Amount paid"), _("Paid out of"), _("Paid on")),
    ]

    def line(row: Any) -> list[Any]:
        place = row.organisation.region
        told = [row.number, row.organisation.number, row.organisation.name, place.town.name if place.town else "", place.name]
        return [
            *told,
            kinds.get(row.kind, row.kind),
            row.amount,
            row.granted_on,
            row.document,
            row.purpose,
            row.withdrawn_on,
            row.reason,
            *_paid(row),
        ]

    return table_response(listing, "supports", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


def _paid(row: Any) -> list[Any]:
    return [row.amount, row.entry.source.name, row.entry.occurred_on] if is_paid(row) else [ZERO, None, None]


@permission(Permission.VIEW_ORGANISATIONS)
def eligible(request: Any) -> HttpResponse:
    """The new organisations of my places that have no support for new ones yet."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    policy = policy_of(request, scope)
    if policy is None or not new_kinds(policy):
        return render(request, "desk/organisations/eligible.html", {"listing": None})
    listing = Listing(request, eligible_in(scope, policy, request.on), NEW_SORTS)
    if listing.wants_table:
        header = [
            *(_("Number"), _("Name"), _("Town"), _("Community or village"), _("State"), _("Filed on"), _("Registered on")),
            *(_("Members"), _("Purpose class")),
        ]
        return table_response(listing, "new-organisations", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), _new_line)
    context = {
        "listing": listing,
        "months": policy.require("support.newly_months"),
        "since": new_since(policy, request.on),
        "new_kinds": new_kinds(policy),
        "may_grant": bool(scope_of(request.user, Permission.GRANT_SUPPORT, request.on)),
    }
    return render(request, "desk/organisations/eligible.html", context)


def _new_line(row: Any) -> list[Any]:
    told = [row.number, row.name, row.region.town.name if row.region.town else "", row.region.name, words.state(row.state)]
    return [*told, row.filed_on, row.registered_on, row.members, purpose(row.purpose_class)]


@permission(Permission.VIEW_ORGANISATIONS)
def groups(request: Any) -> HttpResponse:
    """For each group of people: the organisations that serve it, and how many of them are supported."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    found = group_supports(scope, codes_of(policy_of(request, scope), "client_groups"), request.on)
    if wants_table(request):
        header = [_("Whom it serves"), _("Organisations"), _("Supported"), _("Share"), _("Amount")]
        return rows_response(request, "support-groups", header, found, _group_line)
    return render(request, "desk/organisations/support_groups.html", {"found": found})


def _group_line(row: GroupSupport) -> list[Any]:
    return [text_of(row.group), row.organisations, row.supported, None if row.share is None else round(row.share, 4), row.amount]


@permission(Permission.GRANT_SUPPORT)
def grant_support(request: Any, number: str) -> HttpResponse:
    """An organisation is granted money."""
    row = visible_organisation(request, number)
    require_open(request, refuse_unfiled, "grant_support", row, request.on)
    policy = policy_for(row.region, request.on)
    form = GrantSupportForm(typed(request), kinds=support_kinds(policy), initial={"granted_on": request.on})

    def take() -> object:
        return actions.grant_support(organisation=row, draft=form.to_draft(), by=request.user, at=request.at)

    return take_step(request, row, "grant_support", form, take)


class PaySupportForm(Form):
    """Out of which source it is paid, by which voucher."""

    source = forms.ChoiceField(label=gettext_lazy("Source of money"))
    voucher_no = forms.CharField(label=gettext_lazy("Voucher"), max_length=60)
    paid_on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())

    def __init__(self, *args: Any, sources: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(row.number, f"{row.name} {row.year} · {yuan(row.available)}") for row in sources]
        self.fields["source"].choices = [("", _("Choose")), *lines]  # type: ignore[attr-defined]  # a choice field


@permission(Permission.PAY_SUPPORT)
def pay_support(request: Any, support: str) -> HttpResponse:
    """The finance office pays what was granted out of a source of money."""
    row = support_by_number(support, step_scope(request))
    require_open(request, refuse_settled, "pay_support", row)
    lines = sources(scope_of(request.user, Ledger.ALLOT_TO_BODY, request.on))
    form = PaySupportForm(typed(request), sources=lines, initial={"paid_on": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.pay_support(support=row, by=request.user, at=request.at, **given))
        if done is not None and done.entry is not None:
            messages.success(request, _("Saved."))
            return redirect("desk:money:entry", done.entry.number)
    title = f"{row.organisation.name} · {yuan(row.amount)} · {row.document}"
    # the finance office does not read the register, so the way back is the one it came by
    back = reverse("desk:inbox")
    context = {"form": form, "organisation": row.organisation, "title": words.step("pay_support"), "explanation": title, "back": back}
    return render(request, "desk/organisations/step.html", context, status=422 if form.errors else 200)


@permission(Permission.WITHDRAW_SUPPORT)
def withdraw_support(request: Any, support: str) -> HttpResponse:
    """A support is taken back."""
    row = support_by_number(support, step_scope(request))
    require_open(request, refuse_settled, "withdraw_support", row)
    form = WithdrawSupportForm(typed(request))

    def take() -> object:
        return actions.withdraw_support(support=row, reason=form.cleaned_data["reason"], by=request.user, at=request.at)

    return take_step(request, row.organisation, "withdraw_support", form, take)
