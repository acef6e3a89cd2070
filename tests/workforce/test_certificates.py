from datetime import date, timedelta

import pytest

from tests.policies.factories import load_policy
from tests.workforce.factories import AT, ISSUED, ON, certify, make_worker
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotPermitted
from wushe.policies.errors import UnknownCode
from wushe.web.common.refusals import sentence
from wushe.workforce.actions import release_worker, renew_certificate, void_certificate
from wushe.workforce.errors import CertificateMalformed, CertificateTaken, CertificateVoid, NotYet, OutOfOrder, WorkerLeft
from wushe.workforce.models import Certificate

pytestmark = pytest.mark.django_db
TOMORROW = ON + timedelta(days=1)


def test_a_number_has_the_form_that_the_policy_gives(cast):
    text = "values:\n  - {key: certificate.number_pattern, zh: 13位数字, en: thirteen digits, value: '[0-9]{13}', unit: text, article: 三(二)2}\n\ntargets:\n"
    load_policy(cast.county.county, replace=(("targets:\n", text), ('version: "1.5.0"', 'version: "9.0.0"')))
    worker = make_worker(cast)
    with pytest.raises(CertificateMalformed) as refused:
        certify(cast, worker, certificate="20220612")
    assert "13位数字" in sentence(refused.value)
    certify(cast, worker, certificate="2022061234567")


def test_a_registration_lasts_as_long_as_the_policy_says(cast):
    worker = make_worker(cast)
    certificate = certify(cast, worker, registered_on=date(2024, 2, 29))
    assert (certificate.rank, certificate.valid_until) == (1, date(2027, 3, 1))
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.subject) == ("workforce.record_certificate", worker.number)
    assert entry.data == {"level": "assistant", "registered_on": "2024-02-29", "valid_until": "2027-03-01"}


def test_the_paper_may_give_another_end(cast):
    certificate = certify(cast, make_worker(cast), registered_on=ISSUED, valid_until=date(2026, 12, 31))
    assert certificate.valid_until == date(2026, 12, 31)


def test_a_certificate_may_wait_for_its_registration(cast):
    assert certify(cast, make_worker(cast)).valid_until is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"certificate": " "}, FieldRequired),
        ({"level": "wizard"}, UnknownCode),
        ({"issued_on": TOMORROW}, NotYet),
        ({"registered_on": TOMORROW}, NotYet),
        ({"registered_on": ISSUED - timedelta(days=1)}, OutOfOrder),
        ({"registered_on": ISSUED, "valid_until": ISSUED}, OutOfOrder),
        ({"valid_until": TOMORROW}, FieldRequired),
    ],
)
def test_what_cannot_be_true_is_refused(cast, change, refusal):
    with pytest.raises(refusal):
        certify(cast, make_worker(cast), **change)
    assert not Certificate.objects.exists()


def test_a_number_belongs_to_one_person_until_it_is_void(cast):
    first = certify(cast, make_worker(cast))
    second = make_worker(cast, 2)
    with pytest.raises(CertificateTaken):
        certify(cast, second)
    void_certificate(certificate=first, reason="录错了人", by=cast.head, at=AT)
    assert certify(cast, second).worker == second


def test_who_left_gets_no_certificate(cast):
    worker = make_worker(cast)
    release_worker(worker=worker, left_on=ON, reason="退休", by=cast.head, at=AT)
    with pytest.raises(WorkerLeft):
        certify(cast, worker)


def test_others_enter_no_certificate(cast):
    worker = make_worker(cast)
    certificate = certify(cast, worker, registered_on=ISSUED)
    for other in (cast.worker, cast.community, cast.other_head, cast.auditor):
        with pytest.raises(NotPermitted):
            certify(cast, worker, by=other, certificate="2")
        with pytest.raises(NotPermitted):
            renew_certificate(certificate=certificate, registered_on=ON, by=other, at=AT)
        with pytest.raises(NotPermitted):
            void_certificate(certificate=certificate, reason="作废", by=other, at=AT)


def test_a_registration_is_renewed_and_ends_later(cast):
    certificate = certify(cast, make_worker(cast), registered_on=date(2023, 6, 1))
    with pytest.raises(OutOfOrder):
        renew_certificate(certificate=certificate, registered_on=date(2026, 5, 1), valid_until=date(2026, 6, 1), by=cast.head, at=AT)
    with pytest.raises(NotYet):
        renew_certificate(certificate=certificate, registered_on=TOMORROW, by=cast.head, at=AT)
    renewed = renew_certificate(certificate=certificate, registered_on=date(2026, 5, 20), by=cast.head, at=AT)
    assert (renewed.registered_on, renewed.valid_until) == (date(2026, 5, 20), date(2029, 5, 20))


def test_what_is_void_stays_void(cast):
    certificate = certify(cast, make_worker(cast))
    with pytest.raises(FieldRequired):
        void_certificate(certificate=certificate, reason="", by=cast.head, at=AT)
    void_certificate(certificate=certificate, reason="被收回", by=cast.head, at=AT)
    assert Entry.objects.latest("id").data == {"reason": "被收回"}
    assert not Certificate.objects.held(ON).exists()
    with pytest.raises(CertificateVoid):
        void_certificate(certificate=certificate, reason="被收回", by=cast.head, at=AT)
    with pytest.raises(CertificateVoid):
        renew_certificate(certificate=certificate, registered_on=ON, by=cast.head, at=AT)
