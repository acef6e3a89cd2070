"""What stations are reminded of day by day."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.cast import Cast, moment
from tests.workforce.factories import certify, make_worker, place
from wushe.accounts.models import User
from wushe.inbox.models import Todo
from wushe.stations.actions import (
    CheckDraft,
    DutyDraft,
    FindingDraft,
    OfficeDraft,
    RemedyDraft,
    close_station,
    drop_remedy,
    extend_office,
    finish_remedy,
    inspect_station,
    let_office,
    offer_office,
    plan_remedy,
    record_duty,
    vacate_office,
    withdraw_duty,
)
from wushe.stations.errors import OfficeAgreedTooShort
from wushe.stations.tasks import ask_about_offices, ask_for_duties, ask_for_remedies

pytestmark = pytest.mark.django_db


def asked(cast: Cast, at: datetime, by: User | None = None) -> list[date]:
    """The days by which the station's duties are due for this person, after the work of the day."""
    ask_for_duties(at=at)
    mine = Todo.objects.open().for_user(by or cast.head, at).filter(step="record_duty", subject=cast.station.number)
    return [todo.due_at.date() for todo in mine if todo.due_at]


def record(cast: Cast, at: datetime, *duties: str, month: int = 3) -> None:
    for duty in duties:
        draft = DutyDraft(duty, 2026, month, at.date(), words="召开项目推进会")
        record_duty(station=cast.station, draft=draft, by=cast.head, at=at)


def test_a_station_is_asked_in_the_last_days_of_a_month_until_every_duty_of_it_is_shown(cast: Cast):
    assert asked(cast, moment(3, 25)) == []
    assert asked(cast, moment(3, 26)) == [date(2026, 3, 31)]
    assert asked(cast, moment(3, 27)) == [date(2026, 3, 31)]
    assert asked(cast, moment(3, 27), cast.worker) == [date(2026, 3, 31)]
    assert asked(cast, moment(3, 27), cast.other_head) == []
    record(cast, moment(3, 30), "projects")
    assert Todo.objects.open().filter(step="record_duty").count() == 1
    record(cast, moment(3, 30), "guide_communities")
    assert not Todo.objects.open().filter(step="record_duty").exists()
    assert asked(cast, moment(3, 31)) == []


def test_days_on_which_nothing_ran_are_made_up_for_and_what_is_taken_back_is_asked_again(cast: Cast):
    assert asked(cast, moment(4, 9)) == [date(2026, 3, 31)]
    record(cast, moment(4, 9), "projects", "guide_communities")
    assert asked(cast, moment(4, 10)) == []
    done = cast.station.duty_records.get(duty="projects")
    withdraw_duty(station=cast.station, record_id=done.pk, reason="误录", by=cast.head, at=moment(4, 10))
    assert asked(cast, moment(4, 11)) == [date(2026, 3, 31)]
    assert asked(cast, moment(1, 20, year=2027)) == [date(2026, 3, 31)]


def test_a_station_that_closes_is_asked_no_more(cast: Cast):
    assert len(asked(cast, moment(4, 9))) == 1
    close_station(station=cast.station, closed_on=date(2026, 4, 9), reason="撤并", by=cast.reviewer, at=moment(4, 9))
    assert not Todo.objects.open().filter(step="record_duty").exists()


def inspect(cast: Cast, at: datetime, area: int, staff: int) -> None:
    """The county looks: floor space and people as given, every room there."""
    numbers = {"area": Decimal(area), "staff": Decimal(staff), "professionals": Decimal(1)}
    findings = [FindingDraft(code, value=value, evidence="实地查看") for code, value in numbers.items()]
    findings += [FindingDraft(code, met=True, evidence="照片") for code in ("office", "casework", "group_work", "meeting")]
    inspect_station(station=cast.station, draft=CheckDraft(at.date(), tuple(findings)), by=cast.reviewer, at=at)


def planning(cast: Cast, at: datetime | None = None) -> list[date]:
    """By when the station is to plan remedies; with `at` after the work of the day."""
    if at is not None:
        ask_for_remedies(at=at)
    return [todo.due_at.date() for todo in Todo.objects.open().filter(step="plan_remedy", subject=cast.station.number) if todo.due_at]


