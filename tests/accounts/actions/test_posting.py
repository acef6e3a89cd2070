"""Posts are opened and ended by whoever administers their place."""

from datetime import date

import pytest

from tests.accounts.factories import make_holder, make_user
from tests.cast import Cast, moment
from wushe.accounts.actions import appoint, end_post
from wushe.accounts.errors import (
    OwnLastAdministration,
    PostAlreadyHeld,
    PostEndsTooEarly,
    PostIsOver,
    RolesConflict,
    UnknownRole,
    WrongKindOfPlace,
)
from wushe.accounts.models import Post
from wushe.accounts.queries import has_permission
from wushe.audit.queries import entries_of
from wushe.kernel.actors import SYSTEM
from wushe.kernel.errors import NotPermitted

AT = moment(3, 12)
TODAY = date(2026, 3, 12)
SCORE = "projects.score_bids"


def opened(cast: Cast, **changes) -> Post:
    given = {"user": cast.stranger, "role": "expert", "region": cast.county.county, "since": TODAY, "by": cast.admin, "at": AT}
    return appoint(**given | changes)


def test_a_post_gives_its_permissions_from_its_first_day(cast):
    opened(cast, since=date(2026, 3, 20), until=date(2026, 4, 1))
    days = (date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 31), date(2026, 4, 1))
    assert [has_permission(cast.stranger, SCORE, day) for day in days] == [False, True, True, False]
    assert entries_of("user", cast.stranger.number).get().data == {"role": "expert", "at": cast.county.county.code, "since": "2026-03-20"}


def test_an_administrator_of_a_town_gives_no_post_in_another(cast):
    admin = make_holder("system_admin", region=cast.county.town, username="town_admin")
    with pytest.raises(NotPermitted):
        opened(cast, by=admin, region=cast.county.other_town)
    assert opened(cast, by=admin, region=cast.county.communities[0])


def test_a_post_at_an_organisation_is_given_where_the_organisation_is(cast):
    admin = make_holder("system_admin", region=cast.county.other_town, username="town_admin")
    agency = {"role": "agency_manager", "region": None, "body": cast.agencies[0].body}
    with pytest.raises(NotPermitted):
        opened(cast, by=admin, **agency)
    assert opened(cast, **agency).body == cast.agencies[0].body


@pytest.mark.parametrize("by", ["head", "auditor", "stranger"])
def test_whoever_administers_nothing_gives_no_post(cast, by):
    with pytest.raises(NotPermitted):
        opened(cast, by=getattr(cast, by))


def test_a_role_that_is_none_is_refused(cast):
    with pytest.raises(UnknownRole):
        opened(cast, role="mayor")


def test_a_role_is_held_at_its_kind_of_place(cast):
    with pytest.raises(WrongKindOfPlace) as region:
        opened(cast, role="agency_manager")
    with pytest.raises(WrongKindOfPlace) as body:
        opened(cast, region=None, body=cast.agencies[0].body)
    with pytest.raises(WrongKindOfPlace):
        opened(cast, role="evaluator", region=None, body=cast.agencies[0].body)
    assert (region.value.body_kind, body.value.body_kind) == ("agency", "")


def test_a_post_ends_after_it_begins(cast):
    with pytest.raises(PostEndsTooEarly):
        opened(cast, until=TODAY)


def test_a_post_is_held_once_at_a_time(cast):
    opened(cast, until=date(2026, 4, 1))
    with pytest.raises(PostAlreadyHeld) as refused:
        opened(cast, since=date(2026, 3, 31))
    assert refused.value.until == date(2026, 4, 1)
    assert opened(cast, since=date(2026, 4, 1))


def test_administration_audit_and_business_are_kept_apart_at_every_moment(cast):
    opened(cast, since=date(2026, 5, 1))
    with pytest.raises(RolesConflict):
        opened(cast, role="auditor", since=date(2026, 4, 1))
    assert opened(cast, role="auditor", since=date(2026, 4, 1), until=date(2026, 5, 1))


def test_a_post_withdrawn_before_it_began_stands_in_nobodys_way(cast):
    end_post(post=opened(cast, since=date(2026, 5, 1)), by=cast.admin, at=AT, until=date(2026, 5, 1))
    assert opened(cast, role="auditor", since=date(2026, 4, 1))


def test_a_post_ends_today_at_once(cast):
    post = Post.objects.get(user=cast.head)
    end_post(post=post, by=cast.admin, at=AT, until=TODAY)
    assert not has_permission(cast.head, "needs.view_need", TODAY)
    assert entries_of("user", cast.head.number).get().data["until"] == "2026-03-12"


def test_a_post_does_not_end_in_the_past(cast):
    with pytest.raises(PostEndsTooEarly) as refused:
        end_post(post=Post.objects.get(user=cast.head), by=cast.admin, at=AT, until=date(2026, 3, 11))
    assert refused.value.earliest == TODAY


def test_a_post_that_is_over_does_not_end_again(cast):
    post = Post.objects.get(user=cast.head)
    end_post(post=post, by=cast.admin, at=AT, until=TODAY)
    with pytest.raises(PostIsOver):
        end_post(post=post, by=cast.admin, at=AT, until=date(2026, 4, 1))


def test_a_later_end_keeps_roles_apart_and_a_post_single(cast):
    audit = opened(cast, role="auditor", until=date(2026, 5, 1))
    opened(cast, since=date(2026, 5, 1))
    with pytest.raises(RolesConflict):
        end_post(post=audit, by=cast.admin, at=AT, until=date(2026, 5, 2))
    first = opened(cast, user=cast.worker, until=date(2026, 5, 1))
    opened(cast, user=cast.worker, since=date(2026, 6, 1))
    with pytest.raises(PostAlreadyHeld):
        end_post(post=first, by=cast.admin, at=AT, until=date(2026, 6, 2))
    end_post(post=first, by=cast.admin, at=AT, until=date(2026, 6, 1))
    first.refresh_from_db()
    assert first.until == date(2026, 6, 1)


def test_whoever_administers_another_place_ends_no_post(cast):
    admin = make_holder("system_admin", region=cast.county.other_town, username="town_admin")
    with pytest.raises(NotPermitted):
        end_post(post=Post.objects.get(user=cast.head), by=admin, at=AT, until=TODAY)


def test_nobody_ends_their_own_last_administration(cast):
    post = Post.objects.get(user=cast.admin)
    with pytest.raises(OwnLastAdministration):
        end_post(post=post, by=cast.admin, at=AT, until=date(2027, 1, 1))
    appoint(user=cast.admin, role="system_admin", region=cast.county.county, since=TODAY, by=cast.admin, at=AT)
    end_post(post=post, by=cast.admin, at=AT, until=date(2027, 1, 1))
    post.refresh_from_db()
    assert post.until == date(2027, 1, 1)


def test_another_administrator_ends_it(cast):
    other = make_holder("system_admin", region=cast.county.nation, username="second_admin")
    end_post(post=Post.objects.get(user=cast.admin), by=other, at=AT, until=TODAY)
    assert not has_permission(cast.admin, "accounts.manage_users", TODAY)


def test_the_installation_gives_the_first_post(cast):
    assert appoint(user=make_user("first"), role="system_admin", region=cast.county.nation, since=TODAY, by=SYSTEM, at=AT)
