from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import quote

import pytest

from tests.accounts.factories import make_user
from wushe.files.actions import store_file
from wushe.files.queries import place_of
from wushe.kernel.actors import RESIDENT
from wushe.web.common import file_access

PDF = b"%PDF-1.7 plan"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _no_owners(monkeypatch):
    monkeypatch.setattr(file_access, "_owners", {})


@pytest.fixture
def file(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return store_file(upload=BytesIO(PDF), name="方案.pdf", by=RESIDENT, at=datetime(2026, 3, 2, tzinfo=UTC))


def test_a_file_is_downloaded_by_whom_its_owner_lets_in(client, file):
    li = make_user()
    client.force_login(li)
    file_access.grant_file_access("need", lambda user, wanted, _on: (user, wanted) == (li, file))
    response = client.get(f"/desk/files/{file.number}/")
    assert response.getvalue() == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('方案.pdf')}"
    assert response["X-Content-Type-Options"] == "nosniff"
    client.force_login(make_user("zhao"))
    assert client.get(f"/desk/files/{file.number}/").status_code == 404


def test_without_an_owner_nobody_opens_a_file(client, file):
    client.force_login(make_user())
    assert client.get(f"/desk/files/{file.number}/").status_code == 404


def test_an_unknown_number_and_lost_bytes_give_the_same_answer(client, file):
    client.force_login(make_user())
    file_access.grant_file_access("need", lambda *_: True)
    assert client.get("/desk/files/file-000000-2026-999999/").status_code == 404
    place_of(file.sha256).unlink()
    assert client.get(f"/desk/files/{file.number}/").status_code == 404


def test_only_reading_is_possible(client, file):
    client.force_login(make_user())
    assert client.post(f"/desk/files/{file.number}/").status_code == 405
