from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.workforce.factories import AT, JOINED, ON, certify, make_worker
from wushe.accounts.queries import Scope
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.policies.errors import UnknownCode
from wushe.workforce.actions import (
    MeetingDraft,
    PairingDraft,
    confirm_skills,
    end_pairing,
    log_pairing,
    pair_workers,
    release_worker,
)
from wushe.workforce.errors import (
    MentorIsApprentice,
    MentorUnlicensed,
    MinutesOutOfRange,
    NobodyJudgesThemselves,
    NotYet,
    OutOfOrder,
    PairedAlready,
    PairingEnded,
    WorkerLeft,
)
from wushe.workforce.models import Pairing, PairingSession
from wushe.workforce.queries import pairing_by_number, pairings_in

pytestmark = pytest.mark.django_db
SINCE = date(2026, 3, 1)


@pytest.fixture
def pair(cast: Cast) -> PairingDraft:
    """A professional of the town and a volunteer of a community."""
    mentor = make_worker(cast, username="worker")
    certify(cast, mentor)
    apprentice = make_worker(cast, 2, name="王秀英", kind="volunteer", region=cast.county.communities[0], username="stranger")
    return PairingDraft(mentor, apprentice, SINCE, "独立开展入户走访", ("interviewing", "records"))


def meet(pairing: Pairing, cast: Cast, *, by=None, **other: object) -> PairingSession:
    draft = replace(MeetingDraft(ON, 60, "走访两户", ("interviewing",)), **other)
    return log_pairing(pairing=pairing, draft=draft, by=by or cast.head, at=AT)


def listed(cast: Cast, state: str = "") -> list[tuple[int, int, int, int]]:
    rows = pairings_in(Scope(regions=(cast.county.town,)), state, ON, silent_since=ON - timedelta(days=60))
    return [(row.meetings, row.minutes, row.mastered, row.wanted) for row in rows]


def test_the_mentor_keeps_the_log_and_ticks_what_was_learned(cast: Cast, pair: PairingDraft):
    pairing = pair_workers(draft=pair, by=cast.head, at=AT)
    assert listed(cast, "silent") == [(0, 0, 0, 2)]
    meet(pairing, cast, by=cast.worker)
    meet(pairing, cast, by=cast.worker, held_on=ON - timedelta(days=7), minutes=30)
    meet(pairing, cast, by=cast.worker, minutes=90)
    confirm_skills(pairing=pairing, skills=["interviewing"], by=cast.worker, at=AT)
    assert (listed(cast, "running"), listed(cast, "silent")) == ([(2, 120, 1, 2)], [])
    assert pairing_by_number(pairing.number, cast.stranger, Scope()) == pairing
    with pytest.raises(FieldRequired):
        confirm_skills(pairing=pairing, skills=["interviewing"], by=cast.worker, at=AT)


def test_an_apprentice_who_keeps_the_register_confirms_no_skill_of_their_own(cast: Cast, pair: PairingDraft):
    head = make_worker(cast, 3, username="head")
    pairing = pair_workers(draft=replace(pair, apprentice=head), by=cast.reviewer, at=AT)
    with pytest.raises(NobodyJudgesThemselves):
        confirm_skills(pairing=pairing, skills=["records"], by=cast.head, at=AT)


def test_others_than_the_mentor_and_the_keeper_write_nothing(cast: Cast, pair: PairingDraft):
    for by in (cast.worker, cast.community, cast.other_head, cast.auditor):
        with pytest.raises(NotPermitted):
            pair_workers(draft=pair, by=by, at=AT)
    pairing = pair_workers(draft=pair, by=cast.head, at=AT)
    for by in (cast.community, cast.other_head):
        with pytest.raises(NotPermitted):
            meet(pairing, cast, by=by)
        with pytest.raises(NotPermitted):
            confirm_skills(pairing=pairing, skills=["records"], by=by, at=AT)
    with pytest.raises(NotPermitted):
        end_pairing(pairing=pairing, until=ON, reason="出师", by=cast.worker, at=AT)
    with pytest.raises(NotFound):
        pairing_by_number(pairing.number, cast.other_head, Scope(regions=(cast.county.other_town,)))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"aim": " "}, FieldRequired),
        ({"skills": ()}, FieldRequired),
        ({"skills": ("magic",)}, UnknownCode),
        ({"since": ON + timedelta(days=1)}, NotYet),
        ({"since": JOINED - timedelta(days=1)}, OutOfOrder),
    ],
)
def test_a_pair_that_cannot_be_is_refused(cast: Cast, pair: PairingDraft, change, refusal):
    with pytest.raises(refusal):
        pair_workers(draft=replace(pair, **change), by=cast.head, at=AT)
    assert not Pairing.objects.exists()


def test_the_mentor_is_licensed_and_another_person(cast: Cast, pair: PairingDraft):
    with pytest.raises(MentorUnlicensed):
        pair_workers(draft=replace(pair, mentor=pair.apprentice, apprentice=pair.mentor), by=cast.head, at=AT)
    with pytest.raises(MentorIsApprentice):
        pair_workers(draft=replace(pair, apprentice=pair.mentor), by=cast.head, at=AT)
    pair_workers(draft=pair, by=cast.head, at=AT)
    with pytest.raises(PairedAlready):
        pair_workers(draft=pair, by=cast.head, at=AT)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"minutes": 0}, MinutesOutOfRange),
        ({"subject": " "}, FieldRequired),
        ({"skills": ("casework",)}, UnknownCode),
        ({"held_on": SINCE - timedelta(days=1)}, OutOfOrder),
        ({"held_on": ON + timedelta(days=1)}, NotYet),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(cast: Cast, pair: PairingDraft, change, refusal):
    pairing = pair_workers(draft=pair, by=cast.head, at=AT)
    with pytest.raises(refusal):
        meet(pairing, cast, **change)


def test_a_pairing_ends_after_its_last_meeting_and_for_good(cast: Cast, pair: PairingDraft):
    pairing = pair_workers(draft=pair, by=cast.head, at=AT)
    meet(pairing, cast, held_on=ON - timedelta(days=1))
    for until, reason, refusal in ((ON - timedelta(days=1), "出师", OutOfOrder), (ON, " ", FieldRequired)):
        with pytest.raises(refusal):
            end_pairing(pairing=pairing, until=until, reason=reason, by=cast.head, at=AT)
    end_pairing(pairing=pairing, until=ON, reason="出师", by=cast.head, at=AT)
    with pytest.raises(PairingEnded):
        meet(pairing, cast)
    assert listed(cast, "ended") == [(1, 60, 0, 2)]


def test_who_leaves_guides_nobody_any_more(cast: Cast, pair: PairingDraft):
    pairing = pair_workers(draft=pair, by=cast.head, at=AT)
    release_worker(worker=pair.mentor, left_on=ON, reason="调离", by=cast.head, at=AT)
    pairing.refresh_from_db()
    assert (pairing.until, pairing.ending) == (ON, "调离")
    with pytest.raises(WorkerLeft):
        pair_workers(draft=pair, by=cast.head, at=AT)
