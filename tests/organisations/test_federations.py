"""A federation of a street: who is in, who leads it, what they promise, and a manager who sees and comments and edits nothing."""

from dataclasses import replace
from datetime import date

import pytest

from tests.accounts.factories import make_holder
from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.actions import MembershipDraft, SeatDraft
from wushe.organisations.errors import (
    AlreadyMember,
    DatesOutOfOrder,
    DayInFuture,
    MemberElsewhere,
    MembershipEnded,
    NotAFederation,
    NotAPeer,
    PeerReviewed,
    SeatVacated,
)
from wushe.organisations.models import Kind, Membership
from wushe.organisations.queries import coverage, federation_by_number, joined_federations, named_kinds
from wushe.policies.errors import UnknownCode
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

LEAGUE = MembershipDraft("youth_league", ON, "明德街道团委")
TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}


@pytest.fixture
def offices():
    return make_offices()


@pytest.fixture
def federation(offices):
    other = {"uscc": "", "registered_on": None, "filed_on": date(2024, 5, 1)}
    return make_organisation(offices.reviewer, offices.county.town, kind=Kind.FEDERATION, name="明德街道社区社会组织联合会", **other)


@pytest.fixture
def manager(federation):
    return make_holder("federation_manager", body=federation.body, username="manager")


def admit(offices, federation, draft=LEAGUE):
    return actions.admit_member(federation=federation, draft=draft, by=offices.head, at=AT)


def test_members_of_the_register_and_others_are_admitted(offices, federation):
    team = make_organisation(offices.reviewer, offices.county.communities[0], name="东风志愿队", **TEAM)
    admit(offices, federation)
    admit(offices, federation, MembershipDraft("community_organisation", ON, organisation=team))
    assert [(one.kind, one.name) for one in federation.memberships.order_by("pk")] == [
        ("youth_league", "明德街道团委"),
        ("community_organisation", "东风志愿队"),
    ]
    assert [one.federation for one in joined_federations(team)] == [federation]
    assert Entry.objects.filter(verb="organisations.member_admitted").count() == 2


def test_who_was_struck_off_does_not_join(offices, federation):
    over = make_organisation(offices.reviewer, offices.county.communities[0], name="东风志愿队", **TEAM)
    actions.deregister_organisation(organisation=over, deregistered_on=ON, reason="解散", by=offices.reviewer, at=AT)
    with pytest.raises(StepNotAllowed):
        admit(offices, federation, MembershipDraft("community_organisation", ON, organisation=over))


def test_who_may_not_join(offices, federation):
    admit(offices, federation)
    far = make_organisation(offices.reviewer, offices.county.village, name="柳树秧歌队", **TEAM)
    later = date(2026, 3, 3)
    refused = {
        AlreadyMember: LEAGUE,
        FieldRequired: MembershipDraft("trade_union", ON, " "),
        UnknownCode: MembershipDraft("nobody", ON, "某会"),
        DayInFuture: MembershipDraft("trade_union", later, "街道工会"),
        DatesOutOfOrder: MembershipDraft("trade_union", date(2019, 1, 1), "街道工会"),
        MemberElsewhere: MembershipDraft("community_organisation", ON, organisation=far),
    }
    for error, draft in refused.items():
        with pytest.raises(error):
            admit(offices, federation, draft)
    with pytest.raises(NotAFederation):
        admit(offices, far.__class__.objects.get(pk=make_organisation(offices.reviewer, offices.county.town).pk))
    for person in (offices.stranger, offices.community, offices.reviewer):
        with pytest.raises(NotPermitted):
            actions.admit_member(federation=federation, draft=LEAGUE, by=person, at=AT)


def test_a_member_leaves_and_may_come_back(offices, federation):
    member = admit(offices, federation, MembershipDraft("youth_league", date(2026, 2, 1), "明德街道团委"))
    told = {"membership": member, "by": offices.head, "at": AT}
    with pytest.raises(FieldRequired):
        actions.end_membership(left_on=ON, reason=" ", **told)
    with pytest.raises(DatesOutOfOrder):
        actions.end_membership(left_on=date(2026, 2, 1), reason="改组", **told)
    actions.end_membership(left_on=ON, reason="改组", **told)
    with pytest.raises(MembershipEnded):
        actions.end_membership(left_on=ON, reason="改组", **told)
    with pytest.raises(MembershipEnded):
        actions.record_pledge(membership=member, text="不摊派", pledged_on=ON, by=offices.head, at=AT)
    assert not Membership.objects.running(ON).exists()
    admit(offices, federation)
    assert Membership.objects.running(ON).count() == 1


