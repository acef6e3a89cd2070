"""A step that is over is refused before anybody types, with the sentence of the action."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client


def refused_at_once(client: Client, address: str, typed: dict[str, Any]) -> bool:
    """Whether the page refuses to be opened with the sentence that stands beside the form when it is sent all the same."""
    opened, sent = client.get(address), client.post(address, typed)
    assert (opened.status_code, sent.status_code) == (409, 422)
    sentence = BeautifulSoup(opened.content, "html.parser").select_one("h1 + p").get_text(strip=True)
    return sentence in BeautifulSoup(sent.content, "html.parser").get_text()
