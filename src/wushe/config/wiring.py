"""The one table of events and who hears them, which a test pins; the registers that take tables; and what is done once a day."""

from collections.abc import Callable
from typing import Any

from wushe.accounts.actions import clear_kept_forms
from wushe.imports.queries import brought
from wushe.imports.rules.importable import Importable, add_importable
from wushe.kernel.bus import Event, subscribe
from wushe.kernel.daily import DailyWork, add_daily_work
from wushe.ledger.events import EntryReversed
from wushe.needs.actions.importing import NEEDS
from wushe.needs.events import NeedReopened
from wushe.organisations.actions.importing import ORGANISATIONS
from wushe.organisations.queries import may_open_life_paper, may_open_paper
from wushe.organisations.subscribers import reopen_payment_of_support
from wushe.oversight.queries import may_open_evidence
from wushe.projects.subscribers import free_reopened_need
from wushe.reports.subscribers import SUBSCRIPTIONS as OPEN_DATA
from wushe.services.tasks import ask_about_free_rooms
from wushe.stations.actions.importing import STATIONS
from wushe.stations.events import StationClosing
from wushe.stations.queries import count_staff_with, may_open_finding
from wushe.stations.tasks import ask_about_offices, ask_for_duties, ask_for_remedies
from wushe.web.common.file_access import grant_file_access
from wushe.workforce.actions.importing import WORKERS
from wushe.workforce.actions.sheets import ATTENDANCE
from wushe.workforce.facts import staff_of
from wushe.workforce.subscribers import refuse_posts_at_closed_station
from wushe.workforce.tasks import ask_for_leaders

WIRING: tuple[tuple[type[Event], Callable[[Any], None]], ...] = (
    (NeedReopened, free_reopened_need),
    (StationClosing, refuse_posts_at_closed_station),
    (EntryReversed, reopen_payment_of_support),
    *OPEN_DATA,
)
IMPORTABLES: tuple[Importable, ...] = (ORGANISATIONS, STATIONS, WORKERS, ATTENDANCE, NEEDS)

# once a day, in this order
DAILY: tuple[DailyWork, ...] = (
    DailyWork("duties", ask_for_duties),
    DailyWork("remedies", ask_for_remedies),
    DailyWork("leaders", ask_for_leaders),
    DailyWork("offices", ask_about_offices),
    DailyWork("free_rooms", ask_about_free_rooms),
    DailyWork("kept_forms", clear_kept_forms),
)

FILE_OWNERS = {
    "project": may_open_evidence,
    "station": may_open_finding,
    "import": brought,
    "filing": may_open_paper,
    "organisation": may_open_life_paper,
}


def connect() -> None:
    """Subscribe every pair of the table, and make known the registers that take tables, the one that knows the people of stations, and the daily work."""
    for event, handler in WIRING:
        subscribe(event, handler)
    for register in IMPORTABLES:
        add_importable(register)
    count_staff_with(staff_of)
    for work in DAILY:
        add_daily_work(work)


def open_files() -> None:
    """Let the things to which files are attached say who may open them."""
    for kind, may_open in FILE_OWNERS.items():
        grant_file_access(kind, may_open)
