from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.workforce.factories import AT, ON, make_worker, place
from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.policies.errors import UnknownCode
from wushe.policies.queries import policy_for
from wushe.workforce.actions import TermDraft, record_term, withdraw_term
from wushe.workforce.errors import NotACommunity, NotYet, OutOfOrder, TermKnown
from wushe.workforce.models import Term
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import structured_places, structures_of, term_by_number, unsettled_in

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2024, 6, 1), date(2029, 6, 1)


def enter(cast: Cast, by=None, **other: object) -> Term:
    draft = TermDraft(cast.county.communities[0], "committee", "第十届", SINCE, UNTIL, "选举结果公告")
    return record_term(draft=replace(draft, **other), by=by or cast.head, at=AT)


def states(cast: Cast) -> dict[str, str]:
    home = cast.county.communities[0]
    return {each.body.code: each.state for each in structures_of([home], policy_for(home, ON), ON)[home.pk]}


def test_a_body_is_in_order_with_members_and_a_running_term(cast: Cast):
    home = cast.county.communities[0]
    policy, town = policy_for(home, ON), Scope(regions=(cast.county.town,))
    assert states(cast) == dict.fromkeys(("party_branch", "committee", "service_station"), "nobody")
    place(cast, make_worker(cast, region=home), region=home, position="community_head")
    assert states(cast) == {"party_branch": "no_term", "committee": "no_term", "service_station": "nobody"}
    enter(cast, name="第九届", since=date(2019, 6, 1), until=SINCE)
    assert states(cast)["committee"] == "term_over"
    assert list(structured_places(town, policy, "term_over", ON)) == [home]
    last = enter(cast)
    assert states(cast)["committee"] == ""
    assert unsettled_in(structured_places(town, policy, "", ON), policy, ON)["term_over"] == 0
    withdraw_term(term=last, reason="日期有误", by=cast.head, at=AT)
    assert states(cast)["committee"] == "term_over"
    with pytest.raises(StepNotAllowed):
        withdraw_term(term=last, reason="日期有误", by=cast.head, at=AT)
    with pytest.raises(NotFound):
        term_by_number(last.number, scope_of(cast.other_head, Permission.VIEW_WORKERS, ON))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"body": "service_station"}, UnknownCode),
        ({"name": " "}, FieldRequired),
        ({"since": ON + timedelta(days=1)}, NotYet),
        ({"until": SINCE}, OutOfOrder),
    ],
)
def test_a_term_that_cannot_be_is_refused(cast: Cast, change, refusal):
    with pytest.raises(refusal):
        enter(cast, **change)


def test_a_term_is_entered_once_at_a_community_by_who_keeps_the_register(cast: Cast):
    found = enter(cast)
    with pytest.raises(TermKnown):
        enter(cast)
    with pytest.raises(NotACommunity):
        enter(cast, region=cast.county.town)
    for other in (cast.community, cast.other_head, cast.auditor):
        with pytest.raises(NotPermitted):
            enter(cast, by=other, name="第十一届")
        with pytest.raises(NotPermitted):
            withdraw_term(term=found, reason="误", by=other, at=AT)
    with pytest.raises(FieldRequired):
        withdraw_term(term=found, reason=" ", by=cast.head, at=AT)
