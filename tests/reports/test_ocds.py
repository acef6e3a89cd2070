import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from tests import stories
from tests.cast import Cast
from tests.policies.factories import load_next
from tests.reports.lives import LIFE_TAGS, LIVES, releases_of
from wushe.demo.data import load
from wushe.kernel.errors import NotFound
from wushe.projects.actions import cancel_tender, terminate_project
from wushe.reports.models import Release
from wushe.reports.queries import record_package, release_package

OCDS = Path(__file__).parents[3] / "shared" / "standards" / "ocds"
SCHEMA = "https://standard.open-contracting.org/schema/{}.json"
RELEASE, RECORD = SCHEMA.format("1__1__5/release-schema"), SCHEMA.format("1__2__0/record-schema")
# the folder has no schema of a record, which holds nothing but releases
RECORD_SCHEMA = {
    "required": ["ocid", "releases"],
    "properties": {"releases": {"items": {"$ref": RELEASE}}, "compiledRelease": {"$ref": RELEASE}},
}
REQUIRED = {"ocid", "id", "date", "tag", "initiationType", "parties", "buyer", "planning"}
STAGES = ("tender", "award", "contract")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def published(cast: Cast) -> list[dict[str, Any]]:
    return releases_of(stories.finished(cast))


def problems(document: dict[str, Any], kind: str) -> list[str]:
    """What the official schema says of a document."""

    def read(name: str) -> Any:
        return json.loads((OCDS / f"{name}-schema.json").read_text())

    resources = ((RELEASE, read("release")), (RECORD, RECORD_SCHEMA))
    registry: Any = Registry().with_resources((uri, Resource.from_contents(content, DRAFT4)) for uri, content in resources)
    return [error.message for error in jsonschema.Draft4Validator(read(kind), registry=registry).iter_errors(document)]


@pytest.mark.parametrize("life", LIVES)
def test_every_step_writes_the_release_of_its_stage(cast: Cast, life: str):
    assert [release["tag"] for release in releases_of(LIVES[life](cast))] == [[tag] for tag in LIFE_TAGS[life]]


def test_releases_have_one_ocid_and_ids_of_their_own(cast: Cast):
    releases = published(cast)
    assert len({release["ocid"] for release in releases}) == 1
    assert len({release["id"] for release in releases}) == len(releases)


@pytest.mark.parametrize("life", LIVES)
def test_releases_have_the_structure_of_the_standard(cast: Cast, life: str):
    releases = releases_of(LIVES[life](cast))
    for release in releases:
        assert set(release) >= REQUIRED
        for stage in STAGES:
            assert stage not in release["tag"][0].lower() or {stage, f"{stage}s"} & set(release)
        roles = {party["id"]: party["roles"] for party in release["parties"]}
        assert len(roles) == len(release["parties"])
        assert "buyer" in roles[release["buyer"]["id"]]
        for tenderer in release.get("tender", {}).get("tenderers", []):
            assert "tenderer" in roles[tenderer["id"]]
        for award in release.get("awards", []):
            assert all("supplier" in roles[supplier["id"]] for supplier in award["suppliers"])
        for contract in release.get("contracts", []):
            assert contract["awardID"] in {award["id"] for award in release["awards"] if award["status"] == "active"}
            transactions = contract["implementation"]["transactions"]
            assert all(money[party]["id"] in roles for money in transactions for party in ("payer", "payee"))
    assert all(earlier["date"] <= later["date"] for earlier, later in pairwise(releases))


@pytest.mark.skipif(not OCDS.exists(), reason="the official schemas are not at hand; the structural tests always run")
@pytest.mark.parametrize("life", LIVES)
def test_all_that_is_published_is_valid_under_the_official_schemas(cast: Cast, life: str):
    project = LIVES[life](cast)
    assert [problem for release in releases_of(project) for problem in problems(release, "release")] == []
    open_data = {"uri": "https://open.example/ocds", "publisher": "P", "at": stories.HELD}
    assert problems(release_package(size=3, **open_data), "release-package") == []
    assert problems(record_package(project.ocid, **open_data), "record-package") == []


def test_bidders_are_named_only_after_opening(cast: Cast):
    by_tag = {release["tag"][0]: release for release in published(cast)}
    assert "tenderers" not in by_tag["tender"]["tender"]
    assert by_tag["tenderUpdate"]["tender"]["numberOfTenderers"] == 3


def test_a_withdrawn_award_stays_as_a_cancelled_one(cast: Cast):
    releases = releases_of(LIVES["closed"](cast))
    withdrawn = next(release for release in releases if release["tag"] == ["awardCancellation"])
    assert [award["status"] for award in withdrawn["awards"]] == ["cancelled"]
    assert [award["status"] for award in releases[-1]["awards"]] == ["cancelled", "active"]


