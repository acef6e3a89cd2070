from datetime import timedelta

from tests.needs.factories import AT, PHONE, make_need
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from wushe.needs.actions import mark_duplicate
from wushe.needs.queries import duplicates_of, possible_duplicates


def test_the_same_phone_or_much_the_same_words_are_proposed(cast):
    phone = make_need(cast.place.communities[1], wish="楼道没有灯")
    words = make_need(cast.home, wish="独居老人希望有人送午饭来", phone="13900139000")
    make_need(cast.home, wish="村口的路坏了", phone="13700137000")
    make_need(cast.place.communities[2], wish="独居老人希望有人送午饭", phone="13600136000")
    proposed = possible_duplicates(region=cast.home, phone="138 0013 8000", wish="独居老人希望有人送午饭", at=AT)
    assert proposed == [phone, words]


def test_a_need_is_not_proposed_to_itself_nor_old_nor_settled_nor_far_ones(cast):
    old = make_need(cast.home, at=AT - timedelta(days=91))
    need = make_need(cast.home)
    settled = make_need(cast.home)
    mark_duplicate(need_id=settled.pk, of_id=need.pk, by=cast.head, at=AT)
    far = plant_county("98", "远山县")
    load_policy(far.county, replace=(("code: meixian-2022", "code: far-2022"),))
    make_need(far.communities[0])
    assert duplicates_of(need) == []
    assert duplicates_of(old) == [need]


def test_without_a_phone_only_words_count(cast):
    make_need(cast.home, wish="村口的路坏了")
    assert possible_duplicates(region=cast.home, phone="", wish="孩子放学后", at=AT) == []
    assert len(possible_duplicates(region=cast.home, phone=PHONE, wish="孩子放学后", at=AT)) == 1
