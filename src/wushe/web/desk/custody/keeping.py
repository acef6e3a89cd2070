"""The steps of money kept for others."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.organisations import actions
from wushe.organisations.models import CustodyAccount, CustodyEntry, Kind, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import custody_by_number, organisations_in
from wushe.organisations.rules import refuse_closed_account, refuse_judged_entry
from wushe.web.common import words
from wushe.web.common.access import permission, require_here, require_open
from wushe.web.common.forms import Form, attempt, try_or_say, typed
from wushe.web.desk.custody.forms import CloseCustodyForm, CustodyEntryForm, OpenCustodyForm, RefuseForm


@permission(Permission.KEEP_CUSTODY)
def open_custody(request: Any) -> HttpResponse:
    """My hub keeps the money of another organisation."""
    scope = scope_of(request.user, Permission.KEEP_CUSTODY, request.on)
    hubs = (
        Organisation.objects.living(request.on)
        .filter(scope.where("region", "body"), kind=Kind.HUB)
        .select_related("region__county")
        .order_by("name")
    )
    first = hubs.first()
    if first is None:
        raise NotFound(kind="organisation", number="")
    clients = organisations_in(first.region.county or first.region, request.on).exclude(kind=Kind.HUB)
    form = OpenCustodyForm(typed(request), hubs=hubs, clients=clients, initial={"hub": first, "opened_on": request.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.open_custody(**form.cleaned_data, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("desk:custody:account", done.number)
    return _page(request, None, "open_custody", form)


@permission(Permission.KEEP_CUSTODY)
def record_custody_entry(request: Any, number: str) -> HttpResponse:
    """A movement is entered; somebody else approves it."""
    row = _account(request, number)
    form = CustodyEntryForm(typed(request), initial={"occurred_on": request.on})
    return _step(
        request,
        row,
        "record_custody_entry",
        form,
        lambda: actions.record_custody_entry(account=row, draft=form.to_draft(), by=request.user, at=request.at),
    )


@permission(Permission.KEEP_CUSTODY)
@require_POST
def approve_custody_entry(request: Any, number: str, entry: str) -> HttpResponse:
    """A second person approves a movement."""
    found = _entry(_account(request, number), entry)
    if try_or_say(request, lambda: actions.approve_custody_entry(entry=found, by=request.user, at=request.at)) is not None:
        messages.success(request, _("Saved."))
    return redirect("desk:custody:account", number)


@permission(Permission.KEEP_CUSTODY)
def refuse_custody_entry(request: Any, number: str, entry: str) -> HttpResponse:
    """A second person does not approve a movement."""
    row = _account(request, number)
    found, form = _entry(row, entry), RefuseForm(typed(request))
    require_open(request, refuse_judged_entry, "refuse_custody_entry", found)
    return _step(
        request,
        row,
        "refuse_custody_entry",
        form,
        lambda: actions.refuse_custody_entry(entry=found, **form.cleaned_data, by=request.user, at=request.at),
    )


@permission(Permission.KEEP_CUSTODY)
def close_custody(request: Any, number: str) -> HttpResponse:
    """An empty account is closed."""
    row = _account(request, number)
    form = CloseCustodyForm(typed(request), initial={"closed_on": request.on})
    return _step(
        request,
        row,
        "close_custody",
        form,
        lambda: actions.close_custody(account=row, **form.cleaned_data, by=request.user, at=request.at),
    )


def _account(request: Any, number: str) -> CustodyAccount:
    row = custody_by_number(number, user=request.user, at=request.at)
    require_here(request, region=row.hub.region, body_id=row.hub.body_id)
    return row


def _entry(row: CustodyAccount, number: str) -> CustodyEntry:
    found = row.entries.select_related("account").filter(number=number).first()
    if found is None:
        raise NotFound(kind="custody_entry", number=number)
    return found


def _step(request: Any, row: CustodyAccount, step: str, form: Form, take: Callable[[], object]) -> HttpResponse:
    require_open(request, refuse_closed_account, step, row)
    if request.method == "POST" and form.is_valid() and attempt(form, take) is not None:
        messages.success(request, _("Saved."))
        return redirect("desk:custody:account", row.number)
    return _page(request, row, step, form)


def _page(request: Any, row: CustodyAccount | None, step: str, form: Form) -> HttpResponse:
    context = {"form": form, "account": row, "title": words.step(step)}
    return render(request, "desk/custody/step.html", context, status=422 if form.errors else 200)
