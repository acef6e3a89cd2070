from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import make_user
from wushe.accounts.models import Session
from wushe.kernel import clock

pytestmark = pytest.mark.django_db
ME = reverse("desk:me")


def answered(client):
    return client.get(ME).status_code


def test_the_session_names_its_person(client):
    user = make_user()
    client.force_login(user)
    assert Session.objects.get().user == user
    assert answered(client) == 200


def test_who_asks_is_found_with_posts_in_one_query(client, django_assert_num_queries):
    client.force_login(make_user())
    with django_assert_num_queries(1):
        client.get(reverse("healthz"))


def test_signing_out_ends_the_session(client):
    client.force_login(make_user())
    client.post(reverse("portal:sign-out"))
    assert not Session.objects.filter(user__isnull=False).exists()
    assert answered(client) == 302


def test_a_session_ends_when_its_time_is_over(client):
    client.force_login(make_user())
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert answered(client) == 302


def test_a_new_password_ends_the_sessions_before_it(client):
    user = make_user()
    client.force_login(user)
    user.set_password("another password")
    user.save(update_fields=["password"])
    assert answered(client) == 302


def test_a_closed_account_ends_its_sessions(client):
    user = make_user()
    client.force_login(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert answered(client) == 302


def test_a_page_that_is_out_of_date_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post(reverse("portal:sign-in"), {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "页面已失效" in answer.content.decode()
