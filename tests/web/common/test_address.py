import pytest
from django.test import RequestFactory

from wushe.kernel.tries import Sender
from wushe.web.common.address import sender_of


def sender(direct, told):
    headers = {"X-Forwarded-For": told} if told else {}
    return sender_of(RequestFactory().get("/", REMOTE_ADDR=direct, headers=headers))


@pytest.mark.parametrize(
    ("proxies", "direct", "told", "address"),
    [
        (0, "192.0.2.1", "", "192.0.2.1"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (1, "127.0.0.1", "192.0.2.1", "192.0.2.1"),
        (1, "127.0.0.1", "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        (2, "127.0.0.1", "203.0.113.9, 192.0.2.1, 198.51.100.1", "192.0.2.1"),
        (1, "192.0.2.7", "", "192.0.2.7"),
    ],
)
def test_the_address_is_that_of_whoever_asks(settings, proxies, direct, told, address):
    settings.PROXIES = proxies
    assert sender(direct, told) == Sender(address)


def test_naming_a_proxy_that_is_none_hides_nobody():
    assert sender("192.0.2.1", "203.0.113.9") == Sender("192.0.2.1", is_shared=True)


def test_a_socket_has_no_address():
    assert sender("a socket", "") is None
