"""Takes the pictures of the README from a running demonstration: `make run` in one terminal, `make pictures` in another."""

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ADDRESS = f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PASSWORD = "demonstration"  # noqa: S105 -- printed on the sign-in page
PHONE, DESK = (390, 780), (1280, 800)
COLOURS = 96


@dataclass(frozen=True)
class Picture:
    """Who looks at what; `path` asks the signed-in person's own lists for a number when it needs one."""

    name: str
    person: str
    path: Callable[[Page], str]
    size: tuple[int, int] = DESK


def at(path: str) -> Callable[[Page], str]:
    return lambda _page: path


def first(register: str, query: str, below: str = "") -> Callable[[Page], str]:
    """The page, or one below it, of the first thing that a register shows for a query."""

    def path(page: Page) -> str:
        rows = page.request.get(f"{ADDRESS}/desk/{register}/?{query}&format=json").json()["rows"]
        return (below or f"/desk/{register}/{{}}/").format(rows[0]["number"])

    return path


PICTURES = (
    Picture("1-report-a-need", "", at("/needs/report/"), PHONE),
    Picture("2-record-a-need", "binhe", at("/field/needs/record/"), PHONE),
    Picture("3-board-of-needs", "zhanzhang", at("/desk/needs/board/")),
    Picture("4-review", "xianzhan", first("projects", "state=under_review", "/desk/projects/{}/review/")),
    Picture("5-tender", "", at("/tenders/")),
    Picture("6-score", "zhuanjia1", first("projects", "state=scoring", "/desk/procurement/{}/score/")),
    Picture("7-project", "xianzhan", first("projects", "state=delivering")),
    Picture("8-money", "caiwu", at("/desk/money/")),
    Picture("9-targets", "", at("/targets/town-station-area/")),
    Picture("10-organisations", "", at("/organisations/")),
    Picture("11-station", "xianzhan", first("stations", "level=town")),
    Picture("12-posts", "xianzhan", at("/desk/workers/posts/")),
)


def sign_in(page: Page, person: str) -> None:
    page.goto(f"{ADDRESS}/sign-in/")
    page.fill("[name=username]", person)
    page.fill("[name=password]", PASSWORD)
    page.locator("form.ws-form button").click()
    page.wait_for_url("**/desk/**")


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            width, height = picture.size
            page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            if picture.person:
                sign_in(page, picture.person)
            answer = page.goto(f"{ADDRESS}{picture.path(page)}")
            if answer is None or not answer.ok:
                sys.exit(f"{picture.name}: {page.url} answers {answer and answer.status}")
            image = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
            image.save(HERE / f"{picture.name}.png", optimize=True)
            sys.stdout.write(f"{picture.name}: {(HERE / f'{picture.name}.png').stat().st_size // 1024} kB\n")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
