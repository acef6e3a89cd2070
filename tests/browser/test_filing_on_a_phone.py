"""A founder files a dance group on a phone of 360 pixels, without a script."""

import re

import pytest

from tests.browser.conftest import faults_of, shoot
from tests.organisations.applications import CHARTER, NAMES, TAIL, make_offices

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROSTER = "\n".join(f"{name} 1390013{n:04d}" for n, name in enumerate(NAMES))


@pytest.fixture
def place(session_of):
    """The community and the session of its worker; made before the browser has its loop."""
    offices = make_offices()
    return offices.county.communities[0].code, session_of(offices.community)


def typed(page, **values):
    for name, value in values.items():
        control = page.locator(f"[name='{name}']")
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def looked_at(page, name):
    """Keep the picture, and measure by how much the page is too wide."""
    shoot(page, f"phone_filing_{name}")
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_a_founder_files_a_group_on_a_phone_without_a_script(place, open_page):
    _code, worker = place
    page = open_page("/filings/apply/", size="phone", script=False)
    page.locator("[name='place_text']").fill("东风社区")
    page.get_by_role("button", name="下一步").first.click()
    widths = [looked_at(page, "empty")]
    typed(page, name="东风社区广场舞队", purpose_class="culture", field="culture_sport", founded_on="2024-05-01", scope="组织居民跳广场舞")
    typed(page, premises="东风社区活动室", head_name="赵玉梅", head_phone="13800138000", roster="只有我们", charter=CHARTER)
    page.get_by_role("button", name="提交申请").click()
    assert "未经名单中人员同意" in page.locator("main").inner_text()
    assert page.locator("[name='charter']").input_value() == CHARTER
    widths.append(looked_at(page, "refused"))
    typed(page, roster=ROSTER)
    page.locator("[name='consent']").check()
    page.get_by_role("button", name="提交申请").click()
    told = page.locator("main").inner_text()
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", told)
    assert code is not None
    widths.append(looked_at(page, "receipt"))
    number = re.search(r"filing-990326-\d{4}-\d{6}", told)
    assert number is not None
    assert "成员人数\n12" in told

    desk = open_page(f"/desk/filings/{number.group()}/review/", session=worker, size="phone", script=False)
    typed(desk, opinion="请写明经费怎样公开")
    desk.get_by_role("button", name="退回补正").click()
    widths.append(looked_at(desk, "desk"))
    page.get_by_role("link", name="查询进度").click()
    typed(page, code=code.group(), tail=TAIL)
    page.get_by_role("button", name="查看我的申请").click()
    assert "请写明经费怎样公开" in page.locator("main").inner_text()
    widths.append(looked_at(page, "returned"))
    typed(page, charter=f"{CHARTER}第四条 经费每半年公开。")
    page.get_by_role("button", name="重新提交").click()
    assert "申请已重新提交社区初审" in page.locator("body").inner_text()
    assert widths == [0] * 5


def test_the_form_has_no_fault_that_axe_finds(place, open_page):
    code, _worker = place
    pages = [open_page(f"/filings/apply/?place={code}", size="phone", theme=theme) for theme in ("light", "dark")]
    assert [faults_of(page) for page in pages] == [[], []]
