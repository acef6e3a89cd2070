"""What the register of workers says of posts, licences and training. The figures are asked as the board asks: measure, places, day."""

from datetime import date, timedelta
from decimal import Decimal

from tests.cast import Cast
from tests.policies.factories import load_policy
from tests.workforce.factories import AT, JOINED, ON, certify, make_posts, make_session, make_worker, place
from wushe.indicators.queries import MEASURES, Facts, Figure
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.regions.actions import record_population
from wushe.regions.models import Region
from wushe.workforce.actions import record_attendance
from wushe.workforce.models import TitleExam, Worker


def figure(measure: str, region: Region, on: date = ON) -> Figure | None:
    return MEASURES[measure]([region], Facts(region, on)).get(region.pk)


def worker_at(cast: Cast, order: int, region: Region, position: str, *, licensed: bool = False, **other: object) -> Worker:
    worker = make_worker(cast, order)
    place(cast, worker, region=region, position=position, **other)
    if licensed:
        certify(cast, worker, certificate=f"20220612345{order:02d}")
    return worker


def passed(worker: Worker, score: int) -> None:
    TitleExam.objects.create(worker=worker, held_on=ON - timedelta(days=5), score=score, pass_mark=60)


def test_a_place_where_nobody_was_ever_posted_says_nothing(cast: Cast):
    for measure in ("full_time_social_workers", "responsible_leaders", "committee_certificate_ratio", "trained_or_licensed_share"):
        assert figure(measure, cast.county.communities[0]) is None


def test_a_social_work_post_is_filled_full_time_by_somebody_with_a_certificate(cast: Cast):
    community = cast.county.communities[0]
    worker_at(cast, 1, community, "station_worker")
    worker_at(cast, 2, community, "station_worker", licensed=True, full_time=False)
    worker_at(cast, 3, community, "community_worker", licensed=True)
    make_posts(cast, region=community)
    assert figure("full_time_social_workers", community).value == Decimal(0)
    worker = worker_at(cast, 4, community, "station_worker", licensed=True)
    found = figure("full_time_social_workers", community)
    assert (found.value, [row.number for row in found.rows if row.counted]) == (Decimal(1), [worker.number])
    assert figure("full_time_social_workers", community, JOINED - timedelta(days=1)) is None


def test_a_social_work_post_is_one_that_a_document_set_up(cast: Cast):
    community = cast.county.communities[0]
    for order in (1, 2):
        worker_at(cast, order, community, "station_worker", licensed=True)
    assert figure("full_time_social_workers", community).value == Decimal(0)
    make_posts(cast, region=community)
    assert figure("full_time_social_workers", community).value == Decimal(1)


def test_a_leader_is_responsible(cast: Cast):
    community = cast.county.communities[0]
    worker_at(cast, 1, community, "community_member", is_leader=True)
    worker_at(cast, 2, community, "community_member")
    assert figure("responsible_leaders", community).value == Decimal(1)


def test_the_certified_share_counts_committee_members_once(cast: Cast):
    community, other = cast.county.communities[:2]
    worker = worker_at(cast, 1, community, "community_head", licensed=True, full_time=False)
    place(cast, worker, region=other, position="community_member", full_time=False)
    worker_at(cast, 2, community, "community_member")
    worker_at(cast, 3, community, "community_worker", licensed=True)
    assert (figure("committee_certificate_ratio", community).numerator, figure("committee_certificate_ratio", community).denominator) == (
        1,
        2,
    )
    county = figure("committee_certificate_ratio", cast.county.county)
    assert (county.numerator, county.denominator) == (1, 2)


def test_the_local_title_is_training_and_no_licence(cast: Cast):
    community = cast.county.communities[0]
    passed(worker_at(cast, 1, community, "community_member"), 60)
    passed(worker_at(cast, 2, community, "community_worker"), 59)
    worker_at(cast, 3, community, "community_worker", licensed=True)
    county = cast.county.county
    assert figure("trained_share_of_unlicensed", county).value == Decimal("0.5")
    assert figure("trained_or_licensed_share", county).numerator == 2
    assert figure("committee_certificate_ratio", county).numerator == 0
    assert figure("community_social_workers", county).value == Decimal(1)


def test_posts_are_those_that_a_document_set_up(cast: Cast):
    town = cast.county.town
    assert figure("social_work_posts", town) is None
    make_posts(cast, posts=2)
    make_posts(cast, posts=5, position="other")
    assert figure("social_work_posts", town).value == Decimal(2)


def test_posts_stand_against_the_last_count_of_residents(cast: Cast):
    community = cast.county.communities[0]
    make_posts(cast, region=community, posts=1)
    assert figure("social_work_posts_per_resident", community) is None
    for year, residents in ((2024, 4000), (2025, 5000)):
        record_population(region_id=community.pk, year=year, residents=residents, source="统计年鉴", by=SYSTEM, at=now())
    assert figure("social_work_posts_per_resident", community).value == Decimal(1) / 5000
    assert figure("social_work_posts_per_resident", community, date(2024, 6, 1)).value == Decimal(1) / 4000


def test_grids_are_bounded_on_both_sides(cast: Cast):
    community = cast.county.communities[0]
    for order, grids in enumerate(((), ("1",), ("2", "3", "4")), start=1):
        worker_at(cast, order, community, "grid_worker", grids=grids)
    assert figure("fewest_grids_of_a_worker", community).value == Decimal(0)
    assert figure("most_grids_of_a_worker", community).value == Decimal(3)


def test_grids_are_counted_in_the_posts_to_which_the_policy_gives_them(cast: Cast):
    community = cast.county.communities[0]
    worker_at(cast, 1, community, "community_worker")
    assert figure("fewest_grids_of_a_worker", community) is None
    load_policy(cast.county.county, "shijiazhuang-2016")
    assert figure("fewest_grids_of_a_worker", community).value == Decimal(0)


def test_party_members_and_staff_of_work_stations_are_trained_too(cast: Cast):
    load_policy(cast.county.county, "xiamen-2014")
    community = cast.county.communities[0]
    for order, position in enumerate(("party_member", "community_member", "work_station_staff", "station_worker"), start=1):
        worker_at(cast, order, community, position)
    assert figure("trained_or_licensed_share", community).denominator == 3


def test_where_everybody_is_licensed_nobody_is_left_to_train(cast: Cast):
    community = cast.county.communities[0]
    assert figure("trained_share_of_unlicensed", community) is None
    worker = worker_at(cast, 1, community, "community_worker")
    assert figure("trained_share_of_unlicensed", community).value == Decimal(0)
    certify(cast, worker)
    found = figure("trained_share_of_unlicensed", community)
    assert (found.denominator, found.value) == (0, 1)


def test_class_hours_of_agencies_are_no_data_without_a_course(cast: Cast):
    county = cast.county.county
    assert figure("agency_training_class_hours", county) is None
    assert figure("agency_training_class_hours_per_agency", county) is None
    session = make_session(cast)
    assert figure("agency_training_class_hours", county).value == Decimal(0)
    worker = make_worker(cast, 1)
    place(cast, worker, body=cast.agencies[0].body, position="project_worker")
    record_attendance(session=session, present=[worker.number], by=cast.reviewer, at=AT)
    total = figure("agency_training_class_hours", county)
    assert (total.value, [row.number for row in total.rows]) == (Decimal(2), [session.number])
    least = figure("agency_training_class_hours_per_agency", county)
    assert least.value == Decimal(0)
    assert {row.name for row in least.rows if row.counted} == {agency.name for agency in cast.agencies[1:]}
