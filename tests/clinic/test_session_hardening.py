"""Sessions: a new key with every proof, an end for closed accounts, nothing left behind."""

import logging
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tautband.clinic.people.models import User
from tests.browser.totp import totp
from tests.clinic.cast import PASSWORD, Cast

JSON = {"Accept": "application/json"}


def old_key_is_dead(old: str | None) -> bool:
    client = Client(SERVER_NAME="localhost")
    client.cookies["session"] = old or ""
    return client.get("/account/session/").json()["user"] is None


def test_unlocking_changes_the_session_key(cast: Cast) -> None:
    client = cast.browser("clinician")
    before = client.session.session_key
    client.post("/account/lock/", headers=JSON)
    assert client.session.session_key == before
    client.post("/account/unlock/", {"password": PASSWORD}, headers=JSON)
    assert client.session.session_key != before
    assert old_key_is_dead(before)
    assert client.get(f"/clinic/{cast.clinic.id}/").status_code == 200


def test_a_second_factor_set_up_changes_the_session_key(cast: Cast, monkeypatch: Any) -> None:
    client = Client(SERVER_NAME="localhost")
    client.post("/account/login/", {"login": "clinician@example.org", "password": PASSWORD})
    before = client.session.session_key
    page = client.get("/account/mfa/totp/activate/").content.decode()
    found = re.search(r"<code[^>]*>(\w+)</code>", page)
    assert found
    # The test itself is a transaction, which never commits: do at once what waits for that.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda func, **_: func())
    client.post("/account/mfa/totp/activate/", {"code": totp(found[1])})
    assert client.session.session_key != before
    assert old_key_is_dead(before)
    assert client.get(f"/clinic/{cast.clinic.id}/").status_code == 200


def test_reading_a_page_keeps_the_session_key(cast: Cast) -> None:
    client = cast.browser("clinician")
    before = client.session.session_key
    client.get(f"/clinic/{cast.clinic.id}/")
    assert client.session.session_key == before


def test_a_closed_account_is_signed_out_at_once(cast: Cast) -> None:
    client = cast.browser("clinician")
    User.objects.filter(id=cast["clinician"].id).update(is_active=False)
    assert client.get("/clinic/")["Location"].startswith("/account/login/")


def test_signing_out_ends_the_session_and_clears_the_browser(cast: Cast) -> None:
    client = cast.browser("clinician")
    before = client.session.session_key
    answer = client.post("/account/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Cache-Control"] == "no-store"
    assert old_key_is_dead(before)
    assert "Clear-Site-Data" not in cast.browser("clinician").get("/clinic/")


def test_the_own_password_is_asked_for_before_it_is_changed(cast: Cast) -> None:
    client = cast.browser("clinician")
    new = {"password1": "quite another phrase", "password2": "quite another phrase"}
    client.post("/account/password/change/", {"oldpassword": "wrong words here", **new})
    assert User.objects.get(id=cast["clinician"].id).check_password(PASSWORD)
    client.post("/account/password/change/", {"oldpassword": PASSWORD, **new})
    assert User.objects.get(id=cast["clinician"].id).check_password("quite another phrase")


def test_a_password_may_be_long_and_of_any_letters(cast: Cast) -> None:
    client = cast.browser("clinician")
    long = "  Żółw 🐢 " + "x" * 80 + " Z  "
    values = {"oldpassword": PASSWORD, "password1": long, "password2": long}
    client.post("/account/password/change/", values)
    user = User.objects.get(id=cast["clinician"].id)
    assert user.check_password(long)
    assert not user.check_password(long.strip())
    assert not user.check_password(long.lower())


def test_no_account_is_there_from_the_beginning(db: None) -> None:
    assert not User.objects.exists()


def test_password_fields_hide_what_is_typed_and_take_a_password_manager(cast: Cast) -> None:
    page = Client(SERVER_NAME="localhost").get("/account/login/").content.decode()
    field = re.search(r"<input[^>]*name=\"password\"[^>]*>", page)
    assert field
    assert 'type="password"' in field[0]
    assert 'autocomplete="current-password"' in field[0]
    assert "onpaste" not in page


def test_a_refusal_is_logged_by_ids_alone(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "tautband.security"):
        assert cast.browser("outsider").get(f"/clinic/{cast.clinic.id}/").status_code == 404
        assert cast.browser("reception").get(f"/clinic/{cast.clinic.id}/audit/").status_code == 404
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        f"refused member to {cast['outsider'].id} in {cast.clinic.id}",
        f"refused audit.read to {cast['reception'].id} in {cast.clinic.id}",
    ]
    assert "@" not in "".join(lines)


def test_a_form_without_our_token_changes_nothing(cast: Cast) -> None:
    client: Any = cast.browser("owner", enforce_csrf_checks=True)
    path = f"/clinic/{cast.clinic.id}/people/invite/"
    assert client.post(path, {"email": "x@example.org", "role": "owner"}).status_code == 403
    assert not cast.clinic.invitations.exists()
    assert client.get(path).status_code == 405


def test_what_somebody_typed_is_shown_as_text(cast: Cast) -> None:
    typed = "<script>alert(1)</script> \"' {{ 7 }} & Co"
    cast.clinic.name = typed
    cast.clinic.save()
    page = cast.browser("owner").get(f"/clinic/{cast.clinic.id}/settings/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#x27; {{ 7 }} &amp; Co" in page


def test_every_page_offers_to_sign_out(cast: Cast) -> None:
    client = cast.browser("owner")
    for path in ("/", "/atlas/", f"/clinic/{cast.clinic.id}/", "/account/mfa/"):
        assert "/account/logout/" in client.get(path).content.decode(), path


def test_a_passkey_unlocks_only_with_finger_face_or_code(cast: Cast) -> None:
    client = cast.browser("clinician")
    client.post("/account/lock/")
    told = client.get(reverse("account_unlock_options")).json()["request_options"]
    assert told["publicKey"]["userVerification"] == "required"
