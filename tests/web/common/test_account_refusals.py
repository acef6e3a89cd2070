import pytest
from django.utils.translation import override

from wushe.accounts.errors import RolesConflict, UnknownRole, UsernameTaken
from wushe.web.common.refusals import sentence

EXAMPLES = (UsernameTaken(username="zhaomin"), UnknownRole(role="mayor"), RolesConflict(role="auditor", held="finance_officer"))


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_refusal_of_accounts_reads_well_in_both_languages(error):
    with override("en"):
        assert sentence(error).endswith(".")
    with override("zh-hans"):
        assert sentence(error).endswith("。")
