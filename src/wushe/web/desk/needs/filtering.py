"""What the address of the list of needs says, and the selects that show it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wushe.needs.queries import NeedFilter
from wushe.needs.states import NeedState
from wushe.regions.queries import region_by_code
from wushe.web.common import words
from wushe.web.common.filters import Choice
from wushe.web.common.need_form import LISTS

LIVING, OVERDUE = "living", "overdue"
AGES = {"7": _("Older than 7 days"), "30": _("Older than 30 days"), "90": _("Older than 90 days")}
LABELS = {"field": _("Service field"), "group": _("Group"), "urgency": _("Urgency"), "source": _("Way in")}


def filter_of(query: Mapping[str, str], named: Mapping[str, Mapping[str, str]] | None = None) -> NeedFilter:
    """The filter in an address. With the words of the codes, a code that they do not know counts as empty, as does anything mistyped."""
    state, age, place = query.get("state", ""), query.get("age", ""), query.get("place", "")
    coded = {name: query.get(name, "") for name in LISTS}
    if named is not None:
        coded = {name: code if code in named[name] else "" for name, code in coded.items()}
    return NeedFilter(
        text=query.get("q", ""),
        region=region_by_code(place) if place.isdecimal() else None,
        state=state if state in NeedState.values else "",
        living=state == LIVING,
        overdue=age == OVERDUE,
        older_than=int(age) if age in AGES else 0,
        **coded,
    )


def choices_of(query: Mapping[str, str], named: Mapping[str, Mapping[str, str]]) -> list[Choice]:
    """The selects above the list."""
    states = [(LIVING, _("Not closed")), *((state.value, words.state(state)) for state in NeedState)]
    return [
        Choice("state", _("State"), states, query.get("state", "")),
        *(Choice(name, LABELS[name], named[name].items(), query.get(name, "")) for name in LISTS),
        Choice("age", _("Age"), [(OVERDUE, _("Overdue")), *AGES.items()], query.get("age", "")),
    ]
