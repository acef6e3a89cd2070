import threading
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.workforce.factories import AT, JOINED, ON, identity, make_worker, person
from wushe.audit.models import Entry
from wushe.kernel.encryption import blind_index, encrypt
from wushe.kernel.errors import FieldRequired, NotPermitted, StepNotAllowed
from wushe.policies.errors import UnknownCode
from wushe.workforce.actions import register_worker, release_worker, reveal_worker, update_own_contact, update_worker, withdraw_spell
from wushe.workforce.errors import (
    AccountTaken,
    AccountUnknown,
    ContactInvalid,
    IdentityWrong,
    NotOnRegister,
    NotYet,
    OutOfOrder,
    WorkerExists,
    WorkerLeft,
    WorkerPosted,
)
from wushe.workforce.models import Posting, Worker
from wushe.workforce.models.worker import IDENTITY
from wushe.workforce.queries import clear_of, identity_index

pytestmark = pytest.mark.django_db
TOMORROW = ON + timedelta(days=1)


def entry() -> Entry:
    return Entry.objects.latest("id")


def test_a_person_is_kept_encrypted_and_the_audit_names_nobody(cast):
    worker = make_worker(cast, username="worker")
    assert worker.number == "worker-990326-2026-000001"
    assert clear_of(worker).name == "李晓燕"
    assert clear_of(worker).identity == identity(1)
    assert worker.user == cast.worker
    assert "李晓燕".encode() not in bytes(worker.name)
    assert (entry().verb, entry().subject) == ("workforce.register_worker", worker.number)
    assert entry().data == {"kind": "social_worker", "region": cast.county.town.code, "returned": False}


@pytest.mark.parametrize("role", ["worker", "community", "other_head", "auditor", "finance", "manager", "expert", "admin", "stranger"])
def test_others_register_nobody(cast, role):
    with pytest.raises(NotPermitted):
        make_worker(cast, by=cast.everyone()[role])


def test_the_town_registers_its_own(cast):
    assert make_worker(cast, by=cast.head, region=cast.county.communities[0]).region == cast.county.communities[0]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": " "}, FieldRequired),
        ({"identity": identity(1)[:-1] + ("0" if identity(1)[-1] != "0" else "1")}, IdentityWrong),
        ({"phone": "12"}, ContactInvalid),
        ({"kind": "astronaut"}, UnknownCode),
        ({"education": "astronaut"}, UnknownCode),
        ({"joined_on": TOMORROW}, NotYet),
        ({"username": "nobody"}, AccountUnknown),
    ],
)
def test_what_cannot_be_true_is_refused(cast, change, refusal):
    with pytest.raises(refusal):
        make_worker(cast, **change)
    assert not Worker.objects.exists()


@pytest.mark.parametrize("number", ["H12345678", identity(2, county="512501")])
def test_other_papers_are_taken_as_they_are(cast, number):
    assert clear_of(make_worker(cast, identity=number)).identity == number


def test_everybody_is_on_the_register_once(cast):
    first = make_worker(cast)
    with pytest.raises(WorkerExists) as refusal:
        make_worker(cast, region=cast.county.other_town)
    assert refusal.value.number == first.number


def test_a_correction_makes_nobody_out_of_another(cast):
    make_worker(cast)
    with pytest.raises(WorkerExists):
        update_worker(worker=make_worker(cast, 2), draft=person(cast, 1), by=cast.reviewer, at=AT)


def test_who_comes_back_keeps_the_number(cast):
    worker = make_worker(cast)
    release_worker(worker=worker, left_on=date(2026, 5, 1), reason="辞职", by=cast.head, at=AT)
    back = make_worker(cast, region=cast.county.other_town, joined_on=date(2026, 5, 20))
    back.refresh_from_db()
    assert (back.pk, back.number, back.left_on, back.leaving_reason) == (worker.pk, worker.number, None, "")
    assert back.region == cast.county.other_town
    assert entry().data["returned"] is True


