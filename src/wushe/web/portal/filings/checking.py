from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from wushe.organisations.queries import filing_by_certificate
from wushe.organisations.rules import state_of
from wushe.web.common.access import public


@public
def find(request: Any) -> HttpResponse:
    """Ask for the number of a certificate."""
    wanted = request.GET.get("number", "").strip()
    if wanted and "/" not in wanted:
        return redirect("portal:filings:check", wanted)
    return render(request, "portal/filings/find.html")


@public
def check(request: Any, certificate: str) -> HttpResponse:
    """What a certificate is worth today. The page of its QR code; it names no people."""
    filing = filing_by_certificate(certificate)
    context = {
        "wanted": certificate,
        "filing": filing,
        "state": state_of(filing.organisation, request.on) if filing is not None and filing.organisation is not None else "",
    }
    return render(request, "portal/filings/check.html", context, status=200 if filing else 404)
