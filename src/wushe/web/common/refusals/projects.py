from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wushe.kernel.errors import DomainError
from wushe.kernel.money import shown
from wushe.projects.errors import (
    AgencyNotQualified,
    AgreementInForce,
    AlreadyAnswered,
    AlreadyAwarded,
    AlreadyBid,
    AlreadyDisqualified,
    AlreadyObjected,
    AlreadyPaid,
    AlreadySigned,
    AmendmentEmpty,
    AmendmentTooLarge,
    ApprovedWithComments,
    BidsStillSealed,
    BidTooLate,
    ChecklistNotMet,
    DesignIncomplete,
    EndsInThePast,
    ExpenseAhead,
    ExpertHasConflict,
    ExpertNotEligible,
    ExpertNotReleasable,
    InterestsNotDeclared,
    LastTrancheTaken,
    LastTrancheTooSmall,
    LastTrancheUngated,
    MethodNeedsReason,
    NeedElsewhere,
    NeedNotFree,
    NotABidder,
    NoticeTooShort,
    NotOnThePanel,
    NotTheFirstRanked,
    ObjectionUnanswered,
    ObjectionWindowClosed,
    ObjectionWindowOpen,
    OutsideAgreementPeriod,
    OverBudgetLine,
    PanelFull,
    PanelNotDone,
    PartNotPositive,
    PaymentsEnded,
    PeriodBackwards,
    PointsComputed,
    PriceOverCeiling,
    ProjectNotFunded,
    RefundOutsideTime,
    RefundTooLarge,
    RefundVoucherUsed,
    ReturnWithoutComment,
    ReviewIncomplete,
    ScoreOutOfRange,
    ScoresIncomplete,
    ScoresLocked,
    StepSettled,
    StepsOpen,
    TooFewBids,
    TooFewExperts,
    TooFewQualifiedAgencies,
    TrancheNotFree,
    TranchesNotWhole,
    VoucherUsed,
)
from wushe.web.common import words

PARTS = {
    "title": gettext_lazy("title of the project"),
    "needs": gettext_lazy("residents' needs"),
    "indicators": gettext_lazy("agreed indicators"),
    "budget_lines": gettext_lazy("budget lines"),
    "service_users": gettext_lazy("service users"),
    "goals": gettext_lazy("performance goals"),
    "summary": gettext_lazy("content of the service"),
}

CONDITIONS = {
    "is_agency": gettext_lazy("it is not a social-work agency"),
    "is_registered": gettext_lazy("it is not registered"),
    "has_professionals": gettext_lazy("it has too few professional social workers on record"),
    "is_unsanctioned": gettext_lazy("a sanction is in force"),
    "has_party_organisation": gettext_lazy("the register shows no party organisation with its paper, which this place asks of bidders"),
}

REASONS = {
    "not_an_expert": gettext_lazy("no post as a review expert here"),
    "made_the_project": gettext_lazy("took part in making the project or the panel"),
    "works_for_a_bidder": gettext_lazy("works for a bidder"),
    "already_seated": gettext_lazy("sits on the panel already"),
    "was_released": gettext_lazy("sat on this panel and was released"),
}

TRIGGERS = {
    "signed": gettext_lazy("the agreement is signed"),
    "midterm_pass": gettext_lazy("the mid-term supervision is passed"),
    "final_pass": gettext_lazy("the work is accepted"),
}

SIDES = {
    "purchaser": gettext_lazy("The purchaser"),
    "agency": gettext_lazy("The agency"),
}


def _listed(table: dict[str, Any], codes: tuple[str, ...]) -> str:
    return _(", ").join(str(table[code]) for code in codes)


def _not_free(error: TrancheNotFree) -> str:
    if error.reason:
        held = _(
            "Tranche %(number)s is held back by the supervision %(look)s (%(source)s). Correct its findings; once the second look is passed, ask again."
        )
        return held % {"number": error.number, "look": error.reason, "source": words.source(error.source)}
    waits = _("Tranche %(number)s is due when %(trigger)s (%(source)s). Ask for it after that.")
    return waits % {"number": error.number, "trigger": TRIGGERS[error.trigger], "source": words.source(error.source)}


def _panel_full(error: PanelFull) -> str:
    if error.seats:
        said = _("Points are locked, so the panel is only filled up, never enlarged: %(seats)s seats are empty. Choose as many experts.")
        return said % {"seats": error.seats}
    if error.unlocked:
        return _(
            "Points are locked and every seat is filled, so nobody is added. %(unlocked)s of the panel have still to lock; the award follows then."
        ) % {"unlocked": error.unlocked}
    return _("Points are locked and every seat is filled, so nobody is added. Go on to the award.")


SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    StepsOpen: lambda error: (
        _("“%(steps)s” comes before this (%(source)s). It is done, or waived with a reason; the page of the project shows by whom.")
        % {"steps": _(", ").join(each.label(get_language() or "") for each in error.steps), "source": words.source(error.source)}
    ),
    StepSettled: lambda error: (
        _("This step was done or waived on %(at)s. Open the project again to read what was entered.")
        % {"at": date_format(timezone.localtime(error.at), "DATETIME_FORMAT")}
    ),
    DesignIncomplete: lambda error: (
        _("The design cannot be used yet, these parts are missing: %(missing)s. Add them and send it again.")
        % {"missing": _listed(PARTS, error.missing)}
    ),
    PeriodBackwards: lambda error: (
        _("The end, %(ends_on)s, must come after the start, %(starts_on)s. Correct one of the two days.")
        % {"starts_on": date_format(error.starts_on), "ends_on": date_format(error.ends_on)}
    ),
    PartNotPositive: lambda error: (
        _("Line %(position)s under “%(part)s” has no number above 0. Enter the number or remove the line.")
        % {"position": error.position, "part": PARTS[error.part]}
    ),
    NeedElsewhere: lambda error: (
        _(
            "The need %(need)s does not come from %(place)s; a project takes up needs of its own place. Choose other needs, or let the town it comes from make the project."
        )
        % {"need": error.need, "place": error.place}
    ),
    NeedNotFree: lambda error: (
        _("The need %(need)s is in another project or has been answered. Take it out of the list.") % {"need": error.need}
    ),
    ReviewIncomplete: lambda error: (
        _("Every item of the checklist needs an answer; %(count)s are open. Mark each as met or not met.") % {"count": len(error.missing)}
    ),
    ChecklistNotMet: lambda error: (
        _("%(count)s items of the checklist are not met, so the project cannot be approved. Return it with what has to be mended.")
        % {"count": len(error.items)}
    ),
    ApprovedWithComments: lambda error: (
        _(
            "There is something to be mended under “%(parts)s”, so the project cannot be approved. Return it for correction, or take these words out."
        )
        % {"parts": _listed(PARTS, error.parts)}
    ),
    ReturnWithoutComment: lambda _error: _("Whoever gets a project back must know what to mend. Write an opinion or a comment on a field."),
    NoticeTooShort: lambda error: (
        _(
            "%(required)s %(unit)s have to pass between publication and the deadline, here are %(given)s (%(source)s). Set the deadline on %(earliest)s or later."
        )
        % {
            "required": error.required_days,
            "given": error.given_days,
            "unit": _("working days of notice") if error.is_working_days else _("days of notice"),
            "earliest": date_format(error.earliest),
            "source": words.source(error.source),
        }
    ),
    TooFewQualifiedAgencies: lambda error: (
        _(
            "The method asks for %(required)s qualified agencies, the register has %(found)s (%(source)s). Complete the register of agencies, or choose another method and say why."
        )
        % {"required": error.required, "found": error.found, "source": words.source(error.source)}
    ),
    MethodNeedsReason: lambda _error: _("A method other than the open tender is an exception. Say in writing why it is used here."),
    BidTooLate: lambda error: (
        _("Bids were accepted until %(closed_at)s by the clock of this system (%(source)s). Wait for the next tender.")
        % {"closed_at": date_format(timezone.localtime(error.closed_at), "DATETIME_FORMAT"), "source": words.source(error.source)}
    ),
    BidsStillSealed: lambda error: (
        _("Nobody sees a bid before the deadline, %(closes_at)s. Open the bids after it.")
        % {"closes_at": date_format(timezone.localtime(error.closes_at), "DATETIME_FORMAT")}
    ),
    AgencyNotQualified: lambda error: (
        _("The agency does not meet the conditions: %(missing)s. Have the register corrected at the county station and bid again.")
        % {"missing": _listed(CONDITIONS, error.missing)}
    ),
    AlreadyBid: lambda error: (
        _("Your bid %(bid)s lies sealed in this tender. Withdraw it before the deadline if you want to hand in another.")
        % {"bid": error.bid}
    ),
    PriceOverCeiling: lambda error: (
        _("The price %(price)s exceeds the published budget of %(ceiling)s. Offer a price up to the budget.")
        % {"price": shown(error.price), "ceiling": shown(error.ceiling)}
    ),
    AlreadyDisqualified: lambda error: (
        _("The bid %(bid)s was disqualified before; ground and reason are on record. Open the page again to read them.")
        % {"bid": error.bid}
    ),
    TooFewBids: lambda error: (
        _(
            "%(required)s valid bids are needed to go on, there are %(received)s (%(source)s). Cancel the tender with this reason and publish it again."
        )
        % {"required": error.required, "received": error.received, "source": words.source(error.source)}
    ),
    TooFewExperts: lambda error: (
        _("The panel needs %(required)s experts without a conflict, it has %(seated)s (%(source)s). Seat more experts.")
        % {"required": error.required, "seated": error.seated, "source": words.source(error.source)}
    ),
    ExpertNotEligible: lambda error: (
        _("%(expert)s may not sit on this panel: %(reason)s. Choose someone else.")
        % {"expert": error.expert, "reason": REASONS[error.reason]}
    ),
    ExpertNotReleasable: lambda error: (
        _(
            "%(expert)s cannot be released: a seat ends when its expert asks for it or is late, and not once the scores are locked. Wait for the day, or remind the expert."
        )
        % {"expert": error.expert}
    ),
    PanelFull: _panel_full,
    NotOnThePanel: lambda _error: _(
        "Only the experts seated on this panel declare and score. Ask the county station if you should be one of them."
    ),
    InterestsNotDeclared: lambda _error: _("An expert declares interests before seeing a bid. Declare yours first."),
    ExpertHasConflict: lambda error: (
        _(
            "You have declared a conflict of interest (%(conflict)s) and take no further part (%(source)s). The county station seats another expert."
        )
        % {"conflict": error.conflict, "source": words.source(error.source)}
    ),
    ScoresLocked: lambda error: (
        _("Your scores were locked on %(locked_at)s and do not change any more. Tell the county station if something is wrong.")
        % {"locked_at": date_format(timezone.localtime(error.locked_at), "DATETIME_FORMAT")}
    ),
    ScoreOutOfRange: lambda error: (
        _("%(points)s points are not possible here: points run from 0 to %(maximum)s. Correct them.")
        % {"points": error.points, "maximum": error.maximum}
    ),
    PointsComputed: lambda _error: _(
        "The points for the price follow from the lowest price, as published, and nobody gives them. Leave them out."
    ),
    ScoresIncomplete: lambda error: (
        _("%(missing)s scores are missing: every bid has points under every criterion before you lock. Fill them in.")
        % {"missing": error.missing}
    ),
    PanelNotDone: lambda error: (
        _("The award follows the scores of the whole panel; still open: %(waiting)s. Wait for them or remind them.")
        % {"waiting": _(", ").join(error.waiting) or _("no bid that can be ranked")}
    ),
    AlreadyAwarded: lambda error: (
        _("This tender has the award %(award)s, and one award ends it%(source)s. Open the project to see it.")
        % {"award": error.award, "source": words.cited(error.source)}
    ),
    NotTheFirstRanked: lambda error: (
        _("The award goes to the first of the ranking, %(first)s. Choose it, or give the reason why another wins.") % {"first": error.first}
    ),
    NotABidder: lambda error: (
        _("Only those who bid may object to the award (%(source)s), and your agency handed in no bid for this tender.")
        % {"source": words.source(error.source)}
    ),
    AlreadyObjected: lambda error: (
        _("Your objection %(objection)s to this award is on record. Wait for its answer.") % {"objection": error.objection}
    ),
    AlreadyAnswered: lambda error: (
        _("The objection %(objection)s has been answered. Read the answer on the project's page.") % {"objection": error.objection}
    ),
    ObjectionWindowClosed: lambda error: (
        _("Objections were accepted until %(until)s. After that the way is a complaint to the finance department.")
        % {"until": date_format(timezone.localtime(error.until), "DATETIME_FORMAT")}
    ),
    ObjectionWindowOpen: lambda error: (
        _("Bidders may object until %(until)s (%(source)s). Draw up the agreement after that.")
        % {"until": date_format(timezone.localtime(error.until), "DATETIME_FORMAT"), "source": words.source(error.source)}
    ),
    ObjectionUnanswered: lambda error: (
        _("These objections wait for an answer: %(objections)s. Answer them before the agreement is drawn up.")
        % {"objections": _(", ").join(error.objections)}
    ),
    TranchesNotWhole: lambda error: (
        _(
            "The tranches make up the whole price: each has a share above 0 and a trigger, and together they are 100 %%, not %(total)s %% (%(source)s). Correct the shares."
        )
        % {"total": error.total, "source": words.source(error.source)}
    ),
    LastTrancheUngated: lambda _error: _(
        "The last tranche is paid when the project is accepted. Let the last line be due at acceptance, with a share above 0."
    ),
    LastTrancheTooSmall: lambda error: (
        _("At least %(minimum)s %% of the price are kept back until acceptance (%(source)s). Raise the last share.")
        % {"minimum": error.minimum, "source": words.source(error.source)}
    ),
    AlreadySigned: lambda error: _("%(side)s has signed. The other side signs next.") % {"side": SIDES[error.side]},
    AgreementInForce: lambda error: (
        _("The agreement %(agreement)s is in force since both sides have signed, so its text stands. Draw up an amendment instead.")
        % {"agreement": error.agreement}
    ),
    AmendmentTooLarge: lambda error: (
        _(
            "Supplements come to %(percent)s %% of the agreed price, more than the %(maximum)s %% that the law allows (%(source)s). Lower the price, or start a new purchase."
        )
        % {"percent": error.percent, "maximum": error.maximum, "source": words.source(error.source)}
    ),
    EndsInThePast: lambda error: (
        _(
            "The agreement cannot end on %(ends_on)s, which is past: services and expenses up to today rest on it. Draw up an amendment that ends on %(earliest)s or later."
        )
        % {"ends_on": date_format(error.ends_on), "earliest": date_format(error.earliest)}
    ),
    AmendmentEmpty: lambda _error: _("This amendment changes nothing. Enter a new end or a new price."),
    LastTrancheTaken: lambda error: (
        _(
            "A change of price falls on the last tranche (%(left)s): it has been requested or paid, or nothing would be left of it. Choose a smaller change, or agree on a new purchase."
        )
        % {"left": shown(error.left)}
    ),
    TrancheNotFree: _not_free,
    PaymentsEnded: lambda _error: _(
        "The project is terminated: only what the county had approved before is still paid. Settle what is owed beyond that in writing with the other side."
    ),
    AlreadyPaid: lambda error: _("This tranche has the payment %(payment)s. Follow it on the project's page.") % {"payment": error.payment},
    ProjectNotFunded: lambda error: (
        _("%(available)s of the money committed to the project is left, less than the %(wanted)s. Commit more money to the project first.")
        % {"available": shown(error.available), "wanted": shown(error.wanted)}
    ),
    RefundTooLarge: lambda error: (
        _(
            "Of the source %(source)s the agency has %(available)s in hand that is neither spent nor waiting to be given back, less than the %(wanted)s. Compare the amount with the bank's paper and with the expenses."
        )
        % {"source": error.source, "available": shown(error.available), "wanted": shown(error.wanted)}
    ),
    RefundVoucherUsed: lambda error: (
        _(
            "The paper %(voucher_no)s stands on %(refund)s already, money of this source that the agency gave back for the project %(project)s. Compare the number with the bank's paper."
        )
        % {"voucher_no": error.voucher_no, "refund": error.refund, "project": error.project}
    ),
    RefundOutsideTime: lambda error: (
        _(
            "Money of this source was first paid on %(paid_on)s, so it came back between that day and %(last_day)s. Compare %(day)s with the bank's paper."
        )
        % {"day": date_format(error.day), "paid_on": date_format(error.paid_on), "last_day": date_format(error.last_day)}
    ),
    OverBudgetLine: lambda error: (
        _(
            "%(left)s is left in this budget line, less than the %(wanted)s (%(source)s). Choose the line that fits the voucher, or lower the amount."
        )
        % {"left": shown(error.left), "wanted": shown(error.wanted), "source": words.source(error.source)}
    ),
    VoucherUsed: lambda error: (
        _(
            "The voucher %(voucher_no)s stands on the expense %(expense)s of your project %(project)s. Compare the number with the paper; an expense that is wrong is reversed first."
        )
        % {"voucher_no": error.voucher_no, "expense": error.expense, "project": error.project}
    ),
    ExpenseAhead: lambda error: (
        _("%(day)s has not come yet. Enter the day of the voucher, and record the expense once it is made.")
        % {"day": date_format(error.day)}
    ),
    OutsideAgreementPeriod: lambda error: (
        _("%(day)s lies outside the agreement: money is spent from %(starts_on)s to %(ends_on)s. Compare the day with the voucher.")
        % {"day": date_format(error.day), "starts_on": date_format(error.starts_on), "ends_on": date_format(error.ends_on)}
    ),
}
