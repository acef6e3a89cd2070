"""Refusals. Every rule that says no raises a typed error that carries its data; the sentence is written at the edge."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class PolicySource:
    """Where a rule comes from: the document and the article, as a person would cite it.

    A default has no article; `document` is then the pack that gives it. `document_en` names either for readers of English.
    """

    document: str
    article: str
    text: str = ""
    document_en: str = ""


class DomainError(Exception):
    """A refusal; `field` names the form field that the sentence belongs to.

    Subclasses are `@dataclass(eq=False)`: a frozen exception could not carry its traceback. The sentence for a person is registered in `wushe.web.common.refusals` under the class; a test holds the two together.
    """

    field: ClassVar[str] = ""

    def data(self) -> dict[str, Any]:
        """The error's fields by name, for the sentence and for logs."""
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]  # subclasses are dataclasses

    def __str__(self) -> str:
        return f"{type(self).__name__}({self.data()})"


@dataclass(eq=False)
class NotPermitted(DomainError):
    """The person holds no post that allows the permission here."""

    permission: str


@dataclass(eq=False)
class StepNotAllowed(DomainError):
    """The step does not start from the state in which the thing is; `source` is what sets the order, where a policy does."""

    step: str
    state: str
    source: PolicySource | None = None


@dataclass(eq=False)
class NotFound(DomainError):
    """No such thing, or none that this person may see."""

    kind: str
    number: str


@dataclass(eq=False)
class FieldRequired(DomainError):
    """A value without which the step makes no sense is missing."""

    name: str


@dataclass(eq=False)
class TooManySent(DomainError):
    """Somebody without an account sends more from one place than people do; it waits for a while."""

    minutes: int


@dataclass(eq=False)
class CheckerIsMaker(DomainError):
    """The person who made a thing may not be the one who approves it."""

    step: str
