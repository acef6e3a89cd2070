from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from tests.cast import moment
from wushe.kernel.errors import DomainError, PolicySource
from wushe.projects import errors
from wushe.web.common.refusals.projects import SENTENCES

SOURCE = PolicySource(document="招标投标法", article="第二十四条")
VALUES: dict[str, Any] = {
    "missing": ("needs", "indicators"),
    "items": ("need_shown",),
    "part": "budget_lines",
    "reason": "already_seated",
    "trigger": "signed",
    "side": "agency",
    "waiting_for": ("purchaser", "agency"),
    "waiting": ("钱穆",),
    "objections": ("objection-1",),
    "source": SOURCE,
    "is_working_days": True,
}
OWN: dict[type[DomainError], dict[str, Any]] = {
    errors.AgencyNotQualified: {"missing": ("is_agency", "is_unsanctioned")},
    errors.ScoresIncomplete: {"missing": 3},
}
BY_TYPE: dict[str, Any] = {
    "int": 3,
    "str": "number-1",
    "date": date(2026, 4, 1),
    "datetime": moment(4, 1),
    "Decimal": Decimal("12.50"),
    "bool": False,
}
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DomainError) and kind is not DomainError]


def example(kind: type[DomainError]) -> DomainError:
    own = OWN.get(kind, {})

    def value(name: str, type_: Any) -> Any:
        return own.get(name, VALUES.get(name, BY_TYPE.get(getattr(type_, "__name__", str(type_)))))

    return kind(**{field.name: value(field.name, field.type) for field in fields(kind)})  # type: ignore[arg-type]  # refusals are dataclasses


EXAMPLES = [example(kind) for kind in KINDS] + [
    errors.NoticeTooShort(20, 3, is_working_days=False, earliest=date(2026, 4, 1), source=PolicySource("平台", "")),
    errors.PanelNotDone(waiting=()),
    errors.TrancheNotFree(number=2, trigger="midterm_pass", reason=""),
]


def test_every_refusal_has_a_sentence():
    assert set(SENTENCES) == set(KINDS)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_refusal_reads_well_in_both_languages(error: DomainError):
    with override("en"):
        english = SENTENCES[type(error)](error)
    with override("zh-hans"):
        chinese = SENTENCES[type(error)](error)
    assert english.endswith(".")
    assert chinese.endswith("。")
    assert "None" not in english
