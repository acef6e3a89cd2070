from datetime import date

import pytest
from django.db import connection

from tests.regions.division_files import ROWS, write_divisions
from wushe.audit.queries import entries_of
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.regions.actions import import_regions, importing
from wushe.regions.errors import DivisionFilesMissing, UnknownPlace
from wushe.regions.models import Level, Region, Tenure
from wushe.regions.queries import counted_communities, region_by_code

pytestmark = pytest.mark.django_db
TOTAL = 1 + sum(len(rows) for rows in ROWS.values())


def load(folder, **options):
    return import_regions(folder=folder, by=SYSTEM, at=now(), **options)


def test_every_division_becomes_a_region_below_the_nation(tmp_path):
    result = load(write_divisions(tmp_path))
    assert (result.read, result.created, result.renamed, result.missing) == (TOTAL, TOTAL, (), ())
    village = region_by_code("910326101200")
    assert village.full_name == "青原省云川市平湖县石桥镇柳树村委会"
    assert [Region.objects.get(pk=pk).code for pk in village.ancestor_ids] == [
        "910000000000", "910300000000", "910326000000", "910326101000", "910326101200",
    ]  # fmt: skip
    assert (village.initials, village.sort_key) == ("lscwh", "liu shu cun wei hui")
    assert Tenure.objects.count() == TOTAL - 1
    assert Tenure.objects.filter(period__startswith=date(2023, 6, 30)).count() == TOTAL - 1


def test_a_second_import_changes_nothing(tmp_path):
    load(write_divisions(tmp_path))
    before = list(Region.objects.order_by("pk").values())
    result = load(tmp_path)
    assert (result.created, result.renamed, result.missing) == (0, (), ())
    assert list(Region.objects.order_by("pk").values()) == before
    assert Tenure.objects.count() == TOTAL - 1


def test_a_large_load_builds_the_same_rows_and_keeps_every_index_and_check(tmp_path, monkeypatch):
    def guards():
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename IN ('regions_region', 'regions_tenure') ORDER BY 1")
            indexes = cursor.fetchall()
            cursor.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE conrelid IN ('regions_region'::regclass, 'regions_tenure'::regclass) ORDER BY 1"
            )
            return indexes, cursor.fetchall()

    before = guards()
    monkeypatch.setattr(importing, "LARGE_LOAD", 1)
    assert load(write_divisions(tmp_path)).created == TOTAL
    assert guards() == before


def test_one_county_comes_with_what_stands_above_it_and_nothing_beside(tmp_path):
    result = load(write_divisions(tmp_path), county="910326")
    assert result.created == 4 + 3 + 4
    assert not Region.objects.filter(code__startswith="92").exists()
    assert load(tmp_path).created == TOTAL - result.created


def test_a_changed_name_is_taken_over_below_and_recorded(tmp_path):
    load(write_divisions(tmp_path))
    result = load(write_divisions(tmp_path, renamed={"910326101": "石桥街道"}))
    assert result.renamed == (("910326101000", "石桥镇", "石桥街道"),)
    assert region_by_code("910326101200").full_name == "青原省云川市平湖县石桥街道柳树村委会"
    entry = entries_of("region", "910326101000").get(verb="regions.renamed")
    assert entry.data == {"from": "石桥镇", "to": "石桥街道"}


def test_what_the_files_no_longer_name_is_reported_and_kept(tmp_path):
    load(write_divisions(tmp_path))
    result = load(write_divisions(tmp_path, without="910326101"))
    assert result.missing == ("910326101000", "910326101200")
    assert region_by_code("910326101").valid_until is None


def test_pseudo_units_do_not_count_and_take_their_villages_along(tmp_path):
    load(write_divisions(tmp_path))
    uncounted = set(Region.objects.filter(counts_for_coverage=False).values_list("code", flat=True))
    assert uncounted == {"910326400000", "910326400498", "910371000000"}
    assert counted_communities(region_by_code("910326")).count() == 3


def test_levels_that_no_government_has_are_left_out_of_every_path(tmp_path):
    load(write_divisions(tmp_path))
    artificial = set(Region.objects.filter(is_artificial=True).values_list("code", "level"))
    assert artificial == {
        ("919000000000", Level.CITY), ("910400000000", Level.COUNTY), ("920100000000", Level.CITY),
        ("910327000000", Level.TOWN), ("910327000000", Level.COMMUNITY),
    }  # fmt: skip
    paths = {code: region_by_code(code).full_name for code in ("919001001001", "910400100200", "920101001001")}
    assert paths == {
        "919001001001": "青原省独山市独山街道独山社区居委会",
        "910400100200": "青原省玉门城市玉门街道玉门村委会",
        "920101001001": "海川市东港区港口街道港口社区居委会",
    }


def test_one_code_at_three_levels_gives_the_highest(tmp_path):
    load(write_divisions(tmp_path))
    assert region_by_code("910327").level == Level.COUNTY


def test_an_unknown_county_is_refused(tmp_path):
    with pytest.raises(UnknownPlace):
        load(write_divisions(tmp_path), county="910399")
    assert not Region.objects.exists()


def test_missing_files_are_refused(tmp_path):
    with pytest.raises(DivisionFilesMissing):
        load(tmp_path)
