"""Who hears what becomes of a project. Residents without an account see it under their receipt code."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from wushe.accounts.models import Post, User
from wushe.accounts.queries import holders
from wushe.inbox.actions import notify
from wushe.kernel.clock import local_date
from wushe.projects.models import Project
from wushe.projects.permissions import Permission
from wushe.projects.queries import subject_of


def tell(project: Project, verb: str, *, at: datetime, bodies: Collection[int] = (), data: dict[str, Any] | None = None) -> None:
    """Tell the news to the town that made the project, and to the people of some bodies.

    Effects: Notices, in the caller's transaction.
    """
    town = holders(Permission.SUBMIT_DESIGN, local_date(at), region=project.region)
    notify(users={*town, *people_of(bodies, local_date(at))}, verb=verb, subject=subject_of(project), at=at, data=data)


def tell_parties(project: Project, verb: str, *, at: datetime, data: dict[str, Any] | None = None) -> None:
    """Tell the news to the town and to the agency that serves; before an agreement, to the town alone.

    Effects: Notices, in the caller's transaction.
    """
    agreement = getattr(project, "agreement", None)
    tell(project, verb, at=at, bodies=(agreement.agency.body_id,) if agreement else (), data=data)


def people_of(bodies: Collection[int], on: date) -> Iterable[User]:
    """Who holds a post at one of the bodies that day."""
    if not bodies:
        return ()
    return User.objects.filter(pk__in=Post.objects.held(on).filter(body__in=bodies).values("user"), is_active=True)
