import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.urls import reverse

from tests.accounts.factories import make_user
from wushe.web.common.charts import Chart


@pytest.mark.django_db
def test_the_gallery_shows_every_component_in_the_demonstration(client, settings):
    settings.DEMO = True
    client.force_login(make_user("zhaomin"))
    soup = BeautifulSoup(client.get(reverse("desk:gallery")).content, "html.parser")
    for component in (".ws-steps", ".ws-next", ".pill", ".facts", ".ws-table", ".ws-empty", ".ws-errors", ".chart", ".ws-compare", ".star"):
        assert soup.select(component), component
    assert soup.select_one("#id_title")["aria-describedby"] == "id_title_help id_title_error"


@pytest.mark.django_db
def test_there_is_no_gallery_outside_the_demonstration(client):
    client.force_login(make_user("zhaomin"))
    assert client.get(reverse("desk:gallery")).status_code == 404


def test_a_chart_tells_no_data_from_nought():
    chart = Chart("c", "t", "a", ["x", "y"], {"s": [0, None]})
    assert chart.spec["series"] == [{"name": "s", "values": [0, None]}]
    assert [row.values for row in chart.rows] == [[0], [None]]


def test_the_figures_of_a_chart_scroll_inside_their_frame():
    chart = Chart("c", "t", "a", ["x", "y"], {"s": [0, None]})
    drawn = BeautifulSoup(render_to_string("common/parts/chart.html", {"chart": chart}), "html.parser")
    assert drawn.select_one("figure details > .ws-scroll > table")
