from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Award(models.Model):
    """The winning bid. The panel recommends, the county confirms: never the same person. A withdrawn award stays on record."""

    number = models.CharField(max_length=60, unique=True)
    tender = models.ForeignKey("projects.Tender", models.PROTECT, related_name="awards")
    bid = models.ForeignKey("projects.Bid", models.PROTECT, related_name="awards")
    price = models.DecimalField(max_digits=14, decimal_places=2)
    ranking = models.JSONField()
    reasons = models.TextField(max_length=2000)
    recommended_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    awarded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    objections_until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "projects_award"
        constraints = [
            models.UniqueConstraint(fields=["tender"], condition=Q(withdrawn_at__isnull=True), name="projects_one_award_per_tender"),
            models.CheckConstraint(condition=~Q(recommended_by=F("awarded_by")), name="projects_awarder_is_not_recommender"),
            models.CheckConstraint(condition=~Q(reasons=""), name="projects_award_has_reasons"),
        ]

    def __str__(self) -> str:
        return self.number


class LostBid(models.Model):
    """Why a bid did not win, in words for its bidder alone."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="lost_bids")
    bid = models.ForeignKey("projects.Bid", models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000)

    class Meta:
        db_table = "projects_lostbid"
        constraints = [
            models.UniqueConstraint(fields=["award", "bid"], name="projects_one_reason_per_lost_bid"),
            models.CheckConstraint(condition=~Q(reason=""), name="projects_lost_bid_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}: {self.bid_id}"


class Objection(models.Model):
    """A bidder's challenge to an award, inside the window; the agreement waits for the answer."""

    number = models.CharField(max_length=60, unique=True)
    award = models.ForeignKey(Award, models.PROTECT, related_name="objections")
    agency = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "projects_objection"
        constraints = [
            models.UniqueConstraint(fields=["award", "agency"], name="projects_one_objection_per_bidder"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, upheld__isnull=True)
                | (Q(answered_at__isnull=False, upheld__isnull=False) & ~Q(answer="")),
                name="projects_objection_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number
