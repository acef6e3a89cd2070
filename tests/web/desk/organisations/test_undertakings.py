"""What an organisation took on, on its page and in the list."""

import pytest
from django.urls import reverse

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, make_organisation
from tests.web.moments import opened_at
from tests.web.over import refused_at_once
from wushe.organisations.models import Kind, Undertaking

pytestmark = pytest.mark.django_db

LIST = reverse("desk:organisations:undertakings")


def test_the_community_enters_and_takes_back_what_was_taken_on(as_user):
    offices = make_offices()
    row = make_organisation(
        offices.reviewer, offices.county.communities[0], name="东风互助会", kind=Kind.COMMUNITY_ORGANISATION, uscc="", registered_on=None
    )
    worker, address = as_user(offices.community), reverse("desk:organisations:record_undertaking", args=[row.number])
    typed = {"kind": "self_help", "name": "邻里代买代办", "since": "2026-01-10", "people": "36", "evidence": "值班表"}
    with opened_at(AT):
        assert worker.get(address).status_code == 200
        refused = worker.post(address, typed | {"since": "2030-01-01"})
        assert (refused.status_code, "值班表" in refused.content.decode()) == (422, True)
        worker.post(address, typed)
        page = worker.get(reverse("desk:organisations:detail", args=[row.number])).content.decode()
        assert [words for words in ("邻里代买代办", "居民自助互助", "值班表") if words not in page] == []
        listed = worker.get(LIST, {"kind": "self_help", "year": "2026"}).content.decode()
        assert [words for words in ("东风互助会", "1个组织") if words not in listed] == []
        assert "东风互助会" in b"".join(worker.get(LIST, {"format": "csv"}).streaming_content).decode()
        assert as_user(offices.stranger).get(address).status_code == 404
        withdrawal = reverse("desk:organisations:withdraw_undertaking", args=[Undertaking.objects.get().number])
        assert worker.get(withdrawal).status_code == 200
        worker.post(withdrawal, {"reason": "重复登记"})
        assert refused_at_once(worker, withdrawal, {"reason": "重复登记"})
        page = worker.get(reverse("desk:organisations:detail", args=[row.number])).content.decode()
        assert ("重复登记" in page, "东风互助会" in worker.get(LIST).content.decode()) == (True, False)
