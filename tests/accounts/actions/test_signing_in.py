"""Whoever guesses passwords waits: at one name, and from one address."""

from datetime import timedelta

import pytest

from tests.accounts.factories import make_holder, make_user
from tests.cast import moment
from tests.regions.factories import plant_county
from wushe.accounts.actions import change_password, check_sign_in, give_password
from wushe.accounts.errors import PasswordWrong, SignInLocked, SignInWrong
from wushe.accounts.models import User
from wushe.kernel.tries import Sender

AT = moment(3, 12)
SECRET = "a long secret"
HERE, THERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def person(db: None, settings) -> User:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user = make_user("zhaomin")
    user.set_password(SECRET)
    user.save()
    return user


def signed_in(username: str = "zhaomin", password: str = SECRET, address: str = HERE, *, shared: bool = False, at=AT) -> User:
    sender = Sender(address, is_shared=shared) if address else None
    return check_sign_in(username=username, password=password, sender=sender, at=at)


def guess(times: int, **given) -> None:
    for _ in range(times):
        with pytest.raises(SignInWrong):
            signed_in(password="wrong", **given)


def test_the_right_password_opens(person):
    assert signed_in() == person
    assert signed_in(address="") == person


def test_a_stopped_account_does_not_open(person):
    User.objects.update(is_active=False)
    with pytest.raises(SignInWrong):
        signed_in()


def test_five_wrong_passwords_make_the_name_wait_everywhere(person):
    guess(5)
    with pytest.raises(SignInLocked) as locked:
        signed_in("ZhaoMin", address=THERE, at=AT + timedelta(minutes=5))
    assert locked.value.minutes == 10
    assert signed_in(at=AT + timedelta(minutes=15)) == person


def test_a_name_that_nobody_has_waits_alike(person):
    guess(5, username="nobody")
    with pytest.raises(SignInLocked):
        signed_in("nobody")
    assert signed_in() == person


def test_the_right_password_forgets_the_wrong_ones_at_the_name(person):
    for _ in range(2):
        guess(4)
        signed_in()


def test_many_wrong_passwords_make_the_address_wait_whatever_the_name(person):
    for n in range(20):
        guess(1, username=f"name{n}")
        if n % 4 == 0:
            signed_in()
    with pytest.raises(SignInLocked):
        signed_in()
    assert signed_in(address=THERE) == person


def test_an_address_shared_by_all_waits_later(person):
    for n in range(20):
        guess(1, username=f"name{n}", shared=True)
    assert signed_in(shared=True) == person
    with pytest.raises(SignInLocked):
        signed_in()


def test_an_address_that_waits_does_not_make_names_wait(person):
    for n in range(20):
        guess(1, username=f"name{n}")
    for _ in range(6):
        with pytest.raises(SignInLocked):
            signed_in(password="wrong")
    assert signed_in(address=THERE) == person


def test_the_old_password_is_not_guessed_while_changing_it(person):
    for _ in range(5):
        with pytest.raises(PasswordWrong):
            change_password(user=person, old="wrong", new="my own secret", at=AT)
    with pytest.raises(SignInLocked):
        change_password(user=person, old=SECRET, new="my own secret", at=AT)


def test_a_new_password_ends_the_waiting(person):
    guess(5)
    admin = make_holder("system_admin", region=plant_county().nation)
    give_password(user=person, password="another secret", by=admin, at=AT)
    assert signed_in(password="another secret") == person
