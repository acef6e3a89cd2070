"""Every view says who may open it: `permission("projects.publish_tender")`, `signed_in` or `public`. A test walks all URLs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.shortcuts import redirect

from wushe.accounts.queries import Scope, has_permission, require, scope_of
from wushe.kernel.errors import NotFound, NotPermitted
from wushe.regions.models import Region

View = Callable[..., HttpResponseBase]


def permission(name: str) -> Callable[[View], View]:
    """Let in whoever holds a post with the permission anywhere; where exactly is asked by `require_here`, and by the action again."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_permission(request.user, name, request.on):
                raise NotPermitted(permission=str(name))
            return view(request, *args, **kwargs)

        guarded.wushe_permission = str(name)  # type: ignore[attr-defined]  # read where views are listed
        return guarded

    return decorate


def step_scope(request: Any) -> Scope:
    """Where the reader has the permission that the page's view names."""
    return scope_of(request.user, _named(request), request.on)


def require_here(request: Any, *, region: Region | None = None, body_id: int | None = None) -> None:
    """Show the page of a step to nobody whom the step would refuse at this place or body. Raises NotPermitted."""
    require(request.user, _named(request), request.on, region=region, body_id=body_id)


def require_open(request: Any, rule: Callable[..., object], *given: Any, **named: Any) -> None:
    """Show the page of a step to nobody to whom it would be refused whatever they type: what the step is about is over, or is their own.

    `rule` is the action's own, and raises its refusal. What was sent is left to the action, so that its refusal stands beside what was typed.
    """
    if request.method != "POST":
        rule(*given, **named)


@contextmanager
def asked_for(kind: str, number: str) -> Iterator[None]:
    """Say of the thing that the address names that it is not here, and not of the thing to which it belongs, whose number nobody asked for."""
    try:
        yield
    except NotFound as error:
        raise NotFound(kind=kind, number=number) from error


def _named(request: Any) -> str:
    name: str = request.resolver_match.func.wushe_permission
    return name


def sent_from(page: str) -> Callable[[View], View]:
    """Answer what a form of the page sends. Whoever comes to its address otherwise, by reloading or by changing the language, is led to the page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs) if request.method == "POST" else redirect(page, *args, **kwargs)

        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Let in everyone who has an account."""
    view.wushe_permission = "signed-in"  # type: ignore[attr-defined]  # read where views are listed
    return view


def public(view: View) -> View:
    """Let in everyone."""
    view.wushe_permission = "public"  # type: ignore[attr-defined]  # read where views are listed
    return login_not_required(view)


def secret(view: View) -> View:
    """What is typed here is never kept, not even sealed: it is a password."""
    view.wushe_secret = True  # type: ignore[attr-defined]  # a mark on the function
    return view
