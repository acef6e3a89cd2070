from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from ruamel.yaml import YAML

from wushe.accounts.actions import check_sign_in
from wushe.web.common.access import public
from wushe.web.common.address import sender_of
from wushe.web.common.asked import page_of_ours
from wushe.web.common.forms import Form, attempt, typed
from wushe.web.common.kept import way_on
from wushe.web.common.words import SOCIETIES
from wushe.web.portal.forms import SignInForm


@public
def home(request: HttpRequest) -> HttpResponse:
    """What a resident can do here."""
    return render(request, "portal/home.html", {"societies": SOCIETIES})


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by name and password; the demonstration also lists its cast, one button each."""
    form = SignInForm(typed(request))
    wanted = page_of_ours(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST" and form.is_valid() and _signed_in(request, form):
        return redirect(way_on(request, wanted))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "next": wanted, "cast": cast() if settings.DEMO else (), "password": settings.DEMO_PASSWORD}
    context["societies"] = SOCIETIES
    return render(request, "portal/sign_in.html", context, status=status)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("portal:home")


@cache
def cast() -> tuple[dict[str, Any], ...]:
    """The people of the demonstration: user name, name, what they do."""
    path = settings.DEMO_DATA / "cast.yaml"
    return tuple(YAML(typ="safe").load(path.read_text(encoding="utf-8"))) if path.exists() else ()


def _signed_in(request: Any, form: Form) -> bool:
    given, sender = form.cleaned_data, sender_of(request)
    user = attempt(form, lambda: check_sign_in(username=given["username"], password=given["password"], sender=sender, at=request.at))
    if user is None:
        return False
    login(request, user)
    request.session.clear_expired()
    return True
