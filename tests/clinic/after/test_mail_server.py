"""What a mail server may do to a message, and whether it may then be sent again."""

import smtplib
import socket
from typing import Any, ClassVar

import pytest

from tautband.clinic.account.mail import NotTakenError, send_text

LINK = {"link": "https://clinic.example.org/clinic/1/warnings/"}


class Server:
    """Stands for `smtplib.SMTP`: fails where it is told to, and keeps what it took."""

    fails: ClassVar[dict[str, Exception]] = {}
    taken: ClassVar[list[str]] = []

    def __init__(self, *_at: Any, **_values: Any) -> None:
        self._may("connect")

    def sendmail(self, _sender: str, to: list[str], _text: bytes) -> None:
        """Take a message, and perhaps fail before or after it."""
        self._may("before")
        self.taken.extend(to)
        self._may("after")

    def quit(self) -> None:
        """Say goodbye."""
        self._may("quit")

    def close(self) -> None:
        """Hang up."""

    def _may(self, step: str) -> None:
        if step in self.fails:
            raise self.fails[step]


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(Server, "fails", {})
    monkeypatch.setattr(Server, "taken", [])


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("connect", ConnectionRefusedError()),
        ("connect", TimeoutError()),
        ("connect", socket.gaierror()),
        ("connect", smtplib.SMTPServerDisconnected("hung up")),
        ("connect", smtplib.SMTPConnectError(421, "busy")),
        ("before", smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"unknown")})),
        ("before", smtplib.SMTPSenderRefused(550, b"no", "tautband@localhost")),
        ("before", smtplib.SMTPDataError(451, b"later")),
    ],
)
def test_what_was_refused_is_told_apart(step: str, error: Exception) -> None:
    Server.fails[step] = error
    with pytest.raises(NotTakenError, match=type(error).__name__):
        send_text("after-warning", "a@example.org", **LINK)
    assert Server.taken == []


@pytest.mark.parametrize(
    "error", [TimeoutError(), smtplib.SMTPServerDisconnected("gone"), ConnectionResetError()]
)
@pytest.mark.parametrize("step", ["before", "after"])
def test_a_connection_that_breaks_in_between_leaves_it_unknown(step: str, error: Exception) -> None:
    Server.fails[step] = error
    with pytest.raises(type(error)) as caught:
        send_text("after-warning", "a@example.org", **LINK)
    assert not isinstance(caught.value, NotTakenError)


@pytest.mark.parametrize(
    "error", [smtplib.SMTPResponseException(500, b"what"), ConnectionResetError()]
)
def test_taken_is_taken_however_the_connection_ends(error: Exception) -> None:
    Server.fails["quit"] = error
    send_text("after-warning", "a@example.org", **LINK)
    assert Server.taken == ["a@example.org"]
