"""Who has a decided filing, since when and until when, until the county has accepted it."""

from datetime import date

import pytest

from tests.cast import moment
from tests.organisations.applications import (
    COUNTY_DECIDES,
    DECIDED,
    FROZEN,
    NO_REPORT,
    RECEIVED,
    REVIEWED,
    application,
    frozen,
    granted,
    make_offices,
    passed,
    several,
)
from wushe.organisations import actions
from wushe.organisations.actions import LineVerdict, MemberDraft
from wushe.organisations.models import Filing
from wushe.organisations.queries import report_steps
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

MENDED, AGAIN, ACCEPTED = moment(4, 1), moment(4, 8), moment(4, 15)
YES, BACK = LineVerdict(1, accepted=True), LineVerdict(2, accepted=False, reason="负责人姓名与身份证不符")


@pytest.fixture
def offices():
    return make_offices()


def steps(filing, at=RECEIVED):
    policy = policy_for(filing.region, at.date())
    return [
        (row.step, row.by, row.since, row.due_at.date() if row.due_at else None, row.at)
        for row in report_steps(policy, Filing.objects.get(pk=filing.pk))
    ]


def test_before_the_decision_nothing_waits_for_the_county(offices):
    assert steps(passed(offices), REVIEWED) == []


def test_from_the_decision_on_it_waits_for_the_town_then_for_the_county(offices):
    filing, until = granted(offices), date(2026, 12, 31)
    assert steps(filing) == [("freeze_batch", None, DECIDED, until, None)]
    batch = frozen(offices, filing)
    reported = ("freeze_batch", offices.head, DECIDED, until, FROZEN)
    assert steps(filing) == [reported, ("receive_batch", None, FROZEN, batch.due_at.date(), None)]
    actions.receive_batch(batch_id=batch.pk, verdicts=[YES], by=offices.reviewer, at=RECEIVED)
    assert steps(filing) == [reported, ("receive_batch", offices.reviewer, FROZEN, batch.due_at.date(), RECEIVED)]


def test_what_comes_back_waits_to_be_mended_and_then_for_the_next_report(offices):
    one, two = several(offices, "书法社", "合唱团")
    actions.receive_batch(batch_id=frozen(offices, one, two).pk, verdicts=[YES, BACK], by=offices.reviewer, at=RECEIVED)
    assert [(step, since, at) for step, _by, since, _due, at in steps(two)][1:] == [
        ("receive_batch", FROZEN, RECEIVED),
        ("mend_filing", RECEIVED, None),
    ]
    draft = application(offices.county, name="合唱团", head=MemberDraft("周文", "13700130001", is_sponsor=True))
    actions.mend_filing(filing_id=two.pk, draft=draft, by=offices.head, at=MENDED)
    assert two.acts.get(step="mend_filing").since == RECEIVED
    assert steps(two)[-1][:3] == ("freeze_batch", None, MENDED)
    again = actions.freeze_batch(town=offices.county.town, filing_ids=[two.pk], by=offices.head, at=AGAIN)
    actions.receive_batch(batch_id=again.pk, verdicts=[YES], by=offices.reviewer, at=ACCEPTED)
    assert [(step, since, at) for step, _by, since, _due, at in steps(two)] == [
        ("freeze_batch", DECIDED, FROZEN),
        ("receive_batch", FROZEN, RECEIVED),
        ("freeze_batch", MENDED, AGAIN),
        ("receive_batch", AGAIN, ACCEPTED),
    ]


def test_where_the_county_has_the_last_word_it_waits_for_it_in_the_same_way():
    offices = make_offices("example-quarterly", replace=COUNTY_DECIDES)
    filing = granted(offices)
    assert steps(filing) == [("freeze_batch", None, DECIDED, date(2026, 3, 20), None)]
    actions.receive_batch(batch_id=frozen(offices, filing).pk, verdicts=[YES], by=offices.reviewer, at=RECEIVED)
    assert [(step, at) for step, _by, _since, _due, at in steps(filing)] == [("freeze_batch", FROZEN), ("receive_batch", RECEIVED)]


def test_without_a_report_there_is_no_such_step():
    assert steps(granted(make_offices("example-quarterly", replace=(NO_REPORT,)))) == []
