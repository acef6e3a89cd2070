"""The parts of a policy, as other apps receive them: plain frozen values, each with its Chinese and English label."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from wushe.kernel.errors import PolicySource
from wushe.regions.models import Level

SCOPE_LEVELS = {level.name.lower(): level for level in Level}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Something with a name in both languages."""

    zh: str
    en: str

    def label(self, language: str) -> str:
        """The name in the language; Chinese unless it is English."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a part of the policy comes from. `is_default`: no document says so, the platform proposes it and the place may change it."""

    source: PolicySource
    is_default: bool
    note: Labelled | None
    pack: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyValue(Labelled):
    """One number (or list) of the policy, valid on the policy's day."""

    key: str
    value: Any
    unit: str
    source: PolicySource
    is_default: bool
    note: Labelled | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Labelled):
    """A passage of a document, by the number under which people cite it; `zh` and `en` name the document."""

    document: str
    number: str
    heading: str
    text: str

    @property
    def source(self) -> PolicySource:
        """As a refusal cites it."""
        return PolicySource(document=self.zh, article=self.number, text=self.text, document_en=self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Labelled):
    """A paper with its articles."""

    code: str
    number: str
    issuer: str
    issued_on: date | None
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Labelled):
    """An entry of a code list. A retired code is shown where it was used and cannot be chosen any more."""

    code: str
    retired: bool
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWord(Labelled):
    """One of the five societies with the word this policy has for its part."""

    society: str
    role_zh: str
    role_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureStep(Labelled):
    """A step of the procedure: who acts, until when (`days` in `unit`, None where no clock runs), and what ends it.

    `by` says on whose desk a step lies that the place adds: county, town or agency.
    """

    code: str
    actor: Labelled
    societies: tuple[str, ...]
    source: PolicySource
    clock: PolicyValue | None
    ends: Labelled
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem(Labelled):
    """A question of a review or a supervision; `evidence` says what has to be shown, empty if nothing."""

    code: str
    points: Decimal
    evidence: str
    evidence_en: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardItem(Labelled):
    """What a station has to have: `at_least` in m2 or persons, a room of the kind `room`, a `function`, or a judgement.

    With `at_least_for` the number is meant for stations with that function alone, with `settlement` the item for urban or rural places alone.
    """

    code: str
    kind: str
    at_least: Decimal | None
    at_least_for: str
    room: str
    function: str
    settlement: str
    article: str
    note: Labelled | None

    @property
    def is_booked(self) -> bool:
        """Whether the ledger alone knows it, so that nobody is asked."""
        return self.kind == "money"

    @property
    def is_open_area(self) -> bool:
        """A floor space for which no paper gives a number: it is measured, and whether it is enough is judged."""
        return self.kind == "area" and self.at_least is None

    @property
    def is_posted(self) -> bool:
        """Whether the postings of the day decide it."""
        return self.kind in {"staff", "professionals"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Labelled):
    """What a station has to do, by the end of each of the `months`; `evidence` says what has to be shown, empty if nothing."""

    code: str
    months: tuple[int, ...]
    evidence: Labelled
    source: PolicySource


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityCriterion(Labelled):
    """What has to be true of a station in a stage: `check` names the fact, `wanted` the number it has to reach."""

    code: str
    check: str
    wanted: PolicyValue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityStage(Labelled):
    """How far a station has come, when all criteria of this stage and of those before are met."""

    code: str
    criteria: tuple[MaturityCriterion, ...]
    source: PolicySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification(Labelled):
    """A condition for bidders: declared by them, or checked against the registers."""

    code: str
    check: str
    value: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Labelled):
    """What has to be true of an organisation: `check` names the fact, `wanted` the number it has to reach, None where there is none."""

    code: str
    check: str
    wanted: PolicyValue | None
    source: PolicySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Labelled):
    """A step of a procedure with a clock; with the `final` one the thing is decided."""

    code: str
    actor: Labelled
    clock: PolicyValue
    final: bool
    source: PolicySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Labelled):
    """A scoring criterion of a tender: under it the experts give points, or the `formula` computes them."""

    code: str
    max_points: Decimal
    text: str
    text_en: str
    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheRule(Labelled):
    """A part of the price and what makes it due."""

    number: int
    percent: Decimal
    trigger: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricItem(Labelled):
    """What is judged (`sum`, `graded`), computed from facts (`ratio`, by `metric`), taken off (`deduct`) or added (`bonus`)."""

    code: str
    max_points: Decimal
    kind: str
    metric: str
    guide: str
    guide_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricSide(Labelled):
    """One side from which the work is looked at."""

    code: str
    items: tuple[RubricItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade(Labelled):
    """A word for a score, from `lowest` up."""

    code: str
    lowest: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """How a project is evaluated; grades from the best down."""

    sides: tuple[RubricSide, ...]
    grades: tuple[Grade, ...]
    pass_mark: Decimal
    is_default: bool
    source: PolicySource

    def grade_of(self, score: Decimal) -> str:
        """The code of the best grade that the score reaches."""
        return next((grade.code for grade in self.grades if score >= grade.lowest), self.grades[-1].code)


class Place(Protocol):
    """What a target needs to know of a region."""

    @property
    def code(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def settlement(self) -> str: ...
    @property
    def counts_for_coverage(self) -> bool: ...
    @property
    def is_artificial(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Labelled):
    """A number that a document sets: measure, scope, operator, value, deadline. Targets of one `group` are readings of one sentence."""

    id: str
    source: PolicySource
    measure: str
    levels: tuple[Level, ...]
    settlement: str
    only: frozenset[str]
    spared: frozenset[str]
    marked: str
    operator: str
    value: Decimal
    unit: str
    starts_on: date | None
    due_on: date | None
    each: str
    group: str
    trap: Labelled | None
    pack: str

    def applies_to(self, place: Place, marks: Collection[str] = ()) -> bool:
        """Whether the document means this region, which has some marks of `place_marks`. Pseudo-units and levels that no government has are
        never meant.
        """
        return (
            place.counts_for_coverage
            and not place.is_artificial
            and place.level in self.levels
            and self.settlement in ("", place.settlement)
            and (not self.only or place.code in self.only)
            and place.code not in self.spared
            and (not self.marked or self.marked in marks)
        )

    def met_by(self, actual: Decimal) -> bool:
        """Whether the actual number reaches the target; 超过 is strict, 以上 is not."""
        match self.operator:
            case ">=":
                return actual >= self.value
            case ">":
                return actual > self.value
            case "=":
                return actual == self.value
            case "<=":
                return actual <= self.value
            case _:
                return actual < self.value
