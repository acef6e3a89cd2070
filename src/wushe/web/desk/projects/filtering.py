"""What the address of the list of projects says, and the selects that show it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wushe.policies.errors import NoPolicy
from wushe.policies.queries import policy_for
from wushe.projects.models import Project
from wushe.projects.states import ProjectState
from wushe.regions.models import Region
from wushe.web.common import words
from wushe.web.common.asked import number_of
from wushe.web.common.filters import Choice
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.projects.waiting import PARTIES, waiting_for


def filtered(rows: QuerySet[Project], query: Mapping[str, str]) -> QuerySet[Project]:
    """The projects that fit the address; anything mistyped counts as empty."""
    text = query.get("q", "").strip()
    if text:
        rows = rows.filter(number=text) if text.startswith("project-") else rows.filter(title__icontains=text)
    if query.get("state") in ProjectState.values:
        rows = rows.filter(state=query["state"])
    if query.get("field"):
        rows = rows.filter(field=query["field"])
    if (town := number_of(query.get("town", ""))) is not None:
        rows = rows.filter(region_id=town)
    if query.get("waits") in PARTIES:
        rows = rows.filter(number__in=waiting_for(query["waits"]).values("subject"))
    return rows


def choices_of(query: Mapping[str, str], towns: Sequence[Region], fields: Mapping[str, str]) -> list[Choice]:
    """The selects above the list."""
    return [
        Choice("state", _("State"), [(state.value, words.state(state)) for state in ProjectState], query.get("state", "")),
        Choice("field", _("Service field"), fields.items(), query.get("field", "")),
        Choice("town", _("Town"), [(town.pk, town.name) for town in towns], query.get("town", "")),
        Choice("waits", _("Waiting for"), [(party, words.role(party)) for party in PARTIES], query.get("waits", "")),
    ]


def fields_of(towns: Sequence[Region], on: Any) -> dict[str, str]:
    """What the service fields are called, by the policy of the first place that has projects."""
    try:
        return {code.code: label(code) for code in policy_for(towns[0], on).codes("service_fields")} if towns else {}
    except NoPolicy:
        return {}