def test_whoever_came_back_was_on_the_register_before_and_not_between(cast):
    worker = make_worker(cast)
    release_worker(worker=worker, left_on=date(2026, 5, 1), reason="辞职", by=cast.head, at=AT)
    make_worker(cast, joined_on=date(2026, 5, 20))
    days = (date(2024, 2, 29), date(2024, 3, 1), date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 19), date(2026, 5, 20))
    assert [Worker.objects.living(day).exists() for day in days] == [False, True, True, False, False, True]
    assert list(worker.spells.values_list("since", "until", "reason")) == [(date(2024, 3, 1), date(2026, 5, 1), "辞职")]
    with pytest.raises(OutOfOrder):
        update_worker(worker=worker, draft=person(cast, joined_on=date(2026, 4, 30)), by=cast.head, at=AT)


def test_a_time_on_the_register_that_never_was_is_taken_back(cast):
    worker = make_worker(cast)
    release_worker(worker=worker, left_on=date(2026, 5, 1), reason="辞职", by=cast.head, at=AT)
    make_worker(cast, joined_on=date(2026, 5, 20))
    spell = worker.spells.get()

    def withdraw(by=cast.head, reason="离职登记有误"):
        return withdraw_spell(spell=spell, reason=reason, by=by, at=AT)

    for change, refusal in (({"reason": " "}, FieldRequired), ({"by": cast.other_head}, NotPermitted)):
        with pytest.raises(refusal):
            withdraw(**change)
    withdraw()
    with pytest.raises(StepNotAllowed):
        withdraw()
    assert [Worker.objects.living(day).exists() for day in (date(2026, 4, 30), date(2026, 5, 20))] == [False, True]
    assert entry().data == {"since": "2024-03-01", "until": "2026-05-01", "reason": "离职登记有误"}
    # who had not left at all is on the register from the first day again
    update_worker(worker=worker, draft=person(cast, joined_on=date(2024, 3, 1)), by=cast.head, at=AT)
    assert Worker.objects.living(date(2026, 5, 10)).exists()


def test_nobody_joined_after_they_left(cast):
    worker = make_worker(cast)
    release_worker(worker=worker, left_on=date(2026, 5, 1), reason="辞职", by=cast.head, at=AT)
    with pytest.raises(WorkerLeft):
        update_worker(worker=worker, draft=person(cast, joined_on=date(2026, 5, 1)), by=cast.head, at=AT)
    assert update_worker(worker=worker, draft=person(cast, joined_on=date(2026, 4, 30)), by=cast.head, at=AT).joined_on == date(2026, 4, 30)


def test_an_old_card_and_the_new_one_are_the_same_person(cast):
    whole = identity(1)
    old = whole[:6] + whole[8:17]
    worker = make_worker(cast, identity=old)
    assert clear_of(worker).identity == whole
    with pytest.raises(WorkerExists):
        make_worker(cast, identity=whole)


def test_old_numbers_on_the_register_become_whole_and_a_second_entry_stays(cast):
    migration = import_module("wushe.workforce.migrations.0005_spells_and_whole_identities")
    lone, twin, other = (make_worker(cast, order) for order in (1, 2, 3))
    for worker, order in ((lone, 1), (twin, 3)):
        old = identity(order)[:6] + identity(order)[8:17]
        sealed = {"identity": encrypt(old, context=IDENTITY), "identity_index": blind_index(old, context=IDENTITY)}
        Worker.objects.filter(pk=worker.pk).update(**sealed)
    migration.make_identities_whole(apps, None)
    found = [clear_of(Worker.objects.get(pk=worker.pk)).identity for worker in (lone, twin, other)]
    assert found == [identity(1), identity(3)[:6] + identity(3)[8:17], identity(3)]
    assert Worker.objects.filter(identity_index=identity_index(identity(1))).get() == lone


def test_nobody_comes_back_before_they_left(cast):
    release_worker(worker=make_worker(cast), left_on=date(2026, 5, 1), reason="辞职", by=cast.head, at=AT)
    with pytest.raises(WorkerExists):
        make_worker(cast, joined_on=date(2026, 4, 1))


def test_an_account_belongs_to_one_person(cast):
    make_worker(cast, username="worker")
    with pytest.raises(AccountTaken):
        make_worker(cast, 2, username="worker")


