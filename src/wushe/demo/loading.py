"""The whole demonstration, chapter by chapter."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from wushe.demo import agreement, contest, delivery, ending, planning
from wushe.demo.cast import Cast, plant_cast
from wushe.demo.coaching import coach
from wushe.demo.data import SEED, load
from wushe.demo.encouraging import encourage
from wushe.demo.filings import file_groups
from wushe.demo.growth import grow
from wushe.demo.needs import answer_needs, tell_needs
from wushe.demo.places import tell_places
from wushe.demo.stations import furnish
from wushe.demo.story import Story
from wushe.demo.training import teach
from wushe.demo.workers import staff
from wushe.demo.working import work
from wushe.needs.models import Need
from wushe.needs.states import NeedState

Progress = Callable[[str, int, int], None]

# how far the forty projects have come, and how many days ago each began
ENDS: tuple[tuple[str, int], ...] = (
    *(("closed", days) for days in (395, 380, 360, 340, 330)),
    *(("accepted", days) for days in (300, 290)),
    *(("in_acceptance", days) for days in (268, 262, 255)),
    *(("delivering", days) for days in (230, 210, 190, 170, 150, 140)),
    *(("held_back", days) for days in (200, 185)),
    *(("contracted", days) for days in (72, 68)),
    *(("awarded", days) for days in (40, 36, 35)),
    *(("scoring", days) for days in (36, 34, 33)),
    *(("tendering", days) for days in (16, 14, 12, 10, 9)),
    *(("approved", days) for days in (8, 7)),
    *(("under_review", days) for days in (5, 4, 3)),
    *(("returned", days) for days in (7, 6)),
    *(("draft", days) for days in (2, 1)),
)


def load_demonstration(*, at: datetime, progress: Progress = lambda *_: None) -> None:
    """Make the demonstration in an empty database that has the county and its policy; one transaction, so half of it never stays.

    Effects: everything that the actions do; `progress` hears (chapter, done, of).
    """
    random = Random(SEED)  # noqa: S311 -- the same demonstration every time
    with transaction.atomic():
        cast = plant_cast(at, random)
        staff(cast, at)
        furnish(cast, at)
        work(cast, at)
        teach(cast, at)
        coach(cast, at)
        tell_places(cast, at)
        progress("cast", 1, 1)
        file_groups(cast, at)
        grow(cast, at)
        encourage(cast, at)
        tell_needs(cast, at, random)
        progress("needs", 1, 1)
        for index, (end, days) in enumerate(ENDS, start=1):
            _tell(cast, random, end, at - timedelta(days=days), at)
            progress("projects", index, len(ENDS))
        answer_needs(cast, at)
        delivery.go_round(cast, at)


def _tell(cast: Cast, random: Random, end: str, start: datetime, today: datetime) -> None:
    found = _needs(random, start)
    if found is None:
        return
    field, needs = found
    design = random.choice([row for row in load("projects") if row["field"] == field])
    town = needs[0].region.town_id
    story = Story(cast, random, today, start, cast.heads[town])
    planning.draft(story, design, random.choice(design["titles"]), needs)
    _until(story, end)


def _needs(random: Random, before: datetime) -> tuple[str, list[Need]] | None:
    """Two to five free needs of one field in one town that were told before the project began; the fullest desk comes first."""
    fields = {row["field"] for row in load("projects")}
    free = Need.objects.filter(state=NeedState.REPORTED, created_at__lt=before, field__in=fields).select_related("region", "region__town")
    groups: dict[tuple[int, str], list[Need]] = {}
    for need in free:
        groups.setdefault((need.region.town_id or 0, need.field), []).append(need)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    if not ranked:
        return None
    (_town, field), needs = random.choice(ranked[:4])
    return field, needs[: random.randint(2, 5)]


def _until(story: Story, end: str) -> None:
    if end == "draft":
        return
    planning.submit(story)
    if end == "under_review":
        return
    if end == "returned":
        planning.send_back(story)
        return
    planning.approve(story)
    if end == "approved":
        return
    contest.publish(story)
    contest.bid(story, story.random.choice([3, 3, 4]))
    contest.seat(story)
    if end == "tendering":
        return
    _contested(story, end)


def _contested(story: Story, end: str) -> None:
    contest.open_bids(story)
    contest.score(story, experts=story.random.choice([1, 2]) if end == "scoring" else 3)
    if end == "scoring":
        return
    contest.award(story)
    if end == "awarded":
        return
    agreement.agree(story)
    agreement.pay(story)
    if end == "contracted":
        return
    _delivered(story, end)


def _delivered(story: Story, end: str) -> None:
    delivery.enter(story)
    delivery.deliver(story, 0.5, story.random.randint(10, 18))
    held_back = end == "held_back"
    failing = held_back or story.random.random() < 0.2
    delivery.supervise(story, failing=failing, second=not held_back)
    if held_back:
        return
    agreement.pay(story)
    if end == "delivering":
        delivery.deliver(story, 0.2, story.random.randint(3, 8))
        return
    delivery.deliver(story, 0.45, story.random.randint(10, 18))
    ending.finish(story)
    ending.hear(story, invited=20, answered=story.random.randint(11, 18))
    ending.evaluate(story)
    if end == "in_acceptance":
        return
    ending.accept(story)
    if end == "accepted":
        return
    agreement.pay(story)
    ending.close_needs(story)
