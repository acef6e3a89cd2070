from django.test import Client

from tests import stories
from tests.cast import Cast


def test_anyone_reads_releases_and_records(client: Client, cast: Cast):
    project = stories.tendering(cast)
    package = client.get("/open/ocds/releases.json").json()
    assert (package["version"], len(package["releases"])) == ("1.1", 2)
    record = client.get(f"/open/ocds/records/{project.ocid}.json").json()["records"][0]
    assert record["ocid"] == project.ocid


def test_an_unknown_record_is_answered_in_the_same_language_of_machines(client: Client, cast: Cast):
    response = client.get("/open/ocds/records/ocds-none.json")
    assert (response.status_code, response.json()) == (404, {"error": "no record ocds-none"})


def test_a_crooked_page_mark_starts_at_the_newest(client: Client, cast: Cast):
    stories.tendering(cast)
    assert len(client.get("/open/ocds/releases.json?before=x").json()["releases"]) == 2