def test_an_entry_is_corrected_and_the_audit_says_which_columns(cast):
    worker = make_worker(cast)
    update_worker(worker=worker, draft=person(cast, name="李小燕", education="bachelor"), by=cast.head, at=AT)
    worker.refresh_from_db()
    assert (clear_of(worker).name, worker.education) == ("李小燕", "bachelor")
    assert (entry().verb, entry().data) == ("workforce.update_worker", {"changed": ["name", "education"]})


def test_a_correction_without_a_change_leaves_no_trace(cast):
    worker = make_worker(cast)
    before = entry().pk
    update_worker(worker=worker, draft=person(cast), by=cast.head, at=AT)
    assert entry().pk == before


def test_a_town_gives_an_entry_only_to_places_of_its_own(cast):
    worker = make_worker(cast)
    with pytest.raises(NotPermitted):
        update_worker(worker=worker, draft=person(cast, region=cast.county.village), by=cast.head, at=AT)
    with pytest.raises(NotPermitted):
        update_worker(worker=worker, draft=person(cast), by=cast.worker, at=AT)


def test_looking_at_the_papers_asks_for_a_reason_and_leaves_a_trace(cast):
    worker = make_worker(cast)
    clear = reveal_worker(worker=worker, reason="核对证书", by=cast.head, at=AT)
    assert (clear.identity, clear.phone) == (identity(1), "13800138000")
    assert (entry().verb, entry().data) == ("workforce.reveal_worker", {"reason": "核对证书"})
    with pytest.raises(FieldRequired):
        reveal_worker(worker=worker, reason=" ", by=cast.head, at=AT)
    for other in (cast.worker, cast.other_head, cast.auditor):
        with pytest.raises(NotPermitted):
            reveal_worker(worker=worker, reason="好奇", by=other, at=AT)


@pytest.mark.parametrize(
    ("left_on", "reason", "refusal"), [(JOINED, "辞职", OutOfOrder), (TOMORROW, "辞职", NotYet), (ON, " ", FieldRequired)]
)
def test_leaving_has_a_day_and_a_reason(cast, left_on, reason, refusal):
    with pytest.raises(refusal):
        release_worker(worker=make_worker(cast), left_on=left_on, reason=reason, by=cast.head, at=AT)


def test_somebody_leaves_once_and_from_the_own_town(cast):
    worker = make_worker(cast)
    with pytest.raises(NotPermitted):
        release_worker(worker=worker, left_on=ON, reason="辞职", by=cast.other_head, at=AT)
    release_worker(worker=worker, left_on=ON, reason="辞职", by=cast.head, at=AT)
    with pytest.raises(WorkerLeft):
        release_worker(worker=worker, left_on=ON, reason="辞职", by=cast.head, at=AT)


def test_who_holds_a_post_does_not_leave(cast):
    worker = make_worker(cast)
    Posting.objects.create(
        number="posting-1", worker=worker, region=cast.county.town, position="station_worker", mode="recruited", since=JOINED
    )
    with pytest.raises(WorkerPosted):
        release_worker(worker=worker, left_on=ON, reason="辞职", by=cast.head, at=AT)


def test_people_correct_their_own_phone(cast):
    worker = make_worker(cast, username="worker")
    update_own_contact(phone="139 1234 5678", by=cast.worker, at=AT)
    worker.refresh_from_db()
    assert clear_of(worker).phone == "13912345678"
    with pytest.raises(ContactInvalid):
        update_own_contact(phone="1", by=cast.worker, at=AT)
    with pytest.raises(NotOnRegister):
        update_own_contact(phone="13912345678", by=cast.head, at=AT)


def test_the_database_knows_a_person_once(cast):
    worker = make_worker(cast)
    worker.pk, worker.number = None, "worker-990326-2026-000002"
    with pytest.raises(IntegrityError, match="workforce_everybody_once"), transaction.atomic():
        worker.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_offices_at_one_moment_one_enters_the_person(cast):
    refused: list[Exception] = []

    def enter() -> None:
        try:
            register_worker(draft=person(cast), by=cast.reviewer, at=AT)
        except WorkerExists as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), Worker.objects.count()) == (1, 1)
