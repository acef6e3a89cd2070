"""Every list of the desk as a file, and the audit that keeps who took it away."""

import csv
import inspect
import io
import re
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse
from python_calamine import CalamineWorkbook

from tests.architecture.source import templates
from tests.architecture.test_surfaces import reached, view_patterns
from tests.stories import reported_need, submitted
from wushe.audit.models import Entry
from wushe.imports.rules.headings import proposed
from wushe.imports.rules.importable import importable

pytestmark = pytest.mark.django_db
WHO = ("reviewer", "finance", "auditor", "admin")
# the rows of an import are handed out as its file of errors, those to be decided stand in a form, and those of the gallery are invented
OTHERWISE = {"desk:imports:detail", "desk:imports:choose_rows", "desk:gallery"}
# pages with tables that are no lists: what is known of one thing, and the few figures of a board
OF_ONE_THING = {
    "desk:coaching:pairing",
    "desk:delivery:parties",
    "desk:filings:application",
    "desk:filings:batch",
    "desk:filings:detail",
    "desk:incubation:stay",
    "desk:me",
    "desk:money:entry",
    "desk:needs:detail",
    "desk:organisations:detail",
    "desk:organisations:work_standard",
    "desk:oversight:report",
    "desk:oversight:supervision",
    "desk:policies:article",
    "desk:policies:contents",
    "desk:procurement:agreement",
    "desk:procurement:agreement-version",
    "desk:projects:detail",
    "desk:stations:detail",
    "desk:stations:duty_year",
    "desk:stations:light_card",
    "desk:stations:look",
    "desk:training:confirm_attendance",
    "desk:training:course",
    "desk:training:session",
    "desk:workers:detail",
    "desk:workers:posts_of",
    "desk:workers:structure",
    "desk:workers:update_own_contact",
}
BOARDS = {"desk:needs:board", "desk:organisations:rates", "desk:stations:coverage"}
ASKED_WITH = {"desk:stations:without": {"level": "town"}, "desk:places:list": {"q": "社区"}}


def source(pattern):
    return inspect.getsource(inspect.unwrap(pattern.callback))


def desk():
    return {name: pattern for name, pattern in view_patterns(get_resolver()) if name.startswith("desk:")}


def lists():
    """Every view of the desk that shows a list, by its name."""
    return {name: view for name, view in desk().items() if re.search(r"Listing\(|wants_table", source(view))}


def with_included(name, texts):
    """The text of a template with that of its parts."""
    text = texts.get(name, "")
    return text + "".join(with_included(part, texts) for part in re.findall(r'include "([^"]+)"', text) if part != name)


def shows_a_table(view, texts):
    own = "".join(inspect.getsource(each) for each in reached(view.callback) if each.__module__ == view.callback.__module__)
    return any("ws-table" in with_included(name, texts) for name in re.findall(r'"(desk/[^"]+\.html)"', own))


def is_read(view):
    named = view.callback.wushe_permission
    return named == "signed-in" or ".view_" in named


def sheet(response):
    assert response.headers["Content-Disposition"].endswith('.xlsx"')
    return CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()


def csv_of(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode().removeprefix("\ufeff"), newline="")))


def test_every_list_can_be_taken_away_as_a_file():
    assert {name for name, view in lists().items() if "wants_table" not in source(view)} == OTHERWISE


def test_every_table_that_is_read_is_a_list_or_belongs_to_one_thing():
    """A list that was written without `Listing` is found by its table."""
    texts = {str(path).rpartition("/templates/")[2]: path.read_text() for path in templates()}
    without = {name for name, view in desk().items() if is_read(view) and "wants_table" not in source(view) and shows_a_table(view, texts)}
    assert without - OTHERWISE == OF_ONE_THING | BOARDS


def test_every_list_is_the_same_in_excel_and_in_csv_and_both_are_in_the_audit(cast, as_user):
    submitted(cast)
    about = {"desk:stations:bookings": [cast.station.number], "desk:places:detail": [cast.county.county.pk]}
    people = [cast.everyone()[who] for who in WHO]
    for name, view in lists().items():
        if name in OTHERWISE or (view.pattern.converters and name not in about):
            continue
        address, asked = reverse(name, args=about.get(name)), ASKED_WITH.get(name, {})
        user = next(user for user in people if as_user(user).get(address, asked).status_code == 200)
        client = as_user(user)
        lines = csv_of(client.get(address, asked | {"format": "csv"}))
        rows = sheet(client.get(address, asked | {"format": "xlsx"}))
        itself = name == "desk:audit"  # the file shows that it was taken, too
        assert (name, rows[0], len(rows)) == (name, lines[0], len(lines) + itself)
        kept = Entry.objects.filter(subject_kind="list").order_by("-id")[:2]
        assert [(entry.actor, entry.data["form"], entry.data["rows"] + 1 + itself) for entry in kept] == [
            (user.number, "xlsx", len(rows)),
            (user.number, "csv", len(lines)),
        ]
        page = client.get(address, asked)
        if len(lines) > 1:
            assert (name, page.content.count(b"format=xlsx"), page.content.count(b"format=csv")) == (name, 1, 1)
        else:  # an empty list may keep its buttons back
            assert any("{% exports" in Path(template.origin.name).read_text() for template in page.templates if template.name), name


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


def test_the_audit_names_the_place_of_a_list(cast, as_user):
    asked = {"format": "csv", "place": cast.county.town.code}
    as_user(cast.reviewer).get(reverse("desk:needs:list"), asked)
    as_user(cast.reviewer).get(reverse("desk:workers:structures"), asked | {"place": "999999999999"})
    named, unknown = Entry.objects.filter(subject_kind="list").order_by("id")
    assert named.data["filter"] == {"place": str(cast.county.town)}
    assert unknown.data["filter"] == {"place": "999****9999"}


def test_a_list_that_is_only_looked_at_leaves_no_entry(cast, as_user):
    as_user(cast.reviewer).get(reverse("desk:needs:list"))
    assert not Entry.objects.filter(subject_kind="list").exists()


@pytest.mark.parametrize("register", ["organisations", "stations"])
def test_what_was_taken_away_can_be_brought_again(cast, as_user, register):
    (heading, *_rows) = csv_of(as_user(cast.reviewer).get(reverse(f"desk:{register}:list"), {"format": "csv"}))
    columns = importable(register).columns
    assert {column.name for column in columns if column.required} <= set(proposed(heading, importable(register).names()).values())
