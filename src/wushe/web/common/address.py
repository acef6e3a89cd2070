"""From where a request comes."""

from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

HOUSEHOLD = 64  # bits of an address of version 6 that one customer of a network keeps


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks; of version 6 the network, since its addresses are free. Empty when a proxy that nobody named hides it."""
    direct = request.META.get("REMOTE_ADDR", "")
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXIES:
        # what stands further left was written by the one who asks
        direct = told[-settings.PROXIES] if len(told) >= settings.PROXIES else direct
    elif told:
        return ""
    try:
        address = ip_address(direct)
    except ValueError:
        return ""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), HOUSEHOLD), strict=False))
