"""A project on its way, with a clock of its own that never passes today."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from wushe.accounts.models import User
from wushe.demo.cast import Cast
from wushe.projects.models import Project

DELIVERY_DAYS = 150


@dataclass
class Story:
    """A project on its way. `at` only moves forward, and never past `today`."""

    cast: Cast
    random: Random
    today: datetime
    at: datetime
    head: User
    project: Project | None = None
    winner: User | None = None

    def later(self, days: float, hours: float = 0) -> datetime:
        """Move the clock on."""
        self.at = min(self.at + timedelta(days=days, hours=hours), self.today)
        return self.at

    @property
    def pk(self) -> int:
        """The project's id."""
        assert self.project is not None  # noqa: S101 -- the first chapter makes it
        return self.project.pk

    def fresh(self) -> Project:
        """The project as it stands now."""
        return Project.objects.select_related("region", "region__county", "agreement__agency__body").get(pk=self.pk)

    @property
    def manager(self) -> User:
        """The manager of the agency that won."""
        assert self.winner is not None  # noqa: S101 -- the award comes before every step of the agency
        return self.winner
