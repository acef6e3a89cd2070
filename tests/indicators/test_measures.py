"""Which numbers of the policies are counted."""

from django.conf import settings

from wushe.indicators.queries import MEASURES
from wushe.policies.rules import PACK_FILE, read_folder

# of these no register holds the facts yet: that the linkage is in place, and that the roll-out has started
OPEN = {"linkage_mechanism", "rollout_started"}


def asked() -> set[str]:
    folders = [path.parent for path in settings.POLICIES.glob(f"*/{PACK_FILE}")]
    return {target["measure"] for folder in folders for target in read_folder(folder)[0].content.get("targets", [])}


def test_every_target_of_a_shipped_pack_is_counted_but_these():
    assert asked() - set(MEASURES) == OPEN


def test_nothing_is_counted_that_no_pack_asks_for():
    assert set(MEASURES) - asked() == set()
