"""Codes of the program as people read them: states, steps, roles, societies."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from wushe.kernel.errors import PolicySource
from wushe.web.common import growth_words, workforce_verbs
from wushe.web.common.news_words import NEWS
from wushe.web.common.verbs import VERBS

Words = dict[str, "Promise | str"]

STATES: Words = {
    "reported": _("Waiting for the town"),
    "adopted": _("In a project"),
    "awaiting_verdict": _("Waiting for the resident's verdict"),
    "declined": _("Answered, no project"),
    "draft": _("Draft"),
    "under_review": _("Under review"),
    "approved": _("Approved"),
    "tendering": _("Out to tender"),
    "scoring": _("Bids under evaluation"),
    "awarded": _("Awarded, notice running"),
    "contracted": _("Agreement signed"),
    "delivering": _("In delivery"),
    "in_acceptance": _("Evaluation and acceptance"),
    "accepted": _("Accepted"),
    "closed": _("Closed"),
    "terminated": _("Terminated"),
    "waiting": _("Waiting for its trigger"),
    "blocked": _("Held back"),
    "free": _("Can be requested"),
    "requested": _("Requested"),
    "paid": _("Paid"),
    "sent_back": _("Returned"),
    "refund_waits": _("Waiting for the second person"),
    "refund_booked": _("In the book"),
    "refund_refused": _("Refused, not booked"),
    "group": _("Interest group or team"),
    "preparing": _("Preparing"),
    "filed": _("Filed"),
    "lapsed": _("Filing lapsed"),
    "registered": _("Registered"),
    "deregistered": _("Struck off"),
    "submitted": _("Waiting for the community"),
    "returned": _("Returned to the founder"),
    "reviewed": _("Waiting for the town's decision"),
    "awaiting_decision": _("Handed in, waiting for the town's decision"),
    "awaiting_county": _("Waiting for the county"),
    "granted": _("Filing granted"),
    "refused": _("Filing refused"),
    "overtaken": _("Over: registered or struck off"),
    "received": _("Received by the county"),
    "matching": _("Columns to be matched"),
    "checking": _("Rows being checked"),
    "checked": _("Checked, not entered yet"),
    "applying": _("Rows being entered"),
    "applied": _("Entered"),
    "undoing": _("Being undone"),
    "undone": _("Undone"),
    **growth_words.STATES,
}
STEPS: Words = {
    "triage_need": _("Answer the need"),
    "record_verdict": _("Hear the resident's verdict"),
    "adopt_need": _("Take the need into a project"),
    "release_need": _("Give the need back"),
    "decline_need": _("Decline the need"),
    "ask_verdict": _("Ask for the resident's verdict"),
    "close_need": _("Close the need"),
    "reopen_need": _("Open the need again"),
    "submit_design": _("Submit for review"),
    "take_up_review": _("Take up the review"),
    "review_design": _("Review the project"),
    "approve_design": _("Approve the project"),
    "return_design": _("Return the project to the town"),
    "publish_tender": _("Publish the tender"),
    "submit_bid": _("Hand in a bid"),
    "withdraw_bid": _("Withdraw the bid"),
    "appoint_experts": _("Seat the review panel"),
    "release_expert": _("Answer an expert who asks to be released"),
    "declare_interests": _("Declare interests"),
    "complete_step": _("Do the added step"),
    "waive_step": _("Waive the step"),
    "open_bids": _("Open the bids"),
    "disqualify_bid": _("Disqualify the bid"),
    "cancel_tender": _("Cancel the tender"),
    "score_bids": _("Score the bids"),
    "award_tender": _("Award the tender"),
    "raise_objection": _("Object to the award"),
    "answer_objection": _("Answer the objection"),
    "draw_up_agreement": _("Draw up the agreement"),
    "redraw_agreement": _("Redraw the agreement"),
    "sign_agreement": _("Sign the agreement"),
    "amend_agreement": _("Amend the agreement"),
    "sign_amendment": _("Sign the amendment"),
    "withdraw_amendment": _("Withdraw the amendment"),
    "enter_station": _("Enter the station"),
    "request_payment": _("Request the payment"),
    "approve_payment": _("Approve the payment"),
    "pay_tranche": _("Pay the tranche"),
    "return_payment": _("Return the request for payment"),
    "withdraw_payment": _("Withdraw the request for payment"),
    "record_expense": _("Record the expense"),
    "record_refund": _("Record unspent money given back"),
    "approve_refund": _("Approve the money given back"),
    "refuse_refund": _("Refuse the money given back"),
    "refund": _("Book the money given back"),
    "open_round": _("Open a round of supervision"),
    "supervise_project": _("Hold the mid-term supervision"),
    "plan_remedy": _("Plan the remedy"),
    "record_duty": _("Record the duties"),
    "vacate_office": _("Say what becomes of the free office"),
    "set_room_end": _("Set the end of the free room"),
    "finish_remedy": _("Finish the remedy"),
    "deliver_commitment": _("Keep the commitment"),
    "waive_supervision": _("Waive the mid-term supervision"),
    "answer_findings": _("Correct the findings"),
    "hold_second_look": _("Hold the second look"),
    "join_project": _("Enter who takes part"),
    "leave_project": _("Enter the last day"),
    "finish_delivery": _("Finish the delivery"),
    "appoint_evaluator": _("Appoint the evaluator"),
    "open_satisfaction": _("Ask the service users"),
    "evaluate_project": _("Evaluate the project"),
    "accept_project": _("Accept the project"),
    "begin_preparing": _("Enter the begin of preparing"),
    "record_filing": _("Enter an earlier filing"),
    "renew_filing": _("Renew the filing"),
    "record_registration": _("Enter the registration"),
    "deregister_organisation": _("Strike the organisation off"),
    "update_organisation": _("Correct the entry"),
    "amend_organisation": _("Enter a change"),
    "apply_for_filing": _("Apply for filing"),
    "record_application": _("Enter an application on paper"),
    "review_application": _("Review the application"),
    "correct_application": _("Correct the application"),
    "hand_in_again": _("Correct the application"),
    "pass_application": _("Pass the application on"),
    "return_application": _("Return the application"),
    "send_back_application": _("Return the application"),
    "decide_filing": _("Decide on the filing"),
    "grant_filing": _("Grant the filing"),
    "report_filing": _("Approve the filing for the county"),
    "confirm_filing": _("Confirm the filing"),
    "refuse_filing": _("Refuse the filing"),
    "mend_filing": _("Mend the returned filing"),
    "freeze_batch": _("Report the filings to the county"),
    "receive_batch": _("Receive the batch"),
    "check_import": _("Check the rows"),
    "choose_rows": _("Say what the rows are"),
    "apply_import": _("Enter the rows"),
    "undo_import": _("Undo the import"),
    **growth_words.STEPS,
    **workforce_verbs.STEPS,
}
PARTS: Words = {
    "title": _("Title"),
    "summary": _("Project summary"),
    "service_users": _("Service users"),
    "goals": _("Performance goals"),
    "expected_persons": _("Expected persons"),
    "field": _("Service field"),
    "starts_on": _("From"),
    "ends_on": _("Until"),
    "budget": _("Budget"),
    "budget_lines": _("Budget lines"),
    "indicators": _("Indicators"),
    "needs": _("Needs"),
}
CONDITIONS: Words = {
    "is_agency": _("Is a social-work agency"),
    "is_registered": _("Is registered"),
    "has_professionals": _("Has enough licensed social workers"),
    "is_unsanctioned": _("Is under no sanction"),
    "has_party_organisation": _("Has a party organisation, with its paper on the register"),
}
ROLES: Words = {
    "county_station": _("County general station"),
    "town_station_head": _("Town station head"),
    "social_worker": _("Social worker"),
    "community_worker": _("Community worker"),
    "agency_manager": _("Agency manager"),
    "federation_manager": _("Federation manager"),
    "hub_manager": _("Manager of a hub organisation"),
    "expert": _("Review expert"),
    "finance_officer": _("Finance officer"),
    "evaluator": _("Third-party evaluator"),
    "auditor": _("Auditor"),
    "system_admin": _("System administrator"),
}
# how a number is said in each unit
MEASURES: dict[str, Any] = {
    "working_days": ngettext_lazy("%(shown)s working day", "%(shown)s working days", "count"),
    "days": ngettext_lazy("%(shown)s day", "%(shown)s days", "count"),
    "years": ngettext_lazy("%(shown)s year", "%(shown)s years", "count"),
    "months_passed": ngettext_lazy("%(shown)s month", "%(shown)s months", "count"),
    "hours": ngettext_lazy("%(shown)s hour", "%(shown)s hours", "count"),
    "bases": ngettext_lazy("%(shown)s base", "%(shown)s bases", "count"),
    "centres": ngettext_lazy("%(shown)s centre", "%(shown)s centres", "count"),
    "posts": ngettext_lazy("%(shown)s post", "%(shown)s posts", "count"),
    "class_hours": ngettext_lazy("%(shown)s class hour", "%(shown)s class hours", "count"),
    "minutes": ngettext_lazy("%(shown)s minute", "%(shown)s minutes", "count"),
    "grids": ngettext_lazy("%(shown)s grid", "%(shown)s grids", "count"),
    "times": ngettext_lazy("%(shown)s time", "%(shown)s times", "count"),
    "persons": ngettext_lazy("%(shown)s person", "%(shown)s persons", "count"),
    "agencies": ngettext_lazy("%(shown)s agency", "%(shown)s agencies", "count"),
    "organisations": ngettext_lazy("%(shown)s organisation", "%(shown)s organisations", "count"),
    "communities": ngettext_lazy("%(shown)s community", "%(shown)s communities", "count"),
    "streets": ngettext_lazy("%(shown)s street", "%(shown)s streets", "count"),
    "answers": ngettext_lazy("%(shown)s answer", "%(shown)s answers", "count"),
    "bids": ngettext_lazy("%(shown)s bid", "%(shown)s bids", "count"),
    "points": ngettext_lazy("%(shown)s point", "%(shown)s points", "count"),
    "m2": ngettext_lazy("%(shown)s square metre", "%(shown)s square metres", "count"),
    "months": _("%(shown)s (month of the year)"),
    "day_of_month": _("%(shown)s (day of the month)"),
    "yuan": _("%(shown)s yuan"),
}
STANDARD_UNITS = {"area": "m2", "staff": "persons", "professionals": "persons", "money": "yuan"}
SOCIETIES: Words = {
    "community": _("Community"),
    "social_worker": _("Social workers"),
    "organisation": _("Community organisations"),
    "volunteer": _("Volunteers"),
    "resource": _("Charitable resources"),
}


def verb(code: str) -> str:
    """An audit verb as the second half of a sentence that starts with the actor's name."""
    return str(VERBS.get(code, code))


