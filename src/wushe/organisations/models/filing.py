from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from wushe.accounts.models import User
from wushe.organisations.models.organisation import PurposeClass
from wushe.organisations.states import OPEN, FilingState

PERSON = "organisations.person"
PHONE = "organisations.phone"
IDENTITY = "organisations.identity"
RECEIPT = "organisations.receipt"


class Filing(models.Model):
    """An application to be filed, and the filing that it becomes. The people stand in the roster; nothing here is personal data.

    `mended`: what the town mended since the register took the filing over, with what stood there before; empty when the register has it.
    `to_report`: whether the town reports it to the county, as the policy had it on the day of the decision.
    """

    number = models.CharField(max_length=60, unique=True)
    certificate = models.CharField(max_length=40, blank=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="filings")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="filings")
    name = models.CharField(max_length=120)
    purpose_class = models.CharField(max_length=20, choices=PurposeClass)
    scheme_category = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=40)
    client_groups = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    scope = models.TextField(max_length=500)
    charter = models.TextField(max_length=10_000, blank=True)
    founded_on = models.DateField()
    premises = models.CharField(max_length=120, blank=True)
    funds = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    staff = models.PositiveSmallIntegerField(null=True, blank=True)
    accountant_certificate = models.CharField(max_length=60, blank=True)
    party_organisation = models.BooleanField(default=False)
    party_members = models.PositiveIntegerField(null=True, blank=True)
    members = models.PositiveIntegerField()
    mended = models.JSONField(default=dict)
    pack_version = models.CharField(max_length=80)
    consent_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.CharField(max_length=32, unique=True)
    submission = models.UUIDField(unique=True)
    phone_tail = models.CharField(max_length=4)
    state = models.CharField(max_length=20, choices=FilingState, default=FilingState.SUBMITTED)
    state_changed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    granted_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    to_report = models.BooleanField(default=True)

    class Meta:
        db_table = "organisations_filing"
        constraints = [
            models.UniqueConstraint(fields=["certificate"], condition=~Q(certificate=""), name="organisations_one_filing_per_certificate"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(organisation__isnull=False, state__in=sorted(OPEN)),
                name="organisations_one_open_filing_each",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("reviewed_by")), name="organisations_who_reviews_does_not_decide"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(reviewed_by__isnull=False) | ~Q(decided_by=F("recorded_by")),
                name="organisations_who_types_does_not_decide_alone",
            ),
            models.CheckConstraint(
                condition=~Q(state=FilingState.GRANTED)
                | (~Q(certificate="") & Q(granted_on__isnull=False, organisation__isnull=False, decided_by__isnull=False)),
                name="organisations_granted_filing_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("granted_on")), name="organisations_filing_holds_a_while"
            ),
            models.CheckConstraint(
                condition=Q(party_members__isnull=True) | Q(party_members__lte=F("members")), name="organisations_filed_party_members"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(scope="") & Q(members__gt=0), name="organisations_application_is_filled_in"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="organisations_filing_by_age"),
            models.Index(fields=["region", "state", "-created_at"], name="organisations_filing_by_place"),
            models.Index(fields=["state", "due_at"], name="organisations_filing_by_due"),
            models.Index(fields=["organisation", "-created_at"], name="organisations_filing_of_org"),
            models.Index(fields=["name"], name="organisations_filing_same_name"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="organisations_filing_by_name"),
        ]

    def __str__(self) -> str:
        return self.number


class Member(models.Model):
    """One line of the roster. Name, phone and number of the identity paper are ciphertext."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="roster", db_index=False)
    position = models.PositiveSmallIntegerField()
    is_head = models.BooleanField(default=False)
    is_sponsor = models.BooleanField(default=False)
    person = models.BinaryField()
    person_index = models.CharField(max_length=32)
    phone = models.BinaryField(null=True)
    identity = models.BinaryField(null=True)
    identity_index = models.CharField(max_length=32, blank=True)

    class Meta:
        db_table = "organisations_member"
        constraints = [
            models.UniqueConstraint(fields=["filing", "position"], name="organisations_one_member_per_line"),
            models.UniqueConstraint(fields=["filing"], condition=Q(is_head=True), name="organisations_one_head_each"),
            models.UniqueConstraint(
                fields=["filing", "identity_index"], condition=~Q(identity_index=""), name="organisations_each_member_once"
            ),
        ]
        indexes = [models.Index(fields=["person_index"], condition=Q(is_head=True), name="organisations_head_by_name")]

    def __str__(self) -> str:
        return f"{self.filing_id}/{self.position}"


class FilingAct(models.Model):
    """One step of the procedure: who took it, with which opinion, how long it had waited and until when it should have been taken."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="acts", db_index=False)
    step = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opinion = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "organisations_filingact"
        constraints = [models.CheckConstraint(condition=Q(at__gte=F("since")), name="organisations_act_after_its_cause")]
        indexes = [models.Index(fields=["filing", "at", "id"], name="organisations_acts_of_filing")]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.step}"
