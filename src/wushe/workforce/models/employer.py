from django.db import models

from wushe.accounts.models import Body


class Employer(models.Model):
    """An office or institution that is no station and no agency, and has posts of social work; `kind` is a code of `employer_kinds`."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="employer")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="employers")
    kind = models.CharField(max_length=40)
    pack_version = models.CharField(max_length=80)

    class Meta:
        db_table = "workforce_employer"

    def __str__(self) -> str:
        return self.body.name
