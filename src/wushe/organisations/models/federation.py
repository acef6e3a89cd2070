"""A federation is an organisation of that kind: who belongs to it, who leads it, what they promise one another."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User
from wushe.organisations.models.organisation import Organisation


class MembershipQuerySet(models.QuerySet["Membership"]):
    def running(self, on: date) -> Self:
        """Members on the day."""
        return self.filter(Q(joined_on__lte=on) & (Q(left_on__isnull=True) | Q(left_on__gt=on)))


class Membership(models.Model):
    """An organisation in a federation, half-open days. `kind` is a code of the pack's list `federation_member_kinds`.

    Mass organisations and others without an entry in the register are named only.
    """

    federation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", db_index=False)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="joined")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    leaving_reason = models.CharField(max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        db_table = "organisations_membership"
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "organisation"], condition=Q(left_on__isnull=True), name="organisations_joined_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["federation", "name"], condition=Q(left_on__isnull=True), name="organisations_member_named_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, leaving_reason="") | (Q(left_on__gt=F("joined_on")) & ~Q(leaving_reason="")),
                name="organisations_leaving_has_reason",
            ),
            models.CheckConstraint(condition=~Q(organisation=F("federation")), name="organisations_federation_is_not_its_own_member"),
        ]
        indexes = [models.Index(fields=["federation", "kind", "name"], name="organisations_members_by_kind")]

    def __str__(self) -> str:
        return self.name


class BoardSeat(models.Model):
    """A seat on the board of a federation, half-open days."""

    federation = models.ForeignKey(Organisation, models.PROTECT, related_name="board")
    person = models.CharField(max_length=60)
    position = models.CharField(max_length=60)
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="seats")
    seated_on = models.DateField()
    vacated_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "organisations_boardseat"
        constraints = [
            models.CheckConstraint(
                condition=Q(vacated_on__isnull=True) | Q(vacated_on__gt=F("seated_on")), name="organisations_seat_vacated_after_filled"
            ),
            models.CheckConstraint(condition=~Q(person="") & ~Q(position=""), name="organisations_seat_names_person"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.person}"


class Pledge(models.Model):
    """What a member has promised the others: the self-discipline of the federation."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="pledges")
    text = models.CharField(max_length=500)
    pledged_on = models.DateField()

    class Meta:
        db_table = "organisations_pledge"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="organisations_pledge_says_what")]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.pledged_on}"


class MemberComment(models.Model):
    """What the federation says of a member's record. It is read beside the record and changes nothing in it."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="comments")
    text = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "organisations_membercomment"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="organisations_comment_says_something")]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.at}"


class PeerReviewQuerySet(models.QuerySet["PeerReview"]):
    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_on__isnull=True)


class PeerReview(models.Model):
    """What one member found when it looked at another: whether it keeps to what the members promised, and what was seen.

    One that was recorded by mistake is withdrawn with a reason: it stays to be read and counts no more.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="peer_reviews", db_index=False)
    reviewer = models.ForeignKey(Membership, models.PROTECT, related_name="reviews_of_others")
    reviewed_on = models.DateField()
    keeps = models.BooleanField()
    text = models.CharField(max_length=300)
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = PeerReviewQuerySet.as_manager()

    class Meta:
        db_table = "organisations_peerreview"
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "reviewer", "reviewed_on"],
                condition=Q(withdrawn_on__isnull=True),
                name="organisations_reviewed_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, reason="") | (Q(withdrawn_on__isnull=False) & ~Q(reason="")),
                name="organisations_withdrawn_peer_review_has_reason",
            ),
            models.CheckConstraint(condition=~Q(reviewer=F("membership")), name="organisations_nobody_reviews_itself"),
            models.CheckConstraint(condition=~Q(text=""), name="organisations_peer_review_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.membership_id} {self.reviewed_on}"


class FederationDuty(models.Model):
    """What a federation did for one of its duties, a code of the pack's list `federation_duties`, and what shows it."""

    federation = models.ForeignKey(Organisation, models.PROTECT, related_name="duties_done")
    duty = models.CharField(max_length=40)
    done_on = models.DateField()
    text = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    pack_version = models.CharField(max_length=80)
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "organisations_federationduty"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="organisations_duty_says_what_was_done"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, reason="") | (Q(withdrawn_on__isnull=False) & ~Q(reason="")),
                name="organisations_withdrawn_duty_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.federation_id} {self.duty} {self.done_on}"
