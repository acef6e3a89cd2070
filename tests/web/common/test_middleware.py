"""What holds for every answer, whatever page it is."""

from django.test import RequestFactory
from django.urls import reverse

from tests.cast import Cast
from tests.workforce.factories import identity, make_worker


def test_what_a_signed_in_person_reads_is_kept_by_no_browser(client, cast: Cast):
    client.force_login(cast.head)
    worker = make_worker(cast)
    for name in ("desk:inbox", "portal:home"):
        assert client.get(reverse(name)).headers["Cache-Control"] == "private, no-store"
    shown = client.post(reverse("desk:workers:reveal_worker", args=[worker.number]), {"reason": "核对证书"})
    assert identity(1) in shown.content.decode()
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert client.get(reverse("desk:needs:list"), {"format": "csv"}).headers["Cache-Control"] == "private, no-store"


def test_public_pages_may_be_kept(client, db):
    assert "Cache-Control" not in client.get(reverse("portal:home")).headers


def test_https_is_believed_of_a_named_proxy_alone(settings):
    told = {"X-Forwarded-Proto": "https"}
    assert not RequestFactory().get("/", headers=told).is_secure()
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert RequestFactory().get("/", headers=told).is_secure()
    assert not RequestFactory().get("/", headers={"X-Forwarded-Proto": "http"}).is_secure()
