import pytest
from django.db import IntegrityError, connection, transaction

from wushe.audit.actions import record
from wushe.audit.models import Entry
from wushe.audit.queries import verify_chain
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now


def write(times: int = 3) -> None:
    for n in range(times):
        with transaction.atomic():
            record(by=SYSTEM, at=now(), verb="tests.done", subject=("thing", f"thing-{n}"), name="某物", data={"n": n})


@pytest.mark.django_db(transaction=True)
def test_entries_are_chained_when_they_are_committed():
    write()
    assert verify_chain().sound
    assert (
        list(Entry.objects.order_by("seq").values_list("previous", flat=True))[1:]
        == list(Entry.objects.order_by("seq").values_list("digest", flat=True))[:-1]
    )


@pytest.mark.django_db(transaction=True)
def test_an_entry_can_be_neither_changed_nor_deleted():
    write()
    with pytest.raises(IntegrityError):
        Entry.objects.update(verb="tests.undone")
    with pytest.raises(IntegrityError):
        Entry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_verification_finds_a_row_that_was_tampered_with_behind_our_back():
    write()
    victim = Entry.objects.order_by("seq")[1]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET actor_name = 'somebody else' WHERE id = %s", [victim.pk])
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    assert verify_chain().broken == (victim.seq,)


@pytest.mark.django_db(transaction=True)
def test_verification_finds_that_the_end_was_cut_off():
    write()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    assert verify_chain().end_missing
