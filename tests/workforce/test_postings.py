import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from tests.workforce.factories import AT, JOINED, ON, certify, make_worker, place, post
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotPermitted
from wushe.policies.errors import UnknownCode
from wushe.stations.queries import standing_of
from wushe.workforce.actions import correct_posting, end_posting, move_worker, place_worker, release_worker, withdraw_posting
from wushe.workforce.errors import (
    BodyElsewhere,
    FullTimeElsewhere,
    LeaderExists,
    LeaderNotHere,
    NotYet,
    OutOfOrder,
    PostedHere,
    PostingEnded,
    WorkerLeft,
)
from wushe.workforce.models import Posting

pytestmark = pytest.mark.django_db
TOMORROW, YESTERDAY = ON + timedelta(days=1), ON - timedelta(days=1)


def test_somebody_is_placed_at_a_station(cast):
    worker = make_worker(cast)
    posting = place(cast, worker, body=cast.station.body, grids=(" 一网格", "一网格", ""))
    assert (posting.number, posting.body, posting.grids) == ("posting-990326-2026-000001", cast.station.body, ["一网格"])
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.subject) == ("workforce.place_worker", worker.number)
    assert entry.data == {
        "posting": posting.number,
        "region": cast.county.town.code,
        "body": cast.station.body.number,
        "position": "station_worker",
        "mode": "recruited",
        "since": JOINED.isoformat(),
    }


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"since": TOMORROW}, NotYet),
        ({"since": JOINED - timedelta(days=1)}, OutOfOrder),
        ({"contract_until": JOINED}, OutOfOrder),
        ({"position": "wizard"}, UnknownCode),
        ({"mode": "wizard"}, UnknownCode),
        ({"is_leader": True}, LeaderNotHere),
    ],
)
def test_what_cannot_be_true_is_refused(cast, change, refusal):
    with pytest.raises(refusal):
        place(cast, make_worker(cast), **change)
    assert not Posting.objects.exists()


def test_a_station_stands_in_one_place_and_an_agency_sends_people(cast):
    worker = make_worker(cast)
    with pytest.raises(BodyElsewhere):
        place(cast, worker, region=cast.county.other_town, body=cast.station.body)
    assert place(cast, worker, region=cast.county.other_town, body=cast.agencies[0].body).region == cast.county.other_town


@pytest.mark.parametrize("role", ["worker", "community", "other_head", "auditor", "finance", "stranger"])
def test_others_place_nobody(cast, role):
    worker, user = make_worker(cast), cast.everyone()[role]
    posting = place(cast, worker)
    draft = post(cast, since=ON)
    with pytest.raises(NotPermitted):
        place_worker(worker=worker, draft=draft, by=user, at=AT)
    with pytest.raises(NotPermitted):
        move_worker(posting=posting, draft=draft, reason="调整", by=user, at=AT)
    with pytest.raises(NotPermitted):
        end_posting(posting=posting, until=ON, reason="到期", by=user, at=AT)
    with pytest.raises(NotPermitted):
        correct_posting(posting=posting, draft=draft, by=user, at=AT)
    with pytest.raises(NotPermitted):
        withdraw_posting(posting=posting, reason="误录", by=user, at=AT)


def test_somebody_works_full_time_in_one_post(cast):
    worker = make_worker(cast)
    place(cast, worker, body=cast.station.body)
    with pytest.raises(FullTimeElsewhere) as refusal:
        place(cast, worker, region=cast.county.communities[0])
    assert refusal.value.place == cast.station.body.name
    assert place(cast, worker, region=cast.county.communities[0], full_time=False).full_time is False
    with pytest.raises(PostedHere):
        place(cast, worker, region=cast.county.communities[0], full_time=False)


def test_a_community_has_one_responsible_leader_on_a_day(cast):
    community = cast.county.communities[0]
    first = place(cast, make_worker(cast), region=community, is_leader=True)
    with pytest.raises(LeaderExists):
        place(cast, make_worker(cast, 2), region=community, is_leader=True)
    end_posting(posting=first, until=ON, reason="换届", by=cast.head, at=AT)
    assert place(cast, make_worker(cast, 3), region=community, is_leader=True, since=ON).is_leader


def test_who_left_is_placed_nowhere(cast):
    worker = make_worker(cast)
    release_worker(worker=worker, left_on=ON, reason="辞职", by=cast.head, at=AT)
    with pytest.raises(WorkerLeft):
        place(cast, worker, since=ON)


