"""Every list of the desk as a file, and the audit that keeps who took it away."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.stories import reported_need, submitted
from wushe.audit.models import Entry

pytestmark = pytest.mark.django_db
LISTS = [
    ("reviewer", "desk:needs:list", "needs"),
    ("reviewer", "desk:projects:list", "projects"),
    ("reviewer", "desk:stations:list", "stations"),
    ("reviewer", "desk:organisations:list", "organisations"),
    ("reviewer", "desk:organisations:gaps", "gaps"),
    ("reviewer", "desk:federations:list", "federations"),
    ("finance", "desk:money:sources", "sources"),
    ("finance", "desk:money:journal", "journal"),
    ("auditor", "desk:audit", "audit"),
    ("admin", "desk:users:list", "users"),
]


def sheet(response):
    assert response.headers["Content-Disposition"].endswith('.xlsx"')
    return CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()


def csv_of(response):
    return b"".join(response.streaming_content).decode().removeprefix("\ufeff").splitlines()


@pytest.mark.parametrize(("who", "view", "name"), LISTS)
def test_a_list_is_the_same_in_excel_and_in_csv_and_both_are_in_the_audit(cast, as_user, who, view, name):
    submitted(cast)
    client = as_user(cast.everyone()[who])
    page = client.get(reverse(view)).content.decode()
    assert "?format=xlsx" in page
    lines = csv_of(client.get(reverse(view), {"format": "csv"}))
    rows = sheet(client.get(reverse(view), {"format": "xlsx"}))
    assert ",".join(rows[0]) == lines[0]
    assert len(rows) >= len(lines) > 1
    kept = [
        (entry.actor, entry.data["form"], entry.data["rows"])
        for entry in Entry.objects.filter(subject_kind="list", subject=name).order_by("id")
    ]
    number = cast.everyone()[who].number
    itself = 1 if name == "audit" else 0  # the file shows that it was taken, too
    assert kept == [(number, "csv", len(lines) - 1 - itself), (number, "xlsx", len(rows) - 1 - itself)]


def test_numbers_and_days_are_numbers_and_days(cast, as_user):
    submitted(cast)
    rows = sheet(as_user(cast.reviewer).get(reverse("desk:projects:list"), {"format": "xlsx"}))
    budget, since = rows[1][4], rows[1][6]
    assert isinstance(budget, float | int)
    assert since.year == 2026


def test_the_audit_keeps_the_filter_without_somebodys_phone(cast, as_user):
    reported_need(cast)
    as_user(cast.reviewer).get(reverse("desk:needs:list"), {"format": "xlsx", "q": "13800138000", "state": "reported", "page": "1"})
    assert Entry.objects.get(subject_kind="list").data["filter"] == {"q": "138****8000", "state": "reported"}


def test_a_list_that_is_only_looked_at_leaves_no_entry(cast, as_user):
    as_user(cast.reviewer).get(reverse("desk:needs:list"))
    assert not Entry.objects.filter(subject_kind="list").exists()
