"""Accounts are made, stopped and given passwords by whoever administers every place where the person acts."""

import pytest

from tests.accounts.factories import make_holder, make_user
from tests.cast import moment
from wushe.accounts.actions import (
    NewUser,
    change_password,
    create_user,
    disable_user,
    drawn_password,
    enable_user,
    give_password,
    update_user,
)
from wushe.accounts.errors import OwnAccount, PasswordUnchanged, PasswordWrong, PostsElsewhere, UsernameTaken
from wushe.accounts.models import Post, User
from wushe.audit.queries import entries_of
from wushe.kernel.errors import NotPermitted

AT = moment(3, 12)
DRAFT = NewUser(username="newcomer", name="周明", password="a long secret", phone="13800138000", password_given=True)


def test_an_administrator_makes_an_account(cast):
    user = create_user(draft=DRAFT, by=cast.admin, at=AT)
    assert User.objects.get(number=user.number).check_password("a long secret")
    assert entries_of("user", user.number).get().verb == "accounts.user_created"


def test_a_user_name_is_taken_once(cast):
    with pytest.raises(UsernameTaken):
        create_user(draft=NewUser(username="head", name="周明", password="a long secret"), by=cast.admin, at=AT)


@pytest.mark.parametrize("by", ["head", "auditor", "stranger"])
def test_whoever_administers_nothing_makes_no_account(cast, by):
    with pytest.raises(NotPermitted):
        create_user(draft=DRAFT, by=getattr(cast, by), at=AT)


def test_a_stopped_account_is_allowed_again(cast):
    disable_user(user=cast.head, by=cast.admin, at=AT)
    disable_user(user=cast.head, by=cast.admin, at=AT)
    assert not User.objects.get(pk=cast.head.pk).is_active
    enable_user(user=cast.head, by=cast.admin, at=AT)
    assert User.objects.get(pk=cast.head.pk).is_active
    assert [entry.verb for entry in entries_of("user", cast.head.number)] == ["accounts.user_disabled", "accounts.user_enabled"]


@pytest.mark.parametrize(
    "act",
    [
        lambda user, by: disable_user(user=user, by=by, at=AT),
        lambda user, by: enable_user(user=user, by=by, at=AT),
        lambda user, by: give_password(user=user, password="another secret", by=by, at=AT),
    ],
    ids=["disable", "enable", "give_password"],
)
def test_who_has_charge_of_an_account(cast, act):
    town_admin = make_holder("system_admin", region=cast.county.town, username="town_admin")
    with pytest.raises(NotPermitted):
        act(cast.head, cast.auditor)
    with pytest.raises(OwnAccount):
        act(cast.admin, cast.admin)
    with pytest.raises(PostsElsewhere) as refused:
        act(cast.admin, town_admin)
    assert refused.value.places == (str(cast.county.nation),)
    act(cast.head, town_admin)


def test_a_name_and_a_phone_are_corrected(cast):
    update_user(user=cast.head, name="周明", phone="13800138000", by=cast.admin, at=AT)
    update_user(user=cast.head, name="周明", phone="13800138000", by=cast.admin, at=AT)
    head = User.objects.get(pk=cast.head.pk)
    assert (head.name, head.phone) == ("周明", "13800138000")
    entry = entries_of("user", head.number).get()
    assert (entry.verb, entry.data) == ("accounts.user_updated", {"changed": ["name", "phone"]})


def test_an_administrator_corrects_their_own_name(cast):
    assert update_user(user=cast.admin, name="周明", phone="", by=cast.admin, at=AT).name == "周明"


def test_who_administers_elsewhere_corrects_nothing(cast):
    town_admin = make_holder("system_admin", region=cast.county.town, username="town_admin")
    with pytest.raises(NotPermitted):
        update_user(user=cast.head, name="周明", phone="", by=cast.auditor, at=AT)
    with pytest.raises(PostsElsewhere):
        update_user(user=cast.reviewer, name="周明", phone="", by=town_admin, at=AT)


def test_a_post_elsewhere_that_is_over_keeps_nobody_out(cast):
    town_admin = make_holder("system_admin", region=cast.county.town, username="town_admin")
    Post.objects.create(user=cast.head, role="expert", region=cast.county.other_town, since=AT.date().replace(year=2025), until=AT.date())
    disable_user(user=cast.head, by=town_admin, at=AT)


def test_a_given_password_is_not_ones_own(cast):
    give_password(user=cast.head, password="another secret", by=cast.admin, at=AT)
    head = User.objects.get(pk=cast.head.pk)
    assert (head.check_password("another secret"), head.password_given) == (True, True)
    change_password(user=head, old="another secret", new="my own secret", at=AT)
    head.refresh_from_db()
    assert (head.check_password("my own secret"), head.password_given) == (True, False)
    assert [entry.verb for entry in entries_of("user", cast.head.number)] == ["accounts.password_given", "accounts.password_changed"]


def test_a_password_is_changed_by_whoever_knows_it(db):
    user = make_user()
    user.set_password("a long secret")
    user.save()
    with pytest.raises(PasswordWrong):
        change_password(user=user, old="a wrong secret", new="my own secret", at=AT)
    with pytest.raises(PasswordUnchanged):
        change_password(user=user, old="a long secret", new="a long secret", at=AT)


def test_drawn_passwords_are_easy_to_pass_on_and_never_the_same():
    drawn = {drawn_password() for _ in range(100)}
    assert len(drawn) == 100
    assert not set("".join(drawn)) & set("l1o0i")
