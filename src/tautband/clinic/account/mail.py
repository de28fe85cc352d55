"""E-mails: plain texts of the catalogue, sent by the server that the settings name."""

import smtplib
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from tautband.base.errors import InputError
from tautband.clinic import catalogue

CONSOLE = "console"
_EXAMPLE = "smtp://user:password@mail.example.org:587, smtps://... or console"


def mail_settings(address: str) -> dict[str, Any]:
    """Django's settings for an address of a mail server; raises InputError.

    ``smtp://`` asks for STARTTLS, ``smtps://`` speaks TLS from the beginning, ``console`` prints
    what would have been sent.
    """
    if address == CONSOLE:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise InputError("TAUTBAND_EMAIL", "names no mail server", _EXAMPLE)
    direct = parts.scheme == "smtps"
    try:
        port = parts.port or (465 if direct else 587)
    except ValueError as error:
        raise InputError("TAUTBAND_EMAIL", "has a port that is no number", _EXAMPLE) from error
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": direct,
        "EMAIL_USE_TLS": not direct,
        "EMAIL_TIMEOUT": 20,
    }


class NotTakenError(OSError):
    """The message was not taken, for certain: it may be sent again without anybody having two."""


def send_text(name: str, to: str, **values: Any) -> None:
    """Send the texts ``name`` and ``name``-subject; no patient's data ever goes into one.

    Raises NotTakenError when the server cannot be reached or says no, and any other OSError when
    nobody knows: a connection that breaks after the text was handed over, before the answer.
    """
    locale = settings.TAUTBAND_LOCALE
    subject = catalogue.text(f"{name}-subject", locale)
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # what smtplib raises is one as well
        raise NotTakenError(type(error).__name__) from error
    text = catalogue.text(name, locale, **values)
    try:
        EmailMessage(subject, text, to=[to], connection=connection).send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        raise NotTakenError(type(error).__name__) from error
    finally:
        with suppress(OSError):  # taken is taken, however the connection ends
            connection.close()
