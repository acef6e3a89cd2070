from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

if TYPE_CHECKING:
    from wushe.accounts.models.post import Post


class UserManager(BaseUserManager["User"]):
    """Looks users up; they are made by `wushe.accounts.actions` alone."""


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from their posts and from nothing else."""

    number = models.CharField(max_length=60, unique=True)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    language = models.CharField(max_length=10, blank=True)
    # somebody else knows the password: they choose their own before anything else
    password_given = models.BooleanField(default=False)

    # addresses of lists as they are filtered, each with its name as the fragment: they come with the person, without a query of their own
    saved_views = ArrayField(models.CharField(max_length=700), default=list, blank=True)

    # all posts that they have or had, once somebody has asked for them
    known_posts: list[Post] | None = None
    # the seat of those posts whose places alone are asked for; and whether that has left any out
    looks_at: str = ""
    is_narrowed: bool = False

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        db_table = "accounts_user"
        indexes = [
            models.Index(fields=["name", "username"], name="accounts_user_by_name"),
            models.Index(fields=["last_login"], name="accounts_user_by_last_sign_in"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """The name that the audit keeps."""
        return self.name
