"""The session ends in the middle of a long form, and in another tab somebody signs in: in Chromium, with and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import faults_of, shoot
from tests.browser.tour import PASSWORD, give_passwords
from tests.cast import make_cast
from tests.stories import reported_need

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SUMMARY = "每周入户探访，联合志愿者陪伴，建立一人一档。"


@pytest.fixture
def session(session_of):
    cast = make_cast()
    reported_need(cast)
    give_passwords(cast)
    return session_of(cast.head)


def sign_in(page):
    page.locator("#id_username").fill("head")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form.ws-form button").click()


@pytest.mark.parametrize("script", [True, False])
def test_a_long_form_outlives_its_session(session, open_page, script):
    page = open_page(reverse("desk:projects:draft-project"), session=session, script=script, size="phone")
    page.locator("[name=summary]").fill(SUMMARY)
    page.locator("[name=needs]").first.check()
    page.locator("[name=add_line]").first.click()
    last = page.locator("[name^=lines-][name$=-text]").last
    rows, name = page.locator("[name^=lines-][name$=-text]").count(), last.get_attribute("name")
    last.fill("活动物资")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("请用同一账号重新登录")).to_be_visible()
    shoot(page, f"coming_back_sign_in_{script}")
    sign_in(page)
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY)
    expect(page.locator("[name=needs]").first).to_be_checked()
    expect(page.locator("[name^=lines-][name$=-text]")).to_have_count(rows)
    expect(page.locator(f"[name={name}]")).to_have_value("活动物资")
    shoot(page, f"coming_back_{script}")
    if script:
        assert faults_of(page) == []
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY)
    expect(page.get_by_text("尚未提交")).to_have_count(0)


def test_signing_in_in_another_tab_loses_nothing(session, open_page):
    page = open_page(reverse("desk:projects:draft-project"), session=session)
    page.locator("[name=summary]").fill(SUMMARY)
    other = page.context.new_page()
    other.goto(page.url.replace(reverse("desk:projects:draft-project"), reverse("portal:sign-in")))
    sign_in(other)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("页面已失效，内容尚未提交")).to_be_visible()
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("尚未提交")).to_have_count(0)
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY)
