from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from wushe.accounts.queries import posts_of
from wushe.indicators.queries import Result, Standing, Status, standing_of, standings
from wushe.policies.models import Pack
from wushe.regions.models import Region
from wushe.web.common.asked import day_of
from wushe.web.common.charts import Chart

EACH_DRAWN = 20
HUES = {Status.MET: "ok", Status.SHORT: "bad", Status.NO_DATA: "line"}


def chosen_day(request: Any) -> date:
    """The day in the address, or today."""
    return day_of(request.GET.get("on", "")) or request.on


def chosen_place(request: Any, places: Sequence[Region]) -> Region | None:
    """Of the places with a policy the one in the address, or the one where the person works, or the first."""
    code = request.GET.get("place", "")
    homes = {pk for post in posts_of(request.user, request.on) for pk in post.place.ancestor_ids}
    ranked = sorted(places, key=lambda place: (place.code != code, place.pk not in homes))
    return ranked[0] if ranked else None


def places_with_policy() -> list[Region]:
    """The places that have a pack of their own: counties before cities before provinces."""
    return list(Region.objects.filter(pk__in=Pack.objects.exclude(region=None).values("region")).order_by("-level", "code"))


def board_context(request: Any) -> dict[str, Any]:
    """All targets of the place on the day."""
    places, on = places_with_policy(), chosen_day(request)
    place = chosen_place(request, places)
    found = standings(place, on) if place else []
    asked = urlencode({"on": on.isoformat(), "place": place.code}) if place else ""
    return {"place": place, "on": on, "places": places, "standings": found, "tally": tally_of(found), "asked": asked}


def tally_of(found: Sequence[Standing]) -> dict[str, int]:
    """How many targets are met everywhere, short somewhere, or stand open for want of data."""
    short = sum(1 for standing in found if standing.has_facts and standing.short)
    met = sum(1 for standing in found if standing.has_facts and standing.met and not standing.short and not standing.no_data)
    return {"met": met, "short": short, "open": len(found) - met - short}


def target_context(request: Any, target_id: str) -> dict[str, Any]:
    """One target with every place and its rows."""
    place, on = chosen_place(request, places_with_policy()), chosen_day(request)
    standing = standing_of(place, on, target_id) if place else None
    status = request.GET.get("status", "")
    results = [result for result in standing.results if not status or result.status == status] if standing else []
    chart = _chart(standing) if standing and standing.has_facts and len(standing.results) > 1 else None
    return {"place": place, "on": on, "standing": standing, "results": results, "status": status, "chart": chart}


def _chart(standing: Standing) -> Chart:
    """Few places are drawn one by one against the target; of many, how many stand how, by the place above them."""
    if len(standing.results) > EACH_DRAWN:
        return _by_town(standing.results)
    share = 100 if standing.target.unit == "ratio" else 1
    actual = [result.figure.value * share if result.figure and result.figure.value is not None else None for result in standing.results]
    labels = [result.place.name for result in standing.results]
    unit = "%" if standing.target.unit == "ratio" else ""
    title = _("Every place against the target")
    return Chart("places", title, _("Place"), labels, {_("Actual"): actual}, unit=unit, target=standing.target.value * share, across=True)


def _by_town(results: Sequence[Result]) -> Chart:
    counts: dict[str, Counter[Status]] = {}
    for result in results:
        above = result.place.town or result.place
        counts.setdefault(above.name, Counter())[result.status] += 1
    names = {Status.MET: _("met"), Status.SHORT: _("short"), Status.NO_DATA: _("no data")}
    series = {name: [count[status] for count in counts.values()] for status, name in names.items()}
    return Chart(
        "towns", _("How many places stand how"), _("Town"), list(counts), series, kind="stacked", across=True, hues=list(HUES.values())
    )
