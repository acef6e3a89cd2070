from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.workforce.factories import AT, ON, make_course, make_posts, make_worker, place
from wushe.accounts.queries import Scope
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.policies.errors import UnknownCode
from wushe.workforce.actions import (
    PlanDraft,
    StudyDraft,
    correct_study,
    end_study,
    plan_training,
    record_course_cost,
    record_study,
    register_employer,
    withdraw_study,
)
from wushe.workforce.errors import (
    CostNegative,
    EmployerExists,
    NobodyJudgesThemselves,
    NotYet,
    OutOfOrder,
    StudyEnded,
    StudyKnown,
    SubsidyNegative,
)
from wushe.workforce.models import Employer, Study, Worker
from wushe.workforce.queries import employers_in, plans_in, posts_in, studies_in, study_by_id

pytestmark = pytest.mark.django_db
BEGAN = date(2024, 9, 1)
DRAFT = StudyDraft("开放大学", "社会工作", "bachelor", BEGAN, Decimal(2000))


def study(worker: Worker, by, **other: object) -> Study:
    return record_study(worker=worker, draft=replace(DRAFT, **other), by=by, at=AT)


def test_a_degree_becomes_the_education_of_the_person(cast: Cast):
    worker, town = make_worker(cast, education="college"), Scope(regions=(cast.county.town,))
    found = study(worker, cast.head)
    assert list(studies_in(town, "running")) == [found]
    end_study(study=found, ended_on=ON, graduated=True, subsidy=Decimal(5000), by=cast.head, at=AT)
    worker.refresh_from_db()
    assert worker.education == "bachelor"
    assert [row.subsidy for row in studies_in(town, "graduated")] == [Decimal(5000)]
    with pytest.raises(StudyEnded):
        end_study(study=found, ended_on=ON, graduated=True, subsidy=None, by=cast.head, at=AT)
    with pytest.raises(NotFound):
        study_by_id(found.pk, Scope(regions=(cast.county.other_town,)))


def test_nobody_keeps_their_own_study(cast: Cast):
    own = make_worker(cast, username=cast.head.username)
    with pytest.raises(NobodyJudgesThemselves):
        study(own, cast.head)
    found, about = study(own, cast.reviewer), {"by": cast.head, "at": AT}
    with pytest.raises(NobodyJudgesThemselves):
        correct_study(study=found, draft=DRAFT, ended_on=None, graduated=False, reason="更正补贴", **about)
    with pytest.raises(NobodyJudgesThemselves):
        end_study(study=found, ended_on=ON, graduated=True, subsidy=Decimal(9000), **about)
    with pytest.raises(NobodyJudgesThemselves):
        withdraw_study(study=found, reason="录错了人", **about)
    assert Study.objects.get().withdrawn_on is None
    assert end_study(study=found, ended_on=ON, graduated=True, subsidy=Decimal(5000), by=cast.reviewer, at=AT).graduated


def test_who_stops_keeps_the_education_of_before(cast: Cast):
    worker = make_worker(cast, education="college")
    found = study(worker, cast.head)
    with pytest.raises(OutOfOrder):
        end_study(study=found, ended_on=BEGAN, graduated=False, subsidy=None, by=cast.head, at=AT)
    with pytest.raises(NotPermitted):
        end_study(study=found, ended_on=ON, graduated=False, subsidy=None, by=cast.other_head, at=AT)
    end_study(study=found, ended_on=ON, graduated=False, subsidy=None, by=cast.head, at=AT)
    worker.refresh_from_db()
    assert worker.education == "college"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"school": " "}, FieldRequired),
        ({"education": "magic"}, UnknownCode),
        ({"began_on": ON + timedelta(days=1)}, NotYet),
        ({"subsidy": Decimal(-1)}, SubsidyNegative),
    ],
)
def test_a_study_that_cannot_be_is_refused(cast: Cast, change, refusal):
    worker = make_worker(cast)
    with pytest.raises(refusal):
        study(worker, cast.head, **change)
    with pytest.raises(NotPermitted):
        study(worker, cast.community)
    study(worker, cast.head)
    with pytest.raises(StudyKnown):
        study(worker, cast.head)


