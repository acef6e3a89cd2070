from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from wushe.accounts.models import User
from wushe.organisations.actions import NewOrganisation, Profile, register_organisation
from wushe.organisations.models import Kind, Organisation, PurposeClass
from wushe.regions.models import Region

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
ON = date(2026, 3, 2)
USCC, OTHER_USCC = "52990326MJX000001M", "52990326MJX000002Q"


def profile(region: Region, **other: Any) -> Profile:
    return replace(
        Profile(
            name="晨光社会工作服务中心",
            region=region,
            purpose_class=PurposeClass.SERVICE,
            uscc=USCC,
            professionals=3,
            professionals_as_of=date(2026, 1, 1),
            professionals_evidence="职业水平证书复印件",
        ),
        **other,
    )


def draft(region: Region, *, kind: str = Kind.AGENCY, **other: Any) -> NewOrganisation:
    """A registered agency with three social workers; `other` goes to the profile or, by its name, to the dates."""
    days = {name: other.pop(name) for name in ("founded_on", "filed_on", "registered_on") if name in other}
    return replace(NewOrganisation(profile(region, **other), kind, founded_on=date(2020, 5, 1), registered_on=date(2021, 6, 1)), **days)


def make_organisation(by: User, region: Region, **other: Any) -> Organisation:
    return register_organisation(draft=draft(region, **other), by=by, at=AT)
