"""From where a request comes."""

from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from wushe.kernel.tries import Sender

HOUSEHOLD = 64  # bits of an address of version 6 that one customer of a network keeps


def sender_of(request: HttpRequest) -> Sender | None:
    """The address of whoever asks; of version 6 the network, since its addresses are free. None on a socket without addresses.

    A proxy that nobody named hides who asks; whoever pretends that there is one is still counted by where they are.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXIES:
        # what stands further left was written by the one who asks
        direct = told[-settings.PROXIES] if len(told) >= settings.PROXIES else direct
    try:
        address = ip_address(direct)
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        home = str(address)
    else:
        home = str(address.ipv4_mapped or ip_network((int(address), HOUSEHOLD), strict=False))
    return Sender(home, is_shared=bool(told) and not settings.PROXIES)