def test_a_move_ends_one_post_and_begins_another_on_the_day(cast):
    worker = make_worker(cast)
    old = place(cast, worker)
    new = move_worker(posting=old, draft=post(cast, region=cast.county.communities[0], since=ON), reason="下沉", by=cast.head, at=AT)
    old.refresh_from_db()
    assert (old.until, old.ending, new.since, new.until) == (ON, "下沉", ON, None)
    assert [posting.pk for posting in Posting.objects.held(YESTERDAY)] == [old.pk]
    assert [posting.pk for posting in Posting.objects.held(ON)] == [new.pk]
    verbs = list(Entry.objects.filter(subject=worker.number).order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["workforce.end_posting", "workforce.move_worker"]


def test_a_move_that_fails_changes_nothing(cast):
    posting = place(cast, make_worker(cast))
    with pytest.raises(NotPermitted):
        move_worker(posting=posting, draft=post(cast, region=cast.county.village, since=ON), reason="调整", by=cast.head, at=AT)
    with pytest.raises(FieldRequired):
        move_worker(posting=posting, draft=post(cast, since=ON), reason=" ", by=cast.head, at=AT)
    with pytest.raises(OutOfOrder):
        move_worker(posting=posting, draft=post(cast, since=JOINED), reason="调整", by=cast.head, at=AT)
    with pytest.raises(UnknownCode):
        move_worker(posting=posting, draft=post(cast, since=ON, position="wizard"), reason="调整", by=cast.head, at=AT)
    posting.refresh_from_db()
    assert (posting.until, Posting.objects.count()) == (None, 1)


@pytest.mark.parametrize(
    ("until", "reason", "refusal"), [(JOINED, "到期", OutOfOrder), (TOMORROW, "到期", NotYet), (ON, " ", FieldRequired)]
)
def test_an_end_has_a_day_and_a_reason(cast, until, reason, refusal):
    with pytest.raises(refusal):
        end_posting(posting=place(cast, make_worker(cast)), until=until, reason=reason, by=cast.head, at=AT)


def test_what_ended_neither_ends_again_nor_changes(cast):
    posting = place(cast, make_worker(cast))
    end_posting(posting=posting, until=ON, reason="到期", by=cast.head, at=AT)
    with pytest.raises(PostingEnded):
        end_posting(posting=posting, until=ON, reason="到期", by=cast.head, at=AT)
    with pytest.raises(PostingEnded):
        correct_posting(posting=posting, draft=post(cast), by=cast.head, at=AT)
    with pytest.raises(PostingEnded):
        move_worker(posting=posting, draft=post(cast, since=ON), reason="调整", by=cast.head, at=AT)


def test_a_posting_is_corrected_where_it_is(cast):
    posting = place(cast, make_worker(cast))
    draft = post(cast, mode="elected", since=date(2024, 4, 1), region=cast.county.other_town)
    corrected = correct_posting(posting=posting, draft=draft, by=cast.reviewer, at=AT)
    assert (corrected.mode, corrected.since, corrected.region) == ("elected", date(2024, 4, 1), cast.county.town)
    assert Entry.objects.latest("id").data["changed"] == ["mode", "since"]


def test_what_was_entered_by_mistake_held_on_no_day(cast):
    posting = place(cast, make_worker(cast))
    with pytest.raises(FieldRequired):
        withdraw_posting(posting=posting, reason=" ", by=cast.head, at=AT)
    withdraw_posting(posting=posting, reason="录错了人", by=cast.head, at=AT)
    assert not Posting.objects.held(JOINED).exists()
    with pytest.raises(PostingEnded):
        withdraw_posting(posting=posting, reason="录错了人", by=cast.head, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_places_at_one_moment_one_gets_the_person(cast):
    worker = make_worker(cast)
    drafts = [post(cast), post(cast, region=cast.county.other_town)]
    refused: list[Exception] = []

    def begin(order: int) -> None:
        try:
            place_worker(worker=worker, draft=drafts[order], by=cast.reviewer, at=AT)
        except FullTimeElsewhere as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=[order]) for order in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), Posting.objects.filter(worker=worker, full_time=True).count()) == (1, 1)


def test_the_standard_of_a_station_counts_its_people_by_their_posts(cast):
    def known():
        return {row.item.code: row.known for row in standing_of(cast.station, ON) if row.item.kind in {"staff", "professionals"}}

    accounts = known()
    assert accounts["professionals"] is None
    body = cast.station.body
    certify(cast, make_worker_at(cast, 1, body))
    make_worker_at(cast, 2, body)
    make_worker_at(cast, 3, body, full_time=False)
    assert known() == {"staff": 2, "professionals": 1}


def make_worker_at(cast, order, body, **other):
    worker = make_worker(cast, order)
    place(cast, worker, body=body, **other)
    return worker
