from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests import stories
from tests.projects.actions.test_designing import steps_waiting
from tests.stations.factories import PROFILE, make_station
from wushe.kernel.encryption import decrypt
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.projects.states import ProjectState
from wushe.services.actions import (
    ContributionDraft,
    PersonDraft,
    enter_station,
    finish_delivery,
    record_activity,
    set_room_end,
    void_activity,
)
from wushe.services.actions.delivering import NAME
from wushe.services.errors import (
    ActivityOutsidePeriod,
    AlreadyVoid,
    ContributionEmpty,
    EntryInFuture,
    NobodyTookPart,
    NotInDelivery,
    PersonTwice,
    PlaceElsewhere,
    RoomEndsTooEarly,
    RoomNotFree,
    StationElsewhere,
)
from wushe.services.models import ActivityKind, Attendance, Society
from wushe.stations.actions import close_station
from wushe.stations.errors import StationClosed


def enter(cast, project, **other):
    return enter_station(project_id=project.pk, draft=stories.entry_draft(cast, **other), by=cast.managers[0], at=stories.ENTERED)


def test_the_agency_enters_with_a_named_professional(cast):
    project = stories.contracted(cast)
    entry = enter(cast, project, professional=" 赵敏 ")
    assert (entry.professional, entry.station, stories.fresh(project).state) == ("赵敏", cast.station, ProjectState.DELIVERING)
    assert steps_waiting(project) == {"request_payment", "supervise_project", "finish_delivery"}
    with pytest.raises(StepNotAllowed):
        enter(cast, project)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"professional": " "}, FieldRequired),
        ({"certificate": ""}, FieldRequired),
        ({"entered_on": date(2026, 5, 8)}, EntryInFuture),
        ({"room_until": date(2026, 5, 6)}, RoomEndsTooEarly),
    ],
)
def test_an_entry_that_cannot_be_is_refused(cast, change, refusal):
    project = stories.contracted(cast)
    with pytest.raises(refusal):
        enter(cast, project, **change)


def test_a_free_room_ends_with_the_agreement_or_on_the_day_that_is_said(cast):
    project = stories.contracted(cast)
    assert enter(cast, project).room_until == project.agreement.ends_on
    given = {"project_id": project.pk, "until": date(2026, 8, 31), "at": stories.HELD}
    with pytest.raises(NotPermitted):
        set_room_end(**given, by=cast.managers[0])
    with pytest.raises(RoomEndsTooEarly):
        set_room_end(**given | {"until": date(2026, 5, 6)}, by=cast.head)
    assert set_room_end(**given, by=cast.head).room_until == date(2026, 8, 31)


def test_a_room_that_is_paid_for_has_no_free_days(cast):
    project = stories.contracted(cast)
    given = {"project_id": project.pk, "until": date(2026, 8, 31), "by": cast.head, "at": stories.HELD}
    with pytest.raises(NotInDelivery):
        set_room_end(**given)
    assert enter(cast, project, room_is_free=False).room_until is None
    with pytest.raises(RoomNotFree):
        set_room_end(**given)


def test_the_station_serves_the_place_and_is_open(cast):
    project = stories.contracted(cast)
    other = make_station(cast.reviewer, cast.county.other_town, profile=replace(PROFILE, name="石桥镇社会工作服务站"))
    with pytest.raises(StationElsewhere):
        enter(cast, project, station=other)
    closed = close_station(station=cast.station, closed_on=date(2026, 5, 1), reason="搬迁", by=cast.reviewer, at=stories.ENTERED)
    with pytest.raises(StationClosed):
        enter(cast, project, station=closed)
    county = make_station(cast.reviewer, cast.county.county, profile=replace(PROFILE, name="县总站"))
    enter(cast, project, station=county)


def test_a_record_keeps_who_was_there_and_shows_no_name(cast):
    project = stories.delivering(cast)
    activity = stories.held(cast, project, need=project.project_needs.get().need)
    names = {decrypt(row.name, context=NAME) for row in activity.attendances.all()}
    assert (activity.counted, names) == (10, {"王秀英", "李桂兰"})
    assert [(row.society, row.persons, row.hours) for row in activity.contributions.all()] == [("volunteer", 3, 6)]
    assert "王秀英".encode() not in b"".join(bytes(row.name) for row in Attendance.objects.all())


def test_a_visit_has_an_address_that_only_its_hash_tells(cast):
    project = stories.delivering(cast)
    visits = [
        stories.held(cast, project, kind=ActivityKind.VISIT, address=address) for address in ("东风路 12号", "东风路12号", "东风路13号")
    ]
    assert [visit.household == visits[0].household for visit in visits] == [True, True, False]
    assert "东风路" not in visits[0].household


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"kind": "party"}, FieldRequired),
        ({"title": " "}, FieldRequired),
        ({"kind": ActivityKind.VISIT}, FieldRequired),
        ({"persons": (PersonDraft(" "),)}, FieldRequired),
        ({"persons": (), "counted": 0}, NobodyTookPart),
        ({"counted": -1}, NobodyTookPart),
        ({"persons": (PersonDraft("李桂兰"), PersonDraft("李 桂兰"))}, PersonTwice),
        ({"contributions": (ContributionDraft(Society.RESOURCE, "超市"),)}, ContributionEmpty),
        ({"contributions": (ContributionDraft(Society.RESOURCE, "超市", persons=1, value=Decimal(-1)),)}, ContributionEmpty),
        ({"held_on": date(2026, 4, 30)}, ActivityOutsidePeriod),
        ({"held_on": date(2026, 6, 2)}, ActivityOutsidePeriod),
    ],
)
def test_a_record_that_cannot_be_is_refused(cast, change, refusal):
    project = stories.delivering(cast)
    with pytest.raises(refusal):
        stories.held(cast, project, **change)


def test_place_and_need_are_the_projects_own(cast):
    project = stories.delivering(cast)
    with pytest.raises(PlaceElsewhere):
        stories.held(cast, project, region=cast.county.village)
    with pytest.raises(NotFound):
        stories.held(cast, project, need=stories.reported_need(cast, phone="13800138009").need)


def test_records_belong_to_the_time_of_delivery(cast):
    project = stories.funded(cast)
    with pytest.raises(NotInDelivery):
        stories.held(cast, project)


def test_a_wrong_record_is_struck_out_once_with_a_reason(cast):
    project = stories.delivering(cast)
    activity = stories.held(cast, project)

    def strike(reason):
        return void_activity(activity_id=activity.pk, reason=reason, by=cast.managers[0], at=stories.HELD)

    with pytest.raises(FieldRequired):
        strike(" ")
    assert strike("重复登记").void_reason == "重复登记"
    with pytest.raises(AlreadyVoid):
        strike("重复登记")


def test_nothing_is_struck_out_after_delivery(cast):
    project = stories.delivering(cast)
    activity = stories.held(cast, project)
    finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)
    with pytest.raises(NotInDelivery):
        void_activity(activity_id=activity.pk, reason="重复登记", by=cast.managers[0], at=stories.FINISHED)


def test_the_end_of_delivery_asks_for_evaluation_and_voices(cast):
    project = stories.finished(cast)
    assert project.state == ProjectState.IN_ACCEPTANCE
    assert {"appoint_evaluator", "open_satisfaction"} <= steps_waiting(project)
    with pytest.raises(StepNotAllowed):
        finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)


def test_without_an_agreement_no_agency_may(cast):
    project = stories.awarded(cast)
    with pytest.raises(NotPermitted):
        record_activity(project_id=project.pk, draft=stories.activity_draft(cast), by=cast.managers[0], at=stories.HELD)
