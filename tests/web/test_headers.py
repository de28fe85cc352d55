"""Headers: the content policy, what may be cached, and that no cookie is ever set."""

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client

EVERYWHERE = ("/", "/draw", "/about", "/health", "/nowhere", "/api/body", "/api/nowhere")


def policy(response: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("path", EVERYWHERE)
def test_content_policy_allows_our_own_files_only(web: Client, path: str) -> None:
    directives = policy(web.get(path))
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed == {"'self'", "'none'", "'script'", "tautband-own-html"}
    assert directives["require-trusted-types-for"] == ["'script'"]
    assert directives["default-src"] == ["'self'"]
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert directives[name] == ["'none'"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_hardening_headers(web: Client, path: str) -> None:
    response = web.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in response
    assert "Set-Cookie" not in response
    assert not response.cookies


def test_answers_about_a_patient_are_never_kept(post: Any) -> None:
    response = post("/api/words", {"text": "ache in the front of the right shoulder"})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db  # the end of an answer in pieces looks at the connection
def test_hashed_files_are_kept_for_ever_and_pages_are_asked_for_again(web: Client) -> None:
    glb: Any = web.get(web.get("/api/body").json()["glb"])
    assert glb["Content-Type"] == "model/gltf-binary"
    assert "immutable" in glb["Cache-Control"]
    assert b"".join(glb.streaming_content)[:4] == b"glTF"
    icon = web.get("/static/brand/icon.svg")
    assert "immutable" not in icon["Cache-Control"]
    icon.close()
    assert web.get("/")["Cache-Control"] == "no-cache"


def test_unchanged_body_is_not_sent_twice(web: Client) -> None:
    tag = web.get("/api/body")["ETag"]
    assert web.get("/api/body", headers={"If-None-Match": tag}).status_code == 304


def test_settings_are_hardened_by_default() -> None:
    assert django_settings.DEBUG is False
    assert len(django_settings.SECRET_KEY) >= 50
    assert "*" not in django_settings.ALLOWED_HOSTS
    if connection.vendor == "sqlite":
        options = connection.settings_dict["OPTIONS"]
        assert options["transaction_mode"] == "IMMEDIATE"
        assert "synchronous=FULL" in options["init_command"]
