<<<<<<< HEAD
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wushe.kernel.errors import DomainError, PolicySource
from wushe.organisations.queries import Condition
from wushe.projects import errors
from wushe.projects.models import Trigger
from wushe.web.common.templatetags.wushe import day, moment, number, yuan

PARTS: dict[str, Promise] = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "service_users": gettext_lazy("service users"),
    "budget_lines": gettext_lazy("budget lines"),
    "indicators": gettext_lazy("indicators"),
    "needs": gettext_lazy("residents' needs"),
}
CONDITIONS: dict[str, Promise] = {
    Condition.IS_AGENCY: gettext_lazy("it is entered as a social-work agency"),
    Condition.IS_REGISTERED: gettext_lazy("it is registered on the day"),
    Condition.HAS_PROFESSIONALS: gettext_lazy("it has enough licensed social workers"),
    Condition.IS_UNSANCTIONED: gettext_lazy("it is under no sanction"),
}
NOT_ELIGIBLE: dict[str, Promise] = {
    "not_an_expert": gettext_lazy("%(expert)s holds no post as a review expert. Choose someone from the register of experts."),
    "made_the_project": gettext_lazy("%(expert)s worked on this project and cannot judge its bids. Choose another expert."),
    "already_seated": gettext_lazy("%(expert)s sits on this panel already. Choose another expert."),
    "works_for_a_bidder": gettext_lazy("%(expert)s holds a post with a bidder and cannot judge its bids. Choose another expert."),
}
TRIGGERS: dict[str, Promise] = {
    Trigger.SIGNED: gettext_lazy("both sides have signed the agreement"),
    Trigger.MIDTERM_PASS: gettext_lazy("the mid-term supervision is passed"),
    Trigger.FINAL_PASS: gettext_lazy("the project is accepted"),
}
SIDES: dict[str, Promise] = {"purchaser": gettext_lazy("the purchaser"), "agency": gettext_lazy("the agency")}


def _listed(words: Iterable[Any]) -> str:
    return _(", ").join(map(str, words))


def _cited(source: PolicySource) -> str:
    document = _("“%(document)s”") % {"document": source.document}
    return _("%(document)s, article %(article)s") % {"document": document, "article": source.article} if source.article else document


def _notice(error: errors.NoticeTooShort) -> str:
    unit = _("working days") if error.is_working_days else _("calendar days")
    return _(
        "The notice has to run for %(required)s %(unit)s (%(cited)s); this date leaves %(given)s. The earliest closing day is %(earliest)s."
    ) % {
        "required": error.required_days,
        "unit": unit,
        "cited": _cited(error.source),
        "given": error.given_days,
        "earliest": day(error.earliest),
    }


