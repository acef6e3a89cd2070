from datetime import timedelta

import pytest

from tests.needs.factories import AT, PERSON, PHONE, draft, make_need
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from wushe.audit.models import Entry
from wushe.inbox.queries import notices_for, waiting_on
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.needs.actions import adopt_needs, ask_verdict, decline_need, mark_duplicate, record_need, release_needs, reveal_contact
from wushe.needs.errors import SameNeed
from wushe.needs.models import Need
from wushe.needs.states import NeedState

PROJECT = ("project", "project-990326-2026-000001", "幸福午餐")


def test_the_town_declines_with_a_reason_and_the_recorder_hears_it(cast):
    need = record_need(draft=draft(cast.home), by=cast.worker, at=AT).need
    need = decline_need(need_id=need.pk, reason=" 已由民政所办理 ", by=cast.head, at=AT)
    assert (need.state, need.decline_reason) == (NeedState.DECLINED, "已由民政所办理")
    assert waiting_on("need", need.number) == []
    assert [notice.verb for notice in notices_for(cast.worker)] == ["needs.need_declined"]


def test_declining_is_refused_without_reason_right_or_state(cast):
    need = make_need(cast.home)
    with pytest.raises(FieldRequired):
        decline_need(need_id=need.pk, reason=" ", by=cast.head, at=AT)
    with pytest.raises(NotPermitted):
        decline_need(need_id=need.pk, reason="重复", by=cast.worker, at=AT)
    decline_need(need_id=need.pk, reason="已办理", by=cast.head, at=AT)
    with pytest.raises(StepNotAllowed):
        decline_need(need_id=need.pk, reason="已办理", by=cast.head, at=AT)
    with pytest.raises(NotFound):
        decline_need(need_id=0, reason="已办理", by=cast.head, at=AT)


def test_a_duplicate_leads_to_the_need_that_goes_on(cast):
    first, second = make_need(cast.home), make_need(cast.home)
    need = mark_duplicate(need_id=second.pk, of_id=first.pk, by=cast.head, at=AT)
    assert (need.state, need.duplicate_of, need.decline_reason) == (NeedState.DECLINED, first, first.number)


def test_what_led_to_a_duplicate_leads_to_the_need_that_goes_on(cast):
    first, second, third = (make_need(cast.home) for _ in range(3))
    mark_duplicate(need_id=third.pk, of_id=second.pk, by=cast.head, at=AT)
    mark_duplicate(need_id=second.pk, of_id=first.pk, by=cast.head, at=AT)
    third.refresh_from_db()
    assert (third.duplicate_of, third.decline_reason) == (first, first.number)


def test_no_need_is_a_duplicate_of_one_that_has_ended(cast):
    answered, need = make_need(cast.home), make_need(cast.home)
    decline_need(need_id=answered.pk, reason="已办理", by=cast.head, at=AT)
    with pytest.raises(SameNeed):
        mark_duplicate(need_id=need.pk, of_id=answered.pk, by=cast.head, at=AT)


def test_a_need_is_no_duplicate_of_itself_of_a_duplicate_or_of_a_stranger(cast):
    first, second, third = make_need(cast.home), make_need(cast.home), make_need(cast.home)
    mark_duplicate(need_id=second.pk, of_id=first.pk, by=cast.head, at=AT)
    far = plant_county("98", "远山县")
    load_policy(far.county, replace=(("code: meixian-2022", "code: far-2022"),))
    stranger = make_need(far.communities[0])
    for original in (third, second, stranger):
        with pytest.raises(SameNeed):
            mark_duplicate(need_id=third.pk, of_id=original.pk, by=cast.head, at=AT)
    with pytest.raises(NotFound):
        mark_duplicate(need_id=third.pk, of_id=0, by=cast.head, at=AT)
    with pytest.raises(NotPermitted):
        mark_duplicate(need_id=third.pk, of_id=first.pk, by=cast.worker, at=AT)


def test_contact_is_shown_for_a_reason_that_stays_on_record(cast):
    need = make_need(cast.home)
    contact = reveal_contact(need_id=need.pk, reason="约上门时间", by=cast.worker, at=AT)
    assert (contact.person, contact.phone, contact.address) == (PERSON, PHONE, "幸福路3号")
    entry = Entry.objects.filter(subject=need.number).last()
    assert (entry.verb, entry.actor, entry.data) == ("needs.contact_revealed", cast.worker.number, {"reason": "约上门时间"})


def test_superiors_do_not_see_the_resident(cast):
    need = make_need(cast.home)
    with pytest.raises(NotPermitted):
        reveal_contact(need_id=need.pk, reason="检查", by=cast.county, at=AT)
    with pytest.raises(FieldRequired):
        reveal_contact(need_id=need.pk, reason="", by=cast.worker, at=AT)


def test_a_project_takes_needs_gives_them_back_and_asks_for_verdicts(cast):
    recorded = record_need(draft=draft(cast.home), by=cast.worker, at=AT).need
    ids = [recorded.pk, make_need(cast.home, wish="楼道没有灯").pk]
    adopt_needs(need_ids=ids, project=PROJECT, by=cast.head, at=AT)
    assert set(Need.objects.values_list("state", flat=True)) == {NeedState.ADOPTED}
    assert waiting_on("need", recorded.number) == []
    assert [notice.verb for notice in notices_for(cast.worker)] == ["needs.need_adopted"]
    release_needs(need_ids=ids[:1], by=cast.head, at=AT)
    assert [todo.step for todo in waiting_on("need", recorded.number)] == ["triage_need"]
    ask_verdict(need_ids=ids[1:], project=PROJECT, by=cast.county, at=AT)
    assert list(Need.objects.order_by("pk").values_list("state", flat=True)) == [NeedState.REPORTED, NeedState.AWAITING_VERDICT]


def test_a_need_that_is_given_back_has_its_time_from_that_day_on(cast):
    need = record_need(draft=draft(cast.home), by=cast.worker, at=AT).need
    adopt_needs(need_ids=[need.pk], project=PROJECT, by=cast.head, at=AT)
    later = AT + timedelta(days=200)
    release_needs(need_ids=[need.pk], by=cast.head, at=later)
    again = record_need(draft=draft(cast.home, wish="楼道没有灯，晚上看不见"), by=cast.worker, at=later).need
    (todo,) = waiting_on("need", need.number)
    assert todo.due_at == Need.objects.get(pk=need.pk).due_at == again.due_at


def test_a_project_takes_only_free_needs_and_all_or_none(cast):
    ids = [make_need(cast.home).pk, make_need(cast.home).pk]
    adopt_needs(need_ids=ids[1:], project=PROJECT, by=cast.head, at=AT)
    with pytest.raises(StepNotAllowed):
        adopt_needs(need_ids=ids, project=PROJECT, by=cast.head, at=AT)
    with pytest.raises(StepNotAllowed):
        release_needs(need_ids=ids, by=cast.head, at=AT)
    with pytest.raises(StepNotAllowed):
        ask_verdict(need_ids=ids, project=PROJECT, by=cast.head, at=AT)
    assert list(Need.objects.order_by("pk").values_list("state", flat=True)) == [NeedState.REPORTED, NeedState.ADOPTED]
