"""What `make run` shows to somebody who sees the system for the first time: made by the actions alone, whole, and alive."""

import json
from datetime import datetime

import pytest
import time_machine
from django.db import connection

from tests.reports.test_ocds import IDENTITY, PHONE
from wushe.accounts.models import User
from wushe.accounts.queries import Scope
from wushe.audit.queries import verify_chain
from wushe.cli.demo import fill
from wushe.demo.data import load
from wushe.kernel.clock import POLICY_ZONE
from wushe.kernel.encryption import decrypt
from wushe.needs.models import Need
from wushe.needs.models.need import PERSON
from wushe.projects.models import Project
from wushe.projects.states import ProjectState
from wushe.regions.models import Level, Region
from wushe.reports.models import Release
from wushe.workforce.queries import allowances_of

MONDAY = datetime(2026, 6, 1, 9, tzinfo=POLICY_ZONE)


@pytest.mark.django_db
def test_the_demonstration_is_whole_and_names_nobody_in_public(settings):
    settings.DEMO_PASSWORD = "demonstration"
    with time_machine.travel(MONDAY, tick=False):
        fill()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    county = Region.objects.get(code=load("bodies")["county"])
    below = Region.objects.filter(county=county)
    needs, projects = Need.objects.filter(region__county=county), Project.objects.filter(region__county=county)

    assert verify_chain().sound
    assert below.filter(level=Level.TOWN, counts_for_coverage=True).count() == 8
    assert below.filter(level=Level.COMMUNITY).count() == 97
    assert needs.count() >= 300
    assert projects.count() == 40
    assert set(projects.values_list("state", flat=True)) == set(ProjectState.values) - {ProjectState.TERMINATED}
    assert allowances_of(Scope(regions=(county,)), MONDAY.date().replace(month=5), MONDAY.date())

    public = json.dumps(list(Release.objects.values_list("content", flat=True)), ensure_ascii=False)
    named = {*User.objects.values_list("name", flat=True), *(decrypt(need.person, context=PERSON) for need in needs)}
    assert [name for name in named if name in public] == []
    assert [*PHONE.findall(public), *IDENTITY.findall(public)] == []
