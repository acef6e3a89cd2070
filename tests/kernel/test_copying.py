import pytest
from django.db import IntegrityError, transaction

from tests.cast import moment
from tests.regions.factories import plant_county
from wushe.accounts.models import Body
from wushe.kernel.copying import copy_rows
from wushe.kernel.numbers import draw, draw_many

pytestmark = pytest.mark.django_db


def body(region, number):
    return {"number": number, "name": "东风社区\t居委会", "kind": "office", "region_id": region.pk}


def test_rows_are_copied_with_ids_in_order():
    region = plant_county().county
    ids = copy_rows(Body, [body(region, "body-1"), body(region, "body-2")])
    assert [(row.pk, row.number, row.name) for row in Body.objects.order_by("number")] == [
        (ids[0], "body-1", "东风社区\t居委会"),
        (ids[1], "body-2", "东风社区\t居委会"),
    ]
    assert Body.objects.create(number="body-3", name="后来的", kind="office", region=region).pk > ids[1]


def test_a_constraint_refuses_as_it_does_elsewhere():
    region = plant_county().county
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(Body, [body(region, "body-1"), body(region, "body-1")])
    assert not Body.objects.exists()


def test_numbers_drawn_together_follow_those_drawn_alone():
    on = moment(3, 1).date()
    assert draw("thing", place="990326", on=on) == "thing-990326-2026-000001"
    assert draw_many("thing", place="990326", on=on, count=2) == ["thing-990326-2026-000002", "thing-990326-2026-000003"]
    assert draw("thing", place="990326", on=on) == "thing-990326-2026-000004"
