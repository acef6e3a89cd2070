"""The professional who leads the work is found in the register and in the team of the agreement, or is marked as not found."""

from datetime import date

import pytest

from tests import stories
from tests.cast import Cast
from tests.workforce.factories import certify, make_worker, place
from wushe.audit.queries import entries_of
from wushe.projects.models import Project
from wushe.services.actions import enter_station
from wushe.services.errors import WorkerMismatch
from wushe.services.models import StationEntry
from wushe.services.queries import lead_of
from wushe.workforce.models import Worker

NAME, CERTIFICATE = "赵敏", "2021-0001"


def registered(cast: Cast, **other) -> Worker:
    worker = make_worker(cast, name=NAME)
    certify(cast, worker, certificate=CERTIFICATE)
    place(cast, worker, **{"body": cast.agencies[0].body, "position": "project_worker"} | other)
    return worker


def enter(cast: Cast, project: Project, **other) -> StationEntry:
    return enter_station(project_id=project.pk, draft=stories.entry_draft(cast, **other), by=cast.managers[0], at=stories.ENTERED)


def test_who_is_chosen_is_kept_and_shown_as_matched(cast: Cast):
    worker, project = registered(cast), stories.contracted(cast)
    assert enter(cast, project, worker=worker).worker == worker
    lead = lead_of(project)
    assert (lead.worker, lead.in_team, lead.name) == (worker, True, NAME)
    (entry,) = entries_of("project", project.number).filter(verb="services.station_entered")
    assert entry.data == {"worker": worker.number}


def test_name_and_certificate_find_the_person_without_a_choice(cast: Cast):
    worker, project = registered(cast), stories.contracted(cast)
    assert enter(cast, project, professional="赵 敏", certificate=f" {CERTIFICATE} ").worker == worker


def test_somebody_else_stays_as_typed(cast: Cast):
    registered(cast)
    project = stories.contracted(cast)
    assert lead_of(project) is None
    assert enter(cast, project, professional="孙立", certificate="2020-7").worker is None
    lead = lead_of(project)
    assert (lead.worker, lead.in_team, lead.certificate) == (None, False, "2020-7")


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"professional": "孙立"}, "name"), ({"certificate": "2020-7"}, "certificate"), ({"entered_on": date(2024, 2, 1)}, "elsewhere")],
)
def test_a_choice_that_does_not_fit_is_refused(cast: Cast, change, reason: str):
    worker, project = registered(cast), stories.contracted(cast)
    with pytest.raises(WorkerMismatch) as refused:
        enter(cast, project, worker=worker, **change)
    assert refused.value.reason == reason


def test_people_of_another_agency_are_not_this_ones(cast: Cast):
    worker, project = registered(cast, body=cast.agencies[1].body), stories.contracted(cast)
    with pytest.raises(WorkerMismatch):
        enter(cast, project, worker=worker)
    assert enter(cast, project).worker is None
