import json

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.stations.factories import make_station
from wushe.stations.models import Station


def test_a_register_is_sent_row_by_row_with_its_number_at_the_end(cast: Cast, client: Client):
    make_station(cast.reviewer, cast.county.other_town)
    response = client.get(reverse("portal:stations:list"), {"format": "json"})
    assert response.streaming
    found = json.loads(b"".join(response))
    assert [row["number"] for row in found["stations"]] == list(Station.objects.order_by("region__code").values_list("number", flat=True))
    assert found["total"] == 2


def test_an_empty_register_is_whole_too(db: None, client: Client):
    response = client.get(reverse("portal:stations:list"), {"format": "json"})
    assert json.loads(b"".join(response)) == {"stations": [], "total": 0}
