from django.db import models
from django.db.models import Q


class Channel(models.TextChoices):
    """How the question reaches a resident."""

    LINK = "link"
    QR = "qr"
    PAPER = "paper"


class Invitation(models.Model):
    """The right to answer once. The link's token is not kept, only its hash; a paper sheet has its serial number and no token."""

    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="invitations")
    serial = models.PositiveIntegerField()
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    channel = models.CharField(max_length=5, choices=Channel)
    group = models.CharField(max_length=80, blank=True)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "surveys_invitation"
        constraints = [
            models.UniqueConstraint(fields=["survey", "serial"], name="surveys_one_invitation_per_serial"),
            models.CheckConstraint(
                condition=Q(channel=Channel.PAPER, token_hash__isnull=True) | (~Q(channel=Channel.PAPER) & Q(token_hash__isnull=False)),
                name="surveys_paper_has_no_token",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} #{self.serial}"
