"""Why bids were disqualified, in the words of the policy of that day."""

from dataclasses import dataclass

from wushe.kernel.clock import local_date
from wushe.policies.queries import Article, Code, Policy, policy_for
from wushe.projects.models import Bid, Project, Tender
from wushe.projects.queries.tenders import bids_of


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a bid may be disqualified, with the article on which it rests."""

    code: Code
    article: Article


@dataclass(frozen=True, slots=True)
class Disqualified:
    """A bid that does not count, and why."""

    bid: Bid
    ground: Ground | None


def grounds_of(policy: Policy) -> dict[str, Ground]:
    """The grounds of a policy by their codes."""
    return {code.code: Ground(code, policy.article(code.extra["article"])) for code in policy.codes("disqualification_grounds")}


def ground_of(bid: Bid, project: Project) -> Ground | None:
    """The ground on which a bid was disqualified, as the policy stood that day; None for a bid that counts."""
    if bid.disqualified_at is None:
        return None
    return grounds_of(policy_for(project.region, local_date(bid.disqualified_at))).get(bid.disqualify_ground)


def disqualified_bids(tender: Tender) -> list[Disqualified]:
    """The bids that were taken out of the contest after the opening."""
    out = bids_of(tender).filter(disqualified_at__isnull=False)
    return [Disqualified(bid, ground_of(bid, tender.project)) for bid in out]
