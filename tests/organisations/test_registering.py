"""Help on the way to the registration authority, whose answer is recorded."""

from datetime import date

import pytest

from tests.cast import credit_code, moment
from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.accounts.queries import Scope
from wushe.inbox.queries import todos_for
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.errors import DatesOutOfOrder, DayInFuture, PapersNotReady
from wushe.organisations.models import Kind
from wushe.organisations.queries import HelpFilter, help_by_number, help_of, helps_in, registration_papers
from wushe.organisations.states import HelpState
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}


@pytest.fixture
def offices():
    return make_offices("shijiazhuang-2016")


def helped(offices, name="舞蹈队"):
    row = make_organisation(offices.reviewer, offices.county.communities[0], name=name, filed_on=date(2025, 1, 1), **TEAM)
    return actions.help_to_register(organisation=row, by=offices.head, at=AT)


def handed_in(offices, name="舞蹈队"):
    row, told = helped(offices, name), {"by": offices.head, "at": AT}
    papers = registration_papers(policy_for(offices.county.town, ON))
    actions.tick_registration_papers(row=row, ready=[paper.code for paper in papers], **told)
    return actions.hand_in_registration(row=row, handed_in_on=ON, **told)


def test_papers_are_ticked_handed_in_and_the_registration_ends_the_help(offices):
    row, told = helped(offices), {"by": offices.head, "at": AT}
    todo = todos_for(offices.head, AT).get()
    due = policy_for(offices.county.town, ON).deadline("registration.preparing_period", ON)
    assert (todo.step, todo.due_at) == ("hand_in_registration", due)
    with pytest.raises(PapersNotReady) as refused:
        actions.hand_in_registration(row=row, handed_in_on=ON, **told)
    assert len(refused.value.papers) == 6
    row = actions.tick_registration_papers(row=row, ready=["charter", "capital", "no such paper"], **told)
    assert row.ready == ["capital", "charter"]
    papers = registration_papers(policy_for(offices.county.town, ON))
    actions.tick_registration_papers(row=row, ready=[paper.code for paper in papers], **told)
    row = actions.hand_in_registration(row=row, handed_in_on=ON, **told)
    assert (row.state, row.due_on) == (HelpState.HANDED_IN, date(2026, 5, 1))
    due = todos_for(offices.reviewer, AT).get()
    assert (due.step, due.due_at.date(), list(todos_for(offices.head, AT))) == ("record_registration", date(2026, 5, 1), [])
    later = moment(4, 20)
    registered = {"registered_on": date(2026, 4, 15), "uscc": credit_code(31)}
    actions.record_registration(organisation=row.organisation, by=offices.reviewer, at=later, **registered)
    row.refresh_from_db()
    assert (row.state, row.ended_on, list(todos_for(offices.reviewer, later))) == (HelpState.REGISTERED, date(2026, 4, 15), [])
    assert help_of(row.organisation) == row


def test_a_refusal_is_recorded_with_its_reason_and_help_begins_anew(offices):
    row, told = handed_in(offices), {"by": offices.reviewer, "at": AT}
    for error, given in (
        (FieldRequired, {"ended_on": ON, "reason": " "}),
        (DayInFuture, {"ended_on": date(2026, 3, 3), "reason": "章程不合规"}),
        (DatesOutOfOrder, {"ended_on": date(2026, 3, 1), "reason": "章程不合规"}),
    ):
        with pytest.raises(error):
            actions.record_registration_refusal(row=row, **given, **told)
    row = actions.record_registration_refusal(row=row, ended_on=ON, reason="章程不合规", **told)
    assert (row.state, list(todos_for(offices.reviewer, AT))) == (HelpState.REFUSED, [])
    with pytest.raises(StepNotAllowed):
        actions.end_registration_help(row=row, ended_on=ON, reason="不办了", **told)
    again = actions.help_to_register(organisation=row.organisation, by=offices.head, at=AT)
    with pytest.raises(StepNotAllowed):
        actions.help_to_register(organisation=row.organisation, by=offices.head, at=AT)
    actions.end_registration_help(row=again, ended_on=ON, reason="会员意见不一", by=offices.head, at=AT)
    assert list(todos_for(offices.head, AT)) == []


def test_striking_off_ends_the_help(offices):
    row = helped(offices)
    actions.deregister_organisation(organisation=row.organisation, deregistered_on=ON, reason="解散", by=offices.head, at=AT)
    row.refresh_from_db()
    assert (row.state, row.reason) == (HelpState.GIVEN_UP, "解散")


def test_who_may_not_help(offices):
    row = helped(offices)
    told = {"at": AT, "by": offices.stranger}
    for step in (
        lambda: actions.help_to_register(organisation=row.organisation, **told),
        lambda: actions.tick_registration_papers(row=row, ready=[], **told),
        lambda: actions.hand_in_registration(row=row, handed_in_on=ON, **told),
        lambda: actions.end_registration_help(row=row, ended_on=ON, reason="不办了", **told),
    ):
        with pytest.raises(NotPermitted):
            step()
    with pytest.raises(NotPermitted):  # the answer of the authority is the county's to record
        actions.record_registration_refusal(row=handed_in(offices, "书法社"), ended_on=ON, reason="不合规", by=offices.head, at=AT)
    papers = [paper.code for paper in registration_papers(policy_for(offices.county.town, ON))]
    actions.tick_registration_papers(row=row, ready=papers, by=offices.head, at=AT)
    with pytest.raises(DayInFuture):
        actions.hand_in_registration(row=row, handed_in_on=date(2026, 3, 3), by=offices.head, at=AT)
    legal = make_organisation(offices.reviewer, offices.county.communities[1])
    with pytest.raises(StepNotAllowed):
        actions.help_to_register(organisation=legal, by=offices.head, at=AT)


def test_the_list_narrows(offices):
    mine, other = helped(offices), handed_in(offices, "书法社")
    scope = Scope(regions=(offices.county.town,))
    for chosen, rows in (
        (HelpFilter(state="open"), [mine, other]),
        (HelpFilter(state="help_handed_in"), [other]),
        (HelpFilter(text="舞"), [mine]),
        (HelpFilter(state="help_refused"), []),
    ):
        assert list(helps_in(scope, chosen).order_by("pk")) == rows
    with pytest.raises(NotFound):
        help_by_number(mine.number, Scope(regions=(offices.county.other_town,)))
