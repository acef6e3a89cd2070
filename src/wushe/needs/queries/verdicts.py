from django.db.models.functions import TruncDate

from wushe.kernel.clock import POLICY_ZONE
from wushe.needs.models import Need


def attempts_since_asked(need: Need) -> int:
    """On how many days somebody has tried to hear the resident since the verdict was asked for."""
    since = need.attempts.filter(at__gte=need.state_changed_at)
    return since.annotate(day=TruncDate("at", tzinfo=POLICY_ZONE)).values("day").distinct().count()
