from importlib import import_module

from tests.architecture.source import PACKAGE, functions
from wushe.config.wiring import WIRING

# event → who hears it, in order
PINNED: list[tuple[str, str]] = [
    ("NeedReopened", "wushe.projects.subscribers.free_reopened_need"),
    ("StationClosing", "wushe.workforce.subscribers.refuse_posts_at_closed_station"),
    ("EntryReversed", "wushe.organisations.subscribers.reopen_payment_of_support"),
    ("DesignApproved", "wushe.reports.subscribers.publish_release"),
    ("TenderPublished", "wushe.reports.subscribers.publish_release"),
    ("TenderCancelled", "wushe.reports.subscribers.publish_release"),
    ("BidsOpened", "wushe.reports.subscribers.publish_release"),
    ("TenderAwarded", "wushe.reports.subscribers.publish_release"),
    ("AwardWithdrawn", "wushe.reports.subscribers.publish_release"),
    ("AgreementSigned", "wushe.reports.subscribers.publish_release"),
    ("AgreementAmended", "wushe.reports.subscribers.publish_release"),
    ("DeliveryStarted", "wushe.reports.subscribers.publish_release"),
    ("ProjectSupervised", "wushe.reports.subscribers.publish_release"),
    ("SupervisionWaived", "wushe.reports.subscribers.publish_release"),
    ("DeliveryFinished", "wushe.reports.subscribers.publish_release"),
    ("TranchePaid", "wushe.reports.subscribers.publish_release"),
    ("RefundApproved", "wushe.reports.subscribers.publish_release"),
    ("ProjectEvaluated", "wushe.reports.subscribers.publish_release"),
    ("AcceptanceRefused", "wushe.reports.subscribers.publish_release"),
    ("ProjectAccepted", "wushe.reports.subscribers.publish_release"),
    ("ProjectClosed", "wushe.reports.subscribers.publish_release"),
    ("ProjectTerminated", "wushe.reports.subscribers.publish_release"),
]


def test_the_table_of_events_is_this_one():
    assert [(event.__name__, f"{handler.__module__}.{handler.__name__}") for event, handler in WIRING] == PINNED


def test_every_subscriber_is_wired():
    wired = {handler for _, handler in WIRING}
    idle = []
    for path in PACKAGE.glob("*/subscribers.py"):
        module = import_module(f"wushe.{path.parent.name}.subscribers")
        idle += [f.name for f in functions(path) if not f.name.startswith("_") and getattr(module, f.name) not in wired]
    assert idle == []
