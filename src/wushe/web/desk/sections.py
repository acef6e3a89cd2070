"""The sections of the desk and their pages: what stands on the left rail and in the tabs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of a section: shown to whoever holds one of the permissions; no permission means everyone. Pages of a `group` share a tab."""

    url: str
    text: Words
    icon: str
    permissions: frozenset[str] = frozenset()
    group: Words = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the rail. Its pages are tabs; a person who may open only one of them finds that one on the rail."""

    text: Words
    icon: str
    entries: tuple[Entry, ...]


NEEDS = frozenset({"needs.view_need"})
PROJECTS = frozenset({"projects.view_project"})
ORGANISATIONS = frozenset({"organisations.view_organisations"})
STATIONS = frozenset({"stations.view_stations"})
WORKERS = frozenset({"workforce.view_workers"})
MONEY = frozenset({"ledger.view_money"})
CUSTODY = frozenset({"organisations.view_custody", "organisations.keep_custody"})
ENTERED, GROWING, TOGETHER = _("Entry and filing"), _("Growth and support"), _("Federations and sharing")
BUILT, RUN = _("Stations and standards"), _("Running")
PLACED, LEARNING = _("People and posts"), _("Training and exams")

SECTIONS = (
    Section(_("To-dos"), "inbox", (Entry("desk:inbox", _("To-dos"), "inbox"),)),
    Section(
        _("Needs"),
        "message-2",
        (Entry("desk:needs:list", _("Needs"), "message-2", NEEDS), Entry("desk:needs:board", _("Board"), "layout-grid", NEEDS)),
    ),
    Section(
        _("Projects"),
        "folders",
        (
            Entry("desk:projects:list", _("Projects"), "folders", PROJECTS | {"projects.score_bids"}),
            Entry("desk:oversight:rounds", _("Rounds of supervision"), "checklist", PROJECTS),
        ),
    ),
    Section(
        _("Organisations"),
        "users-group",
        (
            Entry("desk:organisations:list", _("Organisations"), "users-group", ORGANISATIONS, ENTERED),
            Entry("desk:filings:list", _("Filings"), "file-certificate", frozenset({"organisations.view_filing"}), ENTERED),
            Entry("desk:annual:list", _("Annual check"), "calendar-check", ORGANISATIONS, ENTERED),
            Entry("desk:organisations:sanctions", _("Sanctions"), "ban", ORGANISATIONS, ENTERED),
            Entry("desk:incubation:list", _("Incubation bases"), "plant-2", ORGANISATIONS, GROWING),
            Entry("desk:organisations:classes", _("Guidance by class"), "heart-handshake", ORGANISATIONS, GROWING),
            Entry("desk:organisations:gaps", _("Gaps"), "chart-dots", ORGANISATIONS, GROWING),
            Entry("desk:organisations:rates", _("Registered and filed"), "percentage", ORGANISATIONS, GROWING),
            Entry("desk:organisations:undertakings", _("Taken on without a contract"), "users-plus", ORGANISATIONS, GROWING),
            Entry("desk:organisations:helps", _("Help to register"), "lifebuoy", ORGANISATIONS, GROWING),
            Entry("desk:organisations:supports", _("Support"), "gift", ORGANISATIONS, GROWING),
            Entry("desk:federations:list", _("Federations"), "affiliate", frozenset({"organisations.view_federation"}), TOGETHER),
            Entry("desk:organisations:premises", _("Shared premises"), "home-2", ORGANISATIONS, TOGETHER),
            Entry("desk:organisations:accountants", _("Accountants"), "calculator", ORGANISATIONS, TOGETHER),
        ),
    ),
    Section(
        _("Stations"),
        "building-community",
        (
            Entry("desk:stations:list", _("Stations"), "building-community", STATIONS, BUILT),
            Entry("desk:stations:coverage", _("Coverage"), "chart-line", STATIONS, BUILT),
            Entry("desk:stations:standards", _("Standard, station by station"), "ruler-2", STATIONS, BUILT),
            Entry("desk:stations:remedies", _("Remedies"), "tool", STATIONS, BUILT),
            Entry("desk:stations:commitments", _("Commitments"), "rosette-discount-check", STATIONS, BUILT),
            Entry("desk:stations:duties", _("Duties of the year"), "calendar-check", STATIONS, RUN),
            Entry("desk:stations:rooms", _("Use of rooms"), "door", STATIONS, RUN),
            Entry("desk:stations:offices", _("Free offices"), "key", STATIONS, RUN),
            Entry("desk:stations:costs", _("Cost per person served"), "receipt-yuan", STATIONS, RUN),
            Entry("desk:stations:lights", _("Five lights of the communities"), "traffic-lights", STATIONS, RUN),
        ),
    ),
    Section(
        _("Workers"),
        "id-badge-2",
        (
            Entry("desk:workers:list", _("Workers"), "id-badge-2", WORKERS, PLACED),
            Entry("desk:workers:communities", _("Places and their people"), "map-2", WORKERS, PLACED),
            Entry("desk:workers:structures", _("Bodies of the communities"), "building", WORKERS, PLACED),
            Entry("desk:workers:posts", _("Posts and vacancies"), "armchair", WORKERS, PLACED),
            Entry("desk:workers:allowances", _("Allowances"), "cash", frozenset({"workforce.register_worker"}), PLACED),
            Entry("desk:training:courses", _("Training"), "school", WORKERS, LEARNING),
            Entry("desk:exams:list", _("Exams"), "writing", WORKERS, LEARNING),
            Entry("desk:coaching:appraisals", _("Appraisals"), "message-star", WORKERS, LEARNING),
            Entry("desk:coaching:pairings", _("Mentors and apprentices"), "users", WORKERS, LEARNING),
            Entry("desk:coaching:studies", _("Degree studies"), "school-bell", WORKERS, LEARNING),
        ),
    ),
    Section(
        _("Money"),
        "coin-yuan",
        (
            Entry("desk:money:sources", _("Sources of money"), "coin-yuan", MONEY),
            Entry("desk:money:journal", _("Journal"), "book-2", MONEY),
            Entry("desk:custody:list", _("Money kept for others"), "pig-money", CUSTODY),
        ),
    ),
    Section(
        _("Targets and policy"),
        "target-arrow",
        (
            Entry("desk:targets:board", _("Targets"), "target-arrow", frozenset({"needs.view_need", "accounts.view_audit"})),
            Entry("desk:places:pilots", _("Pilots"), "flag-3", frozenset({"needs.view_need", "accounts.view_audit"})),
            Entry("desk:policies:contents", _("Policy"), "book"),
        ),
    ),
    Section(
        _("Administration"),
        "settings",
        (
            Entry("desk:users:list", _("Users"), "user-cog", frozenset({"accounts.manage_users"})),
            Entry("desk:places:list", _("Places"), "map-pin", frozenset({"regions.set_settlement", "regions.record_population"})),
            Entry("desk:imports:list", _("Imports"), "table-import", frozenset({"imports.import_rows"})),
            Entry("desk:audit", _("Audit"), "history", frozenset({"accounts.view_audit"})),
        ),
    ),
)
