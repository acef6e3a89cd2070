"""Money that a hub keeps for others, on the desk."""

from datetime import date

import pytest
from django.urls import reverse

from tests.accounts.factories import make_holder
from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, make_organisation
from tests.web.moments import opened_at
from tests.web.over import refused_at_once
from wushe.organisations.models import CustodyAccount, Kind

pytestmark = pytest.mark.django_db

TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}
LIST = reverse("desk:custody:list")


def test_an_account_is_opened_moved_by_two_read_by_the_county_and_closed(as_user):
    offices = make_offices()
    hub = make_organisation(offices.reviewer, offices.county.town, name="枢纽服务中心", kind=Kind.HUB)
    row = make_organisation(offices.reviewer, offices.county.communities[0], name="东风舞蹈队", **TEAM)
    one, two = (as_user(make_holder("hub_manager", body=hub.body, username=f"hub{order}")) for order in range(2))
    entry = {"kind": "deposit", "amount": "1000", "occurred_on": "2026-03-01", "voucher": "收0001", "purpose": "居民捐赠"}
    with opened_at(AT):
        opening = {"hub": hub.pk, "client": row.pk, "agreement": "代管协议1号", "opened_on": "2026-02-01"}
        assert one.post(reverse("desk:custody:open_custody"), opening | {"agreement": ""}).status_code == 422
        one.post(reverse("desk:custody:open_custody"), opening)
        account = CustodyAccount.objects.get()
        here = reverse("desk:custody:account", args=[account.number])
        record = reverse("desk:custody:record_custody_entry", args=[account.number])
        assert one.post(record, entry | {"voucher": ""}).status_code == 422
        one.post(record, entry)
        waiting = account.entries.get()
        approve = reverse("desk:custody:approve_custody_entry", args=[account.number, waiting.number])
        assert (approve in one.get(here).content.decode(), approve in two.get(here).content.decode()) == (False, True)
        one.post(approve)
        waiting.refresh_from_db()
        assert not waiting.is_booked
        two.post(approve)
        assert "¥1,000.00" in two.get(here).content.decode()
        assert "¥1,000.00" not in two.get(here, {"since": "2026-02-01", "until": "2026-02-20"}).content.decode().split("<tbody>")[1]
        one.post(record, entry | {"kind": "payment", "amount": "5"})
        refuse = reverse("desk:custody:refuse_custody_entry", args=[account.number, account.entries.get(kind="payment").number])
        two.post(refuse, {"reason": "票据不清"})
        assert refused_at_once(two, refuse, {"reason": "票据不清"})
        assert "票据不清" in one.get(here).content.decode()
        close = reverse("desk:custody:close_custody", args=[account.number])
        assert one.post(close, {"closed_on": "2026-03-02"}).status_code == 422
        county = as_user(offices.reviewer)
        assert [words for words in (row.name, "¥1,000.00", hub.name) if words not in county.get(LIST, {"q": "舞蹈"}).content.decode()] == []
        for address in (LIST, here):
            assert row.name in b"".join(county.get(LIST, {"format": "csv"}).streaming_content).decode()
            assert county.get(address, {"format": "xlsx"}).status_code == 200
        assert county.get(record).status_code == 403
        assert as_user(offices.community).get(LIST).status_code == 403
        one.post(record, entry | {"kind": "fee"})
        two.post(reverse("desk:custody:approve_custody_entry", args=[account.number, account.entries.get(kind="fee").number]))
        one.post(close, {"closed_on": "2026-03-02"})
        assert refused_at_once(one, record, entry)
    account.refresh_from_db()
    assert account.closed_on == date(2026, 3, 2)
