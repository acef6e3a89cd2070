import pytest
from django.conf import settings

from tests.policies.factories import load_policy
from tests.policies.test_reading import PACK
from tests.regions.factories import plant_county
from wushe.audit.models import Entry
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.policies.actions import load_folder, load_pack
from wushe.policies.errors import BasePackMissing, PackInvalid, PackRegionUnknown, PackVersionTaken
from wushe.policies.models import Pack
from wushe.policies.rules import read_text

pytestmark = pytest.mark.django_db

FIELDS = "codes:\n  fields:\n    article: 一\n    items: [{code: care, zh: 照料, en: Care}]\n"


def load(text: str) -> Pack:
    return load_pack(source=read_text(text, "pack.yaml"), by=SYSTEM, at=now())


def test_a_pack_is_loaded_with_one_audit_entry():
    pack = load(PACK)
    entry = Entry.objects.get(verb="policies.pack_loaded")
    assert (str(pack), entry.subject, entry.data) == ("here-2024@1.0.0", "here-2024@1.0.0", {"digest": pack.digest})


def test_the_same_content_twice_is_one_pack():
    assert load(PACK) == load("# a remark\n" + PACK)
    assert Entry.objects.filter(verb="policies.pack_loaded").count() == 1


def test_a_folder_is_loaded_after_its_bases():
    packs = load_folder(folder=settings.POLICIES / "platform", by=SYSTEM, at=now())
    assert [pack.code for pack in packs] == ["cn-law", "platform"]


def test_other_content_needs_another_version():
    load(PACK)
    with pytest.raises(PackVersionTaken):
        load(PACK.replace("五个", "六个"))


def test_a_base_must_be_loaded_first():
    with pytest.raises(BasePackMissing) as refused:
        load(PACK + "base: [cn-law]\n")
    assert refused.value.base == "cn-law"


def test_the_region_must_be_in_the_tree():
    with pytest.raises(PackRegionUnknown):
        load(PACK + 'region: "990326000000"\n')


def test_a_contradiction_is_refused():
    with pytest.raises(PackInvalid):
        load(PACK + FIELDS.replace("article: 一", "article: 二"))


def test_a_code_is_retired_but_never_removed():
    load(PACK + FIELDS)
    later = PACK.replace("1.0.0", "1.1.0")
    with pytest.raises(PackInvalid) as refused:
        load(later + FIELDS.replace("care", "cure"))
    assert refused.value.problems[0].text == "care was in version 1.0.0: retire a code, never remove it"
    kept = FIELDS.replace("items: [", "items: [{code: cure, zh: 治疗, en: Cure}, ").replace("en: Care", "en: Care, retired: true")
    assert str(load(later + kept)) == "here-2024@1.1.0"


def test_the_county_of_the_tests_takes_the_shipped_pack():
    county = plant_county()
    assert load_policy(county.county).region == county.county
