"""Every refusal of the registers has its sentence in both languages, with its data filled in."""

from datetime import date
from decimal import Decimal
from inspect import getmembers, isclass

import pytest
from django.utils import translation

from wushe.files import errors as files
from wushe.kernel.errors import DomainError, PolicySource
from wushe.organisations import errors as organisations
from wushe.policies.queries import Condition, PolicyValue
from wushe.stations import errors as stations
from wushe.web.common.refusals import files as file_sentences
from wushe.web.common.refusals import filings as filing_sentences
from wushe.web.common.refusals import growth as growth_sentences
from wushe.web.common.refusals import organisations as organisation_sentences
from wushe.web.common.refusals import stations as station_sentences

DAY, LATER = date(2026, 3, 2), date(2026, 3, 3)
SOURCE = PolicySource("试点方案", "二(三)")
WANTED = PolicyValue(
    zh="成员", en="Members", key="filing.minimum_members", value=5, unit="persons", source=SOURCE, is_default=False, note=None
)
CONDITIONS = (
    Condition(zh="成员达到规定人数", en="Enough members", code="members", check="members", wanted=WANTED, source=SOURCE),
    Condition(zh="有章程", en="Has a charter", code="charter", check="charter", wanted=None, source=SOURCE),
)
REFUSALS = [
    files.EmptyFile(name="a.pdf"),
    files.FileTooLarge(name="a.pdf", limit=20 * 1024 * 1024),
    files.FileTypeRefused(name="a.pdf"),
    organisations.UsccInvalid(uscc="1"),
    organisations.UsccTaken(uscc="1"),
    organisations.UsccRequired(),
    organisations.SeatTooHigh(region="平湖县"),
    *(organisations.DatesOutOfOrder(first=name, second="until") for name in organisation_sentences.DAYS),
    organisations.DayInFuture(name="founded_on", day=DAY),
    organisations.ProfessionalsWithoutDay(),
    organisations.SanctionLifted(lifted_on=DAY),
    organisations.NotAFederation(organisation="晨光中心"),
    organisations.AlreadyMember(name="妇联", joined_on=DAY),
    organisations.MemberElsewhere(organisation="晨光中心"),
    organisations.MembershipEnded(left_on=DAY),
    organisations.SeatVacated(vacated_on=DAY),
    organisations.CheckOfCounty(region="明德街道"),
    organisations.CheckOpened(year=2026),
    organisations.FormNotOpen(state="annual_accepted"),
    organisations.VisitHeld(held_on=DAY),
    organisations.BaseOutOfPlace(region="东风社区"),
    organisations.BaseClosed(closed_on=DAY),
    organisations.BaseInUse(organisations=("晨光队",)),
    organisations.EntryUnmet(conditions=CONDITIONS),
    organisations.AlreadyIncubated(base="明德基地", entered_on=DAY),
    organisations.IncubationOver(left_on=DAY),
    organisations.PartyMembersTooMany(party_members=9, members=5),
    organisations.AccountantAppointed(),
    organisations.CertificateTaken(certificate="会0001"),
    organisations.CertificateExpired(valid_until=DAY),
    organisations.PapersNotReady(papers=CONDITIONS),
    organisations.NotNewlyFound(months=12, stood_on=DAY, source=SOURCE),
    organisations.NotNewlyFound(months=12, stood_on=None, source=SOURCE),
    organisations.NotOfItsPurpose(organisation="晨光队"),
    organisations.SupportedBefore(number="support-990326-2026-000001"),
    organisations.NotAHub(organisation="晨光队"),
    organisations.CustodyExhausted(available=Decimal(1), wanted=Decimal(2)),
    organisations.AccountNotEmpty(balance=Decimal(1), waiting=0),
    organisations.ConsentNotGiven(),
    organisations.ContactPhoneInvalid(),
    organisations.IdentityInvalid(line=0),
    organisations.MemberTwice(line=3),
    organisations.SeatNotCommunity(region="平湖县"),
    organisations.ConditionsUnmet(conditions=CONDITIONS),
    organisations.ApplicationUnknown(),
    organisations.ApplicationLocked(minutes=3),
    organisations.OrganisationElsewhere(organisation="organisation-990326-2026-000001"),
    organisations.RenewalTooEarly(opens_on=DAY, until=LATER),
    organisations.NothingToRenew(),
    organisations.BatchEmpty(),
    organisations.LineNotReady(filing="990326001-2026-0001", lacks=()),
    organisations.LineNotReady(filing="990326001-2026-0001", lacks=CONDITIONS),
    organisations.DuplicateUnconfirmed(filing="990326001-2026-0001", alike=("990326001-2026-0002",)),
    organisations.LinesUnjudged(lines=(1, 3)),
    organisations.ReturnWithoutReason(line=2),
    organisations.NotReturned(filing="filing-990326-2026-000001"),
    stations.NoStationHere(region="云川市"),
    stations.StationExists(region="平湖县"),
    stations.AreaNotPositive(),
    stations.OpeningInFuture(opened_on=DAY),
    stations.ClosingOutOfOrder(opened_on=DAY, closed_on=LATER),
    stations.StationClosed(closed_on=DAY),
    stations.StationStaffed(posts=2),
    stations.RoomNameTaken(name="个案室"),
    stations.RoomNotInUse(name="个案室"),
    stations.NoStandard(region="平湖县"),
    stations.ItemsNotChecked(missing=("area", "staff")),
    stations.NothingShown(item="area"),
    stations.CheckOutOfTime(earliest=DAY, checked_on=LATER),
    stations.NotInStandard(item="garden"),
    stations.RemedyUnderWay(number="remedy-990326-2026-000001"),
    stations.RemedyEnded(number="remedy-990326-2026-000001"),
    stations.RemedyDueInPast(due_on=DAY),
]
SENTENCES = (
    file_sentences.SENTENCES
    | filing_sentences.SENTENCES
    | growth_sentences.SENTENCES
    | organisation_sentences.SENTENCES
    | station_sentences.SENTENCES
)


def test_every_refusal_is_listed_here_and_has_a_sentence():
    declared = {
        found
        for module in (files, organisations, stations)
        for _, found in getmembers(module, isclass)
        if issubclass(found, DomainError) and found.__module__ == module.__name__
    }
    assert declared == set(SENTENCES) == {type(refusal) for refusal in REFUSALS}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_the_sentence_ends_and_says_more_than_the_class(refusal):
    with translation.override("en"):
        sentence = SENTENCES[type(refusal)](refusal)
    assert sentence.endswith(".")
    assert "%(" not in sentence
