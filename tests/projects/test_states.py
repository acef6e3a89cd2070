"""The life of needs and projects as the tables tell it: nothing unreachable, nothing without a holder, the ends final."""

import pytest

from wushe.accounts.queries import roles
from wushe.needs import states as needs
from wushe.projects import states as projects

LIVES = [
    pytest.param(needs.TRANSITIONS, needs.NeedState, {"closed"}, id="need"),
    pytest.param(projects.TRANSITIONS, projects.ProjectState, {"closed", "terminated"}, id="project"),
]


@pytest.mark.parametrize(("transitions", "states", "ends"), LIVES)
def test_every_state_is_reached_from_the_first(transitions, states, ends):
    reached = {states.values[0]}
    while True:
        more = {row.target for row in transitions.values() if row.sources & reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(states.values)


@pytest.mark.parametrize(("transitions", "states", "ends"), LIVES)
def test_only_the_ends_have_no_way_on(transitions, states, ends):
    assert set(states.values) - {state for row in transitions.values() for state in row.sources} == ends


@pytest.mark.parametrize(("transitions", "states", "ends"), LIVES)
def test_every_step_has_a_role_that_may_take_it(transitions, states, ends):
    held = {permission for role in roles().values() for permission in role.permissions}
    assert {row.permission for row in transitions.values()} <= held
