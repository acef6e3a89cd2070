"""Roles as data: what each post allows. Names and sentences for people are in the catalogue of translations."""

from wushe.accounts.models import BodyKind
from wushe.accounts.permissions import Permission as Accounts
from wushe.accounts.queries import Role, install_roles
from wushe.imports.permissions import Permission as Imports
from wushe.ledger.permissions import Permission as Ledger
from wushe.needs.permissions import Permission as Needs
from wushe.organisations.permissions import Permission as Organisations
from wushe.oversight.permissions import Permission as Oversight
from wushe.projects.permissions import Permission as Projects
from wushe.regions.permissions import Permission as Regions
from wushe.services.permissions import Permission as Services
from wushe.stations.permissions import Permission as Stations
from wushe.surveys.permissions import Permission as Surveys
from wushe.workforce.permissions import Permission as Workforce

REGISTERS_READ = frozenset(
    {Organisations.VIEW_ORGANISATIONS, Organisations.VIEW_FEDERATION, Stations.VIEW_STATIONS, Workforce.VIEW_WORKERS}
)
WORKERS_KEPT = frozenset(
    {
        Workforce.VIEW_WORKERS,
        Workforce.REGISTER_WORKER,
        Workforce.UPDATE_WORKER,
        Workforce.REVEAL_WORKER,
        Workforce.RELEASE_WORKER,
        Workforce.WITHDRAW_SPELL,
        Workforce.RECORD_CERTIFICATE,
        Workforce.RENEW_CERTIFICATE,
        Workforce.VOID_CERTIFICATE,
        Workforce.PLACE_WORKER,
        Workforce.MOVE_WORKER,
        Workforce.END_POSTING,
        Workforce.CORRECT_POSTING,
        Workforce.WITHDRAW_POSTING,
        Workforce.SET_UP_POSTS,
        Workforce.GIVE_UP_POSTS,
        Workforce.REGISTER_EMPLOYER,
        Workforce.RECORD_TERM,
        Workforce.WITHDRAW_TERM,
    }
)
APPRAISALS_HELD = frozenset({Workforce.RECORD_APPRAISAL, Workforce.FINISH_APPRAISAL})
TRAINING_KEPT = frozenset(
    {
        Workforce.PLAN_TRAINING,
        Workforce.OPEN_COURSE,
        Workforce.SCHEDULE_SESSION,
        Workforce.CANCEL_SESSION,
        Workforce.RECORD_ATTENDANCE,
        Workforce.WITHDRAW_ATTENDANCE,
        Workforce.FOLLOW_EXAM,
        Workforce.RECORD_TITLE_EXAM,
        Workforce.RECORD_COURSE_COST,
        Workforce.PAIR_WORKERS,
        Workforce.LOG_PAIRING,
        Workforce.CONFIRM_SKILLS,
        Workforce.END_PAIRING,
        Workforce.RECORD_STUDY,
        Workforce.END_STUDY,
        Workforce.CORRECT_STUDY,
        Workforce.WITHDRAW_STUDY,
    }
)
FEDERATION_KEPT = frozenset(
    {
        Organisations.ADMIT_MEMBER,
        Organisations.END_MEMBERSHIP,
        Organisations.FILL_BOARD_SEAT,
        Organisations.VACATE_BOARD_SEAT,
        Organisations.RECORD_PLEDGE,
        Organisations.RECORD_PEER_REVIEW,
        Organisations.WITHDRAW_PEER_REVIEW,
        Organisations.RECORD_FEDERATION_DUTY,
        Organisations.WITHDRAW_FEDERATION_DUTY,
    }
)
FILINGS_OF_COMMUNITY = frozenset(
    {
        Organisations.VIEW_FILING,
        Organisations.RECORD_APPLICATION,
        Organisations.REVIEW_APPLICATION,
        Organisations.REVEAL_ROSTER,
        Organisations.CONFIRM_ANNUAL_FORM,
        Organisations.RECORD_UNDERTAKING,
        Organisations.WITHDRAW_UNDERTAKING,
    }
)
REGISTERS_KEPT = (
    frozenset(Organisations)
    - {Organisations.REVIEW_APPLICATION, Organisations.COMMENT_ON_MEMBER, Organisations.KEEP_CUSTODY, Organisations.PAY_SUPPORT}
    | frozenset(Stations)
    | frozenset(Imports)
    | WORKERS_KEPT
    | TRAINING_KEPT
    | APPRAISALS_HELD
)
COUNTY_REGISTERS_KEPT = (
    REGISTERS_KEPT
    - FEDERATION_KEPT
    - {
        Organisations.RECORD_APPLICATION,
        Organisations.DECIDE_FILING,
        Organisations.FREEZE_BATCH,
        Organisations.MEND_FILING,
        Organisations.RENEW_FILING,
        Organisations.CONFIRM_ANNUAL_FORM,
        Stations.ANSWER_FOR_DUTIES,
    }
)
TOWN_REGISTERS_KEPT = REGISTERS_KEPT - {
    Organisations.OPEN_ANNUAL_CHECK,
    Organisations.JUDGE_ANNUAL_FORM,
    Organisations.RECEIVE_BATCH,
    Organisations.RECORD_REGISTRATION,
    Organisations.RECORD_SANCTION,
    Organisations.LIFT_SANCTION,
    Organisations.GRANT_SUPPORT,
    Organisations.WITHDRAW_SUPPORT,
    Stations.CLOSE_STATION,
}
STATION_STAFF = frozenset(
    {
        Stations.CHECK_STATION,
        Stations.ADD_ROOM,
        Stations.GIVE_UP_ROOM,
        Stations.PLAN_REMEDY,
        Stations.FINISH_REMEDY,
        Stations.RECORD_DUTY,
        Stations.ANSWER_FOR_DUTIES,
        Stations.WITHDRAW_DUTY,
        Stations.SET_HOURS,
        Stations.BOOK_ROOM,
        Stations.CANCEL_BOOKING,
        Stations.NOTE_USE,
        Stations.ENTER_ASSET,
        Stations.HAND_OVER_ASSET,
    }
)

