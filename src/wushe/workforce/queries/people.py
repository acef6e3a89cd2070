from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from wushe.accounts.models import User
from wushe.accounts.queries import Scope
from wushe.kernel.encryption import blind_index, decrypt
from wushe.kernel.errors import NotFound
from wushe.kernel.identifiers import clean_identity, mask_name, mask_phone
from wushe.policies.queries import Policy
from wushe.regions.models import Level, Region
from wushe.workforce.models import Certificate, Posting, Worker
from wushe.workforce.models.worker import IDENTITY, NAME, PHONE

PREFIX = "worker-"
TAIL = 4
STANDINGS = ("licensed", "unlicensed", "unplaced", "elsewhere", "in_town", "posted", "expiring", "unregistered", "grids", "left")


@dataclass(frozen=True, slots=True)
class GridRule:
    """How many grids one person looks after."""

    positions: tuple[str, ...]
    least: int
    most: int

    def allows(self, posting: Posting) -> bool:
        """Whether a posting looks after as many grids as it should; other positions look after none."""
        return posting.position not in self.positions or self.least <= len(posting.grids) <= self.most


@dataclass(frozen=True, slots=True)
class WorkerFilter:
    """What the register is narrowed to; empty means everybody who has not left. `standing` is one of STANDINGS.

    `professional` and `community` are the positions of professional social work, and those that belong in a community.
    """

    text: str = ""
    region: Region | None = None
    kind: str = ""
    level: str = ""
    standing: str = ""
    expires_by: date | None = None
    grids: GridRule | None = None
    professional: tuple[str, ...] = ()
    community: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clear:
    """Who a worker is."""

    name: str
    identity: str
    phone: str


def clear_of(worker: Worker) -> Clear:
    """In clear: for the action that records who looked and why, and for the worker."""
    return Clear(
        name=decrypt(worker.name, context=NAME),
        identity=decrypt(worker.identity, context=IDENTITY),
        phone=decrypt(worker.phone, context=PHONE) if worker.phone else "",
    )


def shown(worker: Worker, *, keeps: bool) -> Clear:
    """For pages: the name for who keeps the entry, for others the family name; the ends of the numbers."""
    clear = clear_of(worker)
    return Clear(
        name=clear.name if keeps else mask_name(clear.name),
        identity=f"****{clear.identity[-TAIL:]}",
        phone=mask_phone(clear.phone) if clear.phone else "",
    )


def name_index(name: str) -> str:
    """Under which a whole name is found; spaces do not count."""
    return blind_index("".join(name.split()), context=NAME)


def identity_index(identity: str) -> str:
    """Under which the number of an identity paper is found."""
    return blind_index(clean_identity(identity), context=IDENTITY)


def worker_of(user: User) -> Worker | None:
    """The person of the register to whom an account belongs."""
    return Worker.objects.select_related("region").filter(user=user).first()


def visible(scope: Scope, on: date) -> Q:
    """Whose entry is kept in the scope, and who works there on the day.

    As one set of people: with an OR across the two tables the database would look at everybody of the country one by one.
    """
    kept = Worker.objects.filter(scope.within()).order_by().values("pk")
    posted = Posting.objects.held(on).filter(scope.within() | Q(body__in=scope.body_ids)).order_by().values("worker")
    return Q(pk__in=kept.union(posted))


def worker_by_number(number: str, scope: Scope, on: date) -> Worker:
    """A person whom the scope shows. Raises NotFound."""
    worker = Worker.objects.select_related("region__town", "user").filter(visible(scope, on), number=number).first()
    if worker is None:
        raise NotFound(kind="worker", number=number)
    return worker


def workers_in(scope: Scope, chosen: WorkerFilter, on: date) -> QuerySet[Worker]:
    """The people of a scope that pass the filter, with `level`, `rank`, `valid_until` of their highest certificate and the postings held, as `held`."""
    best = Certificate.objects.held(on).filter(worker=OuterRef("pk")).order_by("-rank", "-issued_on")
    rows = Worker.objects.filter(visible(scope, on)).annotate(
        **{name: Subquery(best.values(name)[:1]) for name in ("level", "rank", "valid_until")}
    )
    rows = rows.exclude(pk__in=Worker.objects.living(on).values("pk")) if chosen.standing == "left" else rows.living(on)
    if chosen.region is not None:
        rows = rows.filter(visible(Scope(regions=(chosen.region,)), on))
    exact = {name: getattr(chosen, name) for name in ("kind", "level") if getattr(chosen, name)}
    rows = rows.filter(_standing(chosen, on), _matching(chosen.text.strip()), **exact)
    held = Posting.objects.held(on).select_related("region", "body").order_by("-full_time", "since")
    return rows.select_related("region", "region__town").prefetch_related(Prefetch("postings", held, to_attr="held"))


def _matching(text: str) -> Q:
    if not text:
        return Q()
    if text.startswith(PREFIX):
        return Q(number__startswith=text)
    certified = Certificate.objects.filter(certificate=text, void_reason="").values("worker")
    return Q(name_index=name_index(text)) | Q(identity_index=identity_index(text)) | Q(pk__in=certified)


def _standing(chosen: WorkerFilter, on: date) -> Q:
    here = Posting.objects.held(on).filter(worker=OuterRef("pk"))
    posted = Q(Exists(here))
    licensed = Q(rank__isnull=False)
    conditions = {
        "licensed": licensed,
        "unlicensed": ~licensed,
        "unplaced": licensed & ~posted,
        "elsewhere": licensed & posted & ~Q(Exists(here.filter(position__in=chosen.professional))),
        "in_town": Q(Exists(here.filter(position__in=chosen.community, region__level=Level.TOWN))),
        "posted": posted,
        "expiring": Q(valid_until__gt=on, valid_until__lte=chosen.expires_by or on),
        "unregistered": licensed & (Q(valid_until__isnull=True) | Q(valid_until__lte=on)),
    }
    if chosen.standing == "grids":
        return Q(Exists(off_grid(chosen.grids, on).filter(worker=OuterRef("pk")))) if chosen.grids else Q(pk__in=[])
    return conditions.get(chosen.standing, Q())


def grid_rule(policy: Policy) -> GridRule:
    """How many grids the policy wants, and of which positions."""
    positions = tuple(code.code for code in policy.codes("positions") if code.extra.get("grids"))
    return GridRule(positions, int(policy.require("worker.least_grids").value), int(policy.require("worker.most_grids").value))


def off_grid(rule: GridRule, on: date) -> QuerySet[Posting]:
    """Postings that look after fewer or more grids than the policy wants."""
    counted = Posting.objects.held(on).filter(position__in=rule.positions)
    return counted.annotate(looked_after=F("grids__len")).filter(Q(looked_after__lt=rule.least) | Q(looked_after__gt=rule.most))
