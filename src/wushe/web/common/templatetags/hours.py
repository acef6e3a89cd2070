"""When something is open in the week, for `common/parts/hours.html`."""

from collections.abc import Iterable

from django.template import Library

from wushe.stations.models import OpeningTime
from wushe.web.common.station_words import hours_by_day

register = Library()


@register.filter
def by_day(times: Iterable[OpeningTime]) -> list[tuple[str, list[str]]]:
    """The days with their spans, in words."""
    return hours_by_day(times)
