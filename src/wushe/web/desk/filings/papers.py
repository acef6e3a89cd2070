"""Papers of a filing: the application as it stands on the screen, and the certificate with the address of its public page."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from weasyprint import HTML

from wushe.kernel.errors import NotFound
from wushe.organisations.models import Outcome
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import batch_by_number, filing_by_number, masked_roster
from wushe.organisations.states import FilingState
from wushe.web.common.access import permission
from wushe.web.common.qr import qr_svg
from wushe.web.desk.filings.reading import context_of


@permission(Permission.VIEW_FILING)
def application(request: Any, number: str) -> HttpResponse:
    """The application form with the opinions given so far."""
    row = filing_by_number(number, user=request.user, at=request.at)
    context = context_of(request, row) | {"roster": masked_roster(row), "request": request}
    return _pdf("desk/filings/application_print.html", context, row.number)


@permission(Permission.VIEW_FILING)
def certificate(request: Any, number: str) -> HttpResponse:
    """The certificate; there is none before the filing holds."""
    row = filing_by_number(number, user=request.user, at=request.at)
    if row.state != FilingState.GRANTED:
        raise NotFound(kind="certificate", number=number)
    address = request.build_absolute_uri(reverse("portal:filings:check", args=[row.certificate]))
    context = {"filing": row, "address": address, "code": qr_svg(address), "town": row.region.town or row.region, "request": request}
    return _pdf("desk/filings/certificate_print.html", context, row.certificate)


@permission(Permission.VIEW_FILING)
def receipt(request: Any, number: str) -> HttpResponse:
    """What the county said of every line of a batch; there is none before it has."""
    row = batch_by_number(number, user=request.user, at=request.at)
    if not row.receipt:
        raise NotFound(kind="receipt", number=number)
    lines = list(row.lines.order_by("position"))
    context = {"batch": row, "lines": lines, "returned": sum(line.outcome == Outcome.RETURNED for line in lines), "request": request}
    return _pdf("desk/filings/receipt_print.html", context, row.receipt)


def _pdf(template: str, context: dict[str, Any], name: str) -> HttpResponse:
    html = render_to_string(template, context)
    response = HttpResponse(HTML(string=html).write_pdf(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
