from datetime import UTC, date, datetime
from decimal import Decimal

from wushe.accounts.models import User
from wushe.regions.models import Region
from wushe.stations.actions import NewStation, StationProfile, open_station
from wushe.stations.models import Station

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
ON = date(2026, 3, 2)
PROFILE = StationProfile(name="明德街道社会工作服务站", area_m2=Decimal("66.50"), address="明德路1号")


def make_station(by: User, region: Region, *, opened_on: date = date(2022, 1, 1), profile: StationProfile = PROFILE) -> Station:
    return open_station(draft=NewStation(profile, region, opened_on), by=by, at=AT)
