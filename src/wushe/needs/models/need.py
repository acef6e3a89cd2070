from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Right
from django.db.models.lookups import LessThanOrEqual

from wushe.accounts.models import User
from wushe.kernel.words import pair_index, three_index
from wushe.needs.states import NeedState, Verdict

PHONE = "needs.phone"
PERSON = "needs.person"
ADDRESS = "needs.address"
RECEIPT = "needs.receipt"
LONGEST_WISH = 2000
SERIAL_DIGITS = 6


class Need(models.Model):
    """A resident's need: who, where, group, field, urgency, source, wish, consent. Name, phone and address are ciphertext."""

    number = models.CharField(max_length=60, unique=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="needs")
    grid = models.CharField(max_length=60, blank=True)
    person = models.BinaryField()
    person_index = models.CharField(max_length=32, blank=True)
    phone = models.BinaryField(null=True)
    phone_index = models.CharField(max_length=32, blank=True)
    phone_tail = models.CharField(max_length=4, blank=True)
    no_phone_reason = models.CharField(max_length=120, blank=True)
    address = models.BinaryField(null=True)
    group = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    urgency = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    wish = models.TextField(max_length=LONGEST_WISH)
    pack_version = models.CharField(max_length=80)
    consent_at = models.DateTimeField()
    may_share = models.BooleanField(default=False)
    is_proxy = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.CharField(max_length=32, unique=True)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    state = models.CharField(max_length=20, choices=NeedState, default=NeedState.REPORTED)
    state_changed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decline_reason = models.CharField(max_length=500, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    verdict_at = models.DateTimeField(null=True, blank=True)
    verdict_comment = models.CharField(max_length=500, blank=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    contested_count = models.PositiveSmallIntegerField(default=0)
    contest_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "needs_need"
        constraints = [
            models.CheckConstraint(condition=~Q(state=NeedState.DECLINED) | ~Q(decline_reason=""), name="needs_declined_has_a_reason"),
            models.CheckConstraint(condition=~Q(duplicate_of=F("id")), name="needs_no_duplicate_of_itself"),
            models.CheckConstraint(condition=~Q(wish=""), name="needs_wish_is_not_empty"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("wish"), LONGEST_WISH), name="needs_wish_is_not_too_long"),
            models.CheckConstraint(condition=~Q(phone_index="") | ~Q(no_phone_reason=""), name="needs_without_phone_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state=NeedState.CLOSED) | ~Q(verdict=Verdict.UNSATISFIED), name="needs_unhappy_verdict_never_closes"
            ),
            models.CheckConstraint(condition=Q(contested_count=0) | ~Q(contest_reason=""), name="needs_contest_has_a_reason"),
            models.CheckConstraint(condition=Q(verdict="") | Q(verdict_at__isnull=False), name="needs_verdict_has_a_day"),
            models.CheckConstraint(condition=Q(recorded_by__isnull=False) | Q(is_proxy=False), name="needs_proxy_is_named"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="needs_by_age"),
            models.Index(fields=["region", "state", "-created_at"], name="needs_by_place"),
            models.Index(fields=["state", "due_at"], name="needs_by_due_date"),
            # with all that the board counts by, so that it reads no rows
            models.Index(fields=["region", "field", "state"], include=["created_at", "due_at", "duplicate_of"], name="needs_by_field"),
            # with all that the public numbers count by
            models.Index(
                fields=["region", "state", "verdict"],
                include=["reopened_count", "contested_count"],
                condition=Q(duplicate_of__isnull=True),
                name="needs_by_outcome",
            ),
            models.Index(fields=["field", "-created_at"], name="needs_of_a_field"),
            models.Index(fields=["phone_index"], condition=~Q(phone_index=""), name="needs_by_phone"),
            models.Index(fields=["person_index"], name="needs_by_person"),
            models.Index(Right("number", SERIAL_DIGITS), name="needs_by_serial"),
            pair_index("wish", "needs_by_two_characters"),
            three_index("wish", "needs_by_three_characters"),
        ]

    def __str__(self) -> str:
        return self.number
