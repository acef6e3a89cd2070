"""Who was there: on paper, or with the PIN on the trainer's screen."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_for
from wushe.web.common.access import permission, require_here, require_open, signed_in
from wushe.web.common.forms import attempt, typed
from wushe.web.common.qr import qr_svg
from wushe.web.desk.training.forms import AttendanceForm, PinForm, ReasonForm
from wushe.web.desk.training.organising import filled
from wushe.web.desk.training.reading import visible_session, year_of
from wushe.workforce import actions
from wushe.workforce.errors import NotOnRegister
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import appraisals_of, attended_by, class_hours, pairings_of, shown, worker_of
from wushe.workforce.rules import refuse_cancelled, refuse_withdrawn_attendance

EMPTY_LINES = 30


@permission(Permission.RECORD_ATTENDANCE)
def record_attendance(request: Any, number: str) -> HttpResponse:
    """Enter a signed sheet."""
    session = visible_session(request, number)
    require_here(request, region=session.course.region)
    require_open(request, refuse_cancelled, session)
    form = AttendanceForm(typed(request))
    if request.method == "POST" and form.is_valid():
        lines = form.lines()
        done = attempt(form, lambda: actions.record_attendance(session=session, present=lines, by=request.user, at=request.at))
        if done is not None:
            text = ngettext("%(number)s person is entered.", "%(number)s people are entered.", len(done))
            messages.success(request, text % {"number": len(done)})
            return redirect("desk:training:session", number)
    back = reverse("desk:training:session", args=[number])
    return filled(request, form, _("Enter the signed sheet"), _("Enter who was there"), back=back, of=session.course.title)


@permission(Permission.WITHDRAW_ATTENDANCE)
def withdraw_attendance(request: Any, number: str, attendance_id: int) -> HttpResponse:
    """Take back an entry made by mistake."""
    session = visible_session(request, number)
    require_here(request, region=session.course.region)
    attendance = session.attendances.filter(pk=attendance_id).first()
    if attendance is None:
        raise NotFound(kind="attendance", number=str(attendance_id))
    require_open(request, refuse_cancelled, session)
    require_open(request, refuse_withdrawn_attendance, attendance)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: actions.withdraw_attendance(attendance=attendance, reason=reason, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The attendance is withdrawn."))
            return redirect("desk:training:session", number)
    back = reverse("desk:training:session", args=[number])
    return filled(request, form, _("Withdraw the attendance"), _("Withdraw the attendance"), back=back, of=session.course.title, final=True)


@permission(Permission.RECORD_ATTENDANCE)
def screen(request: Any, number: str) -> HttpResponse:
    """The PIN and its QR code, for the wall of the classroom."""
    session = visible_session(request, number)
    require_here(request, region=session.course.region)
    address = request.build_absolute_uri(reverse("desk:training:confirm_attendance") + f"?pin={session.pin}")
    context = {"session": session, "code": qr_svg(address, scale=8), "is_today": session.held_on == request.on}
    return render(request, "desk/training/screen.html", context)


@permission(Permission.RECORD_ATTENDANCE)
def sheet(request: Any, number: str) -> HttpResponse:
    """A sheet to print and sign."""
    session = visible_session(request, number)
    require_here(request, region=session.course.region)
    return render(request, "desk/training/sheet.html", {"session": session, "lines": range(1, EMPTY_LINES + 1)})


@signed_in
def confirm_attendance(request: Any) -> HttpResponse:
    """I am there: the PIN on the screen; below it, what I attended in the year."""
    worker = worker_of(request.user)
    if worker is None:
        raise NotOnRegister
    form = PinForm(typed(request), initial={"pin": request.GET.get("pin", "")[:6]})
    if request.method == "POST" and form.is_valid():
        pin = form.cleaned_data["pin"]
        done = attempt(form, lambda: actions.confirm_attendance(pin=pin, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("It is entered that you are there: %(title)s.") % {"title": done.session.course.title})
            return redirect("desk:training:confirm_attendance")
    policy, year = policy_for(worker.region, request.on), year_of(request)
    rows = [(each.session, class_hours(each.session.minutes, policy)) for each in attended_by(worker, year)]
    context = {
        "form": form,
        "rows": rows,
        "hours": sum(hours for _session, hours in rows),
        "year": year,
        "pairings": [
            (each, shown(each.apprentice if each.mentor_id == worker.pk else each.mentor, keeps=True).name) for each in pairings_of(worker)
        ],
        "appraisals": appraisals_of(worker, request.user, Scope()),
    }
    return render(request, "desk/training/own.html", context, status=422 if form.errors else 200)
