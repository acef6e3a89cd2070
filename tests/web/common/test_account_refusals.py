from datetime import date

import pytest
from django.utils.translation import override

from wushe.accounts import errors
from wushe.web.common.refusals import sentence

DAY = date(2026, 3, 12)
EXAMPLES = (
    errors.UsernameTaken(username="zhaomin"),
    errors.UnknownRole(role="mayor"),
    errors.RolesConflict(role="auditor", held="finance_officer"),
    errors.WrongKindOfPlace(role="agency_manager", body_kind="agency"),
    errors.WrongKindOfPlace(role="expert", body_kind=""),
    errors.PostAlreadyHeld(role="expert", place="平湖县", since=DAY, until=None),
    errors.PostEndsTooEarly(earliest=DAY),
    errors.PostIsOver(until=DAY),
    errors.OwnLastAdministration(),
    errors.OwnAccount(),
    errors.PostsElsewhere(places=("平湖县", "石桥镇")),
    errors.PasswordWrong(),
    errors.PasswordUnchanged(),
    errors.SignInWrong(),
    errors.SignInLocked(minutes=1),
    errors.SignInLocked(minutes=15),
)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_refusal_of_accounts_reads_well_in_both_languages(error):
    with override("en"):
        assert sentence(error).endswith(".")
    with override("zh-hans"):
        assert sentence(error).endswith("。")
