from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from wushe.regions.models import Level, Region
from wushe.regions.queries import region_by_code, search_places
from wushe.web.common.asked import number_of


@login_not_required
@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """Places by a part of their name, initials or code, for the field in which one is chosen. Public: the tree is no secret."""
    places = _find(request.GET.get("q", ""), within=request.GET.get("within", ""), levels=request.GET.getlist("level"))
    return JsonResponse(
        {"places": [{"code": place.code, "name": place.name, "full_name": str(place), "level": place.level} for place in places]}
    )


def _find(text: str, *, within: str, levels: list[str]) -> list[Region]:
    above = region_by_code(within) if within else None
    if within and above is None:
        return []
    wanted = [Level(number) for level in levels if (number := number_of(level)) in Level.values]
    return search_places(text, within=above, levels=wanted or None)
