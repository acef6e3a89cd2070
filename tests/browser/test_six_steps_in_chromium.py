"""The six steps of the plan in a real browser, each by the person whose step it is, with a picture of every page."""

import re
from datetime import timedelta

import pytest

from tests.browser.tour import Tour, give_passwords, touring
from tests.cast import Cast, moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PRICES = {"manager1": "76000", "manager2": "78000", "manager3": "79000"}
EXPERTS = ("expert1", "expert2", "expert3")


def test_a_need_goes_all_six_steps_to_acceptance(live_server, transactional_db, make_cast):
    cast = make_cast()
    give_passwords(cast)
    with touring(live_server.url, "six-steps", moment(3, 2)) as tour:
        code = tell_a_need(tour, cast.county.communities[1].code)
        number = make_a_project(tour)
        review_and_publish(tour, number)
        compete(tour, number)
        agree_and_pay(tour, number, cast)
        deliver(tour, number, cast)
        evaluate_and_accept(tour, number, cast)
        say_the_last_word(tour, code)
        assert tour.errors == []
        assert tour.faults == {}


def tell_a_need(tour: Tour, place: str) -> str:
    tour.go(f"/needs/report/?place={place}")
    tour.fill(
        wish="楼上独居老人行动不便，想有人隔几天来看看。", field="elderly_care", group="elderly_alone", person="周桂兰", phone="13800138000"
    )
    tour.choose("urgency", "urgent")
    tour.page.locator("[name=consent]").check()
    tour.press("提交需求")
    tour.picture()
    return tour.page.locator("main strong").first.inner_text()


def make_a_project(tour: Tour) -> str:
    tour.at(moment(3, 4))
    tour.as_person("head")
    tour.sees("答复需求")
    tour.go("/desk/projects/new/")
    tour.fill(
        title="独居老人探访",
        field="elderly_care",
        summary="每周入户探访，联合志愿者陪伴，建立一人一档。",
        service_users="独居老人",
        goals="每位老人每周有人上门",
        expected_persons="30",
        starts_on="2026-05-01",
        ends_on="2026-11-30",
    )
    tour.page.locator("[name=needs]").first.check()
    tour.fill(**{"lines-0-category": "staff", "lines-0-text": "社工", "lines-0-amount": "50000"})
    tour.fill(**{"lines-1-category": "activities", "lines-1-text": "活动", "lines-1-amount": "30000"})
    tour.fill(**{"indicators-0-kind": "visits", "indicators-0-text": "入户探访", "indicators-0-target": "1"})
    tour.press("保存草稿")
    tour.sees("草稿")
    number = re.search(r"project-[\d-]+", tour.page.url).group()
    tour.press("提交审核")
    tour.press("提交审核")
    tour.sees("审核中")
    return number


def review_and_publish(tour: Tour, number: str) -> None:
    tour.at(moment(3, 9))
    tour.as_person("reviewer")
    tour.go(f"/desk/projects/{number}/review/")
    for met in tour.page.locator("input[value=yes]").all():
        met.check()
    tour.press("审核通过")
    tour.sees("审核通过")
    tour.press("发布招标")
    tour.press("发布招标")
    tour.sees("招标中")


def compete(tour: Tour, number: str) -> None:
    tour.at(moment(3, 20))
    for manager, price in PRICES.items():
        tour.as_person(manager)
        tour.go(f"/desk/procurement/{number}/bid/")
        tour.fill(price=price, plan="每周探访，每月活动，建立档案。", team="张三，项目主管，社会工作师")
        tour.press("提交投标")
        tour.sees("您的密封投标")
    tour.as_person("reviewer")
    tour.go(f"/desk/procurement/{number}/experts/")
    for box in tour.page.locator("[name=experts]").all():
        box.check()
    tour.press("确定评审小组")
    tour.at(moment(4, 13))
    tour.as_person("reviewer")
    tour.go(f"/desk/procurement/{number}/open/")
    tour.press("开标")
    for expert in EXPERTS:
        tour.as_person(expert)
        tour.go(f"/desk/procurement/{number}/interests/")
        tour.choose("has_conflict", "no")
        tour.press("提交声明")
        tour.go(f"/desk/procurement/{number}/score/")
        heads = tour.page.locator("thead th").all_inner_texts()
        best = next(place for place, head in enumerate(heads[1:]) if "76,000.00" in head)
        for order, points in enumerate(tour.page.locator("input[name^=points_]").all()):
            points.fill(points.get_attribute("max") if order % len(PRICES) == best else "1")
        tour.press("锁定评分")
    tour.as_person("reviewer")
    tour.go(f"/desk/procurement/{number}/award/")
    tour.fill(reasons="综合得分第一。")
    tour.press("确认中标")
    tour.sees("已确认中标")


