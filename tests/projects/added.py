"""A policy whose place has added steps to the procedure: one before the delivery, two before the acceptance, one at the end."""

import re

from django.conf import settings

from tests.cast import Cast
from tests.policies.factories import load_policy
from wushe.policies.models import Pack
from wushe.policies.rules import PACK_FILE

LAW = 'article: "五4"'
FILING, HEARING, VISIT, ARCHIVE = "file_agreement", "hold_hearing", "visit_users", "hand_over_archive"


def _step(code: str, zh: str, by: str) -> str:
    words = f"zh: {zh}, en: {code}, actor: {{zh: 办理单位, en: Actor}}, ends: {{zh: {zh}完毕, en: Done}}"
    return f"    - {{code: {code}, {words}, societies: [community], {LAW}, clock: review.working_days, by: {by}}}\n"


def with_added_steps(cast: Cast) -> Pack:
    """The shipped pack in a version of the county's own, with the four steps."""
    text = (settings.POLICIES / "meixian-2022" / PACK_FILE).read_text(encoding="utf-8")
    shipped = re.findall(r'^version: "(.*)"$', text, re.MULTILINE)[0]
    last = "      ends: {zh: 出具评估报告，完成验收, en: The evaluation report is written and the project accepted}\n"
    return load_policy(
        cast.county.county,
        replace=(
            (f'version: "{shipped}"', 'version: "99.0.0"'),
            ("    - code: deliver_service\n", _step(FILING, "协议备案", "county") + "    - code: deliver_service\n"),
            (
                "    - code: evaluation_acceptance\n",
                _step(HEARING, "居民议事", "town") + _step(VISIT, "回访", "agency") + "    - code: evaluation_acceptance\n",
            ),
            (last, last + _step(ARCHIVE, "档案移交", "agency")),
        ),
    )
