"""Who goes through an incubation base with a cohort: organisations stand as candidates, and are chosen or not, with the reason."""

from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.kernel.errors import FieldRequired
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.incubating import note_base, open_to, refuse_unfit
from wushe.organisations.errors import BaseFull, CandidateKnown, MemberElsewhere
from wushe.organisations.models import Candidature, Cohort, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import refuse_judged_candidate


@transaction.atomic
def nominate_candidate(
    *, cohort: Cohort, organisation: Organisation, applied_on: date, plan: str = "", by: User, at: datetime
) -> Candidature:
    """Enter that an organisation would like to go through the base with a cohort.

    Refuses: NotPermitted, BaseClosed, MemberElsewhere, CandidateKnown, DatesOutOfOrder, DayInFuture.
    Effects: a Candidature; audit.
    """
    base, on = open_to(cohort.base, Permission.NOMINATE_CANDIDATE, by, at)
    if base.region_id not in organisation.region.ancestor_ids:
        raise MemberElsewhere(organisation=organisation.name)
    refuse_disorder(on, founded_on=organisation.founded_on, applied_on=applied_on)
    known = cohort.candidatures.filter(organisation=organisation).first()
    if known is not None:
        raise CandidateKnown(applied_on=known.applied_on)
    row = Candidature.objects.create(cohort=cohort, organisation=organisation, applied_on=applied_on, plan=plan.strip())
    note_base(base, by, at, verb="organisations.candidate_nominated", organisation=organisation.number, cohort=cohort.name)
    return row


@transaction.atomic
def judge_candidate(*, candidature: Candidature, chosen: bool, reason: str, by: User, at: datetime) -> Candidature:
    """Choose a candidate, or not, and say why.

    Refuses: NotPermitted, BaseClosed, CandidateJudged, FieldRequired, BaseFull, EntryUnmet.
    Effects: the Candidature; audit.
    Policy: the conditions `incubation`.
    """
    base, on = open_to(candidature.cohort.base, Permission.JUDGE_CANDIDATE, by, at)
    rows = Candidature.objects.select_for_update(of=("self",), no_key=True).select_related("organisation__region", "cohort")
    row = rows.get(pk=candidature.pk)
    refuse_judged_candidate(row)
    if not reason.strip():
        raise FieldRequired(name="reason")
    if chosen:
        if base.places is not None and row.cohort.candidatures.filter(chosen=True).count() >= base.places:
            raise BaseFull(places=base.places)
        refuse_unfit(row.organisation, on, at)
    row.chosen, row.reason, row.judged_by, row.judged_on = chosen, reason.strip(), by, on
    row.save(update_fields=["chosen", "reason", "judged_by", "judged_on"])
    verb = "organisations.candidate_chosen" if chosen else "organisations.candidate_not_chosen"
    note_base(base, by, at, verb=verb, organisation=row.organisation.number, cohort=row.cohort.name, reason=row.reason)
    return row