def test_what_was_entered_wrong_of_a_study_is_set_right_with_a_reason(cast: Cast):
    worker = make_worker(cast, education="college")
    found = study(worker, cast.head)

    def correct(by=cast.head, ended_on=None, graduated=False, reason="学历选错", **change: object) -> Study:
        draft = replace(DRAFT, **{"education": "master", **change})
        return correct_study(study=found, draft=draft, ended_on=ended_on, graduated=graduated, reason=reason, by=by, at=AT)

    assert (correct().education, worker.education) == ("master", "college")
    correct(ended_on=ON, graduated=True, school="师范大学")
    worker.refresh_from_db()
    assert worker.education == "master"
    assert correct().ended_on is None
    for change, refusal in (({"reason": " "}, FieldRequired), ({"ended_on": BEGAN}, OutOfOrder), ({"school": ""}, FieldRequired)):
        with pytest.raises(refusal):
            correct(**change)
    other = study(worker, cast.head)
    with pytest.raises(StudyKnown):
        correct(education=other.education)
    with pytest.raises(NotPermitted):
        correct(by=cast.community)


def test_a_study_entered_by_mistake_is_taken_back_with_a_reason(cast: Cast):
    worker = make_worker(cast)
    found = study(worker, cast.head)

    def withdraw(by=cast.head, reason="录错了人") -> Study:
        return withdraw_study(study=found, reason=reason, by=by, at=AT)

    for change, refusal in (({"reason": " "}, FieldRequired), ({"by": cast.community}, NotPermitted)):
        with pytest.raises(refusal):
            withdraw(**change)
    withdraw()
    town = Scope(regions=(cast.county.town,))
    assert {state: list(studies_in(town, state)) for state in ("", "running", "withdrawn")} == {
        "": [found],
        "running": [],
        "withdrawn": [found],
    }
    assert Entry.objects.get(verb="workforce.withdraw_study").data["reason"] == "录错了人"
    for again in (
        withdraw,
        lambda: end_study(study=found, ended_on=ON, graduated=True, subsidy=None, by=cast.head, at=AT),
        lambda: correct_study(study=found, draft=DRAFT, ended_on=None, graduated=False, reason="有误", by=cast.head, at=AT),
    ):
        with pytest.raises(StepNotAllowed):
            again()
    again_entered = study(worker, cast.head)
    assert list(studies_in(town, "running")) == [again_entered]


def employer(cast: Cast, by=None, **other: object) -> Employer:
    given = {"name": "平湖县社会福利院", "kind": "institution", "region": cast.county.county} | other
    return register_employer(**given, by=by or cast.reviewer, at=AT)


def test_an_institution_has_posts_which_people_fill(cast: Cast):
    body = employer(cast).body
    make_posts(cast, region=cast.county.county, body=body, position="other", posts=2)
    place(cast, make_worker(cast), region=cast.county.county, body=body, position="other")
    county = Scope(regions=(cast.county.county,))
    (found,) = posts_in(county, ON)
    assert (found.place, found.standing.required, found.standing.filled) == (body.name, 2, 1)
    assert [each.kind for each in employers_in(county)] == ["institution"]
    assert not employers_in(Scope(regions=(cast.county.town,)))


def test_an_employer_is_entered_once_where_one_may(cast: Cast):
    employer(cast)
    for change, refusal in (({}, EmployerExists), ({"name": " "}, FieldRequired), ({"kind": "magic"}, UnknownCode)):
        with pytest.raises(refusal):
            employer(cast, **change)
    for by in (cast.head, cast.community, cast.auditor):
        with pytest.raises(NotPermitted):
            employer(cast, by=by, name="另一家")
    assert Employer.objects.count() == 1


def test_what_courses_cost_stands_beside_the_plan(cast: Cast):
    plan_training(draft=PlanDraft(cast.county.county, ON.year, "提高实务能力", 48, 200, Decimal(30_000)), by=cast.reviewer, at=AT)
    first, second = make_course(cast), make_course(cast)
    county = Scope(regions=(cast.county.county,))
    assert plans_in(county, ON.year, ON)[0].cost is None
    for course, cost in ((first, 5000), (second, 1000), (first, 6000)):
        record_course_cost(course=course, cost=Decimal(cost), by=cast.reviewer, at=AT)
    assert plans_in(county, ON.year, ON)[0].cost == Decimal(7000)
    with pytest.raises(CostNegative):
        record_course_cost(course=first, cost=Decimal(-1), by=cast.reviewer, at=AT)
    with pytest.raises(NotPermitted):
        record_course_cost(course=first, cost=Decimal(1), by=cast.head, at=AT)
