from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Tender(models.Model):
    """A public call for bids. Criteria are frozen at publication; bids stay sealed until `closes_at`."""

    number = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="tenders")
    method = models.CharField(max_length=40)
    method_reason = models.CharField(max_length=500, blank=True)
    ceiling = models.DecimalField(max_digits=14, decimal_places=2)
    eligibility = models.TextField(max_length=2000)
    criteria = models.JSONField()
    notice_days = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(max_length=1000, blank=True)

    class Meta:
        db_table = "projects_tender"
        constraints = [
            models.UniqueConstraint(fields=["project"], condition=Q(cancelled_at__isnull=True), name="projects_one_living_tender"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("published_at")), name="projects_tender_closes_after_publication"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opened_at__gte=F("closes_at")), name="projects_bids_open_after_closing"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""), name="projects_cancelled_tender_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["-closes_at"], name="projects_tender_by_closing")]

    def __str__(self) -> str:
        return self.number


class TenderDocument(models.Model):
    """A paper that was published with the notice, by the digest that the page and the open data name. It never changes."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="documents")
    file = models.OneToOneField("files.File", models.PROTECT, related_name="+")

    class Meta:
        db_table = "projects_tenderdocument"

    def __str__(self) -> str:
        return f"{self.tender_id}: {self.file_id}"


class Invitation(models.Model):
    """A qualified agency that was told of the tender when it was published."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="invitations")
    agency = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "projects_invitation"
        constraints = [models.UniqueConstraint(fields=["tender", "agency"], name="projects_one_invitation_per_agency")]

    def __str__(self) -> str:
        return f"{self.tender_id} -> {self.agency_id}"
