from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.policies.actions import set_holiday
from wushe.policies.errors import NoPolicy, PolicyValueMissing, UnknownCode, UnknownSection
from wushe.policies.queries import Policy, policies_on, policy_for, policy_where
from wushe.policies.rules import read_folder

DAY = date(2023, 5, 1)


@pytest.fixture(scope="module")
def meixian() -> Policy:
    return Policy(tuple(source.content for source in read_folder(settings.POLICIES / "meixian-2022")), DAY)


def layered(*layers: dict) -> Policy:
    shell = {"code": "a", "version": "1.0.0", "title": {"zh": "甲", "en": "A"}, "documents": []}
    return Policy(tuple({**shell, **layer} for layer in layers), DAY)


def valued(value: float, **more: str) -> dict:
    note = {"zh": "默认", "en": "default"}
    return {"values": [{"key": "k", "zh": "数", "en": "Number", "value": value, "unit": "days", "default": True, "note": note, **more}]}


def test_a_number_from_law_cites_its_article(meixian):
    found = meixian.require("agreement.sign_days")
    assert (found.value, found.is_default, found.source.document, found.source.article) == (30, False, "中华人民共和国政府采购法", "46")


def test_a_number_that_no_policy_gives_says_that_it_is_a_default(meixian):
    found = meixian.require("review.working_days")
    assert (found.is_default, found.source.document, found.source.article) == (True, "平台默认", "")


def test_a_missing_number_is_none_and_required_it_is_refused(meixian):
    assert meixian.value("none.such") is None
    with pytest.raises(PolicyValueMissing) as refused:
        meixian.require("none.such")
    assert refused.value.data() == {"key": "none.such", "pack": "meixian-2022@1.5.0"}


def test_the_more_specific_pack_decides():
    assert layered(valued(3), valued(5)).require("k").value == 3


def test_a_bound_of_law_holds_against_a_laxer_pack():
    assert layered(valued(3), valued(5, binding="at_least")).require("k").value == 5
    assert layered(valued(8), valued(5, binding="at_most")).require("k").value == 5


def test_a_pack_may_be_stricter_than_law():
    assert layered(valued(8), valued(5, binding="at_least")).require("k").value == 8
    assert layered(valued(3), valued(5, binding="at_most")).require("k").value == 3


def test_a_value_has_its_days():
    former, later = valued(3, valid_until="2023-05-01"), valued(4, valid_from="2023-05-01")
    policy = layered({"values": former["values"] + later["values"]})
    assert policy.require("k").value == 4
    assert Policy(policy.layers, date(2023, 4, 30)).require("k").value == 3


def test_a_number_with_a_point_is_a_decimal():
    assert layered(valued(2.5)).require("k").value == Decimal("2.5")


def test_codes_come_in_their_order_with_both_labels(meixian):
    assert [code.label("zh-hans") for code in meixian.codes("service_fields")] == [
        "社会救助",
        "养老服务",
        "儿童福利",
        "社区治理",
        "社会事务",
        "平安建设",
        "乡村振兴",
        "疫情防控",
    ]
    assert meixian.code("service_fields", "elderly_care").label("en") == "Elderly care"


def test_an_unknown_or_retired_code_is_refused(meixian):
    with pytest.raises(UnknownCode):
        meixian.code("service_fields", "nothing")
    section = {
        "default": True,
        "note": {"zh": "默认", "en": "default"},
        "items": [{"code": "old", "zh": "旧", "en": "Old", "retired": True}],
    }
    with pytest.raises(UnknownCode):
        layered({"codes": {"fields": section}}).code("fields", "old")


def test_a_list_that_no_pack_holds_is_refused(meixian):
    with pytest.raises(UnknownSection):
        meixian.codes("nothing")
    with pytest.raises(UnknownSection):
        meixian.article("meixian-plan#九")


def test_the_five_societies_have_the_words_of_this_paper(meixian):
    assert [(word.society, word.role_zh) for word in meixian.role_words()] == [
        ("community", "平台"),
        ("organisation", "载体"),
        ("social_worker", "支撑"),
        ("volunteer", "补充"),
        ("resource", "辅助"),
    ]


def test_the_procedure_has_six_steps_with_articles_and_clocks(meixian):
    steps = meixian.steps()
    assert [step.zh for step in steps] == ["需求评估", "发布项目", "签订协议", "开展服务", "中期督导", "评估验收"]
    assert [step.source.article for step in steps] == ["五1", "五2", "五3", "五4", "五5", "五6"]
    assert [step.clock.value if step.clock else None for step in steps] == [5, 5, 30, None, 30, 10]


def test_checklists_criteria_and_tranches_are_whole(meixian):
    assert sum(item.points for item in meixian.checklist("supervision")) == 100
    assert sum(criterion.max_points for criterion in meixian.criteria()) == 100
    assert [(rule.percent, rule.trigger) for rule in meixian.tranches()] == [(40, "signed"), (40, "midterm_pass"), (20, "final_pass")]
    assert meixian.checklist("project_review")[0].article == "五1"
    assert meixian.title.label("en").startswith("Meixian pilot plan")
    assert meixian.qualifications()[-1].value == "agency.minimum_professionals"


@pytest.mark.parametrize("pack", ["hubei-2021", "xiamen-2014", "shijiazhuang-2016", "example-quarterly"])
def test_a_paper_that_is_silent_on_the_chain_leaves_it_to_the_defaults(pack):
    policy = Policy(tuple(source.content for source in read_folder(settings.POLICIES / pack)), DAY)
    assert [step.code for step in policy.steps()] == [
        *("needs_assessment", "publish_project", "sign_agreement", "deliver_service", "midterm_supervision", "evaluation_acceptance")
    ]
    assert {step.source.document for step in policy.steps()} == {"平台默认"}
    assert len({word.society for word in policy.role_words()}) == 5
    assert policy.codes("service_fields") != ()
    assert policy.checklist("project_review") != ()
    assert (policy.rubric().is_default, policy.rubric().pass_mark) == (True, 60)
    assert sum(item.points for item in policy.checklist("supervision")) == sum(rule.percent for rule in policy.tranches()) == 100


