from datetime import date

from django.db.models import F, Q

from wushe.stations.events import StationClosing
from wushe.workforce.errors import StationHasPosts
from wushe.workforce.models import Establishment, Posting


def refuse_posts_at_closed_station(event: StationClosing) -> None:
    """Nobody is at work at a station that is closed, and no post there stands vacant for ever.

    Refuses: StationHasPosts.
    """
    day = date.fromisoformat(event.closed_on)
    runs_on = Q(until__isnull=True) | (Q(until__gt=day) & Q(until__gt=F("since")))
    postings = tuple(Posting.objects.filter(runs_on, body=event.body_id).order_by("number").values_list("worker__number", flat=True))
    posts = tuple(Establishment.objects.filter(runs_on, body=event.body_id).order_by("number").values_list("number", flat=True))
    if postings or posts:
        raise StationHasPosts(postings=postings, posts=posts)
