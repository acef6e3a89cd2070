from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from wushe.regions.models import Region
from wushe.web.common import listing
from wushe.web.common.listing import Listing, csv_response
from wushe.web.common.templatetags.wushe import sort_head

pytestmark = pytest.mark.django_db
SORTS = {"code": ("code",)}


@pytest.fixture
def places(cast):
    return list(Region.objects.order_by("code"))


def listed(page: int) -> Listing:
    return Listing(RequestFactory().get("/", {"page": page}), Region.objects.all(), SORTS, size=2)


def test_a_list_says_how_many_there_are_and_goes_to_its_end(places):
    last = (len(places) + 1) // 2
    assert (listed(1).total, listed(1).is_cut, listed(1).page.has_next()) == (len(places), False, True)
    assert list(listed(last)) == places[2 * (last - 1) :]
    assert listed(last).page.has_next() is False
    assert listed(last + 7).page.number == last


def test_a_very_long_list_is_not_counted_to_its_end_but_read_to_it(places, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 4)
    assert len(places) > 8
    assert (listed(1).total, listed(1).is_cut) == (4, True)
    beyond = listed(4)
    assert (list(beyond), beyond.total, beyond.is_cut, beyond.page.has_next()) == (places[6:8], 4, True, True)


def test_the_end_that_was_seen_is_not_counted(places, django_assert_num_queries):
    last = (len(places) + 1) // 2
    with django_assert_num_queries(1):
        assert listed(last).total == len(places)


@pytest.mark.parametrize(
    ("sort", "directions"),
    [
        ("name", ["ascending", "none", "none"]),
        ("-name", ["descending", "none", "none"]),
        ("amount", ["none", "descending", "none"]),
        ("-amount", ["none", "ascending", "none"]),
        ("age", ["none", "none", "ascending"]),
        ("-age", ["none", "none", "descending"]),
    ],
)
def test_the_arrow_says_which_way_the_values_go(sort, directions):
    sorts = {"name": ("name",), "amount": ("-level", "pk"), "age": ("-valid_from", "pk")}
    shown = Listing(RequestFactory().get("/", {"sort": sort}), Region.objects.all(), sorts)
    heads = [sort_head(shown, name, name, is_age=name == "age") for name in sorts]
    assert [head["direction"] for head in heads] == directions
    assert heads[list(sorts).index(sort.removeprefix("-"))]["address"] == ("?sort=" + (sort[1:] if sort[0] == "-" else f"-{sort}"))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\uff1d1+1", "\uff20A1", "\t=1+1", "\r=1+1"])
def test_no_cell_of_a_file_is_run_as_a_formula(cell):
    file = b"".join(csv_response("rows", ["head"], [cell], lambda row: [row]).streaming_content).decode()
    assert f"'{cell}" in file


def test_a_moment_of_a_file_is_that_of_the_place():
    row = [datetime(2026, 10, 9, 15, 59, 59, tzinfo=UTC), -1, "周一-周五"]
    lines = b"".join(csv_response("list", ["一"], [row], lambda each: each).streaming_content).decode()
    assert lines == "\ufeff一\r\n2026-10-09 23:59,-1,周一-周五\r\n"
