from datetime import date, datetime

from django.db import transaction

from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel.errors import FieldRequired
from wushe.policies.models import HolidayException


@transaction.atomic
def set_holiday(*, day: date, is_working: bool, note: str, by: Actor, at: datetime) -> HolidayException:
    """Say that offices work, or rest, on a day, whatever the published list says.

    Refuses: FieldRequired.
    Effects: a HolidayException; an audit entry.
    """
    if not note.strip():
        raise FieldRequired(name="note")
    row, _ = HolidayException.objects.update_or_create(day=day, defaults={"is_working": is_working, "note": note})
    record(by=by, at=at, verb="policies.holiday_set", subject=("holiday", day.isoformat()), data={"is_working": is_working, "note": note})
    return row