DESIGN: dict[type[DomainError], Callable[[Any], str]] = {
    errors.DesignIncomplete: lambda error: (
        _("The design still lacks: %(missing)s. Fill these in, then go on.") % {"missing": _listed(PARTS[name] for name in error.missing)}
    ),
    errors.PeriodBackwards: lambda error: (
        _("The period ends on %(end)s, not after its start on %(start)s. Choose a later last day.")
        % {"end": day(error.ends_on), "start": day(error.starts_on)}
    ),
    errors.PartNotPositive: lambda error: (
        _("No. %(position)s of the %(part)s is nought. Give an amount above nought or empty the line.")
        % {"position": error.position, "part": PARTS[error.part]}
    ),
    errors.NeedElsewhere: lambda error: (
        _("%(need)s is not a need of %(place)s. A project takes up needs of its own place: untick it.")
        % {"need": error.need, "place": error.place}
    ),
    errors.NeedNotFree: lambda error: (
        _("%(need)s is in another project meanwhile, or is answered. Untick it and choose from the needs that are still waiting.")
        % {"need": error.need}
    ),
    errors.ReviewIncomplete: lambda error: (
        ngettext(
            "%(missing)s item of the checklist has no answer. Mark every item as met or not met.",
            "%(missing)s items of the checklist have no answer. Mark every item as met or not met.",
            len(error.missing),
        )
        % {"missing": len(error.missing)}
    ),
    errors.ChecklistNotMet: lambda error: (
        ngettext(
            "%(unmet)s item is marked as not met, so the project cannot be approved. Return it for correction, or mark the item again.",
            "%(unmet)s items are marked as not met, so the project cannot be approved. Return it for correction, or mark the items again.",
            len(error.items),
        )
        % {"unmet": len(error.items)}
    ),
    errors.ReturnWithoutComment: lambda _error: _(
        "The town has to know what to mend. Write an opinion, or a comment beside the field that has to change."
    ),
}
TENDER: dict[type[DomainError], Callable[[Any], str]] = {
    errors.NoticeTooShort: _notice,
    errors.TooFewQualifiedAgencies: lambda error: (
        _(
            "This method needs %(required)s qualified agencies (%(cited)s) and the register holds %(found)s. Choose another method, or check the register of organisations first."
        )
        % {"required": error.required, "found": error.found, "cited": _cited(error.source)}
    ),
    errors.MethodNeedsReason: lambda _error: _(
        "A method other than the open tender is used only for a written reason. Say why it is needed here."
    ),
    errors.BidTooLate: lambda error: (
        _("Bids were accepted until %(moment)s. After that nothing can be handed in or withdrawn.") % {"moment": moment(error.closed_at)}
    ),
    errors.BidsStillSealed: lambda error: (
        _("Bids stay sealed for everyone until %(moment)s. Open them after that.") % {"moment": moment(error.closes_at)}
    ),
    errors.AgencyNotQualified: lambda error: (
        _("The agency cannot bid until this holds: %(missing)s. Ask the county station to check the register.")
        % {"missing": _listed(CONDITIONS[name] for name in error.missing)}
    ),
    errors.AlreadyBid: lambda error: (
        _("Your agency has handed in %(bid)s. Withdraw it first; until closing you can hand in another.") % {"bid": error.bid}
    ),
    errors.PriceOverCeiling: lambda error: (
        _("%(price)s is above the published ceiling of %(ceiling)s. Offer a price up to the ceiling.")
        % {"price": yuan(error.price), "ceiling": yuan(error.ceiling)}
    ),
    errors.TooFewBids: lambda error: (
        _("Only %(received)s of %(required)s bids came in (%(cited)s). Cancel the tender and publish it again.")
        % {"received": error.received, "required": error.required, "cited": _cited(error.source)}
    ),
    errors.TooFewExperts: lambda error: (
        _("The panel has %(seated)s experts and needs %(required)s (%(cited)s). Seat more experts first.")
        % {"seated": error.seated, "required": error.required, "cited": _cited(error.source)}
    ),
    errors.ExpertNotEligible: lambda error: str(NOT_ELIGIBLE[error.reason]) % {"expert": error.expert},
    errors.NotOnThePanel: lambda _error: _("You do not sit on the panel of this tender. The county station appoints the experts."),
    errors.InterestsNotDeclared: lambda _error: _("Declare your interests first; then the bids open for you."),
    errors.ExpertHasConflict: lambda error: (
        _("You declared a conflict of interest (%(conflict)s), so you do not score. The county station seats another expert.")
        % {"conflict": error.conflict}
    ),
    errors.ScoresLocked: lambda error: (
        _("The scores were locked on %(moment)s and do not change any more.") % {"moment": moment(error.locked_at)}
    ),
    errors.ScoreOutOfRange: lambda error: (
        _("%(points)s points do not fit: between 0 and %(maximum)s are possible here.")
        % {"points": number(error.points), "maximum": number(error.maximum)}
    ),
    errors.ScoresIncomplete: lambda error: (
        ngettext(
            "%(missing)s score is still open. Every bid needs points under every criterion before you lock.",
            "%(missing)s scores are still open. Every bid needs points under every criterion before you lock.",
            error.missing,
        )
        % {"missing": error.missing}
    ),
    errors.PanelNotDone: lambda error: (
        _("These experts have not locked their scores: %(waiting)s. Remind them; then go on.") % {"waiting": _listed(error.waiting)}
        if error.waiting
        else _("There is nothing to rank: no bid is open and no expert has locked scores. Open the bids and have them scored first.")
    ),
    errors.AlreadyAwarded: lambda error: _("The tender is awarded already: %(award)s.") % {"award": error.award},
    errors.NotTheFirstRanked: lambda error: (
        _("%(first)s comes first in the ranking. Choose it, or say in the reasons why another bid wins.") % {"first": error.first}
    ),
    errors.AlreadyObjected: lambda error: (
        _("Your agency has objected already (%(objection)s). Wait for the answer.") % {"objection": error.objection}
    ),
    errors.AlreadyAnswered: lambda error: _("The objection %(objection)s has its answer already.") % {"objection": error.objection},
    errors.ObjectionWindowClosed: lambda error: (
        _("Objections were accepted until %(moment)s. A complaint can still go to the finance office.") % {"moment": moment(error.until)}
    ),
}
AGREEMENT: dict[type[DomainError], Callable[[Any], str]] = {
    errors.ObjectionWindowOpen: lambda error: (
        _("Bidders may object until %(moment)s (%(cited)s). The agreement can be drawn up after that.")
        % {"moment": moment(error.until), "cited": _cited(error.source)}
    ),
    errors.ObjectionUnanswered: lambda error: (
        _("These objections have no answer: %(objections)s. Answer them first.") % {"objections": _listed(error.objections)}
    ),
    errors.TranchesNotWhole: lambda error: (
        _("The tranches add up to %(total)s %%. Change them until they make 100 %%.") % {"total": number(error.total)}
    ),
    errors.AlreadySigned: lambda error: _("The signature of %(side)s is on record already.") % {"side": SIDES[error.side]},
    errors.AgreementNotSigned: lambda error: (
        _("The agreement waits for the signature of %(sides)s.") % {"sides": _listed(SIDES[side] for side in error.waiting_for)}
    ),
    errors.AmendmentTooLarge: lambda error: (
        _(
            "The change makes %(percent)s %% of the price; at most %(maximum)s %% are allowed without a new tender (%(cited)s). Make it smaller or publish a new tender."
        )
        % {"percent": number(error.percent), "maximum": number(error.maximum), "cited": _cited(error.source)}
    ),
    errors.AmendmentEmpty: lambda _error: _("Nothing is changed. Change the price, the period or the text, or leave the page."),
    errors.LastTrancheTaken: lambda error: (
        _(
            "A change of price falls on the last tranche; it has %(left)s left, or was requested already. Choose a change that leaves something of it."
        )
        % {"left": yuan(error.left)}
    ),
    errors.TrancheNotFree: lambda error: (
        _("Tranche %(number)s is held back: %(reason)s. Mend this first.") % {"number": error.number, "reason": error.reason}
        if error.reason
        else _("Tranche %(number)s is free once %(trigger)s.") % {"number": error.number, "trigger": TRIGGERS[error.trigger]}
    ),
    errors.AlreadyPaid: lambda error: _("The tranche is paid or its payment %(payment)s is under way.") % {"payment": error.payment},
    errors.ProjectNotFunded: lambda error: (
        _("%(wanted)s is more than the %(available)s committed to this project. The finance officer commits money to it first.")
        % {"wanted": yuan(error.wanted), "available": yuan(error.available)}
    ),
    errors.OverBudgetLine: lambda error: (
        _("%(wanted)s is more than the %(left)s left in this budget line. Choose another line, or have the agreement amended.")
        % {"wanted": yuan(error.wanted), "left": yuan(error.left)}
    ),
    errors.VoucherUsed: lambda error: (
        _("Voucher %(voucher)s stands on another expense of this project. Compare it with the paper.") % {"voucher": error.voucher_no}
    ),
    errors.OutsideAgreementPeriod: lambda error: (
        _("%(day)s lies outside the agreement's period from %(start)s to %(end)s. Check the date on the voucher.")
        % {"day": day(error.day), "start": day(error.starts_on), "end": day(error.ends_on)}
    ),
}
SENTENCES = DESIGN | TENDER | AGREEMENT
=======
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.kernel.errors import DomainError
from wushe.projects.errors import (
    AgencyNotQualified,
    AlreadyAnswered,
    AlreadyAwarded,
    AlreadyBid,
    AlreadyObjected,
    AlreadyPaid,
    AlreadySigned,
    AmendmentEmpty,
    AmendmentTooLarge,
    BidsStillSealed,
    BidTooLate,
    ChecklistNotMet,
    DesignIncomplete,
    ExpertHasConflict,
    ExpertNotEligible,
    InterestsNotDeclared,
    LastTrancheTaken,
    MethodNeedsReason,
    NeedElsewhere,
    NeedNotFree,
    NoticeTooShort,
    NotOnThePanel,
    NotTheFirstRanked,
    ObjectionUnanswered,
    ObjectionWindowClosed,
    ObjectionWindowOpen,
    OutsideAgreementPeriod,
    OverBudgetLine,
    PanelNotDone,
    PartNotPositive,
    PeriodBackwards,
    PriceOverCeiling,
    ProjectNotFunded,
    ReturnWithoutComment,
    ReviewIncomplete,
    ScoreOutOfRange,
    ScoresIncomplete,
    ScoresLocked,
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
    "summary": gettext_lazy("content of the service"),
}

