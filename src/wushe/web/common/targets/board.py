from datetime import date
from typing import Any

from wushe.indicators.queries import standing_of, standings
from wushe.policies.models import Pack
from wushe.regions.models import Region


def chosen_day(request: Any) -> date:
    """The day in the address, or today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return request.on  # type: ignore[no-any-return]


def chosen_place(request: Any) -> Region | None:
    """The place in the address, or the first for which a policy is loaded."""
    code = request.GET.get("place", "")
    places = places_with_policy()
    return next((place for place in places if place.code == code), places[0] if places else None)


def places_with_policy() -> list[Region]:
    """The places that have a pack of their own."""
    return list(Region.objects.filter(pk__in=Pack.objects.exclude(region=None).values("region")).order_by("code"))


def board_context(request: Any) -> dict[str, Any]:
    """All targets of the place on the day."""
    place, on = chosen_place(request), chosen_day(request)
    return {"place": place, "on": on, "places": places_with_policy(), "standings": standings(place, on) if place else []}


def target_context(request: Any, target_id: str) -> dict[str, Any]:
    """One target with every place and its rows."""
    place, on = chosen_place(request), chosen_day(request)
    standing = standing_of(place, on, target_id) if place else None
    status = request.GET.get("status", "")
    results = [result for result in standing.results if not status or result.status == status] if standing else []
    return {"place": place, "on": on, "standing": standing, "results": results, "status": status}
