"""A list of needs from the desk of a community into the house and out again."""

import io
import json
from datetime import timedelta

import pytest

from tests.imports.factories import plain_table, proposed
from tests.needs.factories import AT, PERSON, PHONE, make_need
from wushe.imports.actions import apply_import, check_import, open_import, undo_import
from wushe.imports.errors import RowsUsed
from wushe.imports.models import Import, Row
from wushe.imports.queries import history_of, remarks_of, rows_of
from wushe.imports.rules.importable import Draft
from wushe.inbox.models import Todo
from wushe.kernel.clock import local_date
from wushe.kernel.errors import DomainError
from wushe.needs.actions import decline_need
from wushe.needs.actions.importing import begin, check_rows
from wushe.needs.errors import ConsentMissing, PhoneReasonMissing, PlaceTooWide, ReportedLater, WishTooShort
from wushe.needs.models import Need
from wushe.needs.queries import contact_of

pytestmark = pytest.mark.django_db
HEADINGS = ("诉求内容", "所在社区", "姓名", "需求类别", "人群类别", "紧急程度", "需求来源", "是否同意", "联系电话", "住址", "反映日期")
WISH = "楼道里的灯坏了，老人晚上不敢下楼"


def row(cast, **other: str) -> list[str]:
    values = {
        "wish": WISH,
        "region": cast.home.name,
        "person": "李桂芳",
        "field": "养老服务",
        "group": "老年人",
        "urgency": "一般",
        "source": "走访",
        "consent": "是",
        "phone": "13900139000",
        "address": "幸福路5号",
        "reported_on": "2026.2.20",
        **other,
    }
    return list(values.values())


def checked(cast, *lines: list[str]) -> Import:
    upload = io.BytesIO(plain_table([HEADINGS, *lines]))
    imported = open_import(register="needs", upload=upload, name="需求台账.csv", by=cast.head, at=AT)
    check_import(number=imported.number, columns=proposed(imported), by=cast.head, at=AT)
    imported.refresh_from_db()
    return imported


def applied(cast, *lines: list[str]) -> Import:
    imported = checked(cast, *lines)
    assert imported.bad == 0, [remarks_of(each) for each in rows_of(imported)]
    apply_import(number=imported.number, by=cast.head, at=AT)
    imported.refresh_from_db()
    return imported


def test_every_column_is_found_and_a_row_becomes_a_need_with_its_clock_and_its_todo(cast):
    imported = checked(cast, row(cast))
    assert len(proposed(imported)) == len(HEADINGS)
    apply_import(number=imported.number, by=cast.head, at=AT)
    need = Need.objects.get()
    assert (need.wish, need.region, need.field, need.source) == (WISH, cast.home, "elderly_care", "visit")
    assert (contact_of(need).person, contact_of(need).phone, contact_of(need).address) == ("李桂芳", "13900139000", "幸福路5号")
    assert (local_date(need.created_at).isoformat(), need.recorded_by, need.phone_tail) == ("2026-02-20", cast.head, "9000")
    todo = Todo.objects.open().get(step="triage_need", subject=need.number)
    assert (todo.region, todo.due_at, todo.due_at > AT) == (cast.place.town, need.due_at, True)
    assert [entry.verb for entry in history_of("need", need.number)] == ["imports.import_applied"]


def test_what_waits_to_be_entered_names_nobody(cast):
    checked(cast, row(cast), row(cast, phone="1390013900"))
    kept = json.dumps([[each.name, each.values, each.remarks, each.twin] for each in Row.objects.order_by("line")], ensure_ascii=False)
    for secret in ("李桂芳", "1390013900", "幸福路5号"):
        assert secret not in kept


def test_a_recent_need_of_the_same_resident_in_the_same_field_is_proposed_and_not_merged(cast):
    known = make_need(cast.home)
    same = {"person": PERSON, "phone": PHONE}
    imported = checked(cast, row(cast, **same), row(cast, **same, field="社会救助"), row(cast), row(cast))
    first, second, third, fourth = rows_of(imported)
    assert (first.standing, first.twin["number"], first.twin["certain"]) == ("twin", known.number, False)
    assert (second.standing, third.standing) == ("good", "good")
    assert (fourth.standing, fourth.twin["line"]) == ("twin", third.line)


def test_needs_that_nobody_used_are_taken_out_with_their_todos(cast):
    imported = applied(cast, row(cast), row(cast, person="王秀英", phone="13900139001"))
    undo_import(number=imported.number, by=cast.head, at=AT)
    assert not Need.objects.exists()
    assert not Todo.objects.filter(subject_kind="need").exists()


def test_a_need_that_was_answered_keeps_them_all(cast):
    imported = applied(cast, row(cast), row(cast, person="王秀英", phone="13900139001"))
    decline_need(need_id=Need.objects.first().pk, reason="已由物业修好", by=cast.head, at=AT)
    with pytest.raises(RowsUsed):
        undo_import(number=imported.number, by=cast.head, at=AT)
    assert Need.objects.count() == 2


@pytest.mark.parametrize(
    ("error", "values"),
    [
        (ConsentMissing, {"consent": False}),
        (WishTooShort, {"wish": "灯"}),
        (PhoneReasonMissing, {"phone": None}),
        (ReportedLater, {"reported_on": local_date(AT) + timedelta(days=1)}),
        (PlaceTooWide, {"region": None}),
    ],
)
def test_what_the_form_refuses_a_row_is_refused_too(cast, error: type[DomainError], values: dict):
    draft = Draft(2, WISH, {"wish": WISH, "region": cast.home.code, "person": "李桂芳", "consent": True, "phone": "13900139000"} | values)
    if error is PlaceTooWide:
        draft.values["region"] = cast.place.town.code
    draft.values = {name: value for name, value in draft.values.items() if value is not None}
    check_rows(begin(cast.head, AT), [draft])
    assert error in {type(remark.error) for remark in draft.remarks}
    with pytest.raises(error):
        raise next(remark.error for remark in draft.remarks if isinstance(remark.error, error))
