import pytest

from wushe.audit.models import Entry
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.kernel.errors import FieldRequired
from wushe.policies.actions import set_holiday
from wushe.policies.models import HolidayException

pytestmark = pytest.mark.django_db


def test_a_holiday_is_set_and_set_again_with_its_reason():
    day = now().date()
    set_holiday(day=day, is_working=False, note="停电", by=SYSTEM, at=now())
    set_holiday(day=day, is_working=True, note="复工", by=SYSTEM, at=now())
    row = HolidayException.objects.get(day=day)
    assert (row.is_working, row.note, str(row)) == (True, "复工", f"{day} works")
    assert Entry.objects.filter(verb="policies.holiday_set").count() == 2
    with pytest.raises(FieldRequired):
        set_holiday(day=day, is_working=True, note=" ", by=SYSTEM, at=now())
