from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When

from wushe.kernel.words import pair_index
from wushe.organisations.states import State


class Kind(models.TextChoices):
    """The kinds that rules name. The pack's list `organisation_kinds` holds these and all others."""

    AGENCY = "agency"
    COMMUNITY_ORGANISATION = "community_organisation"
    FEDERATION = "federation"
    HUB = "hub"
    EVALUATOR = "evaluator"
    STATIONED_UNIT = "stationed_unit"
    SELF_GOVERNING = "self_governing"


# work here too and are no social organisations: no number of organisations counts them, and none of them is filed
OTHER_KINDS = (Kind.EVALUATOR, Kind.STATIONED_UNIT, Kind.SELF_GOVERNING)


class PurposeClass(models.TextChoices):
    """What a community organisation is for; targets ask for the share of the first three."""

    SERVICE = "service"
    PUBLIC_BENEFIT = "public_benefit"
    MUTUAL_HELP = "mutual_help"
    CULTURE = "culture"
    OTHER = "other"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def living(self, on: date) -> Self:
        """Founded by the day and not struck off by then."""
        return self.filter(Q(founded_on__lte=on) & (Q(deregistered_on__isnull=True) | Q(deregistered_on__gt=on)))

    def societies(self) -> Self:
        """Social organisations: without evaluators, units of the area and self-governing bodies."""
        return self.exclude(kind__in=OTHER_KINDS)

    def registered(self, on: date) -> Self:
        """Legal persons on the day."""
        return self.living(on).filter(registered_on__lte=on)

    def standing(self, on: date) -> Self:
        """Filed or registered on the day. By the days and not by the state, of whose values the database keeps no statistics."""
        filed = Q(filed_on__lte=on) & (Q(filed_until__isnull=True) | Q(filed_until__gt=on))
        return self.living(on).filter(filed | Q(registered_on__lte=on))

    def with_state(self, on: date) -> Self:
        """Annotated with `state`, the state on the day."""
        return self.annotate(
            state=Case(
                When(deregistered_on__lte=on, then=Value(State.DEREGISTERED.value)),
                When(registered_on__lte=on, then=Value(State.REGISTERED.value)),
                When(filed_until__lte=on, then=Value(State.LAPSED.value)),
                When(filed_on__lte=on, then=Value(State.FILED.value)),
                When(preparing_on__lte=on, then=Value(State.PREPARING.value)),
                default=Value(State.GROUP.value),
                output_field=models.CharField(),
            )
        )


class Organisation(models.Model):
    """One of the organisations that work here. Its posts sit at its body; its name and seat are kept on both for lists.

    `grown_from` is the kind of the team that became a community organisation when it was filed.
    """

    number = models.CharField(max_length=60, unique=True)
    body = models.OneToOneField("accounts.Body", models.PROTECT, related_name="organisation")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    grown_from = models.CharField(max_length=40, blank=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="organisations")
    purpose_class = models.CharField(max_length=20, choices=PurposeClass)
    scheme_category = models.CharField(max_length=40, blank=True)
    service_fields = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    client_groups = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    uscc = models.CharField(max_length=18, blank=True)
    founded_on = models.DateField()
    preparing_on = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    filed_until = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    deregistered_on = models.DateField(null=True, blank=True)
    deregistration_reason = models.CharField(max_length=300, blank=True)
    purpose_evidence = models.CharField(max_length=200, blank=True)
    professionals = models.PositiveIntegerField(null=True, blank=True)
    professionals_as_of = models.DateField(null=True, blank=True)
    professionals_evidence = models.CharField(max_length=300, blank=True)
    party_organisation = models.BooleanField(default=False)
    party_members = models.PositiveIntegerField(null=True, blank=True)
    party_evidence = models.CharField(max_length=120, blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)
    has_charter = models.BooleanField(null=True, blank=True)
    has_head = models.BooleanField(null=True, blank=True)
    premises = models.CharField(max_length=120, blank=True)
    funds = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    staff = models.PositiveSmallIntegerField(null=True, blank=True)
    accountant_certificate = models.CharField(max_length=60, blank=True)
    accountant_until = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        db_table = "organisations_organisation"
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=Q(deregistered_on__isnull=True) & ~Q(uscc=""),
                name="organisations_one_living_organisation_per_uscc",
            ),
            models.CheckConstraint(condition=Q(registered_on__isnull=True) | ~Q(uscc=""), name="organisations_registered_has_uscc"),
            models.CheckConstraint(
                condition=Q(uscc="") | Q(uscc__regex=r"^[0-9A-HJ-NP-RTUWXY]{18}$"), name="organisations_uscc_is_well_formed"
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True) | Q(filed_on__gte=F("founded_on")), name="organisations_filed_after_founding"
            ),
            models.CheckConstraint(
                condition=Q(preparing_on__isnull=True)
                | (Q(preparing_on__gte=F("founded_on")) & (Q(filed_on__isnull=True) | Q(filed_on__gte=F("preparing_on")))),
                name="organisations_preparing_before_filing",
            ),
            models.CheckConstraint(
                condition=Q(filed_until__isnull=True) | Q(filed_until__gt=F("filed_on")), name="organisations_filing_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(funds__isnull=True) | Q(funds__gte=0), name="organisations_funds_are_not_negative"),
            models.CheckConstraint(
                condition=Q(accountant_until__isnull=True) | ~Q(accountant_certificate=""), name="organisations_accountant_has_certificate"
            ),
            models.CheckConstraint(
                condition=Q(party_members__isnull=True) | Q(members__isnull=True) | Q(party_members__lte=F("members")),
                name="organisations_party_members_are_members",
            ),
            models.CheckConstraint(
                condition=Q(registered_on__isnull=True)
                | (Q(registered_on__gte=F("founded_on")) & (Q(filed_on__isnull=True) | Q(registered_on__gte=F("filed_on")))),
                name="organisations_registered_after_filing",
            ),
            models.CheckConstraint(
                condition=Q(deregistered_on__isnull=True)
                | (
                    Q(deregistered_on__gt=F("founded_on"))
                    & (Q(filed_on__isnull=True) | Q(deregistered_on__gt=F("filed_on")))
                    & (Q(registered_on__isnull=True) | Q(deregistered_on__gt=F("registered_on")))
                ),
                name="organisations_deregistered_last",
            ),
            models.CheckConstraint(
                condition=Q(professionals__isnull=True, professionals_as_of__isnull=True, professionals_evidence="")
                | (Q(professionals__isnull=False, professionals_as_of__isnull=False) & ~Q(professionals_evidence="")),
                name="organisations_professionals_have_day_and_evidence",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "kind"], name="organisations_by_region"),
            models.Index(fields=["kind", "registered_on"], name="organisations_by_kind"),
            models.Index(fields=["name", "id"], name="organisations_by_name"),
            models.Index(fields=["filed_until"], condition=Q(filed_until__isnull=False), name="organisations_by_end_of_filing"),
            models.Index(fields=["region", "premises"], condition=~Q(premises=""), name="organisations_by_premises"),
            pair_index("name", "organisations_by_name_pairs"),
            models.Index(fields=["uscc"], condition=~Q(uscc=""), name="organisations_by_uscc"),
            GinIndex(fields=["service_fields"], name="organisations_by_field"),
            GinIndex(fields=["client_groups"], name="organisations_by_group"),
        ]

    def __str__(self) -> str:
        return self.name
