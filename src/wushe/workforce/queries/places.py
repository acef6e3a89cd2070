"""Posts and who fills them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from wushe.accounts.models import Body
from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.regions.models import Region
from wushe.workforce.models import Certificate, Employer, Establishment, Posting
from wushe.workforce.rules import Span, Vacancy, vacancy


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of one sort at one place, with the documents that set them up, and how they stand on the day."""

    region: Region
    body: Body | None
    position: str
    documents: tuple[Establishment, ...]
    standing: Vacancy

    @property
    def place(self) -> str:
        """Where they are."""
        return str(self.body or self.region.name)


def posts_in(scope: Scope, on: date) -> list[Posts]:
    """All posts that are set up in the scope on the day: the longest vacant first."""
    held = Establishment.objects.held(on).filter(scope.where("region", "body"))
    keys = set(held.values_list("region", "body", "position"))
    places = {region for region, _body, _position in keys}
    every = Establishment.objects.filter(region__in=places, since__lte=on).select_related("region__town", "body").order_by("since")
    rows: dict[tuple[int, int | None, str], list[Establishment]] = defaultdict(list)
    for row in every:
        rows[row.region_id, row.body_id, row.position].append(row)
    filled = _filled(Posting.objects.filter(region__in=places, since__lte=on))
    posts = [_posts(rows[key], filled[key], on) for key in keys]
    return sorted(posts, key=lambda each: (-each.standing.days, -each.standing.vacant, each.region.code, each.position))


def establishment_by_number(number: str, scope: Scope) -> Establishment:
    """The posts that a document set up, in the scope. Raises NotFound."""
    row = Establishment.objects.select_related("region", "body").filter(scope.where("region", "body"), number=number).first()
    if row is None:
        raise NotFound(kind="establishment", number=number)
    return row


def posts_like(row: Establishment, on: date) -> Posts:
    """All posts of the same sort at the same place, also those given up."""
    same = {"region": row.region, "body": row.body, "position": row.position}
    rows = Establishment.objects.filter(since__lte=on, **same).select_related("region__town", "body").order_by("since")
    filled = _filled(Posting.objects.filter(since__lte=on, **same))
    return _posts(rows, filled[row.region_id, row.body_id, row.position], on)


def postings_at(region: Region, body: Body | None, position: str, on: date) -> QuerySet[Posting]:
    """Who holds these posts on the day."""
    return Posting.objects.held(on).filter(region=region, body=body, position=position).select_related("worker").order_by("since")


def people_at(body: Body, on: date) -> QuerySet[Posting]:
    """Who works at a body on the day, `licensed` or not: full-time people first."""
    certified = Certificate.objects.held(on).filter(worker=OuterRef("worker"))
    rows = Posting.objects.held(on).filter(body=body).annotate(licensed=Exists(certified))
    return rows.select_related("worker__region").order_by("-full_time", "since", "pk")


def employers_in(scope: Scope) -> QuerySet[Employer]:
    """The offices and institutions of the scope that have posts, or may have."""
    return Employer.objects.filter(scope.where("region")).select_related("body", "region").order_by("region__code", "body__name")


def _filled(postings: QuerySet[Posting]) -> dict[tuple[int, int | None, str], list[Span]]:
    spans: dict[tuple[int, int | None, str], list[Span]] = defaultdict(list)
    for region, body, position, since, until in postings.values_list("region", "body", "position", "since", "until"):
        spans[region, body, position].append(Span(since, until))
    return spans


def _posts(rows: Iterable[Establishment], filled: list[Span], on: date) -> Posts:
    documents = tuple(rows)
    first = documents[0]
    required = [Span(row.since, row.until, row.posts) for row in documents]
    return Posts(first.region, first.body, first.position, documents, vacancy(required, filled, on))
