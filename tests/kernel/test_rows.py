import json

import pytest

from tests.regions.factories import plant_county
from wushe.kernel.rows import Columns, rows_as_json
from wushe.regions.models import Region

pytestmark = pytest.mark.django_db
COLUMNS = Columns.of(Region, code="code", title="name", town="town__name")


def test_rows_are_cut_but_all_that_were_found_are_counted():
    county = plant_county().county
    rows = Region.objects.filter(county=county).order_by("code").values("name", "level", "valid_from")
    text, found = rows_as_json(*rows.query.sql_with_params(), 2)
    assert found == rows.count() > 2
    assert json.loads(text) == [row | {"valid_from": row["valid_from"].isoformat()} for row in rows[:2]]


def test_no_rows_are_an_empty_array():
    assert rows_as_json(*Region.objects.filter(code="1").values("name").query.sql_with_params(), 2) == ("[]", 0)


def test_a_percent_sign_in_a_search_is_no_placeholder():
    plant_county()
    assert rows_as_json(*COLUMNS.shown_by(Region.objects.filter(name__contains="100%")), 2) == ("[]", 0)


def test_columns_of_a_row_and_of_the_row_that_a_key_names():
    community = plant_county().communities[0]
    text, found = rows_as_json(*COLUMNS.shown_by(Region.objects.filter(pk=community.pk).order_by("name")[:1]), 1)
    assert (json.loads(text), found) == ([{"code": community.code, "title": community.name, "town": community.town.name}], 1)


def test_columns_refuse_rows_that_are_made_distinct():
    with pytest.raises(ValueError, match="distinct"):
        COLUMNS.shown_by(Region.objects.distinct())
