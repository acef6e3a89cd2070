from django.db import models


class Notice(models.Model):
    """News for one person about a thing. `verb` is the audit's word; the sentence is made at the edge."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices")
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    subject_name = models.CharField(max_length=300)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "inbox_notice"
        indexes = [
            models.Index(fields=["user", "-at"], name="inbox_notice_by_user"),
            models.Index(fields=["user"], condition=models.Q(read_at__isnull=True), name="inbox_unread_notices"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
