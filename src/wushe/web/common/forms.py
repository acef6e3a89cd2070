"""Plain forms whose errors are sentences beside the field, and the one way a view runs an action."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from wushe.kernel.errors import DomainError, FieldRequired
from wushe.web.common.refusals import sentence

Result = TypeVar("Result")
# more people than one record is ever about, and fewer than the columns of the database can hold
MOST_PERSONS = 9_999_999
_not_judged: ContextVar[bool] = ContextVar("not_judged", default=False)


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time picker."""

    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class Form(forms.Form):
    """The base of all forms: no colons, one style, and a place for refusals."""

    required_css_class = "is-required"
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages.setdefault("required", _("Fill this in."))
            field.error_messages["required"] = _("Fill this in.")
            if getattr(field, "empty_label", None) == BLANK_CHOICE_DASH[0][1]:
                field.empty_label = _("Choose")

    def is_valid(self) -> bool:
        """Whether the view may act on it."""
        return not _not_judged.get() and super().is_valid()

    def full_clean(self) -> None:
        """Judge what was typed, except while it is only shown again."""
        if _not_judged.get():
            self.cleaned_data: dict[str, Any] = {}
            self.forget_errors()
        else:
            super().full_clean()

    def forget_errors(self) -> None:
        """Show what was typed without judging it yet."""
        self._errors = ErrorDict()

    def decision(self, *outcomes: str) -> str:
        """Which of the buttons that decide was pressed. Where none was, as by the Enter key in a field, the form says so, and nothing is decided."""
        pressed = str(self.data.get("outcome", ""))
        if pressed in outcomes:
            return pressed
        self.add_error(None, _("Nothing is decided yet. Press one of the buttons below the form."))
        return ""

    def refuse(self, error: DomainError) -> None:
        """Put the refusal's sentence beside the field it belongs to, or on top of the form."""
        name = error.name if isinstance(error, FieldRequired) else error.field
        self.add_error(name if name in self.fields else None, sentence(error))


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent to a form, or None where it is only looked at. An empty body counts as sent: everything is missing, and is said to be."""
    return request.POST if request.method == "POST" else None


@contextmanager
def not_judged() -> Iterator[None]:
    """Forms inside show what was typed, without errors, and no view may act on them."""
    before = _not_judged.set(True)
    try:
        yield
    finally:
        _not_judged.reset(before)


def attempt(form: Form, action: Callable[[], Result]) -> Result | None:
    """Run the one action of a view. A refusal becomes an error of the form, and None is returned."""
    try:
        return action()
    except DomainError as error:
        form.refuse(error)
        return None


def try_or_say(request: HttpRequest, action: Callable[[], Result]) -> Result | None:
    """Run the action of a button without a form. A refusal becomes a message on the next page."""
    try:
        return action()
    except DomainError as error:
        messages.error(request, sentence(error))
        return None
