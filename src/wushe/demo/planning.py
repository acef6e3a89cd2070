"""Chapters one and two: the town drafts and reports, the county reviews."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from wushe.demo.story import DELIVERY_DAYS, Story
from wushe.kernel.clock import local_date
from wushe.needs.models import Need
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.models import IndicatorKind


def draft(story: Story, design: dict[str, Any], title: str, needs: list[Need]) -> None:
    """The town makes needs into a draft."""
    region = needs[0].region.town
    assert region is not None  # noqa: S101 -- needs lie in communities
    starts = local_date(story.at + timedelta(days=60))
    content = projects.DesignDraft(
        title=f"{title}（{region.name}）",
        summary=design["summary"],
        service_users=design["users"],
        goals=design["goals"],
        expected_persons=design["persons"],
        field=design["field"],
        starts_on=starts,
        ends_on=starts + timedelta(days=DELIVERY_DAYS),
        budget_lines=tuple(projects.BudgetDraft(category, text, Decimal(amount)) for category, text, amount in design["lines"]),
        indicators=tuple(
            projects.IndicatorDraft(IndicatorKind(kind), text, Decimal(target)) for kind, text, target in design["indicators"]
        ),
        need_ids=tuple(need.pk for need in needs),
    )
    story.project = projects.draft_project(region=region, draft=content, by=story.head, at=story.at)


def submit(story: Story) -> None:
    """The town reports to the county."""
    projects.submit_design(project_id=story.pk, by=story.head, at=story.later(2))


def _marks(story: Story, unmet: str = "") -> projects.ReviewDraft:
    items = policy_for(story.fresh().region, local_date(story.at)).checklist("project_review")
    marks = tuple(projects.Mark(item.code, met=item.code != unmet) for item in items)
    comments = (("indicators", "请写明每项指标的计数口径，并与协议期匹配。"),) if unmet else ()
    return projects.ReviewDraft(marks=marks, comments=comments, opinion="请按意见修改后重新报送。" if unmet else "同意立项。")


def send_back(story: Story) -> None:
    """The county returns the design with comments."""
    items = policy_for(story.fresh().region, local_date(story.at)).checklist("project_review")
    projects.return_design(project_id=story.pk, draft=_marks(story, items[-1].code), by=story.cast.users["xianzhan"], at=story.later(2))


def approve(story: Story) -> None:
    """The county approves."""
    projects.approve_design(project_id=story.pk, draft=_marks(story), by=story.cast.users["xianzhan"], at=story.later(2))
