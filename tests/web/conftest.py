"""Pages are read strictly: a template that names what is not there fails, and so does a page that a browser would have to mend."""

import re
from collections import Counter
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.test import Client


class UnknownVariable(str):
    """Fails the test in which a template asks for a variable that the view does not give."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """A one-to-one row that is missing stands for nothing, as on a real page."""
        return False

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, missing: Any) -> str:
        pytest.fail(f"unknown template variable: {missing}")


NUMBER = re.compile(r"^[a-z]+-\d{6}")
HANDLER = re.compile(r"^on[a-z]+$")


def faults_of(html: str) -> list[str]:
    """What is wrong with a page whatever it shows."""
    soup = BeautifulSoup(html, "html.parser")
    tags = soup.find_all(True)
    faults = [f"template code left: {left}" for left in re.findall(r"\{[{%].{0,40}", soup.get_text())]
    faults += [f"handler in the page: <{tag.name} {name}>" for tag in tags for name in tag.attrs if HANDLER.match(name)]
    faults += [f"script in the page: {tag.get('id', '')}" for tag in soup("script") if not tag.get("src") and not tag.get("type")]
    ids = Counter(tag["id"] for tag in tags if tag.get("id"))
    faults += [f"id twice: {name}" for name, times in ids.items() if times > 1]
    if soup.html is not None:
        faults += [] if soup.html.get("lang") in {"zh-CN", "zh-hans", "en"} else ["the page does not name its language"]
        faults += [] if len(soup("h1")) == 1 else [f"{len(soup('h1'))} first headings"]
        faults += [] if soup.title and soup.title.get_text(strip=True) else ["no title"]
    way = {link["href"].partition("?")[0]: link.get_text(strip=True) for link in soup.select(".ws-crumbs a")}
    faults += [
        f"a second way back: {link['href']}" for link in soup.select(".ws-head .sub a[href]") if link["href"].partition("?")[0] in way
    ]
    faults += [f"a number on the way back: {text}" for text in way.values() if NUMBER.match(text)]
    faults += [
        f"post form without its token: {form.get('action')}"
        for form in soup("form")
        if (form.get("method") or "").lower() == "post" and not form.find("input", {"name": "csrfmiddlewaretoken"})
    ]
    # a list that answers in place finds the field again, and the focus with it, by its id
    faults += [
        f"filter without an id: {control.get('name')}"
        for control in soup.select("form.ws-filters:not([action]) :is(input, select)")
        if control.get("type") != "hidden" and not control.get("id")
    ]
    named = {label.get("for") for label in soup("label")}
    faults += [
        f"nameless control: {control.get('name')}"
        for control in soup(["input", "select", "textarea"])
        if control.get("type") not in {"hidden", "submit", "button"}
        and not (control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in named or control.find_parent("label"))
    ]
    return faults


@pytest.fixture(autouse=True)
def strict_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page that any test of this folder opens is held to the same rules."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", UnknownVariable("unknown"))
    request = Client.request

    def checked(self: Client, **environ: Any) -> Any:
        response = request(self, **environ)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            assert faults_of(response.content.decode()) == []
        return response

    monkeypatch.setattr(Client, "request", checked)
