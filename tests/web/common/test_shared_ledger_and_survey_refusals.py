from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.surveys.factories import AT, CLOSES
from wushe.kernel import errors as kernel
from wushe.kernel.errors import DomainError
from wushe.ledger import errors as ledger
from wushe.surveys import errors as surveys
from wushe.web.common.refusals import kernel as kernel_sentences
from wushe.web.common.refusals import ledger as ledger_sentences
from wushe.web.common.refusals import surveys as survey_sentences

LITTLE = {"source": "source-1", "available": Decimal("1234.5"), "wanted": Decimal(2000)}
REFUSALS = [
    kernel.NotPermitted(permission="ledger.open_source"),
    kernel.StepNotAllowed(step="publish_tender", state="draft"),
    kernel.NotFound(kind="entry", number="entry-1"),
    kernel.FieldRequired(name="reason"),
    kernel.CheckerIsMaker(step="pay_tranche"),
    kernel.TooManySent(minutes=7),
    ledger.AmountNotPositive(amount=Decimal(0)),
    ledger.SourceExhausted(**LITTLE),
    ledger.SourceNotOpen(source="source-1", opened_on=date(2026, 3, 2)),
    ledger.BudgetExhausted(project="project-1", **LITTLE),
    ledger.AdvanceExhausted(project="project-1", agency="青禾社工中心", **LITTLE),
    ledger.EntryAlreadyReversed(entry="entry-1"),
    ledger.ReversalIsFinal(entry="entry-1"),
    ledger.BodyElsewhere(body="首善社工站", place="眉县"),
    ledger.CorrectedElsewhere(kind="payment"),
    surveys.QuestionsUnusable(),
    surveys.SurveyClosed(opens_at=AT, closes_at=CLOSES),
    surveys.InvitationUnknown(),
    surveys.InvitationUsed(answered_at=AT),
    surveys.AnswerIncomplete(missing=("overall", "manner")),
]
SENTENCES = kernel_sentences.SENTENCES | ledger_sentences.SENTENCES | survey_sentences.SENTENCES


def test_every_refusal_has_a_sentence():
    declared = {error for error in DomainError.__subclasses__() if error.__module__ in {kernel.__name__, ledger.__name__, surveys.__name__}}
    assert declared == set(SENTENCES) == {type(refusal) for refusal in REFUSALS}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_the_sentence_is_filled_in(refusal: DomainError):
    with override("en"):
        sentence = SENTENCES[type(refusal)](refusal)
    assert sentence.endswith(".")
    assert "%(" not in sentence


def test_money_is_written_as_an_office_writes_it():
    assert "¥1,234.50" in SENTENCES[ledger.SourceExhausted](ledger.SourceExhausted(**LITTLE))