def test_a_report_that_counts_no_more_is_not_in_the_next_release(cast: Cast):
    releases = releases_of(LIVES["closed"](cast))

    def reports(release: dict[str, Any]) -> list[str]:
        documents = release["contracts"][0]["implementation"]["documents"]
        return [document["id"] for document in documents if document["documentType"] == "evaluationReports"]

    told = [reports(release) for release in releases if "contracts" in release]
    first, second = told[-7][0], told[-1][0]
    assert first != second
    assert told[-7:] == [[first], [], [], [second], [second], [second], [second]]


def test_what_failed_or_was_given_up_is_not_said_to_be_still_to_come(cast: Cast):
    milestones = releases_of(LIVES["given up"](cast))[-1]["contracts"][0]["implementation"]["milestones"]
    assert {milestone["status"] for milestone in milestones} == {"notMet"}


def test_what_came_back_is_a_transaction_with_the_parties_changed_over(cast: Cast):
    paid, refund = releases_of(LIVES["given back"](cast))[-1]["contracts"][0]["implementation"]["transactions"]
    assert (refund["payer"], refund["payee"]) == (paid["payee"], paid["payer"])
    assert (paid["value"]["amount"], refund["value"]["amount"]) == (31_200, 1_200)
    assert refund["date"].startswith(stories.HELD.date().isoformat())


def test_a_project_that_was_tendered_by_a_method_now_retired_goes_on(cast: Cast):
    project = stories.tendering(cast)
    load_next("platform", valid_from=date(2015, 3, 1), replace=(("code: open_tender,", "code: open_tender, retired: true,"),))
    cancel_tender(project_id=project.pk, reason="投标人不足", by=cast.reviewer, at=stories.OPENED)
    tender = Release.objects.get(tag="tenderCancellation").content["tender"]
    assert (tender["procurementMethod"], tender["procurementMethodDetails"]) == ("open", "公开招标")


def test_packages_hold_releases_newest_first_and_page_back(cast: Cast):
    published(cast)
    first = release_package(uri="http://x/open", publisher="P", at=stories.HELD, size=4)
    assert [release["tag"][0] for release in first["releases"]] == ["implementationUpdate", "implementation", "contract", "award"]
    before = int(first["links"]["next"].rsplit("=", 1)[1])
    rest = release_package(uri="http://x/open", publisher="P", at=stories.HELD, size=4, before=before)
    assert [release["tag"][0] for release in rest["releases"]] == ["tenderUpdate", "tender", "planning"]


def test_a_record_holds_the_history_and_where_it_stands(cast: Cast):
    ocid = published(cast)[0]["ocid"]
    record = record_package(ocid, uri="http://x/open", publisher="P", at=stories.HELD)["records"][0]
    assert (len(record["releases"]), record["compiledRelease"]["tag"]) == (7, ["compiled"])
    with pytest.raises(NotFound):
        record_package("ocds-none", uri="http://x/open", publisher="P", at=stories.HELD)


@pytest.mark.parametrize("life", LIVES)
def test_no_person_is_named(cast: Cast, life: str):
    text = json.dumps(releases_of(LIVES[life](cast)), ensure_ascii=False)
    assert [name for name in people(cast) if name in text] == []
    assert [*PHONE.findall(text), *IDENTITY.findall(text)] == []


def people(cast: Cast) -> set[str]:
    """Everyone whom the story, or the data of the demonstration, knows by name; and where they live."""
    need = stories.need_draft(cast)
    team = [member.name for member in stories.offer().team] + [stories.entry_draft(cast).professional]
    served = [person.name for person in stories.activity_draft(cast).persons]
    users = [user.name for user in (*cast.everyone().values(), *cast.managers, *cast.experts)]
    names = load("names")
    invented = {f"{surname}{given}" for surname in names["surnames"] for given in names["given"]}
    shipped = {name for file in settings.DEMO_DATA.glob("*.yaml") for name in users_in(load(file.stem))}
    return {need.person, need.address, *team, *served, *users} | invented | shipped


def users_in(data: Any) -> Iterator[str]:
    """The names of all who get an account in a file of the demonstration."""
    if isinstance(data, dict) and {"username", "name"} <= set(data):
        yield data["name"]
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from users_in(part)


@pytest.mark.parametrize(
    ("stage", "tag"),
    [
        ("drafted", None),
        ("submitted", None),
        ("approved", "planningUpdate"),
        ("tendering", "tenderCancellation"),
        ("agreed", "awardCancellation"),
        ("contracted", "contractTermination"),
    ],
)
def test_what_ends_before_its_time_says_what_of_it_was_public(cast: Cast, stage: str, tag: str | None):
    project = getattr(stories, stage)(cast)
    before = Release.objects.count()
    terminate_project(project_id=project.pk, reason="机构退出", by=cast.reviewer, at=stories.HELD)
    tags = [release.tag for release in Release.objects.order_by("sequence")[before:]]
    assert tags == ([tag] if tag else [])


def test_a_tender_that_ends_with_its_project_is_cancelled(cast: Cast):
    project = stories.tendering(cast)
    terminate_project(project_id=project.pk, reason="预算取消", by=cast.reviewer, at=stories.BID)
    assert Release.objects.latest("sequence").content["tender"]["status"] == "cancelled"
