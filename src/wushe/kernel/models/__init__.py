from wushe.kernel.models.counter import Counter
from wushe.kernel.models.daily import DailyRun
from wushe.kernel.models.tries import Tries

__all__ = ["Counter", "DailyRun", "Tries"]