def test_seats_are_filled_and_vacated(offices, federation):
    member = admit(offices, federation)
    draft = SeatDraft("周明", "会长", date(2026, 2, 1), member)
    told = {"by": offices.head, "at": AT}
    with pytest.raises(FieldRequired):
        actions.fill_board_seat(federation=federation, draft=SeatDraft("周明", "", ON), **told)
    seat = actions.fill_board_seat(federation=federation, draft=draft, **told)
    with pytest.raises(DatesOutOfOrder):
        actions.vacate_board_seat(seat=seat, vacated_on=date(2026, 2, 1), **told)
    actions.vacate_board_seat(seat=seat, vacated_on=ON, **told)
    with pytest.raises(SeatVacated):
        actions.vacate_board_seat(seat=seat, vacated_on=ON, **told)


def test_a_member_that_was_renamed_since_does_not_join_twice(offices, federation):
    team = make_organisation(offices.reviewer, offices.county.communities[0], name="东风志愿队", **TEAM)
    draft = MembershipDraft("community_organisation", ON, organisation=team)
    admit(offices, federation, draft)
    renamed = replace(actions.profile_of(team), name="东风志愿服务队")
    actions.update_organisation(organisation=team, profile=renamed, by=offices.reviewer, at=AT)
    team.refresh_from_db()
    with pytest.raises(AlreadyMember) as refused:
        admit(offices, federation, draft)
    assert refused.value.name == "东风志愿队"


def test_members_review_each_other(offices, federation, manager):
    one = admit(offices, federation)
    two = admit(offices, federation, MembershipDraft("trade_union", ON, "街道工会"))
    told = {"reviewed_on": ON, "keeps": True, "text": "经费公开及时", "by": manager, "at": AT}
    review = actions.record_peer_review(membership=one, reviewer=two, **told)
    assert (list(one.peer_reviews.all()), review.reviewer, review.keeps) == ([review], two, True)
    assert Entry.objects.get(verb="organisations.peer_review_recorded").data == {"member": one.name, "reviewer": two.name}
    with pytest.raises(PeerReviewed):
        actions.record_peer_review(membership=one, reviewer=two, **told)
    with pytest.raises(NotAPeer):
        actions.record_peer_review(membership=one, reviewer=one, **told)
    town = {"uscc": "", "registered_on": None, "filed_on": date(2024, 5, 1)}
    other = make_organisation(offices.reviewer, offices.county.other_town, kind=Kind.FEDERATION, name="石桥镇联合会", **town)
    elsewhere = Membership.objects.create(federation=other, kind="charity", name="石桥慈善协会", joined_on=ON)
    with pytest.raises(NotAPeer):
        actions.record_peer_review(membership=one, reviewer=elsewhere, **told)
    for error, change in (
        (FieldRequired, {"text": " "}),
        (DatesOutOfOrder, {"reviewed_on": date(2026, 1, 1)}),
        (DayInFuture, {"reviewed_on": date(2026, 3, 3)}),
        (NotPermitted, {"by": offices.stranger}),
    ):
        with pytest.raises(error):
            actions.record_peer_review(membership=two, reviewer=one, **told | change)
    left = admit(offices, federation, MembershipDraft("charity", date(2026, 2, 1), "街道慈善协会"))
    actions.end_membership(membership=left, left_on=ON, reason="改组", by=offices.head, at=AT)
    with pytest.raises(MembershipEnded):
        actions.record_peer_review(membership=one, reviewer=left, **told)


