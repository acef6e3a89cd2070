"""The journal, the statements of accounts, what is taken back, and the three clicks from an expense to its source and its need."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.accounts.factories import make_holder
from tests.cast import Cast
from tests.ledger.factories import PROJECT, Treasury, make_treasury
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.audit.models import Entry as Audited
from wushe.ledger.models import Account, AccountKind, Entry, EntryKind, FundingSource
from wushe.projects import actions as projects

SignIn = Callable[[User], Client]
JOURNAL = reverse("desk:money:journal")
YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def treasury(db: None) -> Treasury:
    return make_treasury()


@pytest.fixture
def source(treasury: Treasury) -> FundingSource:
    source = treasury.source("100")
    treasury.commit(source, "80")
    treasury.pay(source, "30")
    treasury.spend(source, "12.5")
    return source


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def amounts(response) -> list[str]:
    return [row.select("td")[-1].get_text(strip=True) for row in BeautifulSoup(response.content, "html.parser").select("tbody tr")]


def test_the_journal_holds_every_movement_newest_first(treasury: Treasury, source: FundingSource):
    desk = as_user(treasury.officer)
    assert JOURNAL in desk.get(reverse("desk:money:sources")).content.decode()
    assert amounts(desk.get(JOURNAL)) == ["¥12.50", "¥30.00", "¥80.00", "¥100.00"]
    assert amounts(desk.get(JOURNAL, {"sort": "-amount"})) == ["¥12.50", "¥30.00", "¥80.00", "¥100.00"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "支-1"}, ["¥12.50"]),
        ({"q": "30"}, ["¥30.00"]),
        ({"q": "1,00元"}, ["¥100.00"]),
        ({"q": "青禾"}, ["¥12.50", "¥30.00"]),
        ({"q": PROJECT}, ["¥12.50", "¥30.00", "¥80.00"]),
        ({"q": "NaN"}, []),
        ({"kind": "pay"}, ["¥30.00"]),
        ({"kind": "nonsense"}, ["¥12.50", "¥30.00", "¥80.00", "¥100.00"]),
        ({"since": "2026-03-03"}, []),
        ({"until": "2026-03-02"}, ["¥12.50", "¥30.00", "¥80.00", "¥100.00"]),
        ({"until": "2026-03-01"}, []),
        ({"since": "2026-99-99"}, ["¥12.50", "¥30.00", "¥80.00", "¥100.00"]),
        ({"source": "source-0"}, []),
    ],
)
def test_the_journal_is_searched_and_filtered(treasury: Treasury, source: FundingSource, query, found):
    assert amounts(as_user(treasury.officer).get(JOURNAL, query)) == found


def test_the_journal_is_exported_as_it_is_filtered(treasury: Treasury, source: FundingSource):
    lines = b"".join(as_user(treasury.officer).get(JOURNAL, {"kind": "pay", "format": "csv"})).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "30.00" in lines[1]


def test_a_statement_goes_from_the_balance_before_to_the_balance_after(treasury: Treasury, source: FundingSource):
    desk = as_user(treasury.officer)
    account = Account.objects.get(source=source, kind=AccountKind.PROJECT)
    page = reverse("desk:money:account", args=[account.pk])
    assert page in desk.get(reverse("desk:money:source", args=[source.number])).content.decode()
    assert amounts(desk.get(page, YEAR)) == ["¥0.00", "¥80.00", "¥50.00"]
    later = desk.get(page, {"since": "2026-03-03", "until": "2026-03-04"})
    assert amounts(later)[0] == "¥50.00"
    assert later.context["statement"].closing == Decimal("50.00")
    lines = b"".join(desk.get(page, YEAR | {"format": "csv"})).decode("utf-8-sig").splitlines()
    assert [line.split(",")[-1] for line in lines[1:]] == ["80.00", "50.00"]
    taken = Audited.objects.get(verb="audit.list_exported")
    assert (taken.actor, taken.data["rows"]) == (treasury.officer.number, 2)
    assert desk.get(page, YEAR | {"format": "xlsx"}).status_code == 200


def test_what_was_committed_by_mistake_is_taken_back(treasury: Treasury):
    desk, source = as_user(treasury.officer), treasury.source("100")
    entry = treasury.commit(source, "80")
    page = reverse("desk:money:reverse_booking", args=[entry.number])
    assert page in desk.get(reverse("desk:money:entry", args=[entry.number])).content.decode()
    assert "不能再冲正" in desk.get(page).content.decode()
    assert desk.post(page, {"reason": ""}).status_code == 422
    desk.post(page, {"reason": "项目编号写错"})
    assert Account.objects.get(source=source, kind=AccountKind.SOURCE).balance == 100
    assert page not in desk.get(reverse("desk:money:entry", args=[entry.number])).content.decode()
    again = desk.post(page, {"reason": "再来一次"})
    assert again.status_code == 422
    mirror = Entry.objects.get(kind=EntryKind.REVERSE_ENTRY)
    assert desk.post(reverse("desk:money:reverse_booking", args=[mirror.number]), {"reason": "冲正冲正"}).status_code == 422


def test_money_that_went_on_is_not_taken_back(treasury: Treasury, source: FundingSource):
    desk = as_user(treasury.officer)
    for kind in (EntryKind.COMMIT_TO_PROJECT, EntryKind.OPEN_SOURCE, EntryKind.PAY, EntryKind.SPEND):
        entry = Entry.objects.get(kind=kind)
        assert desk.post(reverse("desk:money:reverse_booking", args=[entry.number]), {"reason": "写错"}).status_code == 422
    assert not Entry.objects.filter(kind=EntryKind.REVERSE_ENTRY).exists()


def test_only_finance_takes_back_and_only_its_own_place_reads(treasury: Treasury, source: FundingSource):
    entry = Entry.objects.get(kind=EntryKind.COMMIT_TO_PROJECT)
    page = reverse("desk:money:reverse_booking", args=[entry.number])
    account = reverse("desk:money:account", args=[Account.objects.filter(source=source).first().pk])
    for user in (treasury.checker, make_holder("auditor", region=treasury.county.county)):
        assert as_user(user).post(page, {"reason": "写错"}).status_code == 403
        assert as_user(user).get(account).status_code == 200
    assert as_user(treasury.clerk).get(JOURNAL).status_code == 403
    treasury.officer.posts.update(region=treasury.county.other_town)
    elsewhere = as_user(treasury.officer)
    assert elsewhere.get(account).status_code == elsewhere.post(page, {"reason": "写错"}).status_code == 404
    assert amounts(elsewhere.get(JOURNAL)) == []
    assert elsewhere.get(reverse("desk:money:account", args=[999_999_999])).status_code == 404


def clicks(desk: Client, start: str, end: str, most: int = 3) -> int:
    """How many links lead from one page to another at least; more than `most` if none do."""
    seen, edge = {start}, [start]
    for count in range(1, most + 1):
        found = {link for page in edge for link in links_of(desk, page)}
        if end in found:
            return count
        edge = sorted(found - seen)
        seen |= found
    return most + 1


def links_of(desk: Client, page: str) -> set[str]:
    response = desk.get(page)
    if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
        return set()
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    found = {link["href"].partition("#")[0].partition("?")[0] for link in main.select("a[href]")}
    return {link for link in found if link.startswith(("/desk/money/", "/desk/needs/", "/desk/projects/", "/desk/procurement/"))}


def test_an_expense_its_source_and_its_need_are_three_clicks_apart_at_most(cast: Cast, as_signed_in: SignIn):
    project = stories.delivering(cast)
    stories.paid(cast, project)
    need = project.project_needs.get().need
    draft = stories.expense_draft(cast, project, need=need)
    expense = projects.record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.HELD)
    way = reverse("desk:money:expense", args=[expense.number])
    source = reverse("desk:money:source", args=[cast.source.number])
    wanted = reverse("desk:needs:detail", args=[need.number])
    with opened_at(stories.HELD):
        for user in (cast.finance, cast.auditor):
            desk = as_signed_in(user)
            for start, end in ((way, source), (way, wanted), (source, way), (wanted, way)):
                assert clicks(desk, start, end) <= 3, (start, end)
            assert clicks(desk, wanted, way) == clicks(desk, way, wanted) == 1
        payments = as_signed_in(cast.managers[0]).get(reverse("desk:procurement:payments", args=[project.number])).content.decode()
        own_way = reverse("desk:procurement:trace-expense", args=[project.number, expense.number])
        own = as_signed_in(cast.managers[0]).get(own_way).content.decode()
        rivals = [as_signed_in(user).get(own_way).status_code for user in (cast.managers[1], cast.finance)]
    # the agency sees its expense and the way to source and need, and no link to a book that is closed to it
    assert (draft.memo in payments, own_way in payments, way in payments) == (True, True, False)
    assert [word in own for word in (cast.source.name, need.number, source, "/desk/money/", wanted)] == [True, True, False, False, False]
    assert rivals == [404, 403]


@pytest.fixture
def as_signed_in() -> SignIn:
    return as_user


@pytest.mark.parametrize("text", ["1e999999", "1e-999999", "-9e99", "NaN", "12.505", "9" * 200])
def test_the_journal_is_asked_for_amounts_that_no_entry_has(treasury: Treasury, source: FundingSource, text: str):
    assert amounts(as_user(treasury.officer).get(JOURNAL, {"q": text})) in ([], [""])
    assert amounts(as_user(treasury.officer).get(JOURNAL, {"q": "12.50"})) == ["¥12.50"]
