"""A form that comes twice is one act: pressed twice without a script, or sent anew because the answer was lost on its way."""

from collections.abc import Callable
from contextlib import ExitStack
from hashlib import blake2b
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wushe.accounts.actions import LAST_ACT, remember_act
from wushe.kernel.turns import turn_of
from wushe.web.common.middleware import Handler
from wushe.web.common.sessions import SessionStore

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field


class OneActMiddleware:
    """Remembers the last form by which a person did something, and where it led; the same one leads there again, and nothing else happens.

    Each page that is shown gives its forms a token of its own, so two pages never send the same.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        with ExitStack() as request.turn:
            response = self.get_response(request)
            if hasattr(request, "sent") and isinstance(response, HttpResponseRedirect) and request.user.is_authenticated:
                _remember(request, response["Location"])
        return response

    def process_view(self, request: Any, view: Callable[..., HttpResponse], *_rest: object) -> HttpResponse | None:
        """Where the form has led, once it is known; a form without success is sent like any other."""
        if request.method != "POST" or getattr(view, "wushe_permission", "") == "public" or TOKEN not in request.POST:
            return None
        sent = _mark(request)
        request.turn.enter_context(turn_of(bytes.fromhex(sent)))
        last, led = SessionStore(request.session.session_key).get(LAST_ACT, ("", ""))
        if last == sent:
            messages.info(request, _("The form came twice. It counts once, and this is where it led."))
            return redirect(led)
        request.sent = sent
        return None


def _remember(request: Any, led: str) -> None:
    """Before the turn is over: the same form may be waiting for it."""
    modified = request.session.modified
    remember_act(session=request.session, form=request.sent, led=led)
    # an act by itself makes no session longer
    request.session.modified = modified


def _mark(request: Any) -> str:
    """The same for the same person, address and content."""
    files = [(name, file.name, file.size) for name, several in request.FILES.lists() for file in several]
    content = (request.session.session_key, request.get_full_path(), sorted(request.POST.lists()), files)
    return blake2b(repr(content).encode(), digest_size=16).hexdigest()
