"""Commitments to a station and what its service costs, on the desk."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.indicators.test_money import allot
from tests.web.desk.stations.test_working import NOW, SignIn, page, text_of
from wushe.kernel import clock
from wushe.stations.models import Commitment


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.MEDIA_ROOT = tmp_path


def test_a_commitment_is_recorded_seen_and_kept(cast: Cast, as_user: SignIn):
    head, listed = as_user(cast.head), reverse("desk:stations:commitments")
    typed = {"kind": "premises", "text": "提供办公用房", "promised_by": "街道办事处", "promised_on": "2026-04-01", "due_on": "2026-04-02"}
    assert head.post(page(cast.station, "make_commitment"), typed | {"due_on": "2026-03-01"}).status_code == 422
    assert "提供办公用房" in text_of(head.post(page(cast.station, "make_commitment"), typed, follow=True))
    assert "逾期" in text_of(head.get(listed, {"state": "overdue"}))
    number = Commitment.objects.get().number
    kept = {"delivered_on": "2026-04-08", "outcome": "已交付钥匙"}
    shown = text_of(head.post(reverse("desk:stations:deliver_commitment", args=[number]), kept, follow=True))
    assert "已交付钥匙" in shown
    assert "逾期兑现 2026年4月8日" in shown
    assert "已交付钥匙" in head.get(listed, {"format": "csv"}).getvalue().decode()
    assert head.post(reverse("desk:stations:withdraw_commitment", args=[number]), {"reason": "误"}).status_code == 422
    assert head.get(reverse("desk:stations:commitment", args=[number])).status_code == 302
    assert as_user(cast.worker).get(page(cast.station, "make_commitment")).status_code == 403
    elsewhere = as_user(cast.other_head).get(reverse("desk:stations:deliver_commitment", args=[number]))
    shown = elsewhere.content.decode()
    assert (elsewhere.status_code, number in shown, cast.station.number in shown) == (404, True, False)


def test_the_cost_of_a_station_opens_to_its_rows(cast: Cast, as_user: SignIn, django_assert_max_num_queries):
    book = reverse("desk:money:entry", args=[allot(cast, 12_000)])
    desk, listed = as_user(cast.reviewer), reverse("desk:stations:costs")
    with django_assert_max_num_queries(20):
        shown = text_of(desk.get(listed))
    assert "12,000.00" in shown
    assert cast.station.number in desk.get(listed, {"format": "csv", "year": "2026"}).getvalue().decode()
    assert "没有入账" in text_of(desk.get(listed, {"year": "2025"}))
    for reader, follows in ((desk, True), (as_user(cast.head), False)):
        shown = reader.get(page(cast.station, "cost"))
        # the money is the county's, the station the town's
        assert ("县级财政预算" in text_of(shown), book in shown.content.decode(), reader.get(book).status_code == 200) == (
            True,
            follows,
            follows,
        )
    assert as_user(cast.managers[0]).get(listed).status_code == 403
