from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.needs import actions
from wushe.needs.permissions import Permission
from wushe.needs.queries import need_by_number
from wushe.web.common.access import permission, sent_from
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.needs.forms import DeclineNeedForm, ReasonForm
from wushe.web.desk.needs.reading import own_need, show


@permission(Permission.DECLINE_NEED)
def decline_need(request: Any, number: str) -> HttpResponse:
    """Answer a need without a project."""
    need = own_need(request, number)
    form = DeclineNeedForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.decline_need(need_id=need.pk, reason=reason, by=request.user, at=request.at)):
            messages.success(request, _("The need is answered; the resident reads the answer under the receipt code."))
            return redirect("desk:needs:detail", number)
    lead_back(request, reverse("desk:needs:detail", args=[number]), need.wish)
    return render(request, "desk/needs/decline_need.html", {"form": form, "need": need}, status=422 if form.errors else 200)


@permission(Permission.DECLINE_NEED)
@require_POST
def mark_duplicate(request: Any, number: str) -> HttpResponse:
    """Say that this need is the same as another one, which goes on."""
    need = own_need(request, number)
    other = need_by_number(request.POST.get("of", "").replace("\0", ""), user=request.user, at=request.at)
    done = try_or_say(request, lambda: actions.mark_duplicate(need_id=need.pk, of_id=other.pk, by=request.user, at=request.at))
    if done is not None:
        messages.success(request, _("Marked as the same need as %(number)s, which goes on.") % {"number": other.number})
    return redirect("desk:needs:detail", number)


@permission(Permission.REVEAL_CONTACT)
@sent_from("desk:needs:detail")
def reveal_contact(request: Any, number: str) -> HttpResponse:
    """Show name, phone and address for a reason that stays on record."""
    need = own_need(request, number)
    form = ReasonForm(request.POST)
    contact = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        contact = attempt(form, lambda: actions.reveal_contact(need_id=need.pk, reason=reason, by=request.user, at=request.at))
    return show(request, need, contact=contact, reason=form)
