"""Long tables: the request only asks, the worker does it, and what dies begins again."""

import pytest
from django.db import connection

from tests.imports.factories import AT, HEADINGS, checked, line, opened, plain_table, proposed
from tests.organisations.factories import draft
from wushe.accounts.models import Post
from wushe.imports.actions import apply_import, check_import, undo_import
from wushe.imports.errors import RegisterChanged
from wushe.imports.models import Progress
from wushe.imports.queries import import_by_number
from wushe.imports.rules.remarks import unpacked
from wushe.imports.states import ImportState
from wushe.imports.tasks import MOST_TRIES, work_at_next
from wushe.kernel.errors import NotPermitted, StepNotAllowed
from wushe.organisations.actions import register_organisation
from wushe.organisations.models import Organisation

committed = pytest.mark.django_db(transaction=True)
CHUNK = 20
LONG = 2 * CHUNK + 1


@pytest.fixture(autouse=True)
def chunk(settings):
    """Long is what has more rows than are worked at together."""
    settings.IMPORT_CHUNK = CHUNK


@pytest.fixture
def asked(cast):
    """A long table whose check was asked for."""
    lines = [line(order) for order in range(1000, 1000 + LONG)]
    imported = opened(cast.reviewer, plain_table([HEADINGS, *lines]), "名册.csv")
    check_import(number=imported.number, columns=proposed(imported), by=cast.reviewer, at=AT)
    return imported


def state(imported):
    imported.refresh_from_db()
    return imported.state


@committed
def test_a_long_table_is_checked_applied_and_undone_by_the_worker(cast, asked):
    assert state(asked) == ImportState.CHECKING
    assert work_at_next(at=AT) is True
    assert (state(asked), asked.doubted) == (ImportState.CHECKED, LONG)
    assert Progress.objects.get(work=asked).done == LONG
    apply_import(number=asked.number, by=cast.reviewer, at=AT)
    assert state(asked) == ImportState.APPLYING
    with pytest.raises(StepNotAllowed):
        apply_import(number=asked.number, by=cast.reviewer, at=AT)
    assert work_at_next(at=AT) is True
    assert (state(asked), asked.entered) == (ImportState.APPLIED, LONG)
    undo_import(number=asked.number, by=cast.reviewer, at=AT)
    assert work_at_next(at=AT) is True
    assert (state(asked), Organisation.objects.filter(name__startswith="平安").exists()) == (ImportState.UNDONE, False)
    assert work_at_next(at=AT) is False


@committed
def test_two_workers_never_do_the_same(asked):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM imports_import WHERE id = %s FOR NO KEY UPDATE", [asked.pk])
        assert work_at_next(at=AT) is False
        cursor.execute("ROLLBACK")
    other.close()
    assert work_at_next(at=AT) is True


def test_a_refusal_puts_the_import_back_and_says_why(cast, asked):
    work_at_next(at=AT)
    apply_import(number=asked.number, by=cast.reviewer, at=AT)
    register_organisation(draft=draft(cast.county.town, name="先到的", uscc=line(1030)[4]), by=cast.reviewer, at=AT)
    assert work_at_next(at=AT) is True
    assert state(asked) == ImportState.CHECKED
    assert isinstance(unpacked(asked.stopped).error, RegisterChanged)
    assert not Organisation.objects.filter(name__startswith="平安").exists()


def test_the_post_must_last_until_the_work_is_done(cast, asked):
    Post.objects.filter(user=cast.reviewer).delete()
    work_at_next(at=AT)
    assert state(asked) == ImportState.MATCHING
    assert isinstance(unpacked(asked.stopped).error, NotPermitted)


def test_an_error_puts_the_import_back_without_a_sentence(asked):
    asked.heading_line = 10**6
    asked.save(update_fields=["heading_line"])
    work_at_next(at=AT)
    assert (state(asked), asked.stopped) == (ImportState.MATCHING, {})


def test_work_that_never_ends_is_given_up(asked):
    Progress.objects.filter(work=asked).update(tries=MOST_TRIES)
    work_at_next(at=AT)
    assert (state(asked), asked.stopped) == (ImportState.MATCHING, {})


@committed
def test_asking_again_forgets_why_the_work_had_stopped(cast, asked):
    Progress.objects.filter(work=asked).update(tries=MOST_TRIES)
    work_at_next(at=AT)
    check_import(number=asked.number, columns=proposed(asked), by=cast.reviewer, at=AT)
    work_at_next(at=AT)
    found = import_by_number(asked.number, user=cast.reviewer)
    assert (found.state, found.stopped, found.progress.tries) == (ImportState.CHECKED, None, 1)


def test_a_short_table_needs_no_worker(cast):
    imported = checked(cast.reviewer, plain_table([HEADINGS, line(31)]), "名册.csv")
    assert imported.state == ImportState.CHECKED
