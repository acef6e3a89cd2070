from datetime import date

from django.db.models.functions import TruncDate

from wushe.kernel.clock import POLICY_ZONE
from wushe.needs.models import Need
from wushe.policies.queries import policy_for


def attempts_since_asked(need: Need) -> int:
    """On how many days somebody has tried to hear the resident since the verdict was asked for."""
    since = need.attempts.filter(at__gte=need.state_changed_at)
    return since.annotate(day=TruncDate("at", tzinfo=POLICY_ZONE)).values("day").distinct().count()


def contests_left(need: Need, on: date) -> int:
    """How often the resident may still object to an answer without a project, by the policy of the place."""
    return max(0, int(policy_for(need.region, on).require("need.contests").value) - need.contested_count)
