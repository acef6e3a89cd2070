from typing import Self

from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class ExpertQuerySet(models.QuerySet["Expert"]):
    def seated(self) -> Self:
        """Who is on the panel: neither out of it by a conflict nor released."""
        return self.exclude(has_conflict=True).filter(released_at__isnull=True)


class Expert(models.Model):
    """A member of a tender's review panel: declares interests first, scores blind, locks. A seat that ended stays on record."""

    tender = models.ForeignKey("projects.Tender", models.CASCADE, related_name="experts")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True, blank=True)
    has_conflict = models.BooleanField(null=True)
    conflict = models.CharField(max_length=500, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    release_asked_at = models.DateTimeField(null=True, blank=True)
    release_wish = models.CharField(max_length=500, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    release_reason = models.CharField(max_length=500, blank=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        db_table = "projects_expert"
        constraints = [
            models.UniqueConstraint(fields=["tender", "user"], name="projects_one_seat_per_expert"),
            models.CheckConstraint(
                condition=Q(declared_at__isnull=True, has_conflict__isnull=True) | Q(declared_at__isnull=False, has_conflict__isnull=False),
                name="projects_declaration_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(has_conflict__isnull=True) | Q(has_conflict=False) | ~Q(conflict=""), name="projects_conflict_is_named"
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True) | Q(declared_at__isnull=False, has_conflict=False), name="projects_only_the_free_score"
            ),
            models.CheckConstraint(
                condition=Q(release_asked_at__isnull=True, release_wish="") | (Q(release_asked_at__isnull=False) & ~Q(release_wish="")),
                name="projects_release_wish_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True, release_reason="")
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(release_reason="")),
                name="projects_release_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(locked_at__isnull=True), name="projects_the_released_never_lock"
            ),
        ]
        indexes = [models.Index(fields=["user", "-appointed_at"], name="projects_expert_by_user")]

    def __str__(self) -> str:
        return f"{self.tender_id}: {self.user_id}"


class Score(models.Model):
    """Points that one expert gives one bid under one criterion. A trigger refuses any change once the expert has locked."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="scores")
    bid = models.ForeignKey("projects.Bid", models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=60)
    points = models.DecimalField(max_digits=5, decimal_places=1)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "projects_score"
        constraints = [
            models.UniqueConstraint(fields=["expert", "bid", "criterion"], name="projects_one_score_per_criterion"),
            models.CheckConstraint(condition=Q(points__gte=0), name="projects_points_are_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id} {self.criterion}: {self.points}"
