"""Nothing typed is lost: what is sent after the session ended is kept for the person whose page it was, and given back to them alone."""

import logging
import secrets
from copy import copy
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.accounts.actions import drop_kept_form, keep_form
from wushe.accounts.errors import TooMuchTyped
from wushe.accounts.models import User
from wushe.accounts.queries import KEPT_FOR, Typed, kept_form, last_kept_form
from wushe.kernel.errors import DomainError
from wushe.kernel.rows import nothing_written
from wushe.web.common.access import signed_in
from wushe.web.common.asked import page_of_ours
from wushe.web.common.forms import not_judged
from wushe.web.common.middleware import Handler
from wushe.web.common.owners import OWNER, owner_of
from wushe.web.common.refusals import sentence

logger = logging.getLogger("wushe.kept")
BROWSER = "kept"
UNTYPED = {"csrfmiddlewaretoken", OWNER, "next"}
SHOWN = {200, 422}


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks whoever is not signed in to do so, and keeps what they sent."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]  # not only a redirect
        """To the sign-in page, and from there back to the page on which the form stood."""
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        typed, owner = typed_in(request), owner_of(request.POST.get(OWNER, ""))
        if typed is None or owner is None:
            return redirect(_sign_in_for(_page_before(request)))
        return _keep(request, typed, owner)


class KeptFormMiddleware:
    """Shows what was kept in the form that it was typed into, until it is sent."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """The page with the form as it was when the session ended; none when there is nothing of it."""
        browser = request.COOKIES.get(BROWSER)
        if not browser or not isinstance(request.user, User):
            return None
        target = request.get_full_path()
        if request.method == "POST":
            drop_kept_form(user=request.user, browser=browser, target=target)
            return None
        typed = kept_form(browser=browser, user=request.user, target=target, at=request.at) if request.method == "GET" else None
        if typed is None:
            return None
        messages.info(request, _("Here is what you typed before your session ended. It is not sent yet: check it and send it."), "kept")
        return _shown_again(request, typed)


def out_of_date(request: Any, reason: str = "") -> HttpResponse:
    """A page whose token does not hold any more: signed in anew in another tab, most often. It comes back with what was typed."""
    typed, owner = typed_in(request), owner_of(request.POST.get(OWNER, ""))
    # only what a page of our own sent is shown: the browser names the page's site, and Django has compared it
    from_us = "Origin" in request.headers and not reason.startswith(REASON_BAD_ORIGIN.split("%", maxsplit=1)[0])
    if typed is None or not from_us or getattr(request.user, "password_given", False):
        return _plain(request)
    if owner is not None and not request.user.is_authenticated:
        return _keep(request, typed, owner)
    if owner is not None and owner != request.user:
        messages.info(request, _("What was typed is kept for two hours for the person who was signed in before, in this browser."))
        return _keep(request, typed, owner, answer=_plain(request))
    if owner is None and not request.user.is_authenticated and getattr(request.resolver_match.func, "login_required", True):
        return _plain(request)
    messages.info(request, _("This page was out of date, so nothing is sent yet. What you typed is in it: check it and send it again."))
    response = _shown_again(request, typed)
    response.status_code = 403
    return response


@signed_in
@require_POST
def forget_typed(request: Any) -> HttpResponse:
    """Begin a form anew instead of going on with what was kept."""
    target = page_of_ours(request, request.POST.get("next", ""))
    drop_kept_form(user=request.user, browser=request.COOKIES.get(BROWSER, ""), target=target)
    return redirect(target or settings.LOGIN_REDIRECT_URL)


def way_on(request: Any, wanted: str) -> str:
    """Where somebody goes who has just signed in: to their own unsent form, else where they wanted to, if that is a page of ours."""
    wanted = page_of_ours(request, wanted)
    browser = request.COOKIES.get(BROWSER)
    typed = last_kept_form(browser=browser, user=request.user, at=request.at) if browser else None
    if typed is not None and wanted in {"", typed.page} and page_of_ours(request, typed.target):
        return typed.target
    return wanted or reverse(settings.LOGIN_REDIRECT_URL)


def typed_in(request: Any) -> Typed | None:
    """What a request carries that somebody typed or chose; none where that is a password."""
    if getattr(request.resolver_match.func, "wushe_secret", False):
        return None
    fields = {name: values for name, values in request.POST.lists() if name not in UNTYPED}
    files = tuple(file.name for name in request.FILES for file in request.FILES.getlist(name))
    return Typed(request.get_full_path(), _page_before(request), fields, files) if fields or files else None


def _keep(request: Any, typed: Typed, owner: User, *, answer: HttpResponse | None = None) -> HttpResponse:
    """Keep it for the owner, bound to this browser, and ask for the sign-in or give the answer."""
    browser = request.COOKIES.get(BROWSER) or secrets.token_urlsafe(16)
    try:
        keep_form(typed=typed, user=owner, browser=browser, at=request.at)
    except TooMuchTyped as error:
        messages.error(request, sentence(error))
        return _as_text(request, typed)
    if answer is None:
        said = _("Your session has ended. Sign in again as the same person: you get the form back with what you typed.")
        messages.info(request, said)
        answer = redirect(_sign_in_for(typed.page))
    seconds = int(KEPT_FOR / timedelta(seconds=1))
    answer.set_cookie(BROWSER, browser, max_age=seconds, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


def _shown_again(request: Any, typed: Typed) -> HttpResponse:
    """The view's own page with the form filled in. Nothing is judged and nothing is done: the database refuses every write meanwhile."""
    if typed.files:
        messages.warning(request, _("Choose these files again: %(names)s") % {"names": _(", ").join(typed.files)})
    again = copy(request)
    again.method, again.POST, again._files = "POST", _posted(typed), MultiValueDict()  # noqa: SLF001 -- FILES has no setter
    match = request.resolver_match
    try:
        with not_judged(), nothing_written():
            response: HttpResponse = match.func(again, *match.args, **match.kwargs)
    except DomainError as error:
        messages.error(request, sentence(error))
    except Exception:
        # whatever it is, the text must not be lost with it
        logger.exception("not shown again")
    else:
        if response.status_code in SHOWN and response.headers.get("Content-Type", "").startswith("text/html"):
            return response
    return _as_text(request, typed)


def _as_text(request: Any, typed: Typed) -> HttpResponse:
    """What was typed, to be copied: its form cannot be shown."""
    texts = [value for values in typed.fields.values() for value in values if value.strip()]
    return render(request, "common/typed.html", {"texts": sorted(texts, key=len, reverse=True), "page": typed.page})


def _plain(request: HttpRequest) -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def _posted(typed: Typed) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, values in typed.fields.items():
        fields.setlist(name, values)
    return fields


def _page_before(request: HttpRequest) -> str:
    """The page of ours on which the form stood, or nothing."""
    before = request.headers.get("Referer", "")
    if not before or not url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _sign_in_for(page: str) -> str:
    query = QueryDict(mutable=True)
    query["next"] = page
    return f"{reverse(settings.LOGIN_URL)}?{query.urlencode(safe='/')}" if page else reverse(settings.LOGIN_URL)
