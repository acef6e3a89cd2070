"""One accountant keeps the books of several organisations, with a qualification and days; premises are shared."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import sleep

import pytest
from django.db import connection, transaction

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.accounts.queries import Scope
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.actions import AccountantDraft, profile_of
from wushe.organisations.actions.life import locked_organisation
from wushe.organisations.errors import (
    AccountantAppointed,
    CertificateExpired,
    CertificateTaken,
    DatesOutOfOrder,
    DayInFuture,
    PartyMembersTooMany,
    QualificationCutShort,
)
from wushe.organisations.models import Accountant, Kind
from wushe.organisations.queries import accountants_in, books_of, judged_in, lacks_to_register, shared_premises

pytestmark = pytest.mark.django_db

TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None, "premises": "社区活动室"}
FIT = {"service_fields": ("charity",), "members": 50, "has_charter": True, "has_head": True, "funds": Decimal(30_000)}
DRAFT = AccountantDraft("会0001", "周会计", "初级会计师", since=date(2026, 1, 1), valid_until=date(2027, 12, 31))


@pytest.fixture
def offices():
    return make_offices("shijiazhuang-2016")


def team(offices, name="舞蹈队", place=0, **other):
    return make_organisation(offices.reviewer, offices.county.communities[place], name=name, **TEAM | other)


def test_one_accountant_serves_many_and_a_new_term_holds_for_all(offices):
    told = {"by": offices.head, "at": AT}
    rows = [team(offices, f"队{order}") for order in range(2)]
    for row in rows:
        actions.appoint_accountant(organisation=row, draft=DRAFT, **told)
    (shown,) = accountants_in(Scope(regions=(offices.county.town,)), ON)
    assert (shown.person, shown.organisations, [each.organisation.name for each in shown.kept]) == ("周会计", 2, ["队0", "队1"])
    assert list(accountants_in(Scope(regions=(offices.county.other_town,)), ON)) == []
    third = team(offices, "队2")
    longer = AccountantDraft("会0001", "周会计", "中级会计师", since=ON, valid_until=date(2030, 1, 1))
    actions.appoint_accountant(organisation=third, draft=longer, **told)
    rows[0].refresh_from_db()
    assert (rows[0].accountant_certificate, rows[0].accountant_until) == ("会0001", date(2030, 1, 1))
    assert Accountant.objects.get().qualification == "中级会计师"


def test_an_earlier_end_is_told_by_whoever_is_responsible_for_all_and_leaves_a_trace_on_each(offices):
    here = team(offices, "队0")
    there = make_organisation(offices.reviewer, offices.county.other_town, name="队1", **TEAM)
    for row in (here, there):
        actions.appoint_accountant(organisation=row, draft=DRAFT, by=offices.reviewer, at=AT)
    shorter = replace(DRAFT, since=ON, valid_until=date(2026, 12, 31))
    third = team(offices, "队2")
    with pytest.raises(QualificationCutShort) as refused:
        actions.appoint_accountant(organisation=third, draft=shorter, by=offices.head, at=AT)
    assert refused.value.valid_until == DRAFT.valid_until
    actions.appoint_accountant(organisation=third, draft=shorter, by=offices.reviewer, at=AT)
    for row in (here, there):
        row.refresh_from_db()
        entry = Entry.objects.get(verb="organisations.accountant_requalified", subject=row.number)
        assert row.accountant_until == date(2026, 12, 31)
        assert (entry.data["from"], entry.data["to"]) == ("初级会计师 2027-12-31", "初级会计师 2026-12-31")


@pytest.mark.django_db(transaction=True)
def test_who_holds_one_of_several_organisations_does_not_wait_for_another_in_a_circle(offices):
    first, second = team(offices), team(offices, "合唱团")
    actions.appoint_accountant(organisation=first, draft=DRAFT, by=offices.reviewer, at=AT)

    def appoint():
        longer = replace(DRAFT, valid_until=date(2028, 12, 31))
        actions.appoint_accountant(organisation=second, draft=longer, by=offices.reviewer, at=AT)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            locked_organisation(first)
            waiting = pool.submit(appoint)
            sleep(1)  # the other one has taken what it can get
            locked_organisation(second)
        waiting.result()
    first.refresh_from_db()
    assert first.accountant_until == date(2028, 12, 31)


def test_who_follows_releases_who_was_there_and_a_release_leaves_nobody(offices):
    row, told = team(offices), {"by": offices.head, "at": AT}
    actions.appoint_accountant(organisation=row, draft=DRAFT, **told)
    actions.appoint_accountant(organisation=row, draft=AccountantDraft("会0002", "吴会计", "会计师", date(2026, 2, 1)), **told)
    assert [(each.accountant.person, each.since, each.until) for each in books_of(row)] == [
        ("吴会计", date(2026, 2, 1), None),
        ("周会计", date(2026, 1, 1), date(2026, 2, 1)),
    ]
    actions.release_accountant(organisation=row, until=ON, **told)
    row.refresh_from_db()
    assert (row.accountant_certificate, row.accountant_until) == ("", None)
    with pytest.raises(NotFound):
        actions.release_accountant(organisation=row, until=ON, **told)


def test_an_expired_qualification_is_none_in_the_database_as_in_the_sentence(offices):
    row = team(offices, **FIT)
    draft = AccountantDraft("会0001", "周会计", "初级会计师", since=date(2026, 1, 1), valid_until=date(2026, 6, 30))
    actions.appoint_accountant(organisation=row, draft=draft, by=offices.head, at=AT)
    row.refresh_from_db()
    for on, lacks in ((date(2026, 6, 30), []), (date(2026, 7, 1), ["accountant"])):
        assert [rule.code for rule in lacks_to_register(on)(row)] == lacks
        assert judged_in([offices.county.county], on).get(pk=row.pk).fit == (not lacks)


def test_the_certificate_changes_with_the_accountant_only(offices):
    row = team(offices, accountant_certificate="旧0001")
    actions.appoint_accountant(organisation=row, draft=DRAFT, by=offices.head, at=AT)
    row.refresh_from_db()
    profile = profile_of(row)
    changed = replace(profile, accountant_certificate="会9")
    with pytest.raises(AccountantAppointed):
        actions.update_organisation(organisation=row, profile=changed, by=offices.head, at=AT)
    actions.update_organisation(organisation=row, profile=profile, by=offices.head, at=AT)


def test_who_may_not_be_appointed(offices):
    row, told = team(offices), {"by": offices.head, "at": AT}
    for error, change in (
        (FieldRequired, {"person": " "}),
        (DayInFuture, {"since": date(2026, 3, 3)}),
        (DatesOutOfOrder, {"since": date(2019, 1, 1)}),
        (CertificateExpired, {"valid_until": date(2025, 12, 31)}),
    ):
        with pytest.raises(error):
            actions.appoint_accountant(organisation=row, draft=replace(DRAFT, **change), **told)
    actions.appoint_accountant(organisation=row, draft=DRAFT, **told)
    with pytest.raises(DatesOutOfOrder):  # on the same day nobody can have kept the books
        actions.appoint_accountant(organisation=row, draft=DRAFT, **told)
    other, stranger = team(offices, "书法社"), AccountantDraft("会0001", "别的人", "会计师", since=ON)
    with pytest.raises(CertificateTaken):
        actions.appoint_accountant(organisation=other, draft=stranger, **told)
    for step, given in ((actions.appoint_accountant, {"draft": DRAFT}), (actions.release_accountant, {"until": ON})):
        with pytest.raises(NotPermitted):
            step(organisation=row, by=offices.community, at=AT, **given)
    over = team(offices, "棋社")
    actions.deregister_organisation(organisation=over, deregistered_on=ON, reason="解散", **told)
    with pytest.raises(StepNotAllowed):
        actions.appoint_accountant(organisation=over, draft=DRAFT, **told)


def test_premises_of_two_are_shared_and_those_of_one_are_not(offices):
    for order, place in enumerate((0, 0, 1)):
        team(offices, f"队{order}", place=place)
    (shared,) = shared_premises(Scope(regions=(offices.county.county,)), ON)
    assert (shared["premises"], shared["organisations"], shared["names"]) == ("社区活动室", 2, ["队0", "队1"])


def test_party_members_are_members(offices):
    with pytest.raises(PartyMembersTooMany):
        team(offices, members=5, party_members=6)
    assert team(offices, members=5, party_members=5, party_evidence="功能型党支部批复").party_members == 5
