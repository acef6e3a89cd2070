"""Needs as residents tell them, for every test that starts from one."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from wushe.needs.actions import NeedDraft, Receipt, report_need
from wushe.needs.models import Need
from wushe.regions.models import Region

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)  # a Monday morning
PHONE = "13800138000"
TAIL = "8000"
PERSON = "张秀兰"


def draft(region: Region, **other: Any) -> NeedDraft:
    values: dict[str, Any] = {
        "region": region,
        "person": PERSON,
        "phone": PHONE,
        "group": "elderly",
        "field": "elderly_care",
        "urgency": "normal",
        "source": "online",
        "wish": "独居老人希望有人送午饭",
        "consent": True,
        "address": "幸福路3号",
    }
    return NeedDraft(**(values | other))


def report(region: Region, *, at: datetime = AT, **other: Any) -> Receipt:
    return report_need(draft=draft(region, **other), at=at)


def make_need(region: Region, *, at: datetime = AT, **other: Any) -> Need:
    return report(region, at=at, **other).need


def token(n: int) -> UUID:
    return UUID(int=n)
