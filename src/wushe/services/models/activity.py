from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class ActivityKind(models.TextChoices):
    """What sort of service it was."""

    ACTIVITY = "activity"
    GROUP = "group"
    VISIT = "visit"


class Society(models.TextChoices):
    """The five societies; the words for them come from the pack."""

    COMMUNITY = "community"
    SOCIAL_WORKER = "social_worker"
    ORGANISATION = "organisation"
    VOLUNTEER = "volunteer"
    RESOURCE = "resource"


class Activity(models.Model):
    """One activity, group session or home visit of a project. A wrong record is struck out with a reason, never edited.

    `counted` are people who were counted and not identified: with the attendances they are person-times; persons are only the identified.
    """

    number = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=10, choices=ActivityKind)
    title = models.CharField(max_length=120)
    held_on = models.DateField()
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    summary = models.TextField(max_length=2000, blank=True)
    need = models.ForeignKey("needs.Need", models.PROTECT, null=True, blank=True, related_name="+")
    counted = models.PositiveIntegerField(default=0)
    household = models.CharField(max_length=32, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "services_activity"
        constraints = [
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="services_void_has_a_reason"),
            models.CheckConstraint(condition=~Q(kind=ActivityKind.VISIT) | ~Q(household=""), name="services_visit_has_a_household"),
        ]
        indexes = [
            models.Index(fields=["project", "-held_on", "-id"], name="services_activity_by_project"),
            models.Index(fields=["region", "held_on"], name="services_activity_by_region"),
        ]

    def __str__(self) -> str:
        return self.number


class Attendance(models.Model):
    """One identified person at one activity. The key is a keyed hash of name and phone: it counts persons and gives nobody away."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    person = models.CharField(max_length=32)
    name = models.BinaryField()

    class Meta:
        db_table = "services_attendance"
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="services_person_once_per_activity")]
        indexes = [models.Index(fields=["person"], name="services_attendance_by_person")]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.person[:6]}"


class Contribution(models.Model):
    """What one of the five societies put in: people, hours, value in yuan."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="contributions")
    society = models.CharField(max_length=20, choices=Society)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    persons = models.PositiveIntegerField(default=0)
    hours = models.DecimalField(max_digits=8, decimal_places=1, default=0)
    value = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    class Meta:
        db_table = "services_contribution"
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=0) & Q(value__gte=0), name="services_contribution_is_not_negative"),
            models.CheckConstraint(condition=Q(persons__gt=0) | Q(hours__gt=0) | Q(value__gt=0), name="services_contribution_is_something"),
        ]
        indexes = [models.Index(fields=["activity", "society"], name="services_contribution_by_act")]

    def __str__(self) -> str:
        return f"{self.society} {self.name}"
