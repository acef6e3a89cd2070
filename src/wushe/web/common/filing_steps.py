"""For what an application waits, and for whom: the same words on the desk and for its founder."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wushe.organisations.models import Filing
from wushe.organisations.queries import stage_of
from wushe.organisations.states import FilingState
from wushe.policies.queries import Policy
from wushe.web.common import words


def waiting_for(policy: Policy, filing: Filing) -> dict[str, str]:
    """The step that is next and who takes it, as `waiting_for` and `waiting_who`; no step when nobody here has one to take."""
    stage, language = stage_of(policy, FilingState(filing.state)), get_language() or ""
    if stage is not None:
        return {"waiting_for": stage.label(language), "waiting_who": stage.actor.label(language)}
    if filing.state == FilingState.SUBMITTED:  # handed in before the policy gave up the review
        return {"waiting_for": words.step("review_application"), "waiting_who": filing.region.name}
    step = words.step("correct_application") if filing.state == FilingState.RETURNED else ""
    return {"waiting_for": step, "waiting_who": _("The founder")}
