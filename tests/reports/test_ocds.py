import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from tests import stories
from tests.cast import Cast
from tests.policies.factories import load_next
from wushe.demo.data import load
from wushe.kernel.errors import NotFound
from wushe.projects.actions import cancel_tender
from wushe.reports.models import Release
from wushe.reports.queries import record_package, release_package

SCHEMA = Path(__file__).parents[3] / "shared" / "standards" / "ocds" / "dereferenced-release-schema.json"
REQUIRED = {"ocid", "id", "date", "tag", "initiationType", "parties", "buyer", "planning"}


def published(cast: Cast) -> list[dict[str, object]]:
    stories.finished(cast)
    return [row.content for row in Release.objects.order_by("sequence")]


def test_every_step_writes_the_release_of_its_stage(cast: Cast):
    tags = [release["tag"] for release in published(cast)]
    assert tags == [["planning"], ["tender"], ["tenderUpdate"], ["award"], ["contract"], ["implementation"]]


def test_releases_have_one_ocid_and_ids_of_their_own(cast: Cast):
    releases = published(cast)
    assert len({release["ocid"] for release in releases}) == 1
    assert len({release["id"] for release in releases}) == len(releases)


def test_releases_have_the_structure_of_the_standard(cast: Cast):
    for release in published(cast):
        assert set(release) >= REQUIRED
        parties = {party["id"] for party in release["parties"]}
        assert release["buyer"]["id"] in parties
        for award in release.get("awards", []):
            assert {supplier["id"] for supplier in award["suppliers"]} <= parties
        for contract in release.get("contracts", []):
            assert contract["awardID"] in {award["id"] for award in release["awards"]}


def test_bidders_are_named_only_after_opening(cast: Cast):
    by_tag = {release["tag"][0]: release for release in published(cast)}
    assert "tenderers" not in by_tag["tender"]["tender"]
    assert by_tag["tenderUpdate"]["tender"]["numberOfTenderers"] == 3


@pytest.mark.skipif(not SCHEMA.exists(), reason="the official schema is not at hand; the structural tests above always run")
def test_releases_are_valid_under_the_official_schema(cast: Cast):
    validator = jsonschema.Draft4Validator(json.loads(SCHEMA.read_text()))
    assert [error.message for release in published(cast) for error in validator.iter_errors(release)] == []


def test_a_project_that_was_tendered_by_a_method_now_retired_goes_on(cast: Cast):
    project = stories.tendering(cast)
    load_next("platform", valid_from=date(2015, 3, 1), replace=(("code: open_tender,", "code: open_tender, retired: true,"),))
    cancel_tender(project_id=project.pk, reason="投标人不足", by=cast.reviewer, at=stories.OPENED)
    tender = Release.objects.get(tag="tenderCancellation").content["tender"]
    assert (tender["procurementMethod"], tender["procurementMethodDetails"]) == ("open", "公开招标")


def test_packages_hold_releases_newest_first_and_page_back(cast: Cast):
    published(cast)
    first = release_package(uri="http://x/open", publisher="P", at=stories.HELD, size=4)
    assert [release["tag"][0] for release in first["releases"]][:2] == ["implementation", "contract"]
    before = int(first["links"]["next"].rsplit("=", 1)[1])
    rest = release_package(uri="http://x/open", publisher="P", at=stories.HELD, size=4, before=before)
    assert [release["tag"][0] for release in rest["releases"]] == ["tender", "planning"]


def test_a_record_holds_the_history_and_where_it_stands(cast: Cast):
    ocid = published(cast)[0]["ocid"]
    record = record_package(ocid, uri="http://x/open", publisher="P", at=stories.HELD)["records"][0]
    assert (len(record["releases"]), record["compiledRelease"]["tag"]) == (6, ["compiled"])
    with pytest.raises(NotFound):
        record_package("ocds-none", uri="http://x/open", publisher="P", at=stories.HELD)


def test_no_person_is_named(cast: Cast):
    text = json.dumps(published(cast), ensure_ascii=False)
    people = [user.name for user in cast.everyone().values()] + [row["name"] for row in load("cast")]
    assert [name for name in people if name in text] == []