OVERSIGHT_OF_COUNTY = frozenset(
    {
        Oversight.OPEN_ROUND,
        Oversight.SUPERVISE_PROJECT,
        Oversight.WAIVE_SUPERVISION,
        Oversight.APPOINT_EVALUATOR,
        Oversight.OPEN_SATISFACTION,
        Oversight.ACCEPT_PROJECT,
    }
)
NEEDS_OF_TOWN = frozenset(Needs)
NEEDS_OF_WORKER = frozenset(Needs) - {Needs.TRIAGE_NEED, Needs.DECLINE_NEED}
PROJECTS_OF_COUNTY = frozenset(
    {
        Projects.VIEW_PROJECT,
        Projects.REVIEW_DESIGN,
        Projects.PUBLISH_TENDER,
        Projects.CANCEL_TENDER,
        Projects.APPOINT_EXPERTS,
        Projects.OPEN_BIDS,
        Projects.DISQUALIFY_BID,
        Projects.AWARD_TENDER,
        Projects.ANSWER_OBJECTION,
        Projects.DRAW_UP_AGREEMENT,
        Projects.SIGN_AS_PURCHASER,
        Projects.AMEND_AGREEMENT,
        Projects.APPROVE_PAYMENT,
        Projects.RETURN_PAYMENT,
        Projects.APPROVE_REFUND,
        Projects.WAIVE_STEP,
        Projects.TERMINATE_PROJECT,
    }
)
PROJECTS_OF_TOWN = frozenset({Projects.VIEW_PROJECT, Projects.DRAFT_PROJECT, Projects.SUBMIT_DESIGN})
PROJECTS_OF_AGENCY = frozenset(
    {
        Projects.VIEW_PROJECT,
        Projects.SUBMIT_BID,
        Projects.RAISE_OBJECTION,
        Projects.SIGN_AS_AGENCY,
        Projects.REQUEST_PAYMENT,
        Projects.RECORD_EXPENSE,
    }
)