def test_who_is_posted_after_the_look_mends_a_shortfall_of_people(cast: Cast):
    workers = [make_worker(cast, order) for order in (1, 2, 3)]
    certify(cast, workers[0])
    for worker in workers[:2]:
        place(cast, worker, body=cast.station.body, since=date(2026, 3, 1))
    inspect(cast, moment(4, 1), area=66, staff=2)
    assert planning(cast) == [date(2026, 4, 16)]
    assert planning(cast, moment(4, 2)) == [date(2026, 4, 16)]
    place(cast, workers[2], body=cast.station.body, since=date(2026, 4, 3))
    assert planning(cast, moment(4, 3)) == []


def test_people_whom_a_look_missed_are_no_shortfall(cast: Cast):
    workers = [make_worker(cast, order) for order in (1, 2, 3)]
    certify(cast, workers[0])
    for worker in workers:
        place(cast, worker, body=cast.station.body, since=date(2026, 3, 1))
    inspect(cast, moment(4, 1), area=66, staff=1)
    assert planning(cast) == []


def test_a_remedy_given_up_is_asked_for_again_and_one_done_waits_for_the_next_look(cast: Cast):
    inspect(cast, moment(4, 1), area=48, staff=0)
    draft = RemedyDraft("area", "rebuild", "腾出二楼两间办公室", date(2026, 9, 1))
    remedy = plan_remedy(station=cast.station, draft=draft, by=cast.head, at=moment(4, 2))
    assert planning(cast, moment(4, 3)) == []
    drop_remedy(number=remedy.number, reason="改为购买", by=cast.head, at=moment(4, 4))
    assert planning(cast, moment(4, 5)) == [date(2026, 4, 20)]
    remedy = plan_remedy(station=cast.station, draft=draft, by=cast.head, at=moment(4, 6))
    finish_remedy(number=remedy.number, outcome="已购买", file=None, by=cast.head, at=moment(4, 7))
    assert planning(cast, moment(4, 8)) == []
    inspect(cast, moment(4, 9), area=50, staff=0)
    assert len(planning(cast)) == 1


def test_many_stations_are_asked_with_as_few_questions_as_one(cast: Cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        ask_for_duties(at=moment(4, 9))


def test_an_office_is_asked_about_before_its_agreement_ends_until_it_is_vacated(cast: Cast):
    draft = OfficeDraft("二楼203室", Decimal(30), Decimal(1200), "均可申请，每次一年", date(2026, 1, 1))
    office = offer_office(station=cast.station, draft=draft, by=cast.head, at=moment(3, 1))
    given = {"number": office.number, "organisation": cast.agencies[0], "agreement": "1号", "by": cast.head, "at": moment(3, 1)}
    with pytest.raises(OfficeAgreedTooShort):
        let_office(**given, since=date(2026, 3, 1), agreed_until=date(2026, 2, 28))
    let_office(**given, since=date(2026, 3, 1), agreed_until=date(2026, 12, 31))

    def waiting(at: datetime) -> list[date]:
        ask_about_offices(at=at)
        mine = Todo.objects.open().for_user(cast.head, at).filter(step="vacate_office", subject=office.number)
        return [todo.due_at.date() for todo in mine if todo.due_at]

    assert [waiting(moment(12, day)) for day in (1, 30)] == [[date(2026, 12, 31)]] * 2
    assert waiting(moment(11, 30)) == []
    assert waiting(moment(1, 5, year=2027)) == [date(2026, 12, 31)]
    longer = date(2027, 1, 31)
    extend_office(number=office.number, agreed_until=longer, agreement="续签", by=cast.head, at=moment(1, 5, year=2027))
    assert not Todo.objects.open().filter(step="vacate_office").exists()
    assert waiting(moment(1, 5, year=2027)) == [longer]
    vacate_office(number=office.number, until=date(2027, 1, 5), reason="到期", by=cast.head, at=moment(1, 5, year=2027))
    assert not Todo.objects.open().filter(step="vacate_office").exists()


def test_the_county_is_asked_for_its_own_station_alone(cast: Cast):
    asked(cast, moment(3, 27))
    steps = Todo.objects.open().filter(step="record_duty")
    assert steps.for_user(cast.head, moment(3, 27)).filter(subject=cast.station.number).exists()
    assert not steps.for_user(cast.reviewer, moment(3, 27)).filter(subject=cast.station.number).exists()