def step(code: str) -> str:
    """A step as the words on its button and in the inbox."""
    return str(STEPS.get(code, code))


def state(code: str) -> str:
    """A state as a person reads it."""
    return str(STATES.get(code, code))


def role(code: str) -> str:
    """A role's name."""
    return str(ROLES.get(code, code))


def measure(shown: str, unit: str, *, is_one: bool) -> str:
    """A number with its unit, in the singular when it is one; without one for what has none."""
    return str(MEASURES[unit] % {"shown": shown, "count": 1 if is_one else 2}) if unit in MEASURES else shown


def society(code: str) -> str:
    """One of the five societies, by its default name."""
    return str(SOCIETIES.get(code, code))


def unit_of(kind: str) -> str:
    """In what a standard of this kind is measured; empty for what is there or not."""
    return STANDARD_UNITS.get(kind, "")


def news(code: str) -> str:
    """A verb of the audit as news about the thing."""
    return str(NEWS.get(code) or VERBS.get(code, code))


def source(paper: PolicySource) -> str:
    """Where a rule comes from, as a person cites it; a default has no article, and is called what its reader understands."""
    if not paper.article:
        return document(paper)
    pattern = _("%(document)s, article %(article)s") if paper.article.isdigit() else _("%(document)s, %(article)s")
    return str(pattern) % {"document": document(paper), "article": paper.article}


def document(paper: PolicySource) -> str:
    """The document or the pack in the language of the page."""
    return paper.document if (get_language() or "").startswith("zh") else paper.document_en or paper.document


def cited(paper: PolicySource | None) -> str:
    """Where a rule comes from, in brackets behind what it says; nothing where no policy says it."""
    return str(_(" (%(source)s)")) % {"source": source(paper)} if paper else ""


def part(code: str) -> str:
    """A part of a project's design."""
    return str(PARTS.get(code, code))


def condition(code: str) -> str:
    """A condition of a bidder's qualification."""
    return str(CONDITIONS.get(code, code))