def test_the_manager_sees_and_comments_and_edits_nothing_else(offices, federation, manager):
    member = admit(offices, federation)
    told = {"by": manager, "at": AT}
    assert federation_by_number(federation.number, user=manager, at=AT) == federation
    with pytest.raises(FieldRequired):
        actions.comment_on_member(membership=member, text=" ", **told)
    actions.comment_on_member(membership=member, text="按时参加例会", **told)
    assert [(one.text, one.by) for one in member.comments.all()] == [("按时参加例会", manager)]
    edits = (
        lambda: actions.admit_member(federation=federation, draft=LEAGUE, **told),
        lambda: actions.end_membership(membership=member, left_on=ON, reason="改组", **told),
        lambda: actions.record_pledge(membership=member, text="不摊派", pledged_on=ON, **told),
        lambda: actions.fill_board_seat(federation=federation, draft=SeatDraft("周明", "会长", ON), **told),
        lambda: actions.deregister_organisation(organisation=federation, deregistered_on=ON, reason="解散", **told),
    )
    for edit in edits:
        with pytest.raises(NotPermitted):
            edit()
    with pytest.raises(NotPermitted):
        actions.comment_on_member(membership=member, text="好", by=offices.head, at=AT)


def test_the_manager_of_another_organisation_sees_nothing(offices, federation):
    team = make_organisation(offices.reviewer, offices.county.communities[0], name="东风志愿队", **TEAM)
    other = make_holder("federation_manager", body=team.body, username="other")
    with pytest.raises(NotFound):
        federation_by_number(federation.number, user=other, at=AT)
    with pytest.raises(NotPermitted):
        actions.comment_on_member(membership=admit(offices, federation), text="好", by=other, at=AT)


def test_the_report_says_which_of_the_nine_are_in(offices, federation):
    kinds = named_kinds(policy_for(offices.county.county, ON))
    assert len(kinds) == 9
    admit(offices, federation)
    admit(offices, federation, MembershipDraft("trade_union", ON, "街道工会"))
    street, town = coverage([offices.county.town, offices.county.other_town], kinds, ON)
    assert (street.federation, dict(street.members)) == (federation, {"trade_union": ("街道工会",), "youth_league": ("明德街道团委",)})
    assert (town.federation, town.members) == (None, {})


def test_a_federation_records_what_it_did_for_its_duties(offices):
    federation = make_organisation(offices.reviewer, offices.county.town, kind=Kind.FEDERATION, uscc="", registered_on=None)
    manager = make_holder("federation_manager", body=federation.body, username="duties")

    def do(by=manager, duty="in_station", done_on=ON, text="在社工站轮值接待"):
        return actions.record_federation_duty(federation=federation, duty=duty, done_on=done_on, text=text, by=by, at=AT)

    row = do()
    assert (row.duty, row.withdrawn_on) == ("in_station", None)
    do(by=offices.head)
    for change, refusal in (
        ({"duty": "magic"}, UnknownCode),
        ({"text": " "}, FieldRequired),
        ({"done_on": date(2999, 1, 1)}, DayInFuture),
        ({"by": offices.stranger}, NotPermitted),
    ):
        with pytest.raises(refusal):
            do(**change)
    actions.withdraw_federation_duty(row=row, reason="日期有误", by=manager, at=AT)
    with pytest.raises(StepNotAllowed):
        actions.withdraw_federation_duty(row=row, reason="日期有误", by=manager, at=AT)


def test_a_peer_review_is_taken_back_with_a_reason_and_counts_no_more(offices, federation, manager):
    one, two = admit(offices, federation), admit(offices, federation, MembershipDraft("trade_union", ON, "街道工会"))
    told = {"reviewed_on": ON, "keeps": True, "text": "经费公开及时", "by": manager, "at": AT}
    review = actions.record_peer_review(membership=one, reviewer=two, **told)

    def withdraw(by=manager, reason="录错了会员"):
        return actions.withdraw_peer_review(review=review, reason=reason, by=by, at=AT)

    for change, refusal in (({"reason": " "}, FieldRequired), ({"by": offices.stranger}, NotPermitted)):
        with pytest.raises(refusal):
            withdraw(**change)
    withdraw()
    with pytest.raises(StepNotAllowed):
        withdraw()
    assert (list(one.peer_reviews.standing()), one.peer_reviews.get().reason) == ([], "录错了会员")
    noted = Entry.objects.get(verb="organisations.peer_review_withdrawn").data
    assert noted == {"member": one.name, "reviewer": two.name, "reason": "录错了会员"}
    again = actions.record_peer_review(membership=one, reviewer=two, **told)
    assert list(one.peer_reviews.standing()) == [again]
