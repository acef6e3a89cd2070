from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.accounts.factories import make_holder
from tests.cast import Cast
from tests.workforce.factories import AT, ON, certify, make_worker, place
from wushe.accounts.queries import Scope, scope_of
from wushe.audit.models import Entry
from wushe.inbox.models import Notice
from wushe.inbox.queries import todos_for
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.policies.errors import UnknownCode
from wushe.workforce.actions import AppraisalDraft, finish_appraisal, record_appraisal, release_worker
from wushe.workforce.errors import (
    AppraisalDone,
    NobodyJudgesThemselves,
    NothingRequested,
    NotOfThisPlace,
    NotYet,
    OutOfOrder,
    WorkerLeft,
)
from wushe.workforce.models import Appraisal, Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import TrainedFilter, appraisal_by_number, appraisals_of, trained_in

pytestmark = pytest.mark.django_db
DUE = ON + timedelta(days=30)
TOMORROW = ON + timedelta(days=1)


def said(cast: Cast, **other: object) -> AppraisalDraft:
    draft = AppraisalDraft(cast.county.communities[0], ON, "both", "能把个案方法用到走访中", "每月入户走访不少于八户", DUE)
    return replace(draft, **other)


@pytest.fixture
def worker(cast: Cast) -> Worker:
    """Somebody trained who works in the first community."""
    found = make_worker(cast, region=cast.county.communities[0], username="worker")
    certify(cast, found)
    return found


def state(cast: Cast, name: str) -> list[str]:
    rows = trained_in(Scope(regions=(cast.county.town,)), TrainedFilter(ON - timedelta(days=180), name), ON)
    return [row.number for row in rows.order_by("number")]


def test_a_request_lies_on_the_desk_until_somebody_says_what_came_of_it(cast: Cast, worker: Worker):
    assert (state(cast, "never"), state(cast, "due")) == ([worker.number], [worker.number])
    appraisal = record_appraisal(worker=worker, draft=said(cast), by=cast.community, at=AT)
    assert (state(cast, "due"), state(cast, "open"), state(cast, "late")) == ([], [worker.number], [])
    (todo,) = todos_for(cast.community, AT)
    assert (todo.step, todo.subject) == ("finish_appraisal", appraisal.number)
    assert Notice.objects.get(user=cast.worker).verb == "workforce.record_appraisal"
    finish_appraisal(appraisal=appraisal, done_on=ON, outcome="已走访九户", by=cast.head, at=AT)
    assert list(todos_for(cast.community, AT)) == []
    assert state(cast, "open") == []
    assert "走访" not in str([entry.data for entry in Entry.objects.filter(subject=worker.number)])
    with pytest.raises(AppraisalDone):
        finish_appraisal(appraisal=appraisal, done_on=ON, outcome="再次", by=cast.head, at=AT)
    with pytest.raises(AppraisalDone):
        record_appraisal(worker=worker, draft=said(cast, comment="改"), by=cast.community, at=AT)


def test_a_request_that_is_not_met_by_its_day_is_late(cast: Cast, worker: Worker):
    record_appraisal(worker=worker, draft=said(cast, held_on=date(2026, 1, 5), due_on=date(2026, 2, 5)), by=cast.community, at=AT)
    assert state(cast, "late") == [worker.number]


def test_entered_again_for_the_day_it_corrects(cast: Cast, worker: Worker):
    first = record_appraisal(worker=worker, draft=said(cast), by=cast.community, at=AT)
    again = record_appraisal(worker=worker, draft=said(cast, request="", due_on=None), by=cast.community, at=AT)
    assert (again.number, Appraisal.objects.get().request) == (first.number, "")
    assert list(todos_for(cast.community, AT)) == []
    with pytest.raises(NothingRequested):
        finish_appraisal(appraisal=again, done_on=ON, outcome="无", by=cast.community, at=AT)


def test_nobody_writes_about_themselves(cast: Cast):
    own = make_worker(cast, region=cast.county.communities[0], username="community")
    with pytest.raises(NobodyJudgesThemselves):
        record_appraisal(worker=own, draft=said(cast), by=cast.community, at=AT)
    appraisal = record_appraisal(worker=own, draft=said(cast), by=cast.head, at=AT)
    with pytest.raises(NobodyJudgesThemselves):
        finish_appraisal(appraisal=appraisal, done_on=ON, outcome="好", by=cast.community, at=AT)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"comment": " "}, FieldRequired),
        ({"request": ""}, FieldRequired),
        ({"due_on": None}, FieldRequired),
        ({"due_on": ON - timedelta(days=1)}, OutOfOrder),
        ({"held_on": TOMORROW, "due_on": TOMORROW}, NotYet),
        ({"host": "nobody"}, UnknownCode),
    ],
)
def test_what_is_not_whole_is_refused(cast: Cast, worker: Worker, change, refusal):
    with pytest.raises(refusal):
        record_appraisal(worker=worker, draft=said(cast, **change), by=cast.community, at=AT)
    assert not Appraisal.objects.exists()


def test_a_place_speaks_to_its_own_people_alone(cast: Cast, worker: Worker):
    for by in (cast.worker, cast.auditor, cast.other_head, cast.stranger):
        with pytest.raises(NotPermitted):
            record_appraisal(worker=worker, draft=said(cast), by=by, at=AT)
    other = make_worker(cast, 2, region=cast.county.other_town)
    with pytest.raises(NotOfThisPlace):
        record_appraisal(worker=other, draft=said(cast), by=cast.community, at=AT)
    place(cast, other, region=cast.county.communities[0], position="community_worker")
    appraisal = record_appraisal(worker=other, draft=said(cast), by=cast.community, at=AT)
    with pytest.raises(NotPermitted):
        finish_appraisal(appraisal=appraisal, done_on=ON, outcome="好", by=cast.other_head, at=AT)
    third = make_worker(cast, 3, region=cast.county.communities[0])
    release_worker(worker=third, left_on=ON, reason="离职", by=cast.head, at=AT)
    with pytest.raises(WorkerLeft):
        record_appraisal(worker=third, draft=said(cast), by=cast.community, at=AT)


def test_the_person_and_who_speaks_for_the_place_read_it_and_nobody_else(cast: Cast, worker: Worker):
    appraisal = record_appraisal(worker=worker, draft=said(cast), by=cast.community, at=AT)
    for reader in (cast.worker, cast.community, cast.head, cast.reviewer):
        assert appraisal_by_number(appraisal.number, reader, scope_of(reader, Permission.RECORD_APPRAISAL, ON)) == appraisal
    colleague = make_holder("social_worker", region=cast.county.town, username="colleague")
    for reader in (colleague, cast.other_head, cast.auditor):
        scope = scope_of(reader, Permission.RECORD_APPRAISAL, ON)
        assert not appraisals_of(worker, reader, scope)
        with pytest.raises(NotFound):
            appraisal_by_number(appraisal.number, reader, scope)
