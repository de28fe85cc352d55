"""What stands behind HTTPS, how fast one may ask, and how much one may send."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client

from tautband.base.errors import InputError
from tautband.clinic.account.own_words import WORDS, OwnWordsValidator
from tautband.clinic.boundary import ApiMiddleware, HeadersMiddleware
from tautband.clinic.environment import Environment
from tautband.clinic.pace import MAX_ADDRESSES, Pace


def settings_behind_tls(*names: str) -> dict[str, Any]:
    """The product's settings as a process of their own reads them."""
    code = (
        "import json, sys; from tautband.clinic import settings as s;"
        "print(json.dumps({n: getattr(s, n) for n in sys.argv[1:]}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *names],
        env={**os.environ, "TAUTBAND_HTTPS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_cookies_behind_tls_are_bound_to_this_host() -> None:
    found = settings_behind_tls(
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "TAUTBAND_TRAINED_COOKIE",
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "MESSAGE_STORAGE",
    )  # fmt: skip
    names = [value for name, value in found.items() if name.endswith(("_NAME", "_COOKIE"))]
    assert len(names) == 3
    assert all(name.startswith("__Host-") for name in names)
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert "session" in found["MESSAGE_STORAGE"], "messages have no cookie of their own"


def test_transport_is_strict_behind_tls() -> None:
    found = settings_behind_tls(
        "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT"
    )
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert found["SECURE_SSL_REDIRECT"] is True


def test_the_api_is_not_led_from_plain_http_to_tls(web: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^api/"]
    client = Client(SERVER_NAME="localhost")
    assert client.get("/about").status_code == 301
    answer = client.get("/api/findings")
    assert answer.status_code == 403
    assert "plain HTTP" in answer.json()["message"]
    assert client.get("/api/findings", secure=True).status_code == 200


@pytest.mark.parametrize("path", ["/", "/about", "/health", "/api/body", "/nowhere", "/atlas/"])
def test_trace_is_refused(web: Client, path: str) -> None:
    assert web.generic("TRACE", path).status_code in (403, 404, 405)


def test_pages_of_accounts_and_clinics_are_never_kept(rf: Any) -> None:
    answer = HeadersMiddleware(lambda request: HttpResponse("x"))
    for path in ("/account/login/", "/clinic/", "/invitation/x/"):
        assert answer(rf.get(path)).headers["Cache-Control"] == "no-store"
    assert answer(rf.get("/about")).headers["Cache-Control"] == "no-cache"


def test_scripts_cannot_be_made_from_text(web: Client) -> None:
    policy = web.get("/")["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "trusted-types tautband-own-html;" in f"{policy};"


# How much


def test_a_page_takes_no_endless_body(rf: Any) -> None:
    middleware = ApiMiddleware(lambda request: HttpResponse("read"))
    answer = middleware(rf.post("/clinic/", CONTENT_LENGTH=str(12_000_001)))
    assert answer.status_code == 413
    assert middleware(rf.post("/clinic/", CONTENT_LENGTH="100")).status_code == 200


def test_files_in_one_body_are_few(settings: Any) -> None:
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES <= 4
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 1_000_000


# How fast


def test_a_bucket_empties_and_refills() -> None:
    now = [0.0]
    pace = Pace(60, lambda: now[0])
    assert [pace.wait_s("a") for _ in range(60)] == [0.0] * 60
    assert pace.wait_s("a") == pytest.approx(1.0)
    assert pace.wait_s("b") == 0.0, "another address has its own"
    now[0] += 1.5
    assert pace.wait_s("a") == 0.0
    assert pace.wait_s("a") == pytest.approx(0.5)
    now[0] += 3600
    assert [pace.wait_s("a") for _ in range(60)] == [0.0] * 60
    assert pace.wait_s("a") > 0, "a long rest fills no more than a minute's worth"


def test_zero_bounds_nothing_and_memory_is_bounded() -> None:
    free = Pace(0)
    assert not any(free.wait_s("a") for _ in range(1000))
    pace = Pace(1)
    for number in range(MAX_ADDRESSES + 50):
        pace.wait_s(str(number))
    assert len(pace._buckets) == MAX_ADDRESSES


def test_who_asks_too_fast_is_told_when_to_go_on(rf: Any, settings: Any) -> None:
    settings.TAUTBAND_PACE = 2
    middleware = ApiMiddleware(lambda request: HttpResponse("done"))

    def ask() -> Any:
        return middleware(rf.post("/api/words", "{}", content_type="application/json"))

    assert [ask().status_code for _ in range(3)] == [200, 200, 429]
    refused = ask()
    assert 0 < int(refused["Retry-After"]) <= 30
    assert json.loads(refused.content)["field"] == "request"


@pytest.mark.parametrize("value", ["-1", "fast", "1.5", "²"])
def test_a_pace_that_is_no_number_stops_the_start(value: str) -> None:
    with pytest.raises(InputError, match="TAUTBAND_PACE"):
        Environment({"TAUTBAND_PACE": value}).number("TAUTBAND_PACE", 600)


# Words that everybody here would try


@pytest.mark.parametrize(
    "password", ["passwordpassword", "Tautband-2026!", "DryNeedling123", "clinicowner1234", *WORDS]
)
def test_passwords_of_our_own_words_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        OwnWordsValidator().validate(password)


@pytest.mark.parametrize(
    "password", ["tall green bicycle 7", "needle in a haystack", "纸船漂过旧木桥下"]
)
def test_other_passwords_are_not(password: str) -> None:
    OwnWordsValidator().validate(password)


# What is never given


@pytest.mark.parametrize("path", ["/static/", "/static/app/", "/static/app/assets/", "/static/.."])
def test_folders_are_not_listed(web: Client, path: str) -> None:
    assert web.get(path).status_code == 404


def test_forms_name_their_fields() -> None:
    from django.forms import ModelForm

    from tautband.clinic.people import forms

    kinds: list[Any] = [
        kind
        for kind in vars(forms).values()
        if isinstance(kind, type) and issubclass(kind, ModelForm) and kind is not ModelForm
    ]
    assert len(kinds) >= 3
    for kind in kinds:
        assert isinstance(kind.Meta.fields, list), f"{kind.__name__} takes whatever the model has"
