"""Every refusal of the register of workers has its sentence in both languages, with its data filled in."""

from dataclasses import fields
from datetime import date
from inspect import getmembers, isclass

import pytest
from django.utils import translation

from wushe.kernel.errors import DomainError
from wushe.web.common.refusals.workforce import SENTENCES
from wushe.workforce import errors

EXAMPLES = {"str": "明德街道", "int": 3, "date": date(2026, 3, 2), "tuple": ("李晓燕",)}
DECLARED = {found for _, found in getmembers(errors, isclass) if issubclass(found, DomainError) and found.__module__ == errors.__name__}


def example(refusal: type[DomainError]) -> DomainError:
    return refusal(**{field.name: EXAMPLES[field.type.__name__] for field in fields(refusal)})


def test_every_refusal_has_a_sentence():
    assert set(SENTENCES) == DECLARED


@pytest.mark.parametrize("refusal", sorted(DECLARED, key=lambda each: each.__name__), ids=lambda each: each.__name__)
@pytest.mark.parametrize(("language", "stop"), [("en", "."), ("zh-hans", "。")])
def test_the_sentence_ends_and_keeps_its_data(refusal, language, stop):
    with translation.override(language):
        sentence = str(SENTENCES[refusal](example(refusal)))
    assert sentence.endswith(stop)
    assert "%(" not in sentence