ROLES = (
    Role(
        "county_station",
        COUNTY_REGISTERS_KEPT
        | PROJECTS_OF_COUNTY
        | OVERSIGHT_OF_COUNTY
        | {Needs.VIEW_NEED, Regions.RECORD_POPULATION, Regions.NAME_PILOT, Regions.END_PILOT}
        | frozenset(Surveys)
        | frozenset(Ledger) - {Ledger.OPEN_SOURCE, Ledger.ALLOT_TO_BODY, Ledger.REVERSE_BOOKING},
    ),
    Role(
        "town_station_head",
        TOWN_REGISTERS_KEPT
        | NEEDS_OF_TOWN
        | PROJECTS_OF_TOWN
        | {Ledger.VIEW_MONEY, Regions.RECORD_POPULATION, Services.SET_ROOM_END, Surveys.ENTER_PAPER_ANSWER},
    ),
    Role(
        "social_worker",
        REGISTERS_READ
        | STATION_STAFF
        | NEEDS_OF_WORKER
        | {Organisations.VIEW_FILING, Projects.VIEW_PROJECT, Projects.DRAFT_PROJECT, Surveys.ENTER_PAPER_ANSWER},
    ),
    Role(
        "community_worker",
        REGISTERS_READ
        | STATION_STAFF
        | NEEDS_OF_WORKER
        | FILINGS_OF_COMMUNITY
        | APPRAISALS_HELD
        | {Projects.VIEW_PROJECT, Surveys.ENTER_PAPER_ANSWER},
    ),
    Role(
        "agency_manager",
        # the room is the town's, and so is until when it is free
        PROJECTS_OF_AGENCY | frozenset(Services) - {Services.SET_ROOM_END} | {Oversight.ANSWER_FINDINGS},
        body_kind=BodyKind.AGENCY,
    ),
    Role(
        "federation_manager",
        frozenset(
            {
                Organisations.VIEW_FEDERATION,
                Organisations.COMMENT_ON_MEMBER,
                Organisations.RECORD_PEER_REVIEW,
                Organisations.WITHDRAW_PEER_REVIEW,
                Organisations.RECORD_FEDERATION_DUTY,
                Organisations.WITHDRAW_FEDERATION_DUTY,
            }
        ),
        body_kind=BodyKind.ORGANISATION,
    ),
    Role("hub_manager", frozenset({Organisations.VIEW_CUSTODY, Organisations.KEEP_CUSTODY}), body_kind=BodyKind.ORGANISATION),
    Role("expert", frozenset({Projects.SCORE_BIDS})),
    Role(
        "finance_officer",
        frozenset(Ledger)
        | {Needs.VIEW_NEED, Organisations.PAY_SUPPORT}
        | {Projects.VIEW_PROJECT, Projects.PAY_TRANCHE, Projects.RETURN_PAYMENT, Projects.RECORD_REFUND},
    ),
    Role("evaluator", frozenset({Projects.VIEW_PROJECT, Oversight.EVALUATE_PROJECT}), body_kind=BodyKind.EVALUATOR),
    Role(
        "auditor",
        REGISTERS_READ
        | {
            Accounts.VIEW_AUDIT,
            Organisations.VIEW_FILING,
            Organisations.VIEW_CUSTODY,
            Ledger.VIEW_MONEY,
            Needs.VIEW_NEED,
            Projects.VIEW_PROJECT,
        },
    ),
    Role("system_admin", frozenset({Accounts.MANAGE_USERS}) | frozenset(Regions)),
)


def install() -> None:
    """Make the table known to accounts."""
    install_roles({role.code: role for role in ROLES})
