"""A small county with invented names, for every test that needs places."""

from dataclasses import dataclass
from datetime import date

from psycopg.types.range import DateRange

from tests.planted import planted_once
from wushe.regions.models import Level, Region, Settlement, Tenure
from wushe.regions.rules import pinyin_keys

SINCE = date(2020, 1, 1)
ANCESTOR = {Level.PROVINCE: "province", Level.CITY: "city", Level.COUNTY: "county", Level.TOWN: "town", Level.COMMUNITY: "community"}


@dataclass(frozen=True, slots=True)
class County:
    """One branch from the nation to four communities of a street and one village of a town."""

    nation: Region
    province: Region
    city: Region
    county: Region
    town: Region
    other_town: Region
    communities: tuple[Region, Region, Region, Region]
    village: Region


def make_region(
    code: str,
    name: str,
    level: Level,
    parent: Region | None,
    *,
    settlement: Settlement = Settlement.NONE,
    since: date = SINCE,
    **extra: object,
) -> Region:
    above = {f"{column}_id": getattr(parent, f"{column}_id") for column in ANCESTOR.values()} if parent else {}
    path = parent.full_name if parent and parent.level > Level.NATION else ""
    initials, sort_key = pinyin_keys(name, level)
    region = Region.objects.create(
        code=code.ljust(12, "0"),
        name=name,
        full_name=path if extra.get("is_artificial") else f"{path}{name}",
        initials=initials,
        sort_key=sort_key,
        level=level,
        parent=parent,
        settlement=settlement,
        valid_from=since,
        **above,
        **extra,
    )
    own = ANCESTOR.get(level)
    if own:
        setattr(region, own, region)
        region.save(update_fields=[own])
    if parent:
        Tenure.objects.create(region=region, parent=parent, period=DateRange(since, None))
    return region


@planted_once
def plant_county(prefix: str = "99", county_name: str = "平湖县") -> County:
    """A county with two towns. Another `prefix` plants a second one beside it."""
    nation = Region.objects.filter(level=Level.NATION).first() or make_region("0", "全国", Level.NATION, None)
    province = make_region(prefix, "青原省", Level.PROVINCE, nation)
    city = make_region(f"{prefix}03", "云川市", Level.CITY, province)
    county = make_region(f"{prefix}0326", county_name, Level.COUNTY, city)
    town = make_region(f"{prefix}0326001", "明德街道", Level.TOWN, county)
    other_town = make_region(f"{prefix}0326101", "石桥镇", Level.TOWN, county)
    names = ("东风社区", "和平社区", "朝阳社区", "滨水社区")
    communities = tuple(
        make_region(f"{prefix}0326001{n:03d}", name, Level.COMMUNITY, town, settlement=Settlement.URBAN) for n, name in enumerate(names, 1)
    )
    village = make_region(f"{prefix}0326101201", "柳树村", Level.COMMUNITY, other_town, settlement=Settlement.RURAL)
    return County(nation, province, city, county, town, other_town, communities, village)
