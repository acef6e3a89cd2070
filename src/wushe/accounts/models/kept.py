from django.db import models


class KeptForm(models.Model):
    """What somebody had typed when their session ended: sealed, for that person in that browser, and only for a while."""

    # keyed hashes of the browser's secret and of the address that the form was sent to
    browser = models.CharField(max_length=32)
    target = models.CharField(max_length=32)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", db_index=False)
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_kept_form"
        constraints = [models.UniqueConstraint(fields=["user", "browser", "target"], name="accounts_kept_form_one_of_a_page")]
        indexes = [models.Index(fields=["kept_at"], name="accounts_kept_form_by_age")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kept_at}"
