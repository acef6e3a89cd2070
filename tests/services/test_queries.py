from decimal import Decimal

from tests import stories
from tests.cast import moment
from wushe.projects.models import IndicatorKind
from wushe.services.actions import ContributionDraft, InvolvementDraft, PersonDraft, join_project, leave_project, void_activity
from wushe.services.facts import service_records
from wushe.services.models import ActivityKind, Society
from wushe.services.queries import activities_of, made_of, progress_of


def served(cast):
    """Two activities and two visits to one household; a third activity is struck out."""
    project = stories.delivering(cast)
    stories.held(cast, project)
    gift = ContributionDraft(Society.RESOURCE, "惠民超市", value=Decimal("300.50"))
    stories.held(cast, project, persons=(PersonDraft("王秀英", stories.PHONE),), counted=0, contributions=(gift,))
    for _ in range(2):
        stories.held(cast, project, kind=ActivityKind.VISIT, address="东风路12号", persons=(), counted=1, contributions=())
    wrong = stories.held(cast, project, counted=500)
    void_activity(activity_id=wrong.pk, reason="人数有误", by=cast.managers[0], at=stories.HELD)
    return project


def test_every_indicator_is_counted_from_records_that_stand(cast):
    assert made_of(served(cast)).counts == {
        IndicatorKind.ACTIVITIES: 2,
        IndicatorKind.VISITS: 2,
        IndicatorKind.HOUSEHOLDS: 1,
        IndicatorKind.PERSON_TIMES: 15,
        IndicatorKind.PERSONS: 2,
        IndicatorKind.VOLUNTEER_HOURS: 6,
        IndicatorKind.RESOURCE_VALUE: Decimal("300.50"),
    }


def test_progress_forecasts_along_a_straight_line(cast):
    project = served(cast)
    activities, times = progress_of(project, moment(7, 1).date())
    assert (activities.done, activities.is_met, activities.percent, activities.forecast) == (2, True, 100, 7)
    assert (times.done, times.is_met, times.percent) == (15, False, 75)
    assert [row.forecast for row in progress_of(project, stories.STARTS_ON)] == [None, None]


def test_without_an_agreement_nothing_is_forecast(cast):
    assert [row.forecast for row in progress_of(stories.drafted(cast), stories.ENDS_ON)] == [None, None]


def test_the_star_shows_all_five_societies(cast):
    parts = {part.society: (part.times, part.persons, part.hours, part.value) for part in made_of(served(cast)).parts}
    assert parts == {
        "community": (0, 0, 0, 0),
        "social_worker": (4, 1, 0, 0),
        "organisation": (0, 0, 0, 0),
        "volunteer": (1, 3, 6, 0),
        "resource": (1, 0, 0, Decimal("300.50")),
    }


def test_only_who_took_part_is_on_the_star(cast):
    """The team counts while it is at work, the community where it put something in; who typed the record is no matter."""
    project = stories.delivering(cast)
    helped = (ContributionDraft(Society.COMMUNITY, "东风社区", persons=2), ContributionDraft(Society.SOCIAL_WORKER, "赵敏", persons=1))
    stories.held(cast, project, contributions=helped)
    stories.held(cast, project, contributions=())
    stories.held(cast, project, held_on=stories.ENTERED.date(), contributions=())
    join_project(project_id=project.pk, draft=InvolvementDraft(stories.HELD.date(), name="孙丽"), by=cast.managers[0], at=stories.HELD)
    head = project.involvements.get(name="赵敏")
    leave_project(involvement_id=head.pk, until=stories.HELD.date(), by=cast.managers[0], at=stories.HELD)
    parts = {part.society: (part.times, part.persons) for part in made_of(project).parts}
    assert (parts["community"], parts["social_worker"]) == ((1, 2), (3, 2))
    project.involvements.update(until=stories.ENTERED.date(), since=stories.ENTERED.date())
    parts = {part.society: (part.times, part.persons) for part in made_of(project).parts}
    assert parts["social_worker"] == (1, 1)


def test_lists_show_what_was_struck_out_and_facts_do_not(cast):
    project = served(cast)
    assert activities_of(project).count() == 5
    assert sorted(service_records().values_list("identified", flat=True)) == [0, 0, 1, 2]
    assert {str(row) for row in project.activities.all()} == {row.number for row in project.activities.all()}
