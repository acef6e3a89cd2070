from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.cast import Cast, moment
from tests.organisations.factories import make_organisation
from tests.web.over import refused_at_once
from wushe.kernel import clock
from wushe.organisations.actions import SupportDraft, grant_support
from wushe.organisations.models import Kind, Support


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 1))


def test_the_finance_office_pays_a_support_out_of_a_source_of_money(cast: Cast, as_user):
    team = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None, "filed_on": date(2026, 2, 1)}
    row = make_organisation(cast.reviewer, cast.county.communities[0], name="助老队", **team)
    draft = SupportDraft("small_grant", Decimal(3000), date(2026, 5, 1), "平民发〔2026〕5号")
    support = grant_support(organisation=row, draft=draft, by=cast.reviewer, at=moment(6, 1))
    page, supports = reverse("desk:organisations:pay_support", args=[support.number]), reverse("desk:organisations:supports")
    finance, county = as_user(cast.finance), as_user(cast.reviewer)

    def listed(address: str, paid: str, **asked: str) -> str:
        return b"".join(county.get(address, {"paid": paid} | asked)).decode()

    assert (support.number in listed(supports, "yes"), support.number in listed(supports, "no")) == (False, True)
    inbox = finance.get(reverse("desk:inbox")).content.decode()
    assert ("拨付扶持资金" in inbox, "助老队 ¥3,000.00" in inbox) == (True, True)
    paying = finance.get(page).content.decode()
    ways = [link["href"] for link in BeautifulSoup(paying, "html.parser").select("main form a")]
    assert (ways, finance.get(ways[0]).status_code) == ([reverse("desk:inbox")], 200)
    assert ("助老队 · ¥3,000.00 ·" in paying, "· ¥200,000.00" in paying, "3000.00" in paying) == (True, True, False)
    typed = {"source": cast.source.number, "voucher_no": "扶-1", "paid_on": "2026-04-01"}
    assert finance.post(page, typed).status_code == 422
    assert finance.post(page, typed | {"paid_on": "2026-05-20"}).status_code == 302
    entry = Support.objects.get().entry
    assert refused_at_once(finance, page, typed | {"paid_on": "2026-05-20"})
    assert refused_at_once(county, reverse("desk:organisations:withdraw_support", args=[support.number]), {"reason": "账户不符"})
    shown = BeautifulSoup(county.get(supports).content, "html.parser")
    assert ("已给予¥3,000.00" in shown.get_text(), "已拨付¥3,000.00" in shown.get_text()) == (True, True)
    assert f"已拨付 2026年5月20日 {entry.source.name}" in shown.select_one("tbody").get_text(" ", strip=True)
    assert (support.number in listed(supports, "yes"), support.number in listed(supports, "no")) == (True, False)
    assert f"3000.00,{entry.source.name},2026-05-20" in listed(supports, "yes", format="csv")
    shown = as_user(cast.reviewer).get(reverse("desk:organisations:detail", args=[row.number]))
    assert f"已拨付 {entry.source.name} 2026年5月20日" in BeautifulSoup(shown.content, "html.parser").get_text(" ", strip=True)
    book = reverse("desk:money:entry", args=[entry.number])
    of_town = as_user(cast.head).get(reverse("desk:organisations:detail", args=[row.number])).content.decode()
    assert (book in shown.content.decode(), entry.source.name in of_town, book in of_town) == (True, True, False)
    assert as_user(cast.reviewer).get(page).status_code == 403
