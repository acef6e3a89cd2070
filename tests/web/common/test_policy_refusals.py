from datetime import date

import pytest
from django.utils.translation import override

from wushe.kernel.errors import DomainError
from wushe.policies import errors
from wushe.web.common.refusals.policies import SENTENCES

EXAMPLES = (
    errors.PackInvalid(problems=(errors.Problem("pack.yaml", 3, "title is missing"),)),
    errors.PackVersionTaken(code="x", version="1.0.0"),
    errors.BasePackMissing(code="x", base="y"),
    errors.PackRegionUnknown(code="x", region="990326000000"),
    errors.NoPolicy(region="平湖县", on=date(2024, 1, 1)),
    errors.PolicyValueMissing(key="x", pack="y"),
    errors.UnknownCode(list_name="x", code="y"),
    errors.UnknownSection(section="x", name="y"),
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
