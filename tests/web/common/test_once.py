"""A form that comes twice is one act, whoever sends it and however it comes to be sent again."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.cast import moment
from wushe.kernel import clock
from wushe.ledger.models import Entry, EntryKind

SAID = "这份表单收到了两次，只算一次"


@pytest.fixture
def allot(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 1))
    return reverse("desk:money:allot_to_body", args=[cast.source.number])


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def shown(client, address):
    """The form as its page has just shown it."""
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("main form[method=post]")
    return {field["name"]: field.get("value", "") for field in form.select("input[name]")}


def filled(client, address, cast, **other):
    return (
        shown(client, address)
        | {"body": cast.station.body.number, "amount": "500", "voucher_no": "拨-1", "occurred_on": "2026-05-01"}
        | other
    )


def booked():
    return Entry.objects.filter(kind=EntryKind.ALLOT_TO_BODY).count()


def test_the_second_of_two_presses_leads_where_the_first_did(cast, allot):
    client = signed_in(cast.finance)
    form = filled(client, allot, cast)
    first, second = client.post(allot, form), client.post(allot, form)
    assert (first.status_code, second.status_code, booked()) == (302, 302, 1)
    assert first.headers["Location"] == second.headers["Location"]
    assert SAID in client.get(second.headers["Location"]).content.decode()


def test_the_same_typed_into_a_page_of_its_own_counts_again(cast, allot):
    client = signed_in(cast.finance)
    answers = [client.post(allot, filled(client, allot, cast)) for _ in range(2)]
    assert ([answer.status_code for answer in answers], booked()) == ([302, 302], 2)
    assert SAID not in client.get(answers[1].headers["Location"]).content.decode()


def test_what_was_refused_is_judged_anew(cast, allot):
    client = signed_in(cast.finance)
    form = filled(client, allot, cast, amount="-1")
    assert [client.post(allot, form).status_code for _ in range(2)] == [422, 422]
    assert (client.post(allot, form | {"amount": "5"}).status_code, booked()) == (302, 1)


def test_another_person_who_sends_the_same_does_it_too(cast, allot):
    form = filled(signed_in(cast.finance), allot, cast)
    assert ([signed_in(cast.finance).post(allot, form).status_code for _ in range(2)], booked()) == ([302, 302], 2)
