"""What every request needs: the moment, the person's language, and a page for every refusal."""

import logging
from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from wushe.accounts.queries import roles_with
from wushe.kernel import clock
from wushe.kernel.errors import DomainError, NotFound, NotPermitted
from wushe.web.common.refusals import sentence

logger = logging.getLogger("wushe.refusals")
OWN_PASSWORD = "desk:change_password"  # noqa: S105 -- the name of a page
MB = 1024 * 1024
CHUNK = 64 * 1024
READING = frozenset({"GET", "HEAD"})
READ_OUT = 4  # a larger body than so many times the limit is not even thrown away
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
        request.at = clock.now()  # type: ignore[attr-defined]  # told to the request here
        request.on = clock.local_date(request.at)  # type: ignore[attr-defined]  # told to the request here
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


class ReadableAddressMiddleware:
    """Refuses an address with a character that no text has, and that the database takes in none."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        """The page that says so."""
        if "\0" not in request.path_info and "%00" not in request.META.get("QUERY_STRING", ""):
            return None
        return _refused(request, _("The address contains a character that cannot be read. Type anew what you look for."), 400)


class BodyLimitMiddleware:
    """Refuses a body that is too large before anything reads it: the search for the form's token would keep all of it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        """The page that says how much may be sent."""
        told = request.META.get("CONTENT_LENGTH") or ""
        size, limit = int(told) if told.isascii() and told.isdecimal() else 0, _limit(request)
        if size <= limit:
            return None
        if size <= READ_OUT * limit:
            # a browser shows no answer that comes before all is sent
            while request.read(CHUNK):
                pass
        said = _(
            "What you sent is larger than %(limit)s MB, so nothing of it was taken. "
            "Go back, leave out the largest files or make them smaller, and send it again."
        )
        return _refused(request, said % {"limit": limit // MB}, 413)


def _limit(request: HttpRequest) -> int:
    """What one form may send."""
    limit: int = settings.BODY_MAX_BYTES if request.user.is_authenticated else settings.PUBLIC_BODY_MAX_BYTES
    with_files = request.content_type == "multipart/form-data"
    return limit if with_files else min(limit, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _refused(request: HttpRequest, said: str, status: int, **more: object) -> HttpResponse:
    return render(request, "common/refused.html", {"sentence": said, "status": status, **more}, status=status)


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
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.method not in READING:
            return response
        said = _("This address takes only what the button of a page sends. Open the page where the button is, and press it there.")
        page = _refused(request, said, response.status_code)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a DomainError; everything else is Django's."""
        if not isinstance(error, DomainError):
            return None
        status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, NotPermitted) else 409
        logger.info("refused", extra={"refusal": type(error).__name__, "status_code": status})
        roles = sorted(roles_with(error.permission)) if isinstance(error, NotPermitted) else ()
        return _refused(request, sentence(error), status, roles=roles)
