"""What holds for every answer, whatever page it is."""

from django.core.files.uploadedfile import SimpleUploadedFile
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


def paper():
    return {"a": SimpleUploadedFile("a.txt", b"x" * 3_000)}


def test_a_body_that_is_too_large_is_refused_with_the_limit(client, db, settings):
    settings.PUBLIC_BODY_MAX_BYTES = 2_000
    for sent in ({"wish": "x" * 3_000}, paper()):
        refused = client.post(reverse("portal:needs:report"), sent)
        assert refused.status_code == 413
        assert "0 MB" in refused.content.decode()


def test_who_is_signed_in_may_send_more(client, cast: Cast, settings):
    settings.PUBLIC_BODY_MAX_BYTES = 2_000
    client.force_login(cast.head)
    assert client.post(reverse("portal:needs:report"), paper()).status_code == 200
    settings.BODY_MAX_BYTES = 2_000
    assert client.post(reverse("portal:needs:report"), paper()).status_code == 413


def test_a_body_without_files_has_a_limit_of_its_own(client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000
    assert client.post(reverse("portal:sign-in"), "a=" + "x" * 3_000, "application/x-www-form-urlencoded").status_code == 413
    assert client.post(reverse("portal:sign-in"), "a=b", "application/x-www-form-urlencoded").status_code == 422
