from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.oversight import actions as oversight
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import satisfaction_of
from wushe.policies.queries import policy_for
from wushe.projects.queries import project_by_number
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt
from wushe.web.common.qr import qr_svg
from wushe.web.desk.oversight.forms import InvitationsForm


@permission(Permission.OPEN_SATISFACTION)
def open_satisfaction(request: Any, number: str) -> HttpResponse:
    """Ask the service users: make invitations, shown once as links and QR codes to print."""
    project = project_by_number(number, user=request.user, at=request.at)
    form = InvitationsForm(request.POST or None)
    sheets: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        tokens = attempt(
            form,
            lambda: oversight.open_satisfaction(
                project_id=project.pk, invitations=data["invitations"], group=data["group"], by=request.user, at=request.at
            ),
        )
        for token in tokens or []:
            address = request.build_absolute_uri(reverse("surveys:answer_survey", args=[token]))
            sheets.append({"address": address, "code": qr_svg(address)})
        if sheets:
            messages.success(request, _("The invitations are shown now and never again. Print this page or copy the links."))
    policy = policy_for(project.region, request.on)
    context = {
        "form": form,
        "project": project,
        "sheets": sheets,
        "heard": satisfaction_of(project, policy),
        "minimum": policy.require("satisfaction.minimum_answers"),
    }
    return render(request, "desk/oversight/open_satisfaction.html", context, status=422 if form.errors else 200)
