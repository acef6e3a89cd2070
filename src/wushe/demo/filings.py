"""Groups of one community on their way through the filing, and last year's batch with lines that came back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from wushe.accounts.models import User
from wushe.demo.cast import Cast
from wushe.demo.data import SEED, load, person, phone, uscc
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.organisations import actions
from wushe.organisations.actions import ApplicationDraft, LineVerdict, MemberDraft
from wushe.organisations.models import Filing, PurposeClass
from wushe.regions.models import Region

REPORTED = ("accepted", "registered", "sent_back", "mended")
BACK = ("sent_back", "mended")
ASSOCIATION, SERIAL = "51", 900
PASSED = "情况属实，成员均为本社区居民，同意上报。"
GRANTED = "材料齐全，同意备案。"
CERTIFICATE = "社会团体法人登记证书"

Row = dict[str, Any]


@dataclass(frozen=True)
class Chapter:
    """The community, its plan, and who acts."""

    cast: Cast
    plan: dict[str, Any]
    community: Region
    at: datetime
    random: Random

    def who(self, part: str) -> User:
        """The person who plays a part: worker, town, county."""
        return self.cast.users[self.plan[part]]


def file_groups(cast: Cast, at: datetime) -> None:
    """Take every group as far as its row says."""
    plan = load("filings")
    community = Region.objects.select_related("town").get(code=plan["community"], valid_until__isnull=True)
    chapter = Chapter(cast, plan, community, at, Random(SEED))  # noqa: S311 -- the same demonstration every time
    # last year's were reported before anybody applied this year
    _report(chapter, [(row, _apply(chapter, row)) for row in plan["groups"] if row["end"] in REPORTED])
    for row in plan["groups"]:
        if row["end"] not in REPORTED:
            _apply(chapter, row)


def _apply(chapter: Chapter, row: Row) -> Filing:
    then = chapter.at - timedelta(days=row["days"])
    draft = _draft(chapter, row, local_date(then))
    if chapter.random.random() < 0.5:
        filing = actions.apply_for_filing(draft=draft, at=then).filing
    else:
        filing = actions.record_application(draft=draft, by=chapter.who("worker"), at=then).filing
    _decide(chapter, row, filing, then)
    filing.refresh_from_db()
    return filing


def _draft(chapter: Chapter, row: Row, on: date) -> ApplicationDraft:
    random = chapter.random
    return ApplicationDraft(
        region=chapter.community,
        name=f"{chapter.plan['place']}社区{row['name']}",
        purpose_class=PurposeClass(row["purpose"]),
        field=row["field"],
        scope=row["scope"],
        founded_on=on - timedelta(days=random.randint(90, 300)),
        head=MemberDraft(person(random), phone(random), is_sponsor=True),
        roster=tuple(MemberDraft(person(random), phone(random), is_sponsor=n < 1) for n in range(row["members"] - 1)),
        consent=True,
        charter=chapter.plan["charter"],
        premises=f"{chapter.plan['place']}社区活动室",
        client_groups=tuple(row.get("groups", ("residents",))),
        scheme_category=row.get("category", ""),
    )


def _decide(chapter: Chapter, row: Row, filing: Filing, then: datetime) -> None:
    reviewed, decided, end = then + timedelta(days=2), then + timedelta(days=8), row["end"]
    if end == "submitted":
        return
    if end == "returned":
        actions.return_application(filing_id=filing.pk, opinion=row["reason"], by=chapter.who("worker"), at=reviewed)
        return
    actions.pass_application(filing_id=filing.pk, opinion=PASSED, by=chapter.who("worker"), at=reviewed)
    if end == "refused":
        actions.refuse_filing(filing_id=filing.pk, opinion=row["reason"], by=chapter.who("town"), at=decided)
    elif end != "reviewed":
        actions.grant_filing(filing_id=filing.pk, opinion=GRANTED, by=chapter.who("town"), at=decided)


def _report(chapter: Chapter, reported: list[tuple[Row, Filing]]) -> None:
    frozen = datetime.combine(date(local_date(chapter.at).year - 1, 12, 20), time(10), tzinfo=POLICY_ZONE)
    received = min(frozen + timedelta(days=16), chapter.at)
    town, ids = chapter.community.town, [filing.pk for _, filing in reported]
    assert town is not None  # noqa: S101 -- the community lies in a town
    batch = actions.freeze_batch(town=town, filing_ids=ids, confirmed=ids, by=chapter.who("town"), at=frozen)
    rows = {filing.pk: row for row, filing in reported}
    verdicts = [
        LineVerdict(line.position, rows[line.filing_id]["end"] not in BACK, rows[line.filing_id].get("reason", ""))
        for line in batch.lines.order_by("position")
    ]
    actions.receive_batch(batch_id=batch.pk, verdicts=verdicts, by=chapter.who("county"), at=received)
    for row, filing in reported:
        _go_on(chapter, row, filing, min(received + timedelta(days=4), chapter.at))


def _go_on(chapter: Chapter, row: Row, filing: Filing, at: datetime) -> None:
    if row["end"] == "mended":
        draft = _draft(chapter, row, filing.founded_on)
        actions.mend_filing(filing_id=filing.pk, draft=draft, by=chapter.who("town"), at=at)
    if row["end"] == "registered":
        assert filing.organisation is not None  # noqa: S101 -- the first review gave it its record
        actions.record_registration(
            organisation=filing.organisation,
            registered_on=local_date(at),
            uscc=uscc(ASSOCIATION, chapter.cast.county.code[:6], SERIAL),
            document=CERTIFICATE,
            by=chapter.who("county"),
            at=at,
        )
