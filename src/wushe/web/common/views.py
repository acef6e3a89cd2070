from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wushe.accounts.actions import set_language
from wushe.accounts.models import User
from wushe.web.common.access import public
from wushe.web.common.asked import page_of_ours

CHOICES = {"size": {"normal", "large"}, "theme": {"light", "dark"}}
YEAR = 365 * 24 * 3600


@public
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep language, size of type or theme, and go back to the page."""
    response = redirect(page_of_ours(request, request.POST.get("next", "")) or "/")
    for name, allowed in CHOICES.items():
        if request.POST.get(name) in allowed:
            response.set_cookie(name, request.POST[name], max_age=YEAR, samesite="Lax", httponly=True)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", httponly=True)
        if isinstance(request.user, User):
            set_language(user=request.user, language=language, at=request.at)  # type: ignore[attr-defined]  # the clock's middleware sets it
    return response
