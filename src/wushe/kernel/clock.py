"""The only place that reads the clock. Domain code receives `at` or `on` and never calls this."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

POLICY_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The current moment, aware."""
    return timezone.now()


def today() -> date:
    """The current date where policies are made (Asia/Shanghai)."""
    return local_date(now())


def local_date(at: datetime) -> date:
    """The policy date on which the moment `at` falls."""
    return at.astimezone(POLICY_ZONE).date()
