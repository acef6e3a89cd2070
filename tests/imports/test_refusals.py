import io

import pytest

from tests.accounts.factories import make_holder
from tests.imports.factories import AT, HEADINGS, applied, checked, line, opened, proposed, workbook
from tests.organisations.factories import draft, profile
from wushe.accounts.models import Post
from wushe.imports.actions import apply_import, check_import, choose_rows, open_import, undo_import
from wushe.imports.errors import (
    CellEmpty,
    ColumnMissing,
    ColumnTwice,
    NothingToApply,
    NotInList,
    RegisterChanged,
    RowIsKnown,
    RowsUsed,
    StandsTwice,
    ValueAssumed,
)
from wushe.imports.models import Choice
from wushe.imports.queries import remarks_of, rows_of
from wushe.imports.states import ImportState
from wushe.kernel.errors import NotFound, NotPermitted, StepNotAllowed
from wushe.organisations.actions import register_organisation, update_organisation
from wushe.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def table(*lines):
    return workbook([HEADINGS, *lines])


def test_whoever_keeps_no_register_brings_no_table(cast):
    for person in (cast.worker, cast.finance, cast.auditor, cast.managers[0], cast.stranger):
        with pytest.raises(NotPermitted):
            opened(person, table(line(31)))


def test_an_unknown_register_is_not_found(cast):
    with pytest.raises(NotFound):
        open_import(register="aliens", upload=io.BytesIO(table(line(31))), name="a.xlsx", by=cast.reviewer, at=AT)


def test_a_colleague_cannot_take_a_step(cast):
    imported = checked(cast.reviewer, table(line(31)))
    for step in (apply_import, undo_import):
        with pytest.raises(NotFound):
            step(number=imported.number, by=cast.second_reviewer, at=AT)


def test_who_lost_the_post_enters_nothing(cast):
    imported = checked(cast.reviewer, table(line(31)))
    Post.objects.filter(user=cast.reviewer).delete()
    cast.reviewer.known_posts = None
    with pytest.raises(NotPermitted):
        apply_import(number=imported.number, by=cast.reviewer, at=AT)


def test_rows_of_other_places_do_not_enter(cast):
    imported = checked(cast.head, table(line(31, place="柳树村")))
    assert imported.bad == 1
    with pytest.raises(NothingToApply):
        apply_import(number=imported.number, by=cast.head, at=AT)


def test_columns_that_the_register_needs_must_be_there_and_each_once(cast):
    imported = opened(cast.reviewer, table(line(31)))
    columns = proposed(imported)
    with pytest.raises(ColumnMissing) as refused:
        check_import(number=imported.number, columns={at: name for at, name in columns.items() if name != "name"}, by=cast.reviewer, at=AT)
    assert refused.value.labels == ("名称",)
    with pytest.raises(ColumnTwice):
        check_import(number=imported.number, columns=columns | {0: "name"}, by=cast.reviewer, at=AT)


def test_steps_have_their_order(cast):
    imported = opened(cast.reviewer, table(line(31)))
    for step in (apply_import, undo_import):
        with pytest.raises(StepNotAllowed):
            step(number=imported.number, by=cast.reviewer, at=AT)
    with pytest.raises(StepNotAllowed):
        choose_rows(number=imported.number, choices={}, by=cast.reviewer, at=AT)
    done = applied(cast.reviewer, table(line(32)))
    with pytest.raises(StepNotAllowed):
        check_import(number=done.number, columns=proposed(done), by=cast.reviewer, at=AT)


def test_a_row_with_a_code_of_the_register_is_no_new_entry(cast):
    imported = checked(cast.reviewer, table(line(31, code=cast.agencies[0].uscc)))
    with pytest.raises(RowIsKnown):
        choose_rows(number=imported.number, choices={2: Choice.NEW}, by=cast.reviewer, at=AT)


def test_what_was_registered_since_the_check_stops_the_whole_import(cast):
    lines = [line(31), line(32)]
    imported = checked(cast.reviewer, table(*lines))
    register_organisation(draft=draft(cast.county.town, name="先到的", uscc=lines[1][4]), by=cast.reviewer, at=AT)
    with pytest.raises(RegisterChanged):
        apply_import(number=imported.number, by=cast.reviewer, at=AT)
    assert not Organisation.objects.filter(name__startswith="平安").exists()


def test_an_import_stays_once_a_row_has_people(cast):
    imported = applied(cast.reviewer, table(line(31), line(32)))
    made = Organisation.objects.filter(name__startswith="平安").order_by("number")
    make_holder("agency_manager", body=made[1].body, username="newcomer")
    with pytest.raises(RowsUsed) as refused:
        undo_import(number=imported.number, by=cast.reviewer, at=AT)
    assert (refused.value.count, refused.value.names) == (1, ("平安32号社工服务中心",))
    imported.refresh_from_db()
    assert (imported.state, made.count()) == (ImportState.APPLIED, 2)


def test_an_import_stays_once_a_row_was_changed(cast):
    imported = applied(cast.reviewer, table(line(31)))
    made = Organisation.objects.get(name__startswith="平安")
    changed = profile(made.region, name="改名后的机构", uscc=made.uscc)
    update_organisation(organisation=made, profile=changed, by=cast.reviewer, at=AT)
    with pytest.raises(RowsUsed):
        undo_import(number=imported.number, by=cast.reviewer, at=AT)


@pytest.mark.parametrize(
    ("error", "changed"),
    [(CellEmpty, {"founded": ""}), (NotInList, {"kind": "公司"}), (ValueAssumed, {}), (StandsTwice, {"code": "52990326MJX000031L"})],
)
def test_rows_say_what_is_wrong_with_them(cast, error, changed):
    twice = line(31)
    imported = checked(cast.reviewer, table(twice, line(32, **(changed | ({"code": twice[4]} if error is StandsTwice else {})))))
    said = [remark.error for _, remark in remarks_of(rows_of(imported).get(line=3))]
    with pytest.raises(error):
        raise next(each for each in said if isinstance(each, error))
