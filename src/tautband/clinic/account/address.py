"""Which computer a request comes from, behind one proxy or none."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

_PROXIED = {"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip"}


def client_address(request: HttpRequest) -> str:
    """The address of the client; behind TLS it is what our own proxy wrote.

    A proxy appends the address that it saw to X-Forwarded-For.  Whatever stands before was sent by
    the client and proves nothing, so the last entry alone is read.
    """
    if settings.TAUTBAND_BEHIND_PROXY:
        last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if last:
            return last
    return str(request.META.get("REMOTE_ADDR", ""))


def is_from_this_computer(request: HttpRequest) -> bool:
    """True for a browser that asks this computer directly, by its own name.

    Behind a proxy every request comes from the proxy's address, so whatever says that one stands
    between is enough to refuse; a name of another host may have been led here by its DNS.
    """
    if settings.TAUTBAND_BEHIND_PROXY or _PROXIED & set(request.headers):
        return False
    host, _ = split_domain_port(request.get_host())
    return is_own_name(host) and is_loopback(str(request.META.get("REMOTE_ADDR", "")))


def is_own_name(host: str) -> bool:
    """True for a host, without a port, by which only this computer itself can be meant."""
    return host == "localhost" or is_loopback(host.strip("[]"))


def is_loopback(address: str) -> bool:
    """True for this computer itself."""
    try:
        return ip_address(address).is_loopback
    except ValueError:  # a name, of which "127.0.0.1.example" is one
        return False
