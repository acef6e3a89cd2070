from wushe.policies.models.holiday import HolidayException
from wushe.policies.models.pack import Pack, PackQuerySet

__all__ = ["HolidayException", "Pack", "PackQuerySet"]
