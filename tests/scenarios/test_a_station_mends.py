"""A town's station has too little floor space: it says more than there is, the county finds out, the town mends it, and the target is met."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from tests.cast import Cast, moment
from tests.stations.test_standards import look
from wushe.audit.queries import entries_of
from wushe.inbox.models import Todo
from wushe.indicators.queries import Result, Status, standing_of
from wushe.kernel.clock import local_date
from wushe.stations.actions import RemedyDraft, check_station, finish_remedy, inspect_station, plan_remedy
from wushe.stations.models import Remedy
from wushe.stations.queries import standing_of as standard_of_station

CHECKED, INSPECTED, PLANNED, DONE, AGAIN = (moment(3, day) for day in (3, 6, 9, 20, 24))


def area(cast: Cast, at) -> Result:
    found = standing_of(cast.county.county, local_date(at), "town-station-area")
    return next(result for result in found.results if result.place.pk == cast.station.region_id)


def standard(cast: Cast, at):
    return next(row for row in standard_of_station(cast.station, local_date(at)) if row.item.code == "area")


def test_a_station_fails_its_area_standard_and_mends_it(cast: Cast):
    # the station measures generously
    check_station(station=cast.station, draft=look("62", checked_on=local_date(CHECKED)), by=cast.head, at=CHECKED)
    assert (standard(cast, CHECKED).met, area(cast, CHECKED).status) == (True, Status.MET)

    # the county measures: what it finds counts, on the page of the station and on the board
    inspect_station(station=cast.station, draft=look("58", checked_on=local_date(INSPECTED)), by=cast.reviewer, at=INSPECTED)
    found = standard(cast, INSPECTED)
    assert (found.met, found.differs) == (False, True)
    assert (area(cast, INSPECTED).status, area(cast, INSPECTED).gap) == (Status.SHORT, Decimal(2))
    assert Todo.objects.open().filter(step="plan_remedy", subject=cast.station.number).exists()

    # the town plans, and the to-do of the plan gives way to that of the work
    due = local_date(PLANNED) + timedelta(days=30)
    plan = RemedyDraft(item="area", mode="rebuild", plan="腾出二楼一间办公室", due_on=due, cost=Decimal(20_000))
    plan_remedy(station=cast.station, draft=plan, by=cast.head, at=PLANNED)
    remedy = Remedy.objects.get()
    assert {todo.step for todo in Todo.objects.open().filter(subject__in=(cast.station.number, remedy.number))} == {"finish_remedy"}
    finish_remedy(number=remedy.number, outcome="增加一间，共64平方米", file=None, by=cast.head, at=DONE)

    # words do not mend: only the second look changes the figure
    assert area(cast, DONE).status == Status.SHORT
    again = replace(look("64"), checked_on=local_date(AGAIN))
    inspect_station(station=cast.station, draft=again, by=cast.reviewer, at=AGAIN)
    assert (standard(cast, AGAIN).met, area(cast, AGAIN).status) == (True, Status.MET)
    assert not Todo.objects.open().filter(subject__in=(cast.station.number, remedy.number)).exists()
    verbs = [entry.verb for entry in entries_of("station", cast.station.number).order_by("pk")]
    assert [verb for verb in verbs if "check" in verb or "inspect" in verb or "remedy" in verb] == [
        "stations.check_station", "stations.inspect_station", "stations.plan_remedy", "stations.finish_remedy", "stations.inspect_station",
    ]  # fmt: skip
