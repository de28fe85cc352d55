"""Text messages: the interface of a gateway, and the one that ships, which prints.

Every provider has an interface of its own, so a clinic names a factory of its own installation:
``TAUTBAND_SMS=some_package.gateways:make``.  It is called once, without arguments, and answers an
object with `send`.
"""

import sys
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from tautband.base.errors import InputError
from tautband.clinic.account.mail import NotTakenError

CONSOLE = "console"
_EXAMPLE = "console, or package.module:factory"


class Gateway(Protocol):
    """What sends text messages."""

    def send(self, to: str, text: str) -> None:
        """Hand one message over.

        Raises NotTakenError when it was not taken, for certain, so that it is tried again; any
        other OSError leaves it unknown, and it is not.
        """


class ConsoleGateway:
    """Prints what would have been sent, as the e-mails without a mail server are printed."""

    def send(self, to: str, text: str) -> None:
        """Print one message."""
        print(f"text message to {to}\n{text}\n", file=sys.stdout, flush=True)


def load_gateway(name: str) -> Gateway | None:
    """The gateway of a setting, None for none; raises InputError for what cannot be loaded."""
    if not name:
        return None
    if name == CONSOLE:
        return ConsoleGateway()
    module, _, factory = name.partition(":")
    try:
        made = getattr(import_module(module), factory)()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise InputError("TAUTBAND_SMS", "names no gateway that can be loaded", _EXAMPLE) from error
    if not callable(getattr(made, "send", None)):
        raise InputError("TAUTBAND_SMS", "names a gateway without 'send'", _EXAMPLE)
    return cast(Gateway, made)


@cache
def _gateway(name: str) -> Gateway | None:
    return load_gateway(name)


def send_sms(to: str, text: str) -> None:
    """Send one text message; raises what the gateway does, and NotTakenError without one."""
    gateway = _gateway(settings.TAUTBAND_SMS)
    if gateway is None:
        raise NotTakenError("no gateway is set")
    gateway.send(to, text)
