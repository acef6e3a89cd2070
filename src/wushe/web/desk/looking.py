"""From where somebody with several places looks: one of them, or all. Lists and boards are narrowed to it; what they may do is not."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wushe.accounts.queries import posts_of
from wushe.web.common.access import signed_in
from wushe.web.common.asked import page_of_ours
from wushe.web.common.middleware import Handler
from wushe.web.desk.navigation import PLACE, is_list

READING = {"GET", "HEAD"}


class PlaceMiddleware:
    """Opens the lists of the desk at the place that was chosen last."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_rest: object) -> None:
        """Tell the person's scopes from where they are asked."""
        if request.method in READING and is_list(request.path) and request.user.is_authenticated:
            request.user.looks_at = request.session.get(PLACE, "")


@signed_in
@require_POST
def look_at(request: Any) -> HttpResponse:
    """Look at one of my places from now on, or at all again."""
    wanted, back = request.POST.get("place", ""), page_of_ours(request, request.POST.get("next", ""))
    mine = {post.seat for post in posts_of(request.user, request.on)}
    request.session[PLACE] = wanted if wanted in mine else ""
    return redirect(back or "desk:inbox")
