from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Review(models.Model):
    """The county's answer to one version of a design. Who submitted it may not review it."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="reviews")
    version = models.PositiveSmallIntegerField()
    approved = models.BooleanField()
    opinion = models.TextField(max_length=2000, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "projects_review"
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="projects_one_review_per_version"),
            models.CheckConstraint(condition=~Q(reviewer=F("submitted_by")), name="projects_reviewer_is_not_submitter"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} v{self.version}: {self.approved}"


class TakeUp(models.Model):
    """Who of the county has taken up the review of a version; a colleague may take it over."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="take_ups")
    version = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "projects_takeup"
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="projects_one_take_up_per_version")]

    def __str__(self) -> str:
        return f"{self.project_id} v{self.version}: {self.reviewer_id}"


class ReviewMark(models.Model):
    """One item of the pack's checklist, met or not."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="marks")
    item = models.CharField(max_length=60)
    met = models.BooleanField()
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "projects_reviewmark"
        constraints = [models.UniqueConstraint(fields=["review", "item"], name="projects_one_mark_per_item")]

    def __str__(self) -> str:
        return f"{self.item}: {self.met}"


class FieldComment(models.Model):
    """What is to be mended in one field of the design."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="comments")
    field = models.CharField(max_length=40)
    text = models.CharField(max_length=500)

    class Meta:
        db_table = "projects_fieldcomment"
        constraints = [models.UniqueConstraint(fields=["review", "field"], name="projects_one_comment_per_field")]

    def __str__(self) -> str:
        return f"{self.field}: {self.text}"