def agree_and_pay(tour: Tour, number: str, cast: Cast) -> None:
    tour.at(moment(4, 27))
    tour.as_person("reviewer")
    tour.go(f"/desk/procurement/{number}/agreement/new/")
    tour.fill(purchaser=str(cast.office.pk), starts_on="2026-05-01", ends_on="2026-11-30")
    tour.press("拟定协议")
    tour.press("签订协议")
    tour.as_person("manager1")
    tour.go(f"/desk/procurement/{number}/agreement/")
    tour.press("签订协议")
    tour.sees("已生效")
    tour.as_person("finance")
    tour.go(f"/desk/money/sources/{cast.source.number}/commit/")
    tour.fill(project=number, amount="76000")
    tour.page.locator("main form button").last.click()
    pay(tour, number, 1)


def pay(tour: Tour, number: str, tranche: int) -> None:
    tour.as_person("manager1")
    tour.go(f"/desk/procurement/{number}/payments/{tranche}/request/")
    tour.fill(invoice_no=f"FP-{tranche}")
    tour.press(f"申请第 {tranche} 期拨款")
    tour.as_person("reviewer")
    tour.go(f"/desk/procurement/{number}/payments/")
    tour.press("审核拨款")
    tour.as_person("finance")
    tour.go(f"/desk/procurement/{number}/payments/")
    tour.press("拨付款项")
    tour.fill(voucher_no=f"PZ-{tranche}")
    tour.picture()
    tour.page.locator("main form button").last.click()
    tour.sees("款项已拨付")


def deliver(tour: Tour, number: str, cast: Cast) -> None:
    tour.at(moment(5, 7))
    tour.as_person("manager1")
    tour.go(f"/desk/delivery/{number}/enter/")
    tour.fill(station=str(cast.station.pk), professional="张三", certificate="SHG000001")
    tour.press("进驻社工站")
    tour.sees("服务中")
    tour.at(moment(6, 1))
    tour.as_person("manager1")
    tour.go(f"/desk/delivery/{number}/record/")
    tour.choose("kind", "visit")
    tour.fill(title="入户探访", region=str(cast.county.communities[1].pk), persons="周桂兰 13800138000", address="东风路8号")
    tour.fill(volunteer_name="社区志愿服务队", volunteer_persons="2", volunteer_hours="3")
    tour.press("保存记录")
    tour.sees("入户探访")
    tour.at(moment(7, 1))
    tour.as_person("reviewer")
    tour.go(f"/desk/oversight/{number}/supervise/")
    for points in tour.page.locator("input[name^=points_]").all():
        points.fill(points.get_attribute("max"))
    for words in tour.page.locator("input[name^=words_]").all():
        words.fill("现场查看")
    tour.press("保存督导结果")
    tour.sees("合格")
    pay(tour, number, 2)


def evaluate_and_accept(tour: Tour, number: str, cast: Cast) -> None:
    tour.at(moment(11, 25))
    tour.as_person("manager1")
    tour.go(f"/desk/delivery/{number}/finish/")
    tour.press("申报完成服务")
    tour.as_person("reviewer")
    tour.go(f"/desk/oversight/{number}/satisfaction/")
    tour.fill(invitations="3")
    tour.press("生成邀请码")
    link = re.search(r"/s/[\w-]+/", tour.page.locator("main").inner_text()).group()
    tour.go(f"/desk/oversight/{number}/evaluator/")
    tour.fill(evaluator=str(cast.evaluator.body_id))
    tour.press("委托评估机构")
    answer(tour, link)
    tour.as_person("judge")
    tour.go(f"/desk/oversight/{number}/conflict/")
    tour.choose("has_conflict", "no")
    tour.press("提交声明")
    for points in tour.page.locator("input[name^=points_]").all():
        lowest = points.get_attribute("min")
        points.fill("0" if lowest and lowest.startswith("-") else points.get_attribute("max"))
    tour.fill(summary="按协议完成服务，居民满意。")
    tour.press("提交评估报告")
    tour.sees("评估报告")
    tour.as_person("reviewer")
    tour.go(f"/desk/oversight/{number}/accept/")
    tour.fill(opinion="同意验收。")
    tour.press("验收项目")
    tour.sees("已验收")
    pay(tour, number, 3)
    tour.go(f"/desk/projects/{number}/")
    tour.sees("已办结")
    tour.picture()


def answer(tour: Tour, link: str) -> None:
    tour.page.context.clear_cookies()
    tour.go(link)
    names = {radio.get_attribute("name") for radio in tour.page.locator("input[type=radio]").all()}
    for name in sorted(names):
        tour.choose(name, "5")
    tour.picture()
    tour.page.locator("main form button").last.click()
    tour.page.wait_for_load_state()


def say_the_last_word(tour: Tour, code: str) -> None:
    tour.at(moment(12, 2) + timedelta(hours=1))
    tour.page.context.clear_cookies()
    tour.go("/needs/status/")
    tour.fill(code=code, tail="8000")
    tour.page.locator("main form button").last.click()
    tour.choose("satisfied", "yes")
    tour.picture()
    tour.page.locator("main form button").last.click()
    tour.page.wait_for_load_state()
    tour.sees("感谢")
