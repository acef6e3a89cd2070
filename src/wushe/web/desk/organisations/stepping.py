"""The one page of the steps about an organisation: a form with its day and its paper."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.organisations.models import Organisation
from wushe.web.common import words
from wushe.web.common.forms import Form, attempt


def take_step(
    request: Any, row: Organisation, step: str, form: Form, take: Callable[[], object], *, explanation: str = "", home: str = ""
) -> HttpResponse:
    """Ask by the form and take the step; then to the organisation, or to the address `home`."""
    if request.method == "POST" and form.is_valid() and attempt(form, take) is not None:
        messages.success(request, _("Saved."))
        return redirect(home or reverse("desk:organisations:detail", args=[row.number]))
    context = {"form": form, "organisation": row, "title": words.step(step), "explanation": explanation}
    return render(request, "desk/organisations/step.html", context, status=422 if form.errors else 200)
