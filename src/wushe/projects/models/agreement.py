from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Agreement(models.Model):
    """The service agreement, drawn up from the data: `content` is what both sides sign, whole."""

    number = models.CharField(max_length=60, unique=True)
    project = models.OneToOneField("projects.Project", models.PROTECT, related_name="agreement")
    award = models.OneToOneField("projects.Award", models.PROTECT, related_name="agreement")
    purchaser = models.ForeignKey("accounts.Body", models.PROTECT, related_name="+")
    agency = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="agreements")
    price = models.DecimalField(max_digits=14, decimal_places=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    content = models.JSONField()
    drawn_up_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()
    sign_by = models.DateTimeField()
    purchaser_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    purchaser_signed_at = models.DateTimeField(null=True, blank=True)
    agency_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agency_signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "projects_agreement"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="projects_agreement_ends_after_start"),
            models.CheckConstraint(
                condition=Q(purchaser_signed_by__isnull=True)
                | Q(agency_signed_by__isnull=True)
                | ~Q(purchaser_signed_by=F("agency_signed_by")),
                name="projects_two_people_sign",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-drawn_up_at"], name="projects_agreement_by_agency")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_signed(self) -> bool:
        """Whether both sides have signed."""
        return self.purchaser_signed_at is not None and self.agency_signed_at is not None


class AgreementVersion(models.Model):
    """The agreement as it was drawn up once, to be read for ever: `content`, and who agreed on what (`terms`) in words that stay.

    A version that was drawn up again says why, and which signatures fell with the one before it (`voided`).
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    terms = models.JSONField()
    reason = models.TextField(max_length=1000, blank=True)
    voided = models.JSONField(default=list)
    drawn_up_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()

    class Meta:
        db_table = "projects_agreementversion"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "version"], name="projects_agreement_versions_are_counted"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="projects_agreement_redrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.version}"


class Amendment(models.Model):
    """A numbered change to a signed agreement: what changes, from, to, why; in force when both have signed, or withdrawn before."""

    number = models.CharField(max_length=60, unique=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="amendments")
    sequence = models.PositiveSmallIntegerField()
    changes = models.JSONField()
    reason = models.TextField(max_length=1000)
    drawn_up_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()
    purchaser_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    purchaser_signed_at = models.DateTimeField(null=True, blank=True)
    agency_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agency_signed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.TextField(max_length=1000, blank=True)

    class Meta:
        db_table = "projects_amendment"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdraw_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & (Q(purchaser_signed_at__isnull=True) | Q(agency_signed_at__isnull=True))
                    & ~Q(withdraw_reason="")
                ),
                name="projects_withdrawn_amendment_is_whole",
            ),
            models.UniqueConstraint(fields=["agreement", "sequence"], name="projects_amendments_are_counted"),
            models.CheckConstraint(
                condition=Q(purchaser_signed_by__isnull=True)
                | Q(agency_signed_by__isnull=True)
                | ~Q(purchaser_signed_by=F("agency_signed_by")),
                name="projects_two_people_sign_an_amendment",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_signed(self) -> bool:
        """Whether both sides have signed."""
        return self.purchaser_signed_at is not None and self.agency_signed_at is not None
