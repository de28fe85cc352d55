"""Logs never carry what a patient drew or said."""

import json
import logging
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tautband.clinic.logs import JsonFormatter, PrivateFormatter, masked
from tautband.clinic.server import _options


def test_exception_is_logged_without_its_text(monkeypatch: Any, caplog: Any) -> None:
    from tautband.clinic import services

    def fail(text: str) -> None:
        raise RuntimeError(f"cannot read {text}")

    monkeypatch.setattr(services, "words", fail)
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    body = {"text": "burning in the groin"}
    client.post("/api/words?name=Ann", body, content_type="application/json")
    lines = [PrivateFormatter().format(record) for record in caplog.records]
    assert len(lines) == 1
    assert "/api/words" in lines[0]
    assert "RuntimeError" in lines[0]
    assert "test_logs.py" in lines[0]
    assert "groin" not in lines[0]
    assert "Ann" not in lines[0]


def test_every_handler_uses_the_private_format() -> None:
    logging: Any = settings.LOGGING
    assert {handler["formatter"] for handler in logging["handlers"].values()} == {"private"}


def test_access_log_holds_path_without_query_body_or_address() -> None:
    line = _options("127.0.0.1", 8000, 1)["access_log_format"]
    for atom in ("%(h)s", "%(q)s", "%(r)s", "%(f)s", "%(a)s", "%({"):
        assert atom not in line


def test_json_lines_hold_these_fields_and_no_text_of_an_exception() -> None:
    told_by_patient = "burning in the " + "groin"
    try:
        raise ValueError(told_by_patient)
    except ValueError:
        record = logging.LogRecord("a", 40, "f", 1, "failed at %s", ("/x",), sys.exc_info())
    line = JsonFormatter().format(record)
    told = json.loads(line)
    assert set(told) == {"time", "level", "logger", "message", "failed_at"}
    assert told["message"] == "failed at /x"
    assert told_by_patient not in line


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("GET /invitation/abc-def_1/ 200", "GET /invitation/***/ 200"),
        ("/account/password/reset/key/1f-c4-99/", "/account/password/reset/key/***/"),
        ("/clinic/1/", "/clinic/1/"),
    ],
)
def test_parts_of_addresses_that_open_something_are_not_logged(path: str, shown: str) -> None:
    assert masked(path) == shown
    record = logging.LogRecord("a", 40, "f", 1, path, None, None)
    assert PrivateFormatter().format(record).endswith(shown)
