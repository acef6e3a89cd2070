from datetime import date

import pytest
from django.utils.translation import override

from wushe.kernel.errors import DomainError
from wushe.regions import errors
from wushe.web.common.refusals.regions import SENTENCES

EXAMPLES = (
    errors.DivisionFilesMissing(folder="x"),
    errors.UnknownPlace(code="x"),
    errors.LevelsDiffer(code="x", target="y"),
    errors.MergedIntoItself(code="x"),
    errors.CodeTaken(code="x"),
    errors.CodeMalformed(code="x"),
    errors.NotItsChildren(codes=("x",)),
    errors.SplitLeavesNothing(code="x"),
    errors.PilotNamed(name="x"),
    errors.PilotEnded(number="x"),
    errors.ChangeInFuture(on=date(2024, 1, 1)),
    errors.ChangeTooEarly(on=date(2024, 1, 1), latest=date(2024, 2, 1)),
)


def test_every_refusal_has_a_sentence():
    defined = {
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DomainError) and kind is not DomainError
    }
    assert set(SENTENCES) == defined == {type(example) for example in EXAMPLES}


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_refusal_reads_well_in_both_languages(error):
    with override("en"):
        english = SENTENCES[type(error)](error)
    with override("zh-hans"):
        chinese = SENTENCES[type(error)](error)
    assert english.endswith(".")
    assert chinese.endswith("。")
