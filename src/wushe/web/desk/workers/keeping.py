from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.kernel.steps import refuse_withdrawn
from wushe.policies.queries import policy_for, policy_where
from wushe.web.common.access import permission, require_here, require_open, signed_in
from wushe.web.common.forms import Form, attempt, typed
from wushe.web.common.templatetags.wushe import day
from wushe.web.desk.workers.forms import OwnContactForm, ReleaseWorkerForm, UpdateWorkerForm, WorkerForm
from wushe.web.desk.workers.posting_forms import WithdrawPostingForm
from wushe.web.desk.workers.reading import certificate_row, place_of, visible_worker
from wushe.workforce import actions
from wushe.workforce.errors import NotOnRegister
from wushe.workforce.models import Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import clear_of, shown, worker_of
from wushe.workforce.rules import refuse_left


@permission(Permission.REGISTER_WORKER)
def register_worker(request: Any) -> HttpResponse:
    """Put a person on the register."""
    scope = scope_of(request.user, Permission.REGISTER_WORKER, request.on)
    form = WorkerForm(typed(request), policy=policy_where(scope.regions, request.on), scope=scope, initial={"joined_on": request.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.register_worker(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The person is on the register. Enter their certificate and their post."))
            return redirect("desk:workers:detail", done.number)
    return filled(request, form, None, _("Register a person"), _("Put them on the register"))


@permission(Permission.UPDATE_WORKER)
def update_worker(request: Any, number: str) -> HttpResponse:
    """Correct what the register says of a person."""
    worker = visible_worker(request, number)
    # the form has the name in clear, and whoever works here is seen also where others keep the entry
    require_here(request, region=worker.region)
    known, scope = clear_of(worker), scope_of(request.user, Permission.UPDATE_WORKER, request.on)
    initial = {name: getattr(worker, name) for name in ("kind", "region", "joined_on", "education")}
    initial |= {"name": known.name, "username": worker.user.username if worker.user else ""}
    form = UpdateWorkerForm(
        typed(request),
        policy=policy_for(worker.region, request.on),
        scope=scope,
        known=known,
        masked=shown(worker, keeps=True),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.update_worker(worker=worker, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:workers:detail", number)
    return filled(request, form, worker, _("Correct the entry"), _("Save"))


@permission(Permission.RELEASE_WORKER)
def release_worker(request: Any, number: str) -> HttpResponse:
    """Let a person leave the register."""
    worker = visible_worker(request, number)
    require_here(request, region=worker.region)
    require_open(request, refuse_left, worker)
    form = ReleaseWorkerForm(typed(request), initial={"left_on": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.release_worker(worker=worker, by=request.user, at=request.at, **given))
        if done is not None:
            messages.success(request, _("The person has left. Registered again, they keep their number."))
            return redirect("desk:workers:detail", number)
    return filled(request, form, worker, _("Let the person leave"), _("Let them leave"))


@permission(Permission.WITHDRAW_SPELL)
def withdraw_spell(request: Any, number: str, spell_id: int) -> HttpResponse:
    """Take back a time on the register that never was."""
    worker = visible_worker(request, number)
    require_here(request, region=worker.region)
    found = worker.spells.select_related("worker").filter(pk=spell_id).first()
    if found is None:
        raise NotFound(kind="spell", number=str(spell_id))
    require_open(request, refuse_withdrawn, "withdraw_spell", found.withdrawn_on)
    form = WithdrawPostingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.withdraw_spell(spell=found, reason=reason, by=request.user, at=request.at)) is not None:
            messages.success(request, _("The time is taken back. Posts of that time stay; take back those that were wrong too."))
            return redirect("desk:workers:detail", number)
    days = {"since": day(found.since), "until": day(found.until)}
    return filled(request, form, worker, _("Withdraw the time from %(since)s to %(until)s") % days, _("Withdraw"), final=True)


@signed_in
def update_own_contact(request: Any) -> HttpResponse:
    """My phone to correct, and my certificates with the days of their registration."""
    worker = worker_of(request.user)
    if worker is None:
        raise NotOnRegister
    form = OwnContactForm(typed(request), initial={"phone": clear_of(worker).phone})
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        done = attempt(form, lambda: actions.update_own_contact(phone=phone, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("Your phone is corrected."))
            return redirect("desk:me")
    here = place_of(worker.region, request.on)
    rows = worker.certificates.order_by("void_reason", "-rank", "-issued_on")
    certificates = [certificate_row(each, here, request.on) for each in rows]
    context = {"form": form, "worker": worker, "certificates": certificates, "keeps": True, "certifies": False}
    return render(request, "desk/workers/own.html", context, status=422 if form.errors else 200)


def filled(request: Any, form: Form, worker: Worker | None, title: str, submit: str, *, final: bool = False) -> HttpResponse:
    """The one page of all plain forms about a person."""
    name = shown(worker, keeps=scope_of(request.user, Permission.UPDATE_WORKER, request.on).covers(worker.region)).name if worker else ""
    context = {"form": form, "worker": worker, "name": name, "title": title, "submit": submit, "is_final": final}
    return render(request, "desk/workers/form.html", context, status=422 if form.errors else 200)
