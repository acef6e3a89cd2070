from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wushe.accounts.models import User
from wushe.accounts.queries import posts_of
from wushe.kernel.errors import NotFound
from wushe.web.common.access import public
from wushe.web.portal.help.guide import FILES, SECTIONS, sections

FIRST = "for-everyone"


@public
def guide(request: Any, section: str = FIRST) -> HttpResponse:
    """One section of the guide; those of my own posts stand above the others."""
    parts = sections(request.LANGUAGE_CODE if request.LANGUAGE_CODE in FILES else "zh-hans")
    shown = next((part for part in parts if part.code == section), None)
    if shown is None:
        raise NotFound(kind="section", number=section)
    roles = {post.role for post in posts_of(request.user, request.on)} if isinstance(request.user, User) else set()
    own = {SECTIONS[role] for role in roles}
    context = {
        "shown": shown,
        "own": [part for part in parts if part.code in own],
        "others": [part for part in parts if part.code not in own],
    }
    return render(request, "portal/help/guide.html", context)
