"""Who meets the conditions to register, in the database as in the sentence; and the two rates."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from tests.organisations.applications import DECIDED, make_offices, passed
from tests.organisations.factories import ON, make_organisation
from wushe.indicators.queries import standing_of
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.organisations import actions
from wushe.organisations.models import Kind, Organisation
from wushe.organisations.queries import Rate, judged_in, lacks_to_register, on_the_way, rated, rates_of, registration_findings
from wushe.policies.queries import policy_for
from wushe.regions.actions import SplitDraft, merge_regions, split_region

pytestmark = pytest.mark.django_db

FIT = {"members": 50, "has_charter": True, "has_head": True, "premises": "社区活动室", "staff": 1, "funds": Decimal(30_000)}
GROUP = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}


def plant(offices, name, place=0, **other):
    return make_organisation(offices.reviewer, offices.county.communities[place], name=name, **GROUP | other)


def test_the_database_and_the_sentence_judge_alike():
    offices = make_offices("shijiazhuang-2016")
    values = {
        "members": (None, 49, 50),
        "has_charter": (None, False, True),
        "premises": ("", "社区活动室"),
        "funds": (None, Decimal(30_000)),
        "accountant_certificate": ("", "会0001"),
    }
    for order, chosen in enumerate(product(*values.values())):
        plant(offices, f"组织{order}", has_head=True, service_fields=("charity",), **dict(zip(values, chosen, strict=True)))
    Organisation.objects.filter(name__endswith="7").exclude(accountant_certificate="").update(accountant_until=date(2026, 3, 1))
    # outside the easy fields the full list holds: staff of its own, and no accountant
    for name, other in (("全", {}), ("缺人员", {"staff": None}), ("跨领域", {"service_fields": ("charity", "research"), "staff": None})):
        plant(offices, name, **FIT | other)
    policy = policy_for(offices.county.county, ON)
    rows = list(judged_in([offices.county.county], ON).select_related("region"))
    assert len(rows) == 75

    def judged(row):
        found = [one for one in registration_findings(policy, row, ON) if one.met is False]
        return not found if not found or any(one.known for one in found) else None

    assert [row.name for row in rows if row.fit != judged(row)] == []
    assert Counter(row.fit for row in rows) == {True: 2, False: 43, None: 30}


def test_both_rates_by_place_with_their_rows():
    offices = make_offices()
    plant(offices, "合唱团", **FIT)
    plant(offices, "书画社", **FIT | {"registered_on": date(2025, 5, 1), "uscc": "52990326MJX000002Q"})
    plant(offices, "编织社", filed_on=date(2025, 1, 1), members=12)
    plant(offices, "读书会", place=1, has_charter=False)
    plant(offices, "茶友会", filed_on=date(2025, 1, 1))  # of which nothing is on record
    make_organisation(offices.reviewer, offices.county.town)  # an agency counts in neither
    whole, town = rates_of(offices.county.county, ON)
    assert (whole.fit, whole.registered, whole.unfit, whole.filed, whole.unknown) == (2, 1, 2, 1, 1)
    assert (town.place, whole.registered_share, town.filed_share) == (offices.county.town, Decimal("0.5"), Decimal("0.5"))
    parts = rates_of(offices.county.town, ON)[1:]
    assert [(part.place.name, part.fit, part.filed_share) for part in parts] == [("东风社区", 2, Decimal(1)), ("和平社区", 0, Decimal(0))]
    assert parts[1].registered_share is None
    registered = rated(judged_in([offices.county.town], ON), Rate.REGISTERED).order_by("name")
    assert [(row.name, row.counted) for row in registered] == [("书画社", True), ("合唱团", False)]
    unknown = rated(judged_in([offices.county.town], ON), Rate.UNKNOWN)
    assert [(row.name, row.counted) for row in unknown] == [("茶友会", True)]


def test_rates_of_a_past_day_are_those_of_the_places_of_that_day():
    offices = make_offices()
    county, changed = offices.county, ON - timedelta(days=10)
    plant(offices, "合唱团", **FIT)
    make_organisation(offices.reviewer, county.village, name="编织社", **GROUP | {"filed_on": date(2025, 1, 1), "members": 12})
    merge_regions(source_ids=[county.other_town.pk], target_id=county.town.pk, on=changed, by=SYSTEM, at=now())
    before = changed - timedelta(days=1)
    judged = [[row.name for row in judged_in([county.other_town], day)] for day in (before, changed)]
    assert judged == [["编织社"], []]
    assert [judged_in([county.town], day).count() for day in (before, changed)] == [1, 2]
    parts = [[(part.place, part.fit, part.unfit) for part in rates_of(county.county, day)[1:]] for day in (before, changed)]
    assert parts == [[(county.town, 1, 0), (county.other_town, 0, 1)], [(county.town, 1, 1)]]


def test_what_was_split_off_to_another_county_was_judged_by_the_county_of_the_day():
    offices = make_offices()
    county, changed = offices.county, ON - timedelta(days=10)
    plant(offices, "合唱团", **FIT)
    draft = SplitDraft(code="990327000000", name="新平县", child_ids=(county.town.pk,))
    split_region(region_id=county.county.pk, draft=draft, on=changed, by=SYSTEM, at=now())
    assert [judged_in([county.county], day).count() for day in (changed - timedelta(days=1), changed)] == [1, 0]


def test_without_a_policy_nobody_is_judged():
    offices = make_offices()
    plant(offices, "合唱团", **FIT)
    assert not judged_in([offices.county.county], date(2010, 1, 1)).exists()
    assert rates_of(offices.county.nation, ON)[0].fit == 1


def test_whose_application_was_refused_comes_last_and_says_so():
    offices = make_offices()
    filing = passed(offices)
    actions.refuse_filing(filing_id=filing.pk, opinion="以营利为主", by=offices.head, at=DECIDED)
    plant(offices, "棋友会", members=3)
    near = on_the_way(offices.county.communities[0], DECIDED.date())
    assert [(one.organisation.name, one.was_refused) for one in near] == [("棋友会", False), ("东风社区广场舞队", True)]


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    offices = make_offices()
    for name in ("合唱团", "书画社", "编织社"):
        plant(offices, name)
    lacks = lacks_to_register(ON)
    with django_assert_max_num_queries(8):
        rows = judged_in([offices.county.county], ON).select_related("region")
        assert [bool(lacks(row)) for row in rows] == [True] * 3


def test_targets_may_ask_for_both_rates():
    target = """  - id: {id}
    zh: {zh}
    en: {id}
    article: "二"
    measure: {measure}
    scope: {{levels: [{level}]}}
    operator: "="
    value: 1
    unit: ratio
"""
    both = target.format(id="registered", zh="登记率", measure="fit_organisations_registered", level="county") + target.format(
        id="filed", zh="备案率", measure="unfit_organisations_filed", level="community"
    )
    offices = make_offices(replace=(("targets:\n", f"targets:\n{both}"),))
    plant(offices, "合唱团", **FIT)
    plant(offices, "编织社", filed_on=date(2025, 1, 1), members=12)
    (county,) = standing_of(offices.county.county, ON, "registered").results
    assert (county.figure.value, [row.counted for row in county.figure.rows]) == (0, [False])
    places = {result.place.name: result.figure.value for result in standing_of(offices.county.county, ON, "filed").results}
    assert places == {"东风社区": Decimal(1), "和平社区": None, "朝阳社区": None, "滨水社区": None, "柳树村": None}
    assert Organisation.objects.count() == 2
