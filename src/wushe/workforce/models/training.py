from django.db import models
from django.db.models import Q

from wushe.accounts.models import User

LONGEST_SESSION = 720


class Proof(models.TextChoices):
    """How it is known that somebody was there."""

    PAPER = "paper"
    PIN = "pin"


class Plan(models.Model):
    """What a county, a town or a community means to teach in a year."""

    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="training_plans")
    year = models.PositiveSmallIntegerField()
    aim = models.CharField(max_length=500)
    class_hours = models.PositiveSmallIntegerField()
    seats = models.PositiveIntegerField()
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        db_table = "workforce_plan"
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="workforce_one_plan_a_year")]
        indexes = [models.Index(fields=["year"], name="workforce_plan_by_year")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year}"


class Course(models.Model):
    """What is taught, by whom. `region` is the level that organises it; `organiser` names another organiser; `cost`: what it has cost so far."""

    number = models.CharField(max_length=60, unique=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="courses", db_index=False)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    organiser = models.CharField(max_length=120, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    pack_version = models.CharField(max_length=80)

    class Meta:
        db_table = "workforce_course"
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="workforce_course_has_title")]
        indexes = [
            models.Index(fields=["region", "year"], name="workforce_course_by_place"),
            models.Index(fields=["year", "kind"], name="workforce_course_by_kind"),
        ]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """One meeting of a course. The trainer shows the PIN, which counts on that day alone."""

    number = models.CharField(max_length=60, unique=True)
    course = models.ForeignKey("workforce.Course", models.PROTECT, related_name="sessions", db_index=False)
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=120)
    trainer = models.CharField(max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField()
    pin = models.CharField(max_length=6)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "workforce_session"
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=LONGEST_SESSION), name="workforce_session_takes_time"),
            models.UniqueConstraint(fields=["held_on", "pin"], name="workforce_pin_names_one_session"),
        ]
        indexes = [models.Index(fields=["course", "held_on"], name="workforce_session_by_course")]

    def __str__(self) -> str:
        return self.number


class Attendance(models.Model):
    """One person at one session. What was entered by mistake is withdrawn, with the reason, and counts nowhere."""

    session = models.ForeignKey("workforce.Session", models.PROTECT, related_name="attendances", db_index=False)
    worker = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="attendances", db_index=False)
    proof = models.CharField(max_length=8, choices=Proof)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "workforce_attendance"
        constraints = [
            models.UniqueConstraint(fields=["session", "worker"], condition=Q(withdrawn_reason=""), name="workforce_present_once"),
        ]
        indexes = [models.Index(fields=["worker", "session"], name="workforce_attendance_by_worker")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.worker_id}"
