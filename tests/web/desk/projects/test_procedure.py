from dataclasses import replace

from tests import stories
from tests.cast import Cast
from wushe.audit.queries import entries_of
from wushe.policies.queries import policy_for
from wushe.projects.states import ProjectState
from wushe.web.desk.projects.procedure import steps_of


class WithOneMore:
    """A policy whose place has added a step before the agreement."""

    def __init__(self, policy):
        self.policy = policy

    def steps(self):
        steps = list(self.policy.steps())
        return (*steps[:2], replace(steps[0], code="council_hearing"), *steps[2:])


def test_a_place_may_add_a_step_to_the_procedure(cast: Cast):
    project = stories.awarded(cast)
    policy = WithOneMore(policy_for(project.region, stories.AWARDED.date()))
    entries = list(entries_of("project", project.number))
    assert [(each.step.code, each.mark) for each in steps_of(project, policy, entries)] == [
        ("needs_assessment", "done"),
        ("publish_project", "done"),
        ("council_hearing", "done"),
        ("sign_agreement", "now"),
        ("deliver_service", ""),
        ("midterm_supervision", ""),
        ("evaluation_acceptance", ""),
    ]
    project.state = ProjectState.CLOSED
    assert [each.mark for each in steps_of(project, policy, entries)].count("done") == 6
