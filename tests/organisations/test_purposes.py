from tests.cast import Cast
from tests.organisations.factories import AT
from wushe.organisations.actions.importing import ORGANISATIONS
from wushe.organisations.models import PurposeClass
from wushe.web.common.organisation_words import PURPOSES


def test_tables_and_forms_know_the_same_classes(cast: Cast):
    run = ORGANISATIONS.begin(cast.reviewer, AT)
    assert set(run.known["purpose_class"].values()) == set(PurposeClass) == set(PURPOSES)
