from wushe.projects.queries.projects import (
    locked,
    need_numbers,
    needs_of,
    project_by_number,
    projects_in,
    projects_of_needs,
    published_projects,
    subject_of,
    towns_of_projects,
)
from wushe.projects.queries.reviews import Change, design_changes, last_review
from wushe.projects.queries.tenders import Ranked, bids_of, experts_of, living_award, living_tender, published_tenders, ranking

__all__ = [
    "Change",
    "Ranked",
    "bids_of",
    "design_changes",
    "experts_of",
    "last_review",
    "living_award",
    "living_tender",
    "locked",
    "need_numbers",
    "needs_of",
    "project_by_number",
    "projects_in",
    "projects_of_needs",
    "published_projects",
    "published_tenders",
    "ranking",
    "subject_of",
    "towns_of_projects",
]
