"""What the page of a station says beside its standard: how far it has come, its duties, its things, who is under one roof with it."""

from datetime import date
from typing import Any

from wushe.policies.queries import Policy
from wushe.stations.models import Asset, Station
from wushe.stations.queries import SlotState, commitment_state, guides_of, hours_of, maturity_of, slots_in, tally_of
from wushe.web.common.station_words import COMMITMENT_STATES
from wushe.web.common.templatetags.wushe import label


def parts_of(station: Station, policy: Policy, on: date) -> dict[str, Any]:
    """For the template of the detail."""
    slots = slots_in(station, date(on.year, 1, 1), date(on.year, 12, 31), on)
    # in January what the last year still owes, as the to-do has it
    owed = slots_in(station, date(on.year - 1, 1, 1), date(on.year - 1, 12, 31), on) if on.month == 1 else []
    functions = {code.code: label(code) for code in policy.codes("station_functions")}
    return {
        "maturity": maturity_of([station], on)[station.pk],
        "duty_tally": tally_of(slots),
        "duties_now": [slot for slot in (*owed, *slots) if slot.state in {SlotState.MISSING, SlotState.DUE}],
        "things": Asset.objects.kept(on).filter(station=station).order_by("kind", "name"),
        "thing_kinds": {code.code: label(code) for code in policy.codes("equipment_kinds")},
        "money_kinds": {code.code: label(code) for code in policy.codes("funding_sources")},
        "commitments": [(row, commitment_state(row, on)) for row in station.commitments.select_related("file").order_by("-due_on", "-pk")],
        "commitment_kinds": {code.code: label(code) for code in policy.codes("commitment_kinds")},
        "states": COMMITMENT_STATES,
        "hours": hours_of(station),
        "functions": [functions.get(code, code) for code in station.functions],
        "houses": station.houses.filter(closed_on__isnull=True),
        "guide": guides_of([station], on).get(station.pk),
    }
