"""How people grow at their work: appraisals, mentors, studies."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User
from wushe.workforce.models.posting import DAYS
from wushe.workforce.models.training import LONGEST_SESSION


class Appraisal(models.Model):
    """What the party organisation and the committee of a place say to somebody who was trained, what they ask for, and what came of it."""

    number = models.CharField(max_length=60, unique=True)
    worker = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="appraisals", db_index=False)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="appraisals")
    held_on = models.DateField()
    host = models.CharField(max_length=40)
    comment = models.TextField()
    request = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    pack_version = models.CharField(max_length=80)

    class Meta:
        db_table = "workforce_appraisal"
        constraints = [
            models.UniqueConstraint(fields=["worker", "region", "held_on"], name="workforce_one_appraisal_a_day"),
            models.CheckConstraint(condition=~Q(comment=""), name="workforce_appraisal_says_something"),
            models.CheckConstraint(
                condition=Q(request="", due_on__isnull=True) | (~Q(request="") & Q(due_on__gte=F("held_on"))),
                name="workforce_request_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, outcome="") | (Q(done_on__gte=F("held_on")) & ~Q(outcome="") & ~Q(request="")),
                name="workforce_request_ends_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["worker", "-held_on"], name="workforce_last_appraisal")]

    def __str__(self) -> str:
        return self.number


class Pairing(models.Model):
    """A professional who guides somebody at work, in the half-open days [since, until)."""

    number = models.CharField(max_length=60, unique=True)
    mentor = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="pairings_as_mentor")
    apprentice = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="pairings_as_apprentice")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="pairings")
    aim = models.CharField(max_length=300)
    pack_version = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "workforce_pairing"
        constraints = [
            models.CheckConstraint(condition=~Q(mentor=F("apprentice")), name="workforce_nobody_guides_themselves"),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ending="") | (Q(until__gte=F("since")) & ~Q(ending="")),
                name="workforce_pairing_end_has_reason",
            ),
            ExclusionConstraint(
                name="workforce_paired_once",
                expressions=[("mentor", RangeOperators.EQUAL), ("apprentice", RangeOperators.EQUAL), DAYS],
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PairingSkill(models.Model):
    """A skill that the apprentice is to learn; `mastered_on` once the mentor has seen it."""

    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="skills", db_index=False)
    skill = models.CharField(max_length=40)
    mastered_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "workforce_pairingskill"
        constraints = [models.UniqueConstraint(fields=["pairing", "skill"], name="workforce_each_skill_once")]

    def __str__(self) -> str:
        return self.skill


class PairingSession(models.Model):
    """One meeting of a mentor and an apprentice."""

    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="sessions", db_index=False)
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=300)
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        db_table = "workforce_pairingsession"
        constraints = [
            models.UniqueConstraint(fields=["pairing", "held_on"], name="workforce_one_pairing_session_a_day"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=LONGEST_SESSION) & ~Q(subject=""), name="workforce_pairing_session_is_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.held_on}"


class Study(models.Model):
    """A degree that somebody studies for at work, with what they are paid towards it. One entered by mistake is withdrawn and counts no more."""

    worker = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="studies")
    school = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    education = models.CharField(max_length=40)
    began_on = models.DateField()
    subsidy = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    graduated = models.BooleanField(default=False)
    pack_version = models.CharField(max_length=80)
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "workforce_study"
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "education", "began_on"],
                condition=Q(withdrawn_on__isnull=True),
                name="workforce_one_study_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, reason="") | (Q(withdrawn_on__isnull=False) & ~Q(reason="")),
                name="workforce_withdrawn_study_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, graduated=False) | Q(ended_on__gt=F("began_on")), name="workforce_study_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(subsidy__isnull=True) | Q(subsidy__gte=0), name="workforce_subsidy_is_paid"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.school}"
