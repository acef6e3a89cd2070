from datetime import timedelta

import pytest

from tests.needs.factories import AT, make_need
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.needs.actions import mark_duplicate
from wushe.needs.permissions import Permission
from wushe.needs.queries import Alike, duplicates_of


@pytest.fixture
def county(cast):
    """Where the county's own people look."""
    return Scope(regions=(cast.place.county,))


def test_the_same_phone_or_much_the_same_words_are_proposed(cast, county):
    phone = make_need(cast.place.communities[1], wish="楼道没有灯")
    words = make_need(cast.home, wish="独居老人希望有人送午饭来", phone="13900139000")
    make_need(cast.home, wish="村口的路坏了", phone="13700137000")
    make_need(cast.place.communities[2], wish="独居老人希望有人送午饭", phone="13600136000")
    need = make_need(cast.home, phone="138 0013 8000", wish="独居老人希望有人送午饭")
    assert duplicates_of(need, seen_by=county) == Alike([phone, words])


def test_a_need_is_not_proposed_to_itself_nor_old_nor_settled_nor_far_ones(cast, county):
    old = make_need(cast.home, at=AT - timedelta(days=91))
    need = make_need(cast.home)
    settled = make_need(cast.home)
    mark_duplicate(need_id=settled.pk, of_id=need.pk, by=cast.head, at=AT)
    far = plant_county("98", "远山县")
    load_policy(far.county, replace=(("code: meixian-2022", "code: far-2022"),))
    make_need(far.communities[0])
    assert duplicates_of(need, seen_by=county) == Alike([])
    assert duplicates_of(old, seen_by=county) == Alike([need])


def test_without_a_phone_only_words_count(cast, county):
    make_need(cast.home, wish="村口的路坏了")
    need = make_need(cast.home, wish="孩子放学后")
    assert len(duplicates_of(need, seen_by=county).needs) == 1
    need.phone_index = ""
    assert duplicates_of(need, seen_by=county) == Alike([])


def test_of_a_need_in_another_community_its_worker_learns_only_that_there_is_one(cast, county):
    other = make_need(cast.place.communities[1], wish="楼道没有灯")
    need = make_need(cast.home, wish="孩子放学后")
    worker = scope_of(cast.worker, Permission.VIEW_NEED, local_date(AT))
    assert duplicates_of(need, seen_by=worker) == Alike([], elsewhere=True)
    assert duplicates_of(need, seen_by=county) == Alike([other])
