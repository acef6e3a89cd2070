from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import Cast, moment
from tests.workforce.factories import AT, JOINED, ON, identity, make_course, make_session, make_worker, place
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotPermitted
from wushe.workforce.actions import cancel_session, confirm_attendance, record_attendance, release_worker, withdraw_attendance
from wushe.workforce.errors import (
    AttendanceWithdrawn,
    NotOnRegister,
    PinLocked,
    PinUnknown,
    SessionAhead,
    SessionCancelled,
    WorkersUnknown,
)
from wushe.workforce.models import Attendance, Proof, Session, Worker
from wushe.workforce.queries import hours_of_agencies, minutes_between

pytestmark = pytest.mark.django_db


def enter(cast: Cast, session: Session, *lines: str) -> list[Attendance]:
    return record_attendance(session=session, present=lines, by=cast.reviewer, at=AT)


def test_a_sheet_names_people_by_name_paper_or_number_and_everybody_counts_once(cast: Cast):
    session = make_session(cast)
    first, second, third = (make_worker(cast, order, name=name) for order, name in ((1, "李晓燕"), (2, "王秀英"), (3, "张建国")))
    assert len(enter(cast, session, "李晓燕 ", identity(2), third.number, "", "李晓燕", first.number)) == 3
    assert enter(cast, session, "王秀英") == []
    assert {row.worker for row in Attendance.objects.all()} == {first, second, third}
    entry = Entry.objects.get(verb="workforce.record_attendance")
    assert entry.data == {"session": session.number, "persons": 3}


def test_lines_that_name_nobody_or_several_are_said_and_nobody_is_entered(cast: Cast):
    session = make_session(cast)
    for order, name in ((1, "李晓燕"), (2, "李晓燕"), (3, "张建国")):
        make_worker(cast, order, name=name)
    with pytest.raises(WorkersUnknown) as refused:
        enter(cast, session, "张建国", "李晓燕", "查无此人")
    assert (refused.value.unknown, refused.value.alike) == (("查无此人",), ("李晓燕",))
    assert not Attendance.objects.exists()


def test_who_had_left_by_the_day_was_not_there(cast: Cast):
    worker = make_worker(cast)
    release_worker(worker=worker, left_on=ON, reason="辞职", by=cast.reviewer, at=AT)
    with pytest.raises(WorkersUnknown):
        enter(cast, make_session(cast), worker.number)


def test_a_session_to_come_or_cancelled_has_no_attendance(cast: Cast):
    worker, course = make_worker(cast), make_course(cast)
    ahead = make_session(cast, course, held_on=ON + timedelta(days=1))
    with pytest.raises(SessionAhead):
        enter(cast, ahead, worker.number)
    cancel_session(session=ahead, reason="暴雨", by=cast.reviewer, at=AT)
    with pytest.raises(SessionCancelled):
        enter(cast, ahead, worker.number)


def test_who_does_not_organise_the_course_records_and_withdraws_nothing(cast: Cast):
    session, worker = make_session(cast), make_worker(cast)
    (attendance,) = enter(cast, session, worker.number)
    for by in (cast.head, cast.worker, cast.community, cast.auditor, cast.managers[0], cast.stranger):
        with pytest.raises(NotPermitted):
            record_attendance(session=session, present=[worker.number], by=by, at=AT)
        with pytest.raises(NotPermitted):
            withdraw_attendance(attendance=attendance, reason="代签", by=by, at=AT)


def test_an_attendance_is_withdrawn_once_and_may_be_entered_again(cast: Cast):
    session, worker = make_session(cast), make_worker(cast)
    (attendance,) = enter(cast, session, worker.number)
    with pytest.raises(FieldRequired):
        withdraw_attendance(attendance=attendance, reason="", by=cast.reviewer, at=AT)
    withdraw_attendance(attendance=attendance, reason="代签", by=cast.reviewer, at=AT)
    assert minutes_between(worker, ON, ON + timedelta(days=1)) == 0
    with pytest.raises(AttendanceWithdrawn):
        withdraw_attendance(attendance=attendance, reason="代签", by=cast.reviewer, at=AT)
    enter(cast, session, worker.number)
    assert minutes_between(worker, ON, ON + timedelta(days=1)) == 90


def linked(cast: Cast) -> Worker:
    return make_worker(cast, username="worker")


def test_with_the_pin_somebody_is_there_once(cast: Cast):
    session, worker = make_session(cast), linked(cast)
    first = confirm_attendance(pin=f" {session.pin}", by=cast.worker, at=AT)
    assert (first.worker, first.proof) == (worker, Proof.PIN)
    assert confirm_attendance(pin=session.pin, by=cast.worker, at=AT) == first
    assert Entry.objects.filter(verb="workforce.confirm_attendance").count() == 1


def test_a_pin_counts_on_its_day_and_in_its_county_for_people_of_the_register(cast: Cast):
    session = make_session(cast)
    with pytest.raises(NotOnRegister):
        confirm_attendance(pin=session.pin, by=cast.worker, at=AT)
    linked(cast)
    with pytest.raises(PinUnknown):
        confirm_attendance(pin=session.pin, by=cast.worker, at=moment(6, 2))
    cancel_session(session=session, reason="暴雨", by=cast.reviewer, at=AT)
    with pytest.raises(SessionCancelled):
        confirm_attendance(pin=session.pin, by=cast.worker, at=AT)


def test_after_five_wrong_pins_even_the_right_one_waits(cast: Cast):
    session = make_session(cast)
    linked(cast)
    for _each in range(5):
        with pytest.raises(PinUnknown):
            confirm_attendance(pin="x", by=cast.worker, at=AT)
    with pytest.raises(PinLocked) as locked:
        confirm_attendance(pin=session.pin, by=cast.worker, at=AT)
    assert locked.value.minutes == 15
    assert confirm_attendance(pin=session.pin, by=cast.worker, at=AT + timedelta(minutes=16))


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_one_moment_count_once(cast: Cast):
    session = make_session(cast)
    linked(cast)

    def confirm(_order: int) -> None:
        try:
            confirm_attendance(pin=session.pin, by=cast.worker, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(confirm, range(4)))
    assert Attendance.objects.count() == 1


def test_a_session_counts_once_for_an_agency_however_many_were_there(cast: Cast):
    agency, session = cast.agencies[0], make_session(cast)
    for order in (1, 2):
        worker = make_worker(cast, order)
        place(cast, worker, body=agency.body, position="project_worker", since=JOINED)
        enter(cast, session, worker.number)
    other = make_session(cast, make_course(cast, kind="exam_preparation"))
    enter(cast, other, Worker.objects.latest("pk").number)
    hours = {row.organisation: (row.minutes, row.sessions) for row in hours_of_agencies(cast.county.county, ["practice"], ON.year, ON)}
    assert hours[agency] == (90, 1)
    assert hours[cast.agencies[1]] == (0, 0)
