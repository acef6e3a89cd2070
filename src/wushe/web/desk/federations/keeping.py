"""The steps of a federation, one form each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.kernel.steps import refuse_withdrawn
from wushe.organisations import actions
from wushe.organisations.models import Membership, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import federation_by_number, membership_of, organisations_in
from wushe.organisations.rules import refuse_no_federation, refuse_past_member, refuse_vacated
from wushe.policies.queries import policy_for
from wushe.web.common import words
from wushe.web.common.access import permission, require_here, require_open
from wushe.web.common.forms import Form, attempt, typed
from wushe.web.desk.federations.forms import (
    AdmitMemberForm,
    CommentOnMemberForm,
    EndMembershipForm,
    FederationDutyForm,
    FillBoardSeatForm,
    PeerReviewForm,
    RecordPledgeForm,
    VacateBoardSeatForm,
    WithdrawForm,
)
from wushe.web.desk.navigation import lead_back


@permission(Permission.ADMIT_MEMBER)
def admit_member(request: Any, number: str) -> HttpResponse:
    """Somebody joins."""
    row = _federation(request, number)
    kinds = policy_for(row.region, request.on).codes("federation_member_kinds")
    joined = row.memberships.running(request.on).filter(organisation__isnull=False).values("organisation")
    inside = organisations_in(row.region, request.on).exclude(pk=row.pk).exclude(pk__in=joined)
    form = AdmitMemberForm(typed(request), kinds=kinds, organisations=inside, initial={"joined_on": request.on})
    return _step(
        request,
        row,
        "admit_member",
        form,
        lambda: actions.admit_member(federation=row, draft=form.to_draft(), by=request.user, at=request.at),
    )


@permission(Permission.FILL_BOARD_SEAT)
def fill_board_seat(request: Any, number: str) -> HttpResponse:
    """Somebody takes a seat on the board."""
    row = _federation(request, number)
    members = row.memberships.running(request.on).order_by("name")
    form = FillBoardSeatForm(typed(request), members=members, initial={"seated_on": request.on})
    return _step(
        request,
        row,
        "fill_board_seat",
        form,
        lambda: actions.fill_board_seat(federation=row, draft=form.to_draft(), by=request.user, at=request.at),
    )


@permission(Permission.VACATE_BOARD_SEAT)
def vacate_board_seat(request: Any, number: str, seat: int) -> HttpResponse:
    """Somebody leaves the board."""
    row = _federation(request, number)
    found = row.board.select_related("federation").filter(pk=seat).first()
    if found is None:
        raise NotFound(kind="seat", number=str(seat))
    require_open(request, refuse_vacated, found)
    form = VacateBoardSeatForm(typed(request), initial={"vacated_on": request.on})
    return _step(
        request,
        row,
        "vacate_board_seat",
        form,
        lambda: actions.vacate_board_seat(seat=found, **form.cleaned_data, by=request.user, at=request.at),
        who=found.person,
    )


@permission(Permission.END_MEMBERSHIP)
def end_membership(request: Any, number: str, member: int) -> HttpResponse:
    """A member leaves."""
    row, found = _member(request, number, member)
    require_open(request, refuse_past_member, found)
    form = EndMembershipForm(typed(request), initial={"left_on": request.on})
    return _step(
        request,
        row,
        "end_membership",
        form,
        lambda: actions.end_membership(membership=found, **form.cleaned_data, by=request.user, at=request.at),
        who=found.name,
    )


@permission(Permission.RECORD_PLEDGE)
def record_pledge(request: Any, number: str, member: int) -> HttpResponse:
    """A member promises something."""
    row, found = _member(request, number, member)
    require_open(request, refuse_past_member, found)
    form = RecordPledgeForm(typed(request), initial={"pledged_on": request.on})
    return _step(
        request,
        row,
        "record_pledge",
        form,
        lambda: actions.record_pledge(membership=found, **form.cleaned_data, by=request.user, at=request.at),
        who=found.name,
    )


@permission(Permission.RECORD_PEER_REVIEW)
def record_peer_review(request: Any, number: str, member: int) -> HttpResponse:
    """Another member has looked at this one."""
    row, found = _member(request, number, member)
    require_open(request, refuse_past_member, found)
    peers = row.memberships.running(request.on).exclude(pk=found.pk).order_by("name")
    form = PeerReviewForm(typed(request), peers=peers, initial={"reviewed_on": request.on})
    return _step(
        request,
        row,
        "record_peer_review",
        form,
        lambda: actions.record_peer_review(membership=found, **form.cleaned_data, by=request.user, at=request.at),
        who=found.name,
    )


@permission(Permission.WITHDRAW_PEER_REVIEW)
def withdraw_peer_review(request: Any, number: str, member: int, review: int) -> HttpResponse:
    """A peer review that was recorded by mistake is taken back."""
    row, found = _member(request, number, member)
    taken = found.peer_reviews.select_related("membership__federation", "reviewer").filter(pk=review).first()
    if taken is None:
        raise NotFound(kind="peer_review", number=str(review))
    require_open(request, refuse_withdrawn, "withdraw_peer_review", taken.withdrawn_on)
    form = WithdrawForm(typed(request))
    return _step(
        request,
        row,
        "withdraw_peer_review",
        form,
        lambda: actions.withdraw_peer_review(review=taken, **form.cleaned_data, by=request.user, at=request.at),
        who=f"{found.name} · {taken.text}",
    )


@permission(Permission.COMMENT_ON_MEMBER)
def comment_on_member(request: Any, number: str, member: int) -> HttpResponse:
    """The federation says something of a member."""
    row, found = _member(request, number, member)
    require_open(request, refuse_past_member, found)
    form = CommentOnMemberForm(typed(request))
    return _step(
        request,
        row,
        "comment_on_member",
        form,
        lambda: actions.comment_on_member(membership=found, **form.cleaned_data, by=request.user, at=request.at),
        who=found.name,
    )


@permission(Permission.RECORD_FEDERATION_DUTY)
def record_federation_duty(request: Any, number: str) -> HttpResponse:
    """The federation did something for one of its duties."""
    row = _federation(request, number)
    duties = policy_for(row.region, request.on).codes("federation_duties")
    form = FederationDutyForm(typed(request), duties=duties, initial={"done_on": request.on, "duty": request.GET.get("duty", "")})
    return _step(
        request,
        row,
        "record_federation_duty",
        form,
        lambda: actions.record_federation_duty(federation=row, **form.cleaned_data, by=request.user, at=request.at),
    )


@permission(Permission.WITHDRAW_FEDERATION_DUTY)
def withdraw_federation_duty(request: Any, number: str, duty: int) -> HttpResponse:
    """What was recorded by mistake is taken back."""
    row = _federation(request, number)
    found = row.duties_done.select_related("federation").filter(pk=duty).first()
    if found is None:
        raise NotFound(kind="duty", number=str(duty))
    require_open(request, refuse_withdrawn, "withdraw_federation_duty", found.withdrawn_on)
    form = WithdrawForm(typed(request))
    return _step(
        request,
        row,
        "withdraw_federation_duty",
        form,
        lambda: actions.withdraw_federation_duty(row=found, **form.cleaned_data, by=request.user, at=request.at),
        who=found.text,
    )


def _federation(request: Any, number: str) -> Organisation:
    row = federation_by_number(number, user=request.user, at=request.at)
    require_here(request, region=row.region, body_id=row.body_id)
    require_open(request, refuse_no_federation, row, request.on)
    return row


def _member(request: Any, number: str, member: int) -> tuple[Organisation, Membership]:
    row = _federation(request, number)
    return row, membership_of(row, member)


def _step(request: Any, row: Organisation, step: str, form: Form, take: Callable[[], object], *, who: str = "") -> HttpResponse:
    if request.method == "POST" and form.is_valid() and attempt(form, take) is not None:
        messages.success(request, _("Saved."))
        return redirect("desk:federations:detail", row.number)
    lead_back(request, reverse("desk:federations:detail", args=[row.number]), row.name)
    context = {"form": form, "federation": row, "title": words.step(step), "who": who}
    return render(request, "desk/federations/step.html", context, status=422 if form.errors else 200)
