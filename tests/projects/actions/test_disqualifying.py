from decimal import Decimal

import pytest

from tests import stories
from tests.projects.actions.test_designing import steps_waiting
from wushe.audit.queries import entries_of
from wushe.inbox.models import Notice
from wushe.kernel.errors import FieldRequired, StepNotAllowed
from wushe.policies.errors import UnknownCode
from wushe.projects.actions import award_tender, cancel_tender, disqualify_bid, publish_tender, score_bids
from wushe.projects.errors import AlreadyDisqualified, ScoreOutOfRange, TooFewBids
from wushe.projects.queries import bids_of, computed_points, ranking, valid_bids
from wushe.projects.states import ProjectState

REASON = "登记证书在投标前已过期"


def disqualify(cast, bid, *, ground="not_qualified", reason=REASON, at=stories.OPENED):
    return disqualify_bid(bid_id=bid.pk, ground=ground, reason=reason, by=cast.reviewer, at=at)


def bid_of(project, order=0):
    return bids_of(stories.tender_of(project))[order]


def four_opened(cast):
    """Four bids, so that one may fall out and the tender goes on."""
    project = stories.closed(cast, bids=4)
    return stories.opened(cast, project)


def test_a_disqualified_bid_is_neither_scored_nor_ranked(cast):
    project = four_opened(cast)
    out = disqualify(cast, bid_of(project))
    with pytest.raises(ScoreOutOfRange):
        stories.lock(project, cast.experts[0])
    for expert in cast.experts:
        stories.lock(project, expert, bids=valid_bids(stories.tender_of(project)))
    assert out not in [row.bid for row in ranking(stories.tender_of(project))]
    assert steps_waiting(project) == {"award_tender"}


def test_a_disqualified_bid_is_not_the_lowest_price(cast):
    project = four_opened(cast)
    sheet = stories.sheet(project, [Decimal("0.8")] * 4)
    for expert in cast.experts:
        score_bids(project_id=project.pk, scores=sheet, lock=True, by=expert, at=stories.SCORED)
    tender = stories.tender_of(project)
    lowest = min(valid_bids(tender), key=lambda bid: bid.price)
    points = {bid: points for (bid, _code), points in computed_points(tender, valid_bids(tender)).items()}
    assert (lowest.price, points[lowest.pk], max(points.values())) == (stories.PRICES[2], 10, 10)
    disqualify(cast, lowest, at=stories.SCORED)
    left = {bid.price: computed_points(tender, valid_bids(tender))[bid.pk, "price"] for bid in valid_bids(tender)}
    assert left == {stories.PRICES[0]: Decimal("10.00"), stories.PRICES[1]: Decimal("9.87")}


def test_points_given_before_do_not_count_towards_a_full_sheet(cast):
    project = four_opened(cast)
    stories.keep(project, cast.experts[0], [bid_of(project)])
    disqualify(cast, bid_of(project))
    stories.lock(project, cast.experts[0], bids=valid_bids(stories.tender_of(project)))
    assert stories.tender_of(project).experts.get(user=cast.experts[0]).locked_at == stories.SCORED


def test_the_bidder_is_told_and_the_record_names_the_article(cast):
    project = four_opened(cast)
    bid = disqualify(cast, bid_of(project))
    notice = Notice.objects.get(verb="projects.bid_disqualified")
    assert (notice.user, notice.data) == (cast.managers[0], {"bid": bid.number, "reason": REASON})
    entry = entries_of("project", project.number).get(verb="projects.bid_disqualified")
    assert entry.data == {"bid": bid.number, "ground": "not_qualified", "article": "procurement-law#22", "reason": REASON}


def test_with_too_few_bids_left_the_tender_is_to_be_cancelled(cast):
    project = stories.scored(cast)
    disqualify(cast, bid_of(project))
    assert steps_waiting(project) == {"cancel_tender"}
    with pytest.raises(TooFewBids) as refused:
        award_tender(project_id=project.pk, draft=stories.award_draft(project, 1), by=cast.reviewer, at=stories.AWARDED)
    assert (refused.value.received, refused.value.required, refused.value.source.article) == (2, 3, "36")
    cancel_tender(project_id=project.pk, reason="有效投标不足三家", by=cast.reviewer, at=stories.AWARDED)
    assert steps_waiting(project) == {"publish_tender"}
    publish_tender(project_id=project.pk, draft=stories.call(closes_at=stories.HELD), by=cast.reviewer, at=stories.AWARDED)
    assert stories.fresh(project).state == ProjectState.TENDERING


def test_the_last_expert_asks_for_no_award_without_enough_bids(cast):
    project = stories.opened(cast)
    disqualify(cast, bid_of(project))
    for expert in cast.experts:
        stories.lock(project, expert, bids=valid_bids(stories.tender_of(project)))
    assert steps_waiting(project) == {"cancel_tender"}


def test_only_an_open_bid_of_a_running_evaluation_is_disqualified(cast):
    project = stories.closed(cast)
    with pytest.raises(StepNotAllowed):
        disqualify(cast, bid_of(project))
    project = stories.opened(cast, project)
    disqualify(cast, bid_of(project))
    with pytest.raises(AlreadyDisqualified):
        disqualify(cast, bid_of(project))


def test_after_the_award_no_bid_is_disqualified(cast):
    project = stories.awarded(cast)
    with pytest.raises(StepNotAllowed):
        disqualify(cast, bid_of(project), at=stories.OBJECTED)


def test_a_disqualification_has_a_ground_of_the_policy_and_a_reason(cast):
    project = stories.opened(cast)
    with pytest.raises(UnknownCode):
        disqualify(cast, bid_of(project), ground="looks_bad")
    with pytest.raises(FieldRequired):
        disqualify(cast, bid_of(project), reason=" ")
