from uuid import UUID

import pytest

from tests import stories
from wushe.kernel.errors import NotFound
from wushe.needs.actions import record_verdict
from wushe.projects.actions import cancel_tender, publish_tender, revise_design, terminate_project
from wushe.projects.queries import (
    design_changes,
    earlier_projects_of,
    is_public,
    last_review,
    need_numbers,
    needs_of,
    needs_served_by,
    project_by_number,
    projects_in,
    projects_of_needs,
    published_projects,
    published_tenders,
)


def sees(cast, at=stories.BID):
    return {name for name, person in cast.everyone().items() if projects_in(person, at).exists()}


def test_a_draft_shows_itself_to_its_place_and_those_above(cast):
    stories.drafted(cast)
    assert sees(cast) == {"reviewer", "head", "worker", "finance", "auditor"}


def test_a_published_project_shows_itself_to_agencies_too_and_to_its_panel(cast):
    project = stories.tendering(cast)
    assert sees(cast) == {"reviewer", "head", "worker", "finance", "auditor", "manager", "other_manager", "judge"}
    stories.seat(cast, project)
    assert "expert" in sees(cast)


def test_a_project_counts_the_needs_that_it_holds_once(cast):
    project = stories.closed(cast)
    (row,) = projects_in(cast.reviewer, stories.BID)
    assert (row, row.need_count) == (project, 1)


def test_one_project_is_found_by_who_may_see_it(cast):
    project = stories.drafted(cast)
    assert project_by_number(project.number) == project
    assert project_by_number(project.number, user=cast.head, at=stories.DRAFTED) == project
    with pytest.raises(NotFound):
        project_by_number(project.number, user=cast.other_head, at=stories.DRAFTED)


def test_the_public_sees_a_project_from_its_tender_on_and_once(cast):
    project = stories.approved(cast)
    assert list(published_projects()) == []
    publish_tender(project_id=project.pk, draft=stories.call(), by=cast.reviewer, at=stories.PUBLISHED)
    cancel_tender(project_id=project.pk, reason="预算调整", by=cast.reviewer, at=stories.BID)
    assert list(published_projects()) == []
    publish_tender(project_id=project.pk, draft=stories.call(closes_at=stories.SIGNED), by=cast.reviewer, at=stories.BID)
    assert list(published_projects()) == [project]
    assert [tender.bid_count for tender in published_tenders()] == [0, 0]


def test_a_list_of_needs_shows_the_project_of_each(cast):
    project = stories.drafted(cast)
    need = project.project_needs.get().need
    assert (projects_of_needs([need.pk, 0]), need_numbers(project)) == ({need.pk: project}, [need.number])


def test_a_project_without_reviews_or_versions_says_so(cast):
    project = stories.drafted(cast)
    assert (last_review(project), design_changes(project, before=1, after=2)) == (None, [])


def test_every_row_of_the_chain_has_a_name(cast):
    project = stories.accepted(cast)
    named = [
        project,
        *project.project_needs.all(),
        *project.versions.all(),
        *project.budget_lines.all(),
        *project.indicators.all(),
        *project.reviews.all(),
        *stories.tender_of(project).invitations.all(),
        *stories.tender_of(project).bids.all(),
        *stories.tender_of(project).experts.all(),
        stories.award_of(project),
        project.agreement,
        *project.agreement.tranches.all(),
        project.station_entry,
        *project.activities.all(),
    ]
    assert all(str(row) for row in named)


def test_a_project_that_ended_before_its_first_tender_stays_with_its_place(cast):
    project = stories.submitted(cast)
    terminate_project(project_id=project.pk, reason="重复立项", by=cast.reviewer, at=stories.REVIEWED)
    assert sees(cast) == {"reviewer", "head", "worker", "finance", "auditor"}
    assert not is_public(stories.fresh(project))
    for outsider in (cast.managers[0], cast.judge):
        with pytest.raises(NotFound):
            project_by_number(project.number, user=outsider, at=stories.BID)


def test_a_project_that_ended_out_to_tender_stays_public(cast):
    project = stories.tendering(cast)
    terminate_project(project_id=project.pk, reason="预算取消", by=cast.reviewer, at=stories.BID)
    assert "other_manager" in sees(cast)
    assert is_public(stories.fresh(project))
    assert list(published_projects()) == [project]


def test_a_need_that_was_opened_again_keeps_its_earlier_project(cast):
    project = stories.accepted(cast)
    need = project.project_needs.get().need
    assert earlier_projects_of(need.pk) == []
    record_verdict(need_id=need.pk, satisfied=False, comment="仍无人上门", by=cast.community, at=stories.ACCEPTED)
    assert (projects_of_needs([need.pk]), earlier_projects_of(need.pk)) == ({}, [project])
    assert [list(asked(project)) for asked in (needs_of, needs_served_by)] == [[], [need]]
    assert need_numbers(stories.fresh(project)) == [need.number]


def test_a_need_that_a_draft_dropped_has_no_earlier_project(cast):
    project = stories.drafted(cast)
    need = project.project_needs.get().need
    other = stories.reported_need(cast, phone="13800138009", submission=UUID(int=2)).need
    revise_design(project_id=project.pk, draft=stories.design(other.pk), by=cast.worker, at=stories.SUBMITTED)
    assert earlier_projects_of(need.pk) == []
    terminate_project(project_id=project.pk, reason="重复立项", by=cast.reviewer, at=stories.REVIEWED)
    assert (earlier_projects_of(need.pk), earlier_projects_of(other.pk)) == ([], [stories.fresh(project)])
    assert list(needs_served_by(stories.fresh(project))) == []
    assert need_numbers(stories.fresh(project)) == [other.number]
