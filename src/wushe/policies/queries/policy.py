"""A policy is a stack of packs, read on a day. The most specific pack that speaks of a thing decides; a bound set by law holds below it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from wushe.kernel.errors import PolicySource
from wushe.kernel.rows import rows_of
from wushe.kernel.workdays import WorkCalendar, end_of_day
from wushe.policies.errors import PolicyValueMissing, UnknownCode, UnknownSection
from wushe.policies.queries.parts import day, decimal, document, duty, label, maturity_stage, rubric_item, standard_item
from wushe.policies.queries.terms import (
    SCOPE_LEVELS,
    Article,
    ChecklistItem,
    Code,
    Condition,
    Criterion,
    Document,
    Duty,
    Grade,
    Labelled,
    MaturityStage,
    Origin,
    PolicyValue,
    ProcedureStep,
    Qualification,
    RoleWord,
    Rubric,
    RubricSide,
    Stage,
    StandardItem,
    Target,
    TrancheRule,
)

Content = Mapping[str, Any]
Given = ParamSpec("Given")
Found = TypeVar("Found")
HOLIDAYS = "SELECT day, is_working FROM policies_holiday_exception"
WORKING_DAYS = "working_days"


def _once(read: "Callable[Concatenate[Policy, Given], Found]") -> "Callable[Concatenate[Policy, Given], Found]":
    """A part is read out of the layers at the first question and kept with them: they never change, and every page asks for the same few parts."""

    @wraps(read)
    def kept(policy: "Policy", /, *args: Given.args, **kwargs: Given.kwargs) -> Found:
        asked = (read, args, tuple(kwargs.items()))
        if asked not in policy.known:
            policy.known[asked] = read(policy, *args, **kwargs)
        return policy.known[asked]  # type: ignore[no-any-return]  # what `read` returned

    return kept


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds at a place on a day. `layers` are the contents of packs, most specific first; `known` what was read of them before."""

    layers: tuple[Content, ...]
    on: date
    known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def pack_version(self) -> str:
        """What callers store next to codes."""
        return f"{self.layers[0]['code']}@{self.layers[0]['version']}"

    @property
    def title(self) -> Labelled:
        """The name of the most specific pack."""
        return _labelled(self.layers[0]["title"])

    @_once
    def value(self, key: str) -> PolicyValue | None:
        """The value on the policy's day. Where law sets a bound, the stricter of law and pack."""
        found: PolicyValue | None = None
        for layer in self.layers:
            entry = next((entry for entry in layer.get("values", ()) if entry["key"] == key and _runs(entry, self.on)), None)
            if entry is not None:
                candidate = self._value(entry, layer)
                if found is None or _breaks(found.value, entry.get("binding", ""), candidate.value):
                    found = candidate
        return found

    def require(self, key: str) -> PolicyValue:
        """The value; raises PolicyValueMissing."""
        found = self.value(key)
        if found is None:
            raise PolicyValueMissing(key=key, pack=self.pack_version)
        return found

    def deadline(self, key: str, start: date) -> datetime:
        """When a clock of the policy that starts on the day runs out: the last second of its last day."""
        clock = self.require(key)
        days = int(clock.value)
        return end_of_day(self.calendar().add(start, days) if clock.unit == WORKING_DAYS else start + timedelta(days=days))

    def values(self) -> tuple[PolicyValue, ...]:
        """Every value that holds on the day, by key."""
        keys = sorted({entry["key"] for layer in self.layers for entry in layer.get("values", ())})
        return tuple(value for value in map(self.value, keys) if value is not None)

    def has(self, section: str) -> bool:
        """Whether a pack of the stack gives this section."""
        return any(layer.get(section) for layer in self.layers)

    def names(self, section: str) -> tuple[str, ...]:
        """The names in a section that has several parts: "codes", "checklists", "conditions", "procedures", "rubrics"."""
        return tuple(sorted({name for layer in self.layers for name in layer.get(section, {})}))

    def code_lists(self) -> tuple[str, ...]:
        """The names of the code lists."""
        return self.names("codes")

    @_once
    def codes(self, list_name: str) -> tuple[Code, ...]:
        """A code list in its order, retired codes included."""
        return tuple(
            Code(code=item["code"], retired=item.get("retired", False), extra=_numbers(item.get("extra", {})), **label(item))
            for item in self._section("codes", list_name)[0]["items"]
        )

    def code(self, list_name: str, code: str) -> Code:
        """An entry that may be chosen today; raises UnknownCode."""
        for entry in self.codes(list_name):
            if entry.code == code and not entry.retired:
                return entry
        raise UnknownCode(list_name=list_name, code=code)

    @_once
    def role_words(self) -> tuple[RoleWord, ...]:
        """The five societies in the order and with the words of this policy."""
        return tuple(
            RoleWord(society=item["society"], role_zh=item["role"]["zh"], role_en=item["role"]["en"], **label(item))
            for item in self._section("roles")[0]["items"]
        )

    @_once
    def steps(self) -> tuple[ProcedureStep, ...]:
        """The procedure in its order."""
        section, layer = self._section("steps")
        return tuple(
            ProcedureStep(
                code=item["code"],
                actor=_labelled(item["actor"]),
                societies=tuple(item["societies"]),
                source=self._origin(item if "article" in item else section, layer).source,
                clock=self.value(item["clock"]) if "clock" in item else None,
                ends=_labelled(item["ends"]),
                by=item.get("by", "county"),
                **label(item),
            )
            for item in section["items"]
        )

    @_once
    def checklist(self, name: str) -> tuple[ChecklistItem, ...]:
        """The items of a review or a supervision."""
        return tuple(
            ChecklistItem(
                code=item["code"],
                points=decimal(item.get("points", 0)),
                evidence=item.get("evidence", {}).get("zh", ""),
                evidence_en=item.get("evidence", {}).get("en", ""),
                article=item.get("article", ""),
                **label(item),
            )
            for item in self._section("checklists", name)[0]["items"]
        )

    @_once
    def standard(self, name: str) -> tuple[StandardItem, ...]:
        """What a station of a level has to have; nothing where no paper says so."""
        if name not in self.names("standards"):
            return ()
        section = self._section("standards", name)[0]
        return tuple(standard_item(item, section) for item in section["items"])

    @_once
    def duties(self, name: str) -> tuple[Duty, ...]:
        """What a station of a level has to do in a year; nothing where no paper says so."""
        section, layer = self._section("duties", name) if name in self.names("duties") else ({"items": ()}, {})
        return tuple(duty(item, self._origin(item if "article" in item else section, layer).source) for item in section["items"])

    @_once
    def maturity(self, name: str) -> tuple[MaturityStage, ...]:
        """The stages of a station, the first first; nothing where no pack says so."""
        section, layer = self._section("maturity", name) if name in self.names("maturity") else ({"items": ()}, {})
        part = [(item, self._origin(item if "article" in item else section, layer).source) for item in section["items"]]
        return tuple(maturity_stage(item, source, self.require) for item, source in part)

    def qualifications(self) -> tuple[Qualification, ...]:
        """The conditions that a bidder has to meet."""
        return tuple(
            Qualification(
                code=item["code"], check=item["check"], value=item.get("value", ""), article=item.get("article", ""), **label(item)
            )
            for item in self._section("qualifications")[0]["items"]
        )

    @_once
    def conditions(self, name: str) -> tuple[Condition, ...]:
        """What an organisation has to meet: "filing", "registration"."""
        section, layer = self._section("conditions", name)
        return tuple(
            Condition(
                code=item["code"],
                check=item["check"],
                wanted=self.require(item["value"]) if "value" in item else None,
                source=self._origin(item if "article" in item else section, layer).source,
                **label(item),
            )
            for item in section["items"]
        )

    @_once
    def procedure(self, name: str) -> tuple[Stage, ...]:
        """The steps of a procedure in their order: "filing"."""
        section, layer = self._section("procedures", name)
        return tuple(
            Stage(
                code=item["code"],
                actor=_labelled(item["actor"]),
                clock=self.require(item["clock"]),
                final=item.get("final", False),
                source=self._origin(item if "article" in item else section, layer).source,
                **label(item),
            )
            for item in section["items"]
        )

    @_once
    def criteria(self) -> tuple[Criterion, ...]:
        """The scoring criteria of a tender; their points sum to 100."""
        return tuple(
            Criterion(
                code=item["code"],
                max_points=decimal(item["max_points"]),
                text=item["text"]["zh"],
                text_en=item["text"]["en"],
                formula=item.get("formula", ""),
                **label(item),
            )
            for item in self._section("criteria")[0]["items"]
        )

    def tranches(self) -> tuple[TrancheRule, ...]:
        """The plan of payments; the percents sum to 100."""
        return tuple(
            TrancheRule(number=item["number"], percent=decimal(item["percent"]), trigger=item["trigger"], **label(item))
            for item in self._section("tranches")[0]["items"]
        )

    @_once
    def rubric(self, name: str = "evaluation") -> Rubric:
        """How a finished project is evaluated; its pass mark is the value `<name>.pass_mark`."""
        content, _layer = self._section("rubrics", name)
        origin = self.origin("rubrics", name)
        grades = (Grade(code=grade["code"], lowest=decimal(grade["from"]), **label(grade)) for grade in content["grades"])
        return Rubric(
            sides=tuple(
                RubricSide(code=side["code"], items=tuple(rubric_item(item) for item in side["items"]), **label(side))
                for side in content["sides"]
            ),
            grades=tuple(sorted(grades, key=lambda grade: -grade.lowest)),
            pass_mark=decimal(self.require(f"{name}.pass_mark").value),
            is_default=origin.is_default,
            source=origin.source,
        )

    @_once
    def targets(self) -> tuple[Target, ...]:
        """The numbers that the documents set, most specific pack first."""
        return tuple(self._target(item, layer) for layer in self.layers for item in layer.get("targets", ()))

    @_once
    def documents(self) -> tuple[Document, ...]:
        """The papers, most specific pack first."""
        return tuple(document(content) for layer in self.layers for content in layer["documents"])

    @_once
    def article(self, reference: str) -> Article:
        """An article by `number`, or by `document#number` where two papers use one number. Raises UnknownSection."""
        document, _, number = reference.rpartition("#")
        for paper in self.documents():
            if document in ("", paper.code):
                for article in paper.articles:
                    if article.number == number:
                        return article
        raise UnknownSection(section="article", name=reference)

    def origin(self, section: str, name: str = "") -> Origin:
        """Where a section comes from: ("criteria"), ("codes", "service_fields"), ("rubrics", "evaluation")."""
        return self._origin(*self._section(section, name))

    def calendar(self) -> WorkCalendar:
        """Working days: the published list, corrected by the packs, corrected by the administrator's table."""
        return WorkCalendar(self._published_days() | dict(rows_of(HOLIDAYS, [])))

    @_once
    def _published_days(self) -> dict[date, bool]:
        given = (item for layer in reversed(self.layers) for item in layer.get("calendar", ()))
        return {date.fromisoformat(item["day"]): item["is_working"] for item in given}

    def _section(self, section: str, name: str = "") -> tuple[Content, Content]:
        for layer in self.layers:
            found = layer.get(section, {})
            found = found.get(name) if name else found
            if found:
                return found, layer
        raise UnknownSection(section=section, name=name)

    def _origin(self, part: Content, layer: Content) -> Origin:
        note = _labelled(part["note"]) if "note" in part else None
        pack = f"{layer['code']}@{layer['version']}"
        if "article" in part:
            return Origin(source=self.article(part["article"]).source, is_default=False, note=note, pack=pack)
        title = layer["title"]
        source = PolicySource(document=title["zh"], article="", text=note.zh if note else "", document_en=title["en"])
        return Origin(source=source, is_default=True, note=note, pack=pack)

    def _value(self, entry: Content, layer: Content) -> PolicyValue:
        origin = self._origin(entry, layer)
        return PolicyValue(
            key=entry["key"],
            value=_number(entry["value"]),
            unit=entry["unit"],
            source=origin.source,
            is_default=origin.is_default,
            note=origin.note,
            **label(entry),
        )

    def _target(self, item: Content, layer: Content) -> Target:
        scope = item["scope"]
        return Target(
            id=item["id"],
            source=self.article(item["article"]).source,
            measure=item["measure"],
            levels=tuple(SCOPE_LEVELS[level] for level in scope["levels"]),
            settlement=scope.get("settlement", ""),
            only=frozenset(scope.get("only", ())),
            spared=frozenset(scope.get("except", ())),
            marked=scope.get("marked", ""),
            operator=item["operator"],
            value=decimal(item["value"]),
            unit=item["unit"],
            starts_on=day(item, "starts_on"),
            due_on=day(item, "due_on"),
            each=item.get("each", ""),
            group=item.get("group", ""),
            trap=_labelled(item["trap"]) if "trap" in item else None,
            pack=f"{layer['code']}@{layer['version']}",
            **label(item),
        )


BREAKS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": lambda given, bound: given < bound,
    "at_most": lambda given, bound: given > bound,
}


def _breaks(given: Any, binding: str, bound: Any) -> bool:
    return binding in BREAKS and BREAKS[binding](given, bound)


def _runs(entry: Content, on: date) -> bool:
    start, end = day(entry, "valid_from"), day(entry, "valid_until")
    return (start is None or start <= on) and (end is None or on < end)


def _labelled(entry: Content) -> Labelled:
    return Labelled(zh=entry["zh"], en=entry["en"])


def _number(value: Any) -> Any:
    return decimal(value) if isinstance(value, float) else value


def _numbers(extra: Content) -> Content:
    return {key: _number(value) for key, value in extra.items()}