def test_the_rubric_has_three_sides_and_grades_from_the_best_down(meixian):
    rubric = meixian.rubric()
    assert [side.zh for side in rubric.sides] == ["行政监管", "服务成效", "社会影响"]
    assert [rubric.grade_of(Decimal(score)) for score in (90, 89, 60, 59, -1)] == ["excellent", "good", "passed", "failed", "failed"]
    assert (rubric.is_default, rubric.pass_mark) == (True, 60)


def test_a_section_says_where_it_comes_from(meixian):
    assert meixian.origin("codes", "service_fields").source.article == "四(一)"
    assert meixian.origin("criteria").is_default
    assert meixian.origin("qualifications").source.article == "22"


def test_an_article_is_found_by_its_number_and_by_its_paper(meixian):
    assert meixian.article("五6").text.startswith("服务项目完成后")
    assert meixian.article("procurement-regulation#34").text == "招标文件中没有规定的评标标准不得作为评审的依据。"
    assert [document.code for document in meixian.documents()] == [
        "meixian-plan",
        "procurement-law",
        "procurement-regulation",
        "association-regulation",
    ]


@pytest.mark.parametrize(("operator", "met"), [(">=", (5, 6)), (">", (6,)), ("=", (5,)), ("<=", (4, 5)), ("<", (4,))])
def test_an_operator_is_strict_where_the_text_is(operator, met):
    target = {
        "id": "t",
        "zh": "数",
        "en": "T",
        "article": "一",
        "measure": "m",
        "scope": {"levels": ["county"]},
        "operator": operator,
        "value": 5,
        "unit": "x",
    }
    document = {"code": "d", "title": {"zh": "文", "en": "D"}, "articles": [{"number": "一", "text": "文"}]}
    (found,) = layered({"documents": [document], "targets": [target]}).targets()
    assert tuple(n for n in (4, 5, 6) if found.met_by(Decimal(n))) == met


@pytest.mark.django_db
def test_the_policy_of_a_county_holds_in_its_communities():
    county = plant_county()
    load_policy(county.county)
    assert policy_for(county.village, DAY).pack_version == "meixian-2022@1.5.0"


@pytest.mark.django_db
def test_without_a_pack_of_its_own_a_place_has_no_policy():
    county, other = plant_county(), plant_county("98")
    load_policy(county.county)
    for region, day in ((other.county, DAY), (county.city, DAY), (county.county, date(2022, 11, 2))):
        with pytest.raises(NoPolicy):
            policy_for(region, day)


@pytest.mark.django_db
def test_lists_above_the_places_that_have_a_policy_go_by_the_law_and_the_defaults():
    county = plant_county()
    with pytest.raises(NoPolicy):
        policy_where([county.county], DAY)
    load_policy(county.county)
    for places in ([county.province], [county.nation], [county.town, county.nation], []):
        assert [layer["code"] for layer in policy_where(places, DAY).layers] == ["platform", "cn-law"]


@pytest.mark.django_db
def test_several_places_share_what_holds_in_all_of_them():
    county, other = plant_county(), plant_county("98")
    load_policy(county.county)
    load_policy(county.town, replace=(("code: meixian-2022", "code: town-2022"),))
    for places in ([county.town, county.other_town], [county.other_town, county.town]):
        assert policy_where(places, DAY) == policy_for(county.county, DAY)
    assert policy_where(county.communities[:2], DAY) == policy_for(county.town, DAY)
    assert [layer["code"] for layer in policy_where([county.town, other.town], DAY).layers] == ["platform", "cn-law"]


@pytest.mark.django_db
def test_the_pack_of_the_town_goes_before_that_of_the_county():
    county = plant_county()
    load_policy(county.county)
    load_policy(county.town, replace=(("code: meixian-2022", "code: town-2022"),))
    assert [layer["code"] for layer in policy_for(county.communities[0], DAY).layers] == ["town-2022", "meixian-2022", "platform", "cn-law"]


@pytest.mark.django_db
def test_every_place_with_a_pack_of_its_own_is_asked_high_above():
    county, other = plant_county(), plant_county("98")
    load_policy(county.county)
    load_policy(other.county, replace=(("code: meixian-2022", "code: other-2022"),))
    assert [policy.layers[0]["code"] for policy in policies_on(DAY)] == ["meixian-2022", "other-2022"]
    assert policies_on(date(2022, 11, 2)) == []


@pytest.mark.django_db
def test_the_newest_version_in_force_counts():
    county = plant_county()
    load_policy(county.county)
    load_policy(county.county, replace=(('version: "1.5.0"', 'version: "1.6.0"'),))
    assert policy_for(county.county, DAY).pack_version == "meixian-2022@1.6.0"


@pytest.mark.django_db
def test_asking_again_reads_no_contents(django_assert_num_queries):
    county = plant_county()
    load_policy(county.county)
    policy_for(county.county, DAY)
    with django_assert_num_queries(1):
        policy_for(county.county, DAY)


@pytest.mark.django_db
def test_working_days_can_be_corrected(meixian):
    friday, saturday = date(2027, 3, 5), date(2027, 3, 6)
    set_holiday(day=friday, is_working=False, note="停电", by=SYSTEM, at=now())
    set_holiday(day=saturday, is_working=True, note="调休", by=SYSTEM, at=now())
    calendar = meixian.calendar()
    assert (calendar.is_working(friday), calendar.is_working(saturday)) == (False, True)
