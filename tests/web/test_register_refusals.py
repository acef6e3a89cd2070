"""Every refusal of the registers has its sentence in both languages, with its data filled in."""

from datetime import date
from inspect import getmembers, isclass

import pytest
from django.utils import translation

from wushe.files import errors as files
from wushe.kernel.errors import DomainError
from wushe.organisations import errors as organisations
from wushe.stations import errors as stations
from wushe.web.common.refusals import files as file_sentences
from wushe.web.common.refusals import organisations as organisation_sentences
from wushe.web.common.refusals import stations as station_sentences

DAY, LATER = date(2026, 3, 2), date(2026, 3, 3)
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
    stations.NoStationHere(region="云川市"),
    stations.StationExists(region="平湖县"),
    stations.AreaNotPositive(),
    stations.OpeningInFuture(opened_on=DAY),
    stations.ClosingOutOfOrder(opened_on=DAY, closed_on=LATER),
    stations.StationClosed(closed_on=DAY),
    stations.StationStaffed(posts=2),
    stations.RoomNameTaken(name="个案室"),
]
SENTENCES = file_sentences.SENTENCES | organisation_sentences.SENTENCES | station_sentences.SENTENCES


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
