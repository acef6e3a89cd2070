import json

import pytest

from tests.regions.factories import plant_county
from wushe.kernel.rows import rows_as_json
from wushe.regions.models import Region

pytestmark = pytest.mark.django_db


def test_rows_are_cut_but_all_that_were_found_are_counted():
    county = plant_county().county
    rows = Region.objects.filter(county=county).order_by("code").values("name", "level", "valid_from")
    text, found = rows_as_json(rows, 2)
    assert found == rows.count() > 2
    assert json.loads(text) == [row | {"valid_from": row["valid_from"].isoformat()} for row in rows[:2]]


def test_no_rows_are_an_empty_array():
    assert rows_as_json(Region.objects.filter(code="1").values("name"), 2) == ("[]", 0)


def test_a_percent_sign_in_a_search_is_no_placeholder():
    plant_county()
    assert rows_as_json(Region.objects.filter(name__contains="100%").values("name"), 2) == ("[]", 0)
