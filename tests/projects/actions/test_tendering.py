from datetime import date

import pytest

from tests import stories
from tests.cast import moment
from tests.projects.actions.test_designing import steps_waiting
from wushe.accounts.models import Body
from wushe.inbox.models import Notice, Todo
from wushe.kernel.errors import FieldRequired, StepNotAllowed
from wushe.organisations.models import Organisation
from wushe.policies.errors import UnknownCode
from wushe.policies.models import HolidayException
from wushe.projects.actions import cancel_tender, publish_tender
from wushe.projects.errors import MethodNeedsReason, NoticeTooShort, TooFewQualifiedAgencies
from wushe.projects.states import ProjectState


def announce(cast, project, **other):
    return publish_tender(project_id=project.pk, draft=stories.call(**other), by=cast.reviewer, at=stories.PUBLISHED)


def test_publication_freezes_the_criteria_and_tells_every_qualified_agency(cast):
    project = stories.approved(cast)
    tender = announce(cast, project)
    assert (tender.ceiling, tender.notice_days) == (80_000, 15)
    assert sum(int(float(row["max_points"])) for row in tender.criteria) == 100
    assert {row.agency for row in tender.invitations.all()} == set(cast.agencies)
    assert {todo.body for todo in Todo.objects.open().filter(step="submit_bid")} == set(Body.objects.filter(organisation__in=cast.agencies))
    assert steps_waiting(project) == {"appoint_experts", "open_bids", "submit_bid"}
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"manager1", "manager2", "manager3", "manager4", "head"}


@pytest.mark.parametrize(
    ("method", "closes_on", "notice", "earliest"),
    [
        ("open_tender", date(2026, 3, 30), (15, "working days"), date(2026, 3, 31)),
        ("consultation", date(2026, 3, 19), (10, "days"), date(2026, 3, 20)),
        ("open_selection", date(2026, 3, 16), (5, "working days"), date(2026, 3, 17)),
        ("single_source", date(2026, 3, 16), (5, "working days"), date(2026, 3, 17)),
    ],
)
def test_the_notice_runs_its_days(cast, method, closes_on, notice, earliest):
    project = stories.approved(cast)
    closes_at = moment(closes_on.month, closes_on.day, 17)
    with pytest.raises(NoticeTooShort) as refused:
        announce(cast, project, method=method, method_reason="金额较小", closes_at=closes_at)
    error = refused.value
    assert (error.required_days, "working days" if error.is_working_days else "days") == notice
    assert error.earliest == earliest
    announce(cast, project, method=method, method_reason="金额较小", closes_at=moment(earliest.month, earliest.day, 17))


def test_the_days_of_the_law_hold_where_work_never_rests(cast):
    project = stories.approved(cast)
    at = moment(4, 1)  # the pack counts 15 working days; make every day a working day, and only the 20 days of the law are left
    HolidayException.objects.bulk_create(HolidayException(day=date(2026, 4, d), is_working=True, note="加班") for d in range(1, 31))
    with pytest.raises(NoticeTooShort) as refused:
        publish_tender(project_id=project.pk, draft=stories.call(closes_at=moment(4, 20, 17)), by=cast.reviewer, at=at)
    error = refused.value
    assert (error.required_days, error.given_days, error.is_working_days, error.earliest) == (20, 19, False, date(2026, 4, 21))
    assert (error.source.document, error.source.article) == ("中华人民共和国政府采购法", "35")


def test_another_method_needs_its_reason(cast):
    project = stories.approved(cast)
    with pytest.raises(MethodNeedsReason):
        announce(cast, project, method="single_source")


def test_an_unknown_method_is_refused(cast):
    project = stories.approved(cast)
    with pytest.raises(UnknownCode):
        announce(cast, project, method="magic")


def test_three_qualified_agencies_are_needed(cast):
    project = stories.approved(cast)
    Organisation.objects.filter(pk__in=[agency.pk for agency in cast.agencies[:2]]).update(professionals=0)
    with pytest.raises(TooFewQualifiedAgencies) as refused:
        announce(cast, project)
    assert (refused.value.found, refused.value.required, refused.value.source.article) == (2, 3, "34")


def test_a_draft_is_not_published(cast):
    project = stories.drafted(cast)
    with pytest.raises(StepNotAllowed):
        announce(cast, project)


def test_a_cancelled_tender_keeps_its_reason_and_another_follows(cast):
    project = stories.tendering(cast)
    stories.bid(cast, project)
    tender = cancel_tender(project_id=project.pk, reason="预算调整", by=cast.reviewer, at=stories.BID)
    assert (tender.cancel_reason, stories.fresh(project).state) == ("预算调整", ProjectState.APPROVED)
    assert steps_waiting(project) == {"publish_tender"}
    assert Notice.objects.filter(verb="projects.tender_cancelled").count() == 5
    announce(cast, project)
    assert project.tenders.count() == 2


def test_a_cancellation_has_a_reason(cast):
    project = stories.tendering(cast)
    with pytest.raises(FieldRequired):
        cancel_tender(project_id=project.pk, reason=" ", by=cast.reviewer, at=stories.BID)


def test_an_awarded_tender_is_not_cancelled(cast):
    project = stories.awarded(cast)
    with pytest.raises(StepNotAllowed):
        cancel_tender(project_id=project.pk, reason="预算调整", by=cast.reviewer, at=stories.AWARDED)
