"""The people of a county under the shipped policy, for every test that follows the chain."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from stdnum.cn import uscc

from tests.accounts.factories import make_holder, make_user
from tests.organisations.factories import make_organisation
from tests.planted import planted_once
from tests.policies.factories import load_policy
from tests.regions.factories import County, plant_county
from tests.stations.factories import make_station
from wushe.accounts.models import Body, BodyKind, User
from wushe.kernel.clock import POLICY_ZONE
from wushe.ledger.actions import SourceDraft, open_source
from wushe.ledger.models import FundingSource
from wushe.organisations.models import Kind, Organisation
from wushe.stations.models import Station

AGENCIES = ("晨光社会工作服务中心", "青禾社会工作服务中心", "同心社会工作服务中心", "暖阳社会工作服务中心")
EVALUATOR = "明鉴评估咨询有限公司"
GRANT = Decimal(200_000)


def moment(month: int, day: int, hour: int = 9, *, year: int = 2026) -> datetime:
    """An hour of the day where policies are made."""
    return datetime.combine(date(year, month, day), time(hour), tzinfo=POLICY_ZONE)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone who takes part in the chain, each with one post. `agencies` and `managers` go together."""

    county: County
    office: Body
    reviewer: User
    second_reviewer: User
    head: User
    other_head: User
    worker: User
    community: User
    agencies: tuple[Organisation, ...]
    managers: tuple[User, ...]
    experts: tuple[User, ...]
    finance: User
    evaluator: Organisation
    judge: User
    auditor: User
    admin: User
    stranger: User
    station: Station
    source: FundingSource

    def everyone(self) -> dict[str, User]:
        """People by the word that tests call them by."""
        names = ("reviewer", "head", "other_head", "worker", "community", "finance", "judge", "auditor", "admin", "stranger")
        people: dict[str, User] = {name: getattr(self, name) for name in names}
        return people | {"manager": self.managers[0], "other_manager": self.managers[1], "expert": self.experts[0]}


def credit_code(order: int) -> str:
    """A unified social credit code with a right check digit."""
    base = f"52990326MJX{order:06d}"
    return base + uscc.calc_check_digit(base)


def make_cast() -> Cast:
    """Plant the county, load the pack, give out the posts, open the station and the source of money."""
    begun = _begun()
    # the ledger guards its rows: they come from its action alone
    return Cast(**begun, source=open_source(draft=grant(begun["county"]), by=begun["finance"], at=moment(3, 1)))


@planted_once
def _begun() -> dict[str, Any]:
    """The cast without its money."""
    county = plant_county()
    load_policy(county.county)
    reviewer = make_holder("county_station", region=county.county, username="reviewer")
    head = make_holder("town_station_head", region=county.town, username="head")
    agencies = tuple(
        make_organisation(reviewer, county.town, name=name, uscc=credit_code(order)) for order, name in enumerate(AGENCIES, start=11)
    )
    evaluator = make_organisation(reviewer, county.other_town, kind=Kind.EVALUATOR, name=EVALUATOR, uscc=credit_code(20))
    return {
        "county": county,
        "office": Body.objects.create(number="body-990326-2026-office", name="平湖县民政局", kind=BodyKind.OFFICE, region=county.county),
        "reviewer": reviewer,
        "second_reviewer": make_holder("county_station", region=county.county, username="second_reviewer"),
        "head": head,
        "other_head": make_holder("town_station_head", region=county.other_town, username="other_head"),
        "worker": make_holder("social_worker", region=county.town, username="worker"),
        "community": make_holder("community_worker", region=county.communities[0], username="community"),
        "agencies": agencies,
        "managers": tuple(
            make_holder("agency_manager", body=agency.body, username=f"manager{n}") for n, agency in enumerate(agencies, start=1)
        ),
        "experts": tuple(make_holder("expert", region=county.city, username=f"expert{n}") for n in range(1, 4)),
        "finance": make_holder("finance_officer", region=county.county, username="finance"),
        "evaluator": evaluator,
        "judge": make_holder("evaluator", body=evaluator.body, username="judge"),
        "auditor": make_holder("auditor", region=county.county, username="auditor"),
        "admin": make_holder("system_admin", region=county.nation, username="admin"),
        "stranger": make_user("stranger"),
        "station": make_station(reviewer, county.town),
    }


def grant(county: County, *, kind: str = "fiscal", name: str = "县级财政预算") -> SourceDraft:
    """A line of money for the county's projects."""
    return SourceDraft(
        kind=kind,
        name=name,
        region=county.county,
        year=2026,
        document_no="平财发〔2026〕3号",
        amount=GRANT,
        occurred_on=date(2026, 3, 1),
    )
