"""The process for long work, killed in the middle of it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from tests.cast import make_cast
from tests.imports.factories import AT, HEADINGS, line, opened, plain_table, proposed
from wushe.imports.actions import apply_import, check_import
from wushe.imports.models import Progress
from wushe.imports.states import ImportState
from wushe.organisations.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 4 * settings.IMPORT_CHUNK
PATIENCE = 120


@contextmanager
def worker(var):
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={quote(database['HOST'])}"
    environment = {**os.environ, "DATABASE_URL": address, "WUSHE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "wushe.config.settings"}
    process = subprocess.Popen([sys.executable, "-m", "wushe.cli", "work"], env=environment | {"PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_work_that_was_killed_begins_again_and_is_done_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    cast = make_cast()
    table = plain_table([HEADINGS, *(line(order) for order in range(1000, 1000 + ROWS))])
    imported = opened(cast.reviewer, table, "名册.csv")
    check_import(number=imported.number, columns=proposed(imported), by=cast.reviewer, at=AT)

    def stands(state: ImportState) -> bool:
        imported.refresh_from_db()
        return imported.state == state

    with worker(tmp_path) as process:
        wait_until(lambda: stands(ImportState.CHECKED))
        apply_import(number=imported.number, by=cast.reviewer, at=AT)
        wait_until(lambda: Progress.objects.filter(work=imported, done__gt=0).exists())
        process.kill()
        process.wait()
    assert stands(ImportState.APPLYING)
    assert not Organisation.objects.filter(name__startswith="平安").exists()
    with worker(tmp_path):
        wait_until(lambda: stands(ImportState.APPLIED))
    assert Organisation.objects.filter(name__startswith="平安").count() == ROWS
