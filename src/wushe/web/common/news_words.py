"""The news as it stands after the name of a thing, by the verb of the audit or, where the news is another, by a word of its own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

NEWS: dict[str, Any] = {
    "needs.need_adopted": _("is part of a project now"),
    "needs.need_declined": _("was answered without a project"),
    "needs.need_closed": _("is closed"),
    "needs.need_reopened": _("is open again: the resident is not satisfied"),
    "needs.answer_contested": _("is open again: the resident objects to the answer"),
    "projects.design_approved": _("was approved"),
    "projects.design_returned": _("was returned for correction"),
    "projects.tender_published": _("is out to tender"),
    "projects.tender_cancelled": _("was taken off the tender"),
    "projects.experts_appointed": _("has you on its review panel"),
    "projects.expert_released": _("has released you from its review panel"),
    "projects.tender_awarded": _("was awarded"),
    "projects.bid_disqualified": _("goes on without your bid, which was disqualified"),
    "projects.objection_answered": _("has an answer to the objection"),
    "projects.agreement_redrawn": _("has a redrawn agreement, your signature is void"),
    "projects.award_withdrawn": _("has no award any more: an objection was justified"),
    "projects.agreement_in_force": _("has an agreement, signed by both sides"),
    "projects.amendment_in_force": _("has an amended agreement"),
    "projects.amendment_withdrawn": _("keeps its agreement: the amendment was withdrawn"),
    "projects.delivery_started": _("is being delivered: the agency has entered the station"),
    "projects.delivery_finished": _("is delivered; evaluation and acceptance follow"),
    "projects.acceptance_refused": _("was not accepted: the work goes back to the agency"),
    "projects.step_waived": _("goes on without a step of the procedure"),
    "projects.project_accepted": _("is accepted"),
    "projects.project_closed": _("is closed: everything is paid"),
    "projects.project_terminated": _("was ended before its time"),
    "projects.tranche_paid": _("has another tranche paid"),
    "projects.payment_returned": _("has your request for payment returned: read the reason and ask anew"),
    "oversight.round_opened": _("was drawn for a round of supervision"),
    "oversight.project_supervised": _("had its mid-term supervision"),
    "oversight.second_look_held": _("had its second look"),
    "oversight.project_evaluated": _("has its evaluation report"),
    "oversight.supervision_waived": _("goes on without the mid-term supervision"),
    "organisations.filing_granted": _("has a filing number"),
    "organisations.filing_refused": _("was not filed"),
    "organisations.batch_received": _("has the county's receipt"),
}
