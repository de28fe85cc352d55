"""Which computer a request comes from, behind one proxy or none."""

from django.conf import settings
from django.http import HttpRequest


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


def is_loopback(address: str) -> bool:
    """True for this computer itself."""
    return address == "::1" or address.startswith("127.")
