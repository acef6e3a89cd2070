"""What the resident hears of the project that took the need up: its steps with their days, and nobody's name."""

from dataclasses import dataclass
from datetime import datetime

from wushe.audit.queries import entries_of
from wushe.projects.models import Project

TOLD = (
    *("projects.design_approved", "projects.tender_published", "projects.tender_cancelled", "projects.tender_awarded"),
    *("projects.delivery_started", "oversight.project_supervised", "oversight.second_look_held", "oversight.supervision_waived"),
    *("projects.delivery_finished", "oversight.project_evaluated", "projects.acceptance_refused", "projects.project_accepted"),
    *("projects.project_closed", "projects.project_terminated"),
)


@dataclass(frozen=True, slots=True)
class News:
    """One step of the project, in the words of the news."""

    at: datetime
    verb: str


def news_of(project: Project) -> list[News]:
    """The steps so far, the newest first; an agreement counts once both sides have signed it."""
    steps = entries_of("project", project.number).filter(verb__in=TOLD).values_list("at", "verb")
    news = [News(at, verb) for at, verb in steps]
    agreement = getattr(project, "agreement", None)
    if agreement is not None and agreement.purchaser_signed_at and agreement.agency_signed_at:
        news.append(News(max(agreement.purchaser_signed_at, agreement.agency_signed_at), "projects.agreement_in_force"))
    return sorted(news, key=lambda each: each.at, reverse=True)
