from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from wushe.audit.models import Entry

VERIFY = """
WITH linked AS (
    SELECT e.seq, e.previous, e.digest,
           lag(e.digest, 1, '') OVER (ORDER BY e.seq) AS expected_previous,
           row_number() OVER (ORDER BY e.seq) AS expected_seq,
           audit_digest(e) AS expected_digest
    FROM audit_entry e
)
SELECT seq FROM linked
WHERE previous <> expected_previous OR digest <> expected_digest OR seq <> expected_seq
ORDER BY seq LIMIT 20
"""
HEAD = """
SELECT coalesce(max(h.seq), 0), coalesce(max(h.digest), ''),
       (SELECT count(*) FROM audit_entry), coalesce((SELECT digest FROM audit_entry ORDER BY seq DESC LIMIT 1), '')
FROM audit_chainhead h
"""
# how a time line shows a history: by the moment that stands there, of one moment what was written last on top
NEWEST_FIRST = ("-at", "-id")


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk along the chain found: how many entries, which sequence numbers do not fit, whether the end is missing."""

    entries: int
    broken: tuple[int, ...]
    end_missing: bool

    @property
    def sound(self) -> bool:
        """Whether nothing was changed, removed or cut off."""
        return not self.broken and not self.end_missing


def verify_chain() -> Verification:
    """Recompute every digest and compare it with the chain and with the chain's head."""
    with connection.cursor() as cursor:
        cursor.execute(VERIFY)
        broken = tuple(seq for (seq,) in cursor.fetchall())
        cursor.execute(HEAD)
        head_seq, head_digest, count, last_digest = cursor.fetchone()
    return Verification(entries=count, broken=broken, end_missing=(head_seq, head_digest) != (count, last_digest))


def entries_of(kind: str, number: str) -> QuerySet[Entry]:
    """The history of one thing, oldest first."""
    return Entry.objects.filter(subject_kind=kind, subject=number).order_by("id")


def entries_of_any(subjects: list[tuple[str, str]]) -> QuerySet[Entry]:
    """The history of several things in one line of time, oldest first."""
    numbers = [number for _, number in subjects]
    kinds = {kind for kind, _ in subjects}
    return Entry.objects.filter(subject_kind__in=kinds, subject__in=numbers).order_by("id")


def names_of(subjects: list[tuple[str, str]]) -> dict[str, str]:
    """What things were last called, by number; people, whose names the audit never holds, are not among them."""
    last = entries_of_any(subjects).exclude(subject_name="").order_by("subject", "-id").distinct("subject")
    return dict(last.values_list("subject", "subject_name"))
