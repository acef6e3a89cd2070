from datetime import date

import pytest

from tests.regions.factories import plant_county
from wushe.audit.queries import entries_of
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.regions.actions import end_pilot, name_pilot
from wushe.regions.errors import ChangeInFuture, ChangeTooEarly, PilotEnded, PilotNamed, UnknownPlace
from wushe.regions.models import Pilot

pytestmark = pytest.mark.django_db
SINCE = date(2024, 1, 1)


def name(region_id, *, name="联动试点", document="平政办〔2024〕1号", since=SINCE):
    return name_pilot(region_id=region_id, name=name, document=document, since=since, by=SYSTEM, at=now())


def end(pilot, until, reason="试点结束"):
    return end_pilot(number=pilot.number, until=until, reason=reason, by=SYSTEM, at=now())


def test_a_pilot_counts_from_its_first_day_on_and_one_entered_by_mistake_never_did():
    town = plant_county().town
    pilot = name(town.pk)
    assert [list(Pilot.objects.named(day)) for day in (date(2023, 12, 31), SINCE)] == [[], [pilot]]
    end(pilot, date(2024, 6, 1))
    assert list(Pilot.objects.named(date(2025, 1, 1))) == [pilot]
    wrong = name(town.pk)
    end(wrong, SINCE, "误录")
    assert list(Pilot.objects.named(date(2025, 1, 1))) == [pilot]
    assert [entry.verb for entry in entries_of("region", town.code)] == ["regions.pilot_named", "regions.pilot_ended"] * 2


def test_a_marked_place_is_no_pilot_and_has_its_mark_while_it_runs():
    village = plant_county().village
    marked = name_pilot(region_id=village.pk, name="有条件的村", document="名单", since=SINCE, mark="able_village", by=SYSTEM, at=now())
    assert list(Pilot.objects.named(SINCE)) == []
    end(marked, date(2024, 6, 1))
    days = (date(2023, 12, 31), SINCE, date(2024, 5, 31), date(2024, 6, 1))
    assert [list(Pilot.objects.marked(day)) for day in days] == [[], [marked], [marked], []]


def test_a_pilot_that_cannot_be_is_refused():
    town = plant_county().town
    pilot = name(town.pk)
    for change, refusal in (
        ({}, PilotNamed),
        ({"name": " "}, FieldRequired),
        ({"document": ""}, FieldRequired),
        ({"since": date(9999, 1, 1)}, ChangeInFuture),
    ):
        with pytest.raises(refusal):
            name(town.pk, **change)
    with pytest.raises(UnknownPlace):
        name(0)
    for until, reason, refusal in (
        (date(2023, 1, 1), "结束", ChangeTooEarly),
        (date(9999, 1, 1), "结束", ChangeInFuture),
        (SINCE, " ", FieldRequired),
    ):
        with pytest.raises(refusal):
            end(pilot, until, reason)
    end(pilot, date(2024, 6, 1))
    with pytest.raises(PilotEnded):
        end(pilot, date(2024, 7, 1))
    with pytest.raises(NotFound):
        end_pilot(number="pilot-0", until=SINCE, reason="误", by=SYSTEM, at=now())
