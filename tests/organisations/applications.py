"""A dance group on its way to a number: applications, and each stage by the actions themselves."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.accounts.factories import make_holder
from tests.cast import moment
from tests.planted import planted_once
from tests.policies.factories import load_policy
from tests.regions.factories import County, plant_county
from wushe.accounts.models import User
from wushe.organisations import actions
from wushe.organisations.actions import ApplicationDraft, ApplicationReceipt, MemberDraft
from wushe.organisations.models import Batch, Filing, PurposeClass

APPLIED, REVIEWED, DECIDED = moment(3, 2), moment(3, 4), moment(3, 10)
FROZEN, RECEIVED = moment(3, 20), moment(3, 25)
PHONE, TAIL = "13800138000", "8000"
NAMES = ("刘玉兰", "陈桂芳", "孙淑珍", "何秀云", "马春燕", "朱红梅", "胡丽君", "林晓霞", "高建华", "罗美琴", "郭爱莲")
CHARTER = "第一条 本队由社区居民自愿组成。第二条 每周活动三次。第三条 队长由队员推选。"
MARCH = "请补写章程第四条"
# what turns the pack `example-quarterly` into one whose filings nobody reviews first, or nobody reports, or over which the county has the last word
REVIEW = "      - {code: first_review, zh: 社区初审, en: First review, actor: {zh: 社区居（村）委会, en: Community committee}, clock: filing.first_review_period}\n"
DECISION = "clock: filing.decision_period, final: true}"
ACCEPTANCE = (
    "      - {code: county_acceptance, zh: 县级民政部门接收, en: Acceptance by the county, actor: {zh: 县级民政部门, en: County civil affairs},"
    ' clock: filing.acceptance_period, article: "4"}\n'
)
NO_REVIEW, NO_REPORT = (REVIEW, ""), (ACCEPTANCE, "")
COUNTY_DECIDES = ((DECISION, DECISION.replace(", final: true", "")), (ACCEPTANCE, ACCEPTANCE.replace("}\n", ", final: true}\n")))


@dataclass(frozen=True, slots=True)
class Offices:
    """The people of a filing: who reviews in the community, who decides in the town, who receives in the county."""

    county: County
    community: User
    head: User
    reviewer: User
    stranger: User


@planted_once
def make_offices(code: str = "meixian-2022", **other: Any) -> Offices:
    """Plant the county under a shipped pack and give out the posts of the procedure."""
    county = plant_county()
    load_policy(county.county, code, **other)
    return Offices(
        county=county,
        community=make_holder("community_worker", region=county.communities[0], username="community"),
        head=make_holder("town_station_head", region=county.town, username="head"),
        reviewer=make_holder("county_station", region=county.county, username="reviewer"),
        stranger=make_holder("town_station_head", region=county.other_town, username="other_head"),
    )


def application(county: County, **other: Any) -> ApplicationDraft:
    """Twelve people who dance."""
    draft = ApplicationDraft(
        region=county.communities[0],
        name="东风社区广场舞队",
        purpose_class=PurposeClass.CULTURE,
        field=other.pop("field", "culture_sport"),
        scope="组织居民开展广场舞排练和节日演出",
        founded_on=date(2024, 5, 1),
        head=MemberDraft("赵玉梅", PHONE, "11010519491231002X", is_sponsor=True),
        roster=tuple(MemberDraft(name, f"1390013{n:04d}", is_sponsor=n < 2) for n, name in enumerate(NAMES)),
        consent=True,
        charter=CHARTER,
        premises="东风社区文体活动室",
        funds=Decimal(2000),
        submission=UUID(int=7),
    )
    return replace(draft, **other)


def applied(offices: Offices, *, at: datetime = APPLIED, **other: Any) -> ApplicationReceipt:
    return actions.apply_for_filing(draft=application(offices.county, **other), at=at)


def passed(offices: Offices, **other: Any) -> Filing:
    filing = applied(offices, **other).filing
    return actions.pass_application(filing_id=filing.pk, opinion="情况属实，同意上报", by=offices.community, at=REVIEWED)


def granted(offices: Offices, **other: Any) -> Filing:
    filing = passed(offices, **other)
    return actions.grant_filing(filing_id=filing.pk, opinion="同意备案", by=offices.head, at=DECIDED)


def several(offices: Offices, *names: str, at: datetime = APPLIED) -> list[Filing]:
    """Granted filings of different groups with different heads."""
    return [
        granted(
            offices,
            name=name,
            head=MemberDraft(f"{name[-3:]}队长", f"1370013{n:04d}", is_sponsor=True),
            submission=UUID(int=100 + n),
            at=at,
        )
        for n, name in enumerate(names)
    ]


def frozen(offices: Offices, *filings: Filing) -> Batch:
    return actions.freeze_batch(town=offices.county.town, filing_ids=[one.pk for one in filings], by=offices.head, at=FROZEN)
