"""What every request needs: the moment, the person's language, and a page for every refusal."""

import logging
from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from wushe.accounts.queries import roles_with
from wushe.kernel import clock
from wushe.kernel.errors import DomainError, NotFound, NotPermitted
from wushe.web.common.refusals import sentence

logger = logging.getLogger("wushe.refusals")
OWN_PASSWORD = "desk:change_password"  # noqa: S105 -- the name of a page
Handler = Callable[[HttpRequest], HttpResponse]


class PersonMiddleware(AuthenticationMiddleware):
    """Who asks comes with the session, without a query of its own."""

    def process_request(self, request: HttpRequest) -> None:
        """Set `request.user`; nothing is read before somebody looks."""
        request.user = SimpleLazyObject(lambda: request.session.person)  # type: ignore[assignment,attr-defined]


class ClockMiddleware:
    """Reads the clock once: `request.at` and `request.on` are the time of everything that happens in the request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        request.on = clock.local_date(request.at)  # type: ignore[attr-defined]
        return self.get_response(request)


class LanguageMiddleware:
    """A signed-in person's own language comes before the browser's wish."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


class ContentPolicyMiddleware:
    """What a page may load: the same for all pages, none of which needs a nonce of its own, so it is put into words once."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response, self.policy = get_response, build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class PrivateAnswersMiddleware:
    """What a signed-in person reads is kept by nobody, so that going back after the sign-out shows none of it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class OwnPasswordMiddleware:
    """Whoever signed in with a password that somebody else knows chooses their own before anything else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_rest: object) -> HttpResponse | None:
        """Lead there from every page that is not public."""
        if not getattr(request.user, "password_given", False) or getattr(view, "wushe_permission", "") == "public":
            return None
        asked = request.resolver_match
        return None if asked is not None and asked.view_name == OWN_PASSWORD else redirect(OWN_PASSWORD)


class RefusalMiddleware:
    """A refusal that no form caught becomes a page that says why and what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a DomainError; everything else is Django's."""
        if not isinstance(error, DomainError):
            return None
        status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, NotPermitted) else 409
        logger.info("refused", extra={"refusal": type(error).__name__, "status_code": status})
        context = {"sentence": sentence(error), "status": status}
        if isinstance(error, NotPermitted):
            context["roles"] = sorted(roles_with(error.permission))
        return render(request, "common/refused.html", context, status=status)
