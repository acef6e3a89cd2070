from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A browser that is signed in, and who sits before it: with both in one row, a request finds the person without asking twice."""

    user = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="sessions")

    class Meta:
        db_table = "accounts_session"