CONDITIONS = {
    "is_agency": gettext_lazy("it is not a social-work agency"),
    "is_registered": gettext_lazy("it is not registered"),
    "has_professionals": gettext_lazy("it has too few professional social workers on record"),
    "is_unsanctioned": gettext_lazy("a sanction is in force"),
}

REASONS = {
    "not_an_expert": gettext_lazy("no post as a review expert here"),
    "made_the_project": gettext_lazy("took part in making the project or the panel"),
    "works_for_a_bidder": gettext_lazy("works for a bidder"),
    "already_seated": gettext_lazy("sits on the panel already"),
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


def _yuan(amount: Decimal) -> str:
    return f"¥{amount:,.2f}"


def _held_back(reason: str) -> str:
    return _(" It is held back: %(reason)s.") % {"reason": reason} if reason else ""


SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
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
        _("Bids were accepted until %(closed_at)s by the clock of this system. Wait for the next tender.")
        % {"closed_at": date_format(timezone.localtime(error.closed_at), "DATETIME_FORMAT")}
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
        % {"price": _yuan(error.price), "ceiling": _yuan(error.ceiling)}
    ),
    TooFewBids: lambda error: (
        _(
            "%(required)s bids are needed to go on, %(received)s came in (%(source)s). Cancel the tender with this reason and publish it again."
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
    NotOnThePanel: lambda _error: _(
        "Only the experts seated on this panel declare and score. Ask the county station if you should be one of them."
    ),
    InterestsNotDeclared: lambda _error: _("An expert declares interests before seeing a bid. Declare yours first."),
    ExpertHasConflict: lambda error: (
        _("You have declared a conflict of interest (%(conflict)s) and take no further part. The county station seats another expert.")
        % {"conflict": error.conflict}
    ),
    ScoresLocked: lambda error: (
        _("Your scores were locked on %(locked_at)s and do not change any more. Tell the county station if something is wrong.")
        % {"locked_at": date_format(timezone.localtime(error.locked_at), "DATETIME_FORMAT")}
    ),
    ScoreOutOfRange: lambda error: (
        _("%(points)s points are not possible here: points run from 0 to %(maximum)s. Correct them.")
        % {"points": error.points, "maximum": error.maximum}
    ),
    ScoresIncomplete: lambda error: (
        _("%(missing)s scores are missing: every bid has points under every criterion before you lock. Fill them in.")
        % {"missing": error.missing}
    ),
    PanelNotDone: lambda error: (
        _("The award follows the scores of the whole panel; still open: %(waiting)s. Wait for them or remind them.")
        % {"waiting": "、".join(error.waiting) or _("no bid that can be ranked")}
    ),
    AlreadyAwarded: lambda error: _("This tender has the award %(award)s. Open the project to see it.") % {"award": error.award},
    NotTheFirstRanked: lambda error: (
        _("The award goes to the first of the ranking, %(first)s. Choose it, or give the reason why another wins.") % {"first": error.first}
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
        % {"objections": "、".join(error.objections)}
    ),
    TranchesNotWhole: lambda error: (
        _(
            "The tranches make up the whole price: each has a share above 0 and a trigger, and together they are 100 %%, not %(total)s %%. Correct the shares."
        )
        % {"total": error.total}
    ),
    AlreadySigned: lambda error: _("%(side)s has signed. The other side signs next.") % {"side": SIDES[error.side]},
    AmendmentTooLarge: lambda error: (
        _(
            "Supplements come to %(percent)s %% of the agreed price, more than the %(maximum)s %% that the law allows (%(source)s). Lower the price, or start a new purchase."
        )
        % {"percent": error.percent, "maximum": error.maximum, "source": words.source(error.source)}
    ),
    AmendmentEmpty: lambda _error: _("This amendment changes nothing. Enter a new end or a new price."),
    LastTrancheTaken: lambda error: (
        _(
            "A change of price falls on the last tranche (%(left)s): it has been requested or paid, or nothing would be left of it. Choose a smaller change, or agree on a new purchase."
        )
        % {"left": _yuan(error.left)}
    ),
    TrancheNotFree: lambda error: (
        _("Tranche %(number)s is due when %(trigger)s.%(reason)s Ask for it after that.")
        % {"number": error.number, "trigger": TRIGGERS[error.trigger], "reason": _held_back(error.reason)}
    ),
    AlreadyPaid: lambda error: _("This tranche has the payment %(payment)s. Follow it on the project's page.") % {"payment": error.payment},
    ProjectNotFunded: lambda error: (
        _("%(available)s of the money committed to the project is left, less than the %(wanted)s. Commit more money to the project first.")
        % {"available": _yuan(error.available), "wanted": _yuan(error.wanted)}
    ),
    OverBudgetLine: lambda error: (
        _("%(left)s is left in this budget line, less than the %(wanted)s. Choose the line that fits the voucher, or lower the amount.")
        % {"left": _yuan(error.left), "wanted": _yuan(error.wanted)}
    ),
    VoucherUsed: lambda error: (
        _("The voucher %(voucher_no)s stands on another expense of this project. Compare the number with the paper.")
        % {"voucher_no": error.voucher_no}
    ),
    OutsideAgreementPeriod: lambda error: (
        _("%(day)s lies outside the agreement: money is spent from %(starts_on)s to %(ends_on)s. Compare the day with the voucher.")
        % {"day": date_format(error.day), "starts_on": date_format(error.starts_on), "ends_on": date_format(error.ends_on)}
    ),
}
>>>>>>> e832af8 (web: Say why the chain from design to acceptance refuses, by which article, and what to do)
