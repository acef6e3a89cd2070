from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import Cast, moment
from wushe.accounts.queries import Scope
from wushe.inbox.models import Todo
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.policies.errors import UnknownCode
from wushe.stations.actions import CommitmentDraft, deliver_commitment, make_commitment, withdraw_commitment
from wushe.stations.errors import CommitmentEnded, CommitmentOutOfTime
from wushe.stations.models import Commitment
from wushe.stations.queries import CommitmentState, commitment_state, commitments_in

pytestmark = pytest.mark.django_db
AT, ON = moment(6, 1), date(2026, 6, 1)
DRAFT = CommitmentDraft("premises", "提供80平方米办公用房", "明德街道办事处", date(2026, 5, 1), date(2026, 7, 1))


def make(cast: Cast, by=None, **other: object) -> Commitment:
    return make_commitment(station=cast.station, draft=replace(DRAFT, **other), by=by or cast.head, at=AT)


def deliver(cast: Cast, number: str, on: date = ON, outcome: str = "已交付", by=None) -> Commitment:
    return deliver_commitment(number=number, delivered_on=on, outcome=outcome, file=None, by=by or cast.head, at=AT)


def test_a_commitment_is_asked_for_until_it_is_kept_or_taken_back(cast: Cast):
    kept, dropped, late = make(cast), make(cast, text="购置桌椅"), make(cast, due_on=date(2026, 5, 2))
    assert Todo.objects.open().filter(step="deliver_commitment").count() == 3
    assert commitment_state(late, ON) == CommitmentState.OVERDUE
    deliver(cast, kept.number)
    deliver(cast, late.number)
    withdraw_commitment(number=dropped.number, reason="由县里统一配置", by=cast.head, at=AT)
    assert not Todo.objects.open().filter(step="deliver_commitment").exists()
    town = Scope(regions=(cast.county.town,))
    for state, row in (("delivered", kept), ("late", late), ("withdrawn", dropped)):
        assert list(commitments_in(town, state, ON)) == [row]
        assert commitment_state(Commitment.objects.get(pk=row.pk), ON) == state
    assert not commitments_in(Scope(regions=(cast.county.other_town,)), "", ON)
    for number in (kept.number, dropped.number):
        with pytest.raises(CommitmentEnded):
            deliver(cast, number)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"kind": "castle"}, UnknownCode),
        ({"text": " "}, FieldRequired),
        ({"promised_by": ""}, FieldRequired),
        ({"promised_on": ON + timedelta(days=1)}, CommitmentOutOfTime),
        ({"due_on": date(2026, 4, 30)}, CommitmentOutOfTime),
    ],
)
def test_a_commitment_that_cannot_be_is_refused(cast: Cast, change, refusal):
    with pytest.raises(refusal):
        make(cast, **change)


def test_who_keeps_the_register_records_what_came(cast: Cast):
    found = make(cast)
    for other in (cast.worker, cast.other_head, cast.auditor):
        with pytest.raises(NotPermitted):
            make(cast, by=other)
        with pytest.raises(NotPermitted):
            deliver(cast, found.number, by=other)
    for on in (date(2026, 4, 30), ON + timedelta(days=1)):
        with pytest.raises(CommitmentOutOfTime):
            deliver(cast, found.number, on)
    with pytest.raises(FieldRequired):
        deliver(cast, found.number, outcome=" ")
    with pytest.raises(FieldRequired):
        withdraw_commitment(number=found.number, reason=" ", by=cast.head, at=AT)
    with pytest.raises(NotFound):
        deliver(cast, "commitment-0")
