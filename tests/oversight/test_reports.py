"""A report that is handed in stands: its content is kept whole, with a digest in the audit, and nothing that happens later changes it."""

import pytest
from django.db import IntegrityError, transaction

from tests import stories
from wushe.audit.models import Entry
from wushe.oversight.models import Evaluation
from wushe.oversight.queries import living_evaluation, report_of
from wushe.oversight.rules import digest_of


def handed_in(cast):
    project = stories.delivering(cast)
    stories.held(cast, project)
    stories.supervised(cast, project)
    stories.services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)
    stories.heard(cast, project, 5, 4)
    stories.evaluated(cast, project)
    return project


def kept(project):
    evaluation = living_evaluation(stories.fresh(project))
    assert evaluation is not None
    return evaluation, report_of(evaluation, stories.ACCEPTED.date())


def test_what_happens_later_does_not_change_a_report(cast):
    project = handed_in(cast)
    evaluation, before = kept(project)
    stories.heard(cast, project, 1, 1)
    project.activities.update(counted=500)
    project.indicators.update(text="改过的指标")
    _evaluation, after = kept(project)
    assert after == before
    assert after.heard is not None
    assert (after.heard.invited, after.heard.answered, after.heard.satisfied) == (2, 2, 2)
    assert [(row["text"], row["done"]) for row in after.content["indicators"]] == [("开展活动", "1"), ("服务人次", "12")]
    assert after.content["number"] == evaluation.number
    assert after.content["score"] == str(evaluation.score)


def test_items_are_kept_with_their_names_and_who_gave_the_points(cast):
    rows = {row["code"]: row for row in kept(handed_in(cast))[1].content["items"]}
    assert {code for code, row in rows.items() if not row["computed"]} == set(stories.JUDGED)
    assert all(row["zh"] != code and row["side"]["zh"] for code, row in rows.items())
    assert rows["fund_use"]["points"] == "9.0"
    assert [code for code, row in rows.items() if row["deducts"]] == ["correction_overdue"]


def test_the_audit_has_the_digest_of_the_kept_content(cast):
    evaluation, report = kept(handed_in(cast))
    entry = Entry.objects.get(verb="oversight.project_evaluated")
    assert entry.data["sha256"] == report.digest == digest_of(evaluation.content)
    assert digest_of(evaluation.content | {"score": "100.0"}) != report.digest


def test_the_database_refuses_to_change_a_report(cast):
    evaluation, _report = kept(handed_in(cast))
    for change in ({"content": {}}, {"score": 1}, {"summary": "改过"}, {"submitted_at": None}):
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            Evaluation.objects.filter(pk=evaluation.pk).update(**change)
    assert Evaluation.objects.filter(pk=evaluation.pk).update(superseded_at=stories.ACCEPTED) == 1


def test_a_report_of_the_time_before_contents_were_kept_says_so(cast):
    evaluation, before = kept(handed_in(cast))
    evaluation.content = None
    anew = report_of(evaluation, stories.FINISHED.date())
    assert (anew.digest, anew.content) == ("", before.content)
