from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from wushe.regions.models import Level, Region
from wushe.regions.queries import region_by_code, search_places


@login_not_required
@require_safe
@vary_on_headers("Accept", "HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """Places by a part of their name, initials or code: a page, its list as a fragment, or JSON. Public: the tree is no secret."""
    text = request.GET.get("q", "")
    places = _find(text, within=request.GET.get("within", ""), levels=request.GET.getlist("level"))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        rows = [{"code": place.code, "name": place.name, "full_name": str(place), "level": place.level} for place in places]
        return JsonResponse({"places": rows})
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "common/places/_results.html" if fragment else "common/places/search.html", {"text": text, "places": places})


def _find(text: str, *, within: str, levels: list[str]) -> list[Region]:
    above = region_by_code(within) if within else None
    if within and above is None:
        return []
    wanted = [Level(int(level)) for level in levels if level.isascii() and level.isdecimal() and int(level) in Level.values]
    return search_places(text, within=above, levels=wanted or None)
