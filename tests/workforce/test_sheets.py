"""Sheets of attendance from Excel into the register of training and out again."""

import io
import json
from datetime import date

import pytest

from tests.imports.factories import plain_table, proposed
from tests.workforce.factories import AT, ON, identity, make_course, make_session, make_worker
from wushe.imports.actions import apply_import, check_import, open_import, undo_import
from wushe.imports.errors import RowsUsed
from wushe.imports.models import Import, Row
from wushe.imports.queries import remarks_of, rows_of
from wushe.imports.rules.importable import Draft
from wushe.kernel.errors import DomainError
from wushe.workforce.actions import release_worker, withdraw_attendance
from wushe.workforce.actions.sheets import begin, check_rows
from wushe.workforce.errors import NamesAlike, SessionUnknown, WorkerUnknown
from wushe.workforce.models import Attendance, Proof

pytestmark = pytest.mark.django_db
HEADINGS = ("姓名", "培训名称", "培训日期", "身份证号")


def checked(cast, *lines: list[str]) -> Import:
    upload = io.BytesIO(plain_table([HEADINGS, *lines]))
    imported = open_import(register="attendance", upload=upload, name="签到表.csv", by=cast.reviewer, at=AT)
    check_import(number=imported.number, columns=proposed(imported), by=cast.reviewer, at=AT)
    imported.refresh_from_db()
    return imported


def said(imported: Import) -> list[set[str]]:
    return [{type(remark.error).__name__ for _label, remark in remarks_of(row)} - {"CountyAbolished"} for row in rows_of(imported)]


def test_people_are_found_by_name_or_paper_and_meetings_by_title_or_number(cast):
    session = make_session(cast)
    first, second = make_worker(cast, 1, name="李晓燕"), make_worker(cast, 2, name="王秀英")
    title = session.course.title
    imported = checked(cast, ["李晓燕", title, ON.isoformat(), ""], ["王秀英", session.number, ON.isoformat(), identity(2)])
    apply_import(number=imported.number, by=cast.reviewer, at=AT)
    rows = Attendance.objects.order_by("worker")
    assert [(row.session, row.worker, row.proof, row.entered_by) for row in rows] == [
        (session, first, Proof.PAPER, cast.reviewer),
        (session, second, Proof.PAPER, cast.reviewer),
    ]
    again = checked(cast, ["李晓燕", title, ON.isoformat(), ""])
    (known,) = rows_of(again)
    assert (known.standing, known.twin["number"], known.twin["certain"]) == ("twin", first.number, True)


def test_whoever_came_back_was_at_meetings_of_the_time_before_and_at_none_between(cast):
    worker = make_worker(cast, name="李晓燕")
    before, between = make_session(cast, held_on=date(2026, 3, 2)), make_session(cast, held_on=date(2026, 5, 4))
    release_worker(worker=worker, left_on=date(2026, 5, 1), reason="辞职", by=cast.head, at=AT)
    make_worker(cast, name="李晓燕", joined_on=date(2026, 5, 20))
    lines = [["李晓燕", session.number, session.held_on.isoformat(), ""] for session in (before, between)]
    assert said(checked(cast, *lines)) == [set(), {"WorkerUnknown"}]


def test_rows_that_name_nobody_several_or_no_meeting_say_so_and_keep_no_paper(cast):
    session = make_session(cast)
    for order in (1, 2):
        make_worker(cast, order, name="李晓燕")
    make_worker(cast, 3, name="王秀英")
    title, day = session.course.title, ON.isoformat()
    lines = [
        ["李晓燕", title, day, ""],
        ["李晓燕", title, day, identity(2)],
        ["查无此人", title, day, ""],
        ["王秀英", "没有的课", day, ""],
        ["王秀英", title, "2099.1.1", ""],
        ["王秀英", title, day, ""],
        ["王秀英", title, day, ""],
        ["王秀英", title, day, "13050367040100X"],
    ]
    imported = checked(cast, *lines)
    assert said(imported) == [
        {"NamesAlike"},
        set(),
        {"WorkerUnknown"},
        {"SessionUnknown"},
        {"NotYet"},
        set(),
        {"StandsTwice"},
        {"NotAnIdentity"},
    ]
    kept = json.dumps([[each.name, each.values, each.remarks] for each in Row.objects.all()], ensure_ascii=False)
    for secret in (identity(2), "13050367040100X", "李晓燕", "王秀英"):
        assert secret not in kept


def test_the_sheet_is_taken_out_again_unless_an_entry_was_withdrawn(cast):
    session = make_session(cast)
    for order, name in ((1, "李晓燕"), (2, "王秀英")):
        make_worker(cast, order, name=name)
    day = ON.isoformat()
    imported = checked(cast, ["李晓燕", session.number, day, ""])
    apply_import(number=imported.number, by=cast.reviewer, at=AT)
    undo_import(number=imported.number, by=cast.reviewer, at=AT)
    assert not Attendance.objects.exists()
    imported = checked(cast, ["李晓燕", session.number, day, ""], ["王秀英", session.number, day, ""])
    apply_import(number=imported.number, by=cast.reviewer, at=AT)
    withdraw_attendance(attendance=Attendance.objects.first(), reason="签错", by=cast.reviewer, at=AT)
    with pytest.raises(RowsUsed):
        undo_import(number=imported.number, by=cast.reviewer, at=AT)


@pytest.mark.parametrize(
    ("error", "name", "title"), [(NamesAlike, "李晓燕", ""), (WorkerUnknown, "查无此人", ""), (SessionUnknown, "李晓燕", "没有的课")]
)
def test_each_refusal_of_a_row(cast, error: type[DomainError], name: str, title: str):
    session = make_session(cast, make_course(cast))
    for order in (1, 2):
        make_worker(cast, order, name="李晓燕")
    draft = Draft(2, name, {"name": name, "course": title or session.course.title, "held_on": ON})
    check_rows(begin(cast.reviewer, AT), [draft])
    with pytest.raises(error):
        raise draft.remarks[0].error
