from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_for
from wushe.web.common.access import permission, require_here, require_open
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.workers.forms import RecordCertificateForm, RegistrationForm, VoidCertificateForm
from wushe.web.desk.workers.keeping import filled
from wushe.web.desk.workers.reading import visible_worker
from wushe.workforce import actions
from wushe.workforce.models import Certificate
from wushe.workforce.permissions import Permission
from wushe.workforce.rules import refuse_left, refuse_void


@permission(Permission.RECORD_CERTIFICATE)
def record_certificate(request: Any, number: str) -> HttpResponse:
    """Enter a certificate."""
    worker = visible_worker(request, number)
    require_here(request, region=worker.region)
    require_open(request, refuse_left, worker)
    form = RecordCertificateForm(typed(request), levels=policy_for(worker.region, request.on).codes("certificate_levels"))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.record_certificate(worker=worker, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The certificate is entered."))
            return redirect("desk:workers:detail", number)
    return filled(request, form, worker, _("Enter a certificate"), _("Enter the certificate"))


@permission(Permission.RENEW_CERTIFICATE)
def renew_certificate(request: Any, number: str, certificate_id: int) -> HttpResponse:
    """Enter the next registration of a certificate."""
    certificate = _visible(request, number, certificate_id)
    require_open(request, refuse_left, certificate.worker)
    form = RegistrationForm(typed(request), initial={"registered_on": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.renew_certificate(certificate=certificate, by=request.user, at=request.at, **given))
        if done is not None:
            messages.success(request, _("The registration is entered."))
            return redirect("desk:workers:detail", number)
    return filled(request, form, certificate.worker, _("Enter its registration"), _("Enter its registration"))


@permission(Permission.VOID_CERTIFICATE)
def void_certificate(request: Any, number: str, certificate_id: int) -> HttpResponse:
    """Declare a certificate void."""
    certificate = _visible(request, number, certificate_id)
    form = VoidCertificateForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: actions.void_certificate(certificate=certificate, reason=reason, by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:workers:detail", number)
    return filled(request, form, certificate.worker, _("Declare the certificate void"), _("Declare it void"), final=True)


def _visible(request: Any, number: str, certificate_id: int) -> Certificate:
    worker = visible_worker(request, number)
    require_here(request, region=worker.region)
    found = worker.certificates.filter(pk=certificate_id).first()
    if found is None:
        raise NotFound(kind="certificate", number=str(certificate_id))
    found.worker = worker
    require_open(request, refuse_void, found)
    return found
