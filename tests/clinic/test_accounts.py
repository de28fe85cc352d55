"""Signing in: password, second factor, lockout, lock, invitation; and what is refused."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tautband.base.errors import InputError
from tautband.clinic.account import idle
from tautband.clinic.account.address import client_address
from tautband.clinic.account.later import forget_old
from tautband.clinic.account.mail import mail_settings
from tautband.clinic.account.sealed_secrets import keys_in_use, open_text, seal_anew
from tautband.clinic.key_care import add_key
from tautband.clinic.keyring import key_ring
from tautband.clinic.people.invitations import accept, find, invite
from tautband.clinic.people.memberships import end
from tautband.clinic.people.models import Clinic, Invitation, Membership, User
from tautband.clinic.policy import Role
from tautband.clinic.trail.models import AuditEntry
from tautband.clinic.worker import run_waiting_tasks
from tests.browser.totp import totp
from tests.clinic.cast import PASSWORD, Cast

HOME = "/clinic/"
SECOND = "/account/mfa/"
JSON = {"Accept": "application/json"}


def fresh() -> Client:
    return Client(SERVER_NAME="localhost")


def log_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": email, "password": password})


def deeds(clinic: Clinic) -> list[str]:
    return [
        f"{one.action} {one.kind}" for one in AuditEntry.objects.of(clinic.id).order_by("number")
    ]


def with_app(user: User) -> str:
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_a_password_alone_leads_to_the_second_factor_and_nowhere_else(cast: Cast) -> None:
    client = fresh()
    assert log_in(client, "Clinician@Example.org").status_code == 302
    home = f"/clinic/{cast.clinic.id}/"
    assert client.get(home)["Location"] == SECOND
    assert client.get(home, headers=JSON).status_code == 403
    assert client.get("/account/password/change/")["Location"] == SECOND
    assert client.get(SECOND).status_code == 200
    assert client.get("/atlas/").status_code == 200


def test_a_second_factor_set_up_opens_the_clinic_at_once(cast: Cast, monkeypatch: Any) -> None:
    client = fresh()
    log_in(client, "clinician@example.org")
    page = client.get("/account/mfa/totp/activate/").content.decode()
    found = re.search(r"<code[^>]*>(\w+)</code>", page)
    assert found
    # The test itself is a transaction, which never commits: do at once what waits for that.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda func, **_: func())
    done = client.post("/account/mfa/totp/activate/", {"code": totp(found[1])})
    assert done["Location"] == "/account/mfa/recovery-codes/"
    assert client.get(done["Location"]).status_code == 200
    assert client.get(f"/clinic/{cast.clinic.id}/").status_code == 200
    assert deeds(cast.clinic)[-3:] == [
        "login login",
        "write second_factor",
        "write second_factor",
    ]


def test_signing_in_asks_for_the_code_and_takes_it_once(cast: Cast) -> None:
    secret = with_app(cast["clinician"])
    client = fresh()
    assert log_in(client, "clinician@example.org")["Location"] == "/account/mfa/authenticate/"
    assert client.get(HOME)["Location"].startswith("/account/login/")
    assert client.post("/account/mfa/authenticate/", {"code": "000000"}).status_code == 200
    code = totp(secret)
    assert client.post("/account/mfa/authenticate/", {"code": code})["Location"] == HOME
    again = fresh()
    log_in(again, "clinician@example.org")
    assert again.post("/account/mfa/authenticate/", {"code": code}).status_code == 200
    assert deeds(cast.clinic).count("login.failed second_factor") == 2
    assert deeds(cast.clinic).count("login login") == 1


def test_a_patient_alone_needs_no_second_factor(cast: Cast) -> None:
    client = fresh()
    log_in(client, "patient@example.org")
    assert client.get(f"/clinic/{cast.clinic.id}/").status_code == 200
    Membership.objects.create(clinic=cast.other_clinic, user=cast["patient"], role=Role.RECEPTION)
    assert client.get(f"/clinic/{cast.clinic.id}/")["Location"] == SECOND


@pytest.mark.parametrize(
    ("demo", "made_up", "asked", "opened"),
    [
        (True, True, {}, True),
        (True, True, {"SERVER_NAME": "127.0.0.1"}, True),
        (True, True, {"REMOTE_ADDR": "::1"}, True),
        (False, True, {}, False),
        (True, False, {}, False),
        (True, True, {"REMOTE_ADDR": "192.0.2.7"}, False),
        (True, True, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, False),
        (True, True, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        (True, True, {"HTTP_FORWARDED": "for=192.0.2.7"}, False),
        (True, True, {"HTTP_X_REAL_IP": "127.0.0.1"}, False),
        (True, True, {"SERVER_NAME": "clinic.example"}, False),
        (True, True, {"HTTP_HOST": "localhost:8000"}, True),
        (True, True, {"HTTP_HOST": "[::1]"}, True),
        (True, True, {"HTTP_HOST": "[::1]:8000"}, True),
        (True, True, {"HTTP_HOST": "127.0.0.1.example:8000"}, False),
    ],
)
def test_only_test_personas_on_this_computer_go_without(
    cast: Cast, settings: Any, demo: bool, made_up: bool, asked: dict[str, str], opened: bool
) -> None:
    settings.TAUTBAND_DEMO = demo
    settings.ALLOWED_HOSTS = ["*"]
    Clinic.objects.filter(id=cast.clinic.id).update(is_synthetic=made_up)
    client = fresh()
    client.defaults |= {"SERVER_NAME": "localhost", "REMOTE_ADDR": "127.0.0.1", **asked}
    log_in(client, "clinician@example.org")
    assert (client.get(f"/clinic/{cast.clinic.id}/").status_code == 200) is opened


def test_the_secret_of_an_app_is_sealed_and_takes_part_in_the_rotation(cast: Cast) -> None:
    secret = with_app(cast["clinician"])
    stored = Authenticator.objects.get(user=cast["clinician"]).data["secret"]
    assert secret not in stored
    assert open_text(stored) == secret
    before = set(keys_in_use())
    add_key()
    assert seal_anew() == 1
    assert set(keys_in_use()) == {key_ring().active} != before
    assert open_text(Authenticator.objects.get(user=cast["clinician"]).data["secret"]) == secret
    assert seal_anew() == 0


def test_unknown_account_and_wrong_password_look_alike(cast: Cast) -> None:
    pages = [
        re.sub(r'value="[^"]*"', "", log_in(fresh(), email, "wrong words here").content.decode())
        for email in ("clinician@example.org", "nobody@example.org")
    ]
    assert pages[0] == pages[1]
    assert "login.failed login" in deeds(cast.clinic)


def test_six_wrong_passwords_shut_the_account_and_say_for_how_long(cast: Cast) -> None:
    for _ in range(5):
        log_in(fresh(), "clinician@example.org", "wrong words here")
    answer = log_in(fresh(), "CLINICIAN@example.org", "wrong words here")
    assert answer.status_code == 429
    assert "15 minutes" in answer.content.decode()
    assert answer["Retry-After"] == "900"
    elsewhere = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.9")
    assert log_in(elsewhere, "clinician@example.org").status_code == 429
    count = len(deeds(cast.clinic))
    log_in(elsewhere, "clinician@example.org")
    assert len(deeds(cast.clinic)) == count, "refused tries must not fill the trail"


@pytest.mark.parametrize(
    ("behind", "forwarded", "expected"),
    [
        (False, "198.51.100.1", "127.0.0.1"),
        (True, "198.51.100.1", "198.51.100.1"),
        (True, "made-up, 203.0.113.5", "203.0.113.5"),
        (True, "", "127.0.0.1"),
    ],
)
def test_the_address_is_what_our_proxy_saw(
    rf: Any, settings: Any, behind: bool, forwarded: str, expected: str
) -> None:
    settings.TAUTBAND_BEHIND_PROXY = behind
    assert client_address(rf.get("/", headers={"X-Forwarded-For": forwarded})) == expected


@pytest.mark.django_db(transaction=True)  # the worker gives its connection back between tasks
def test_reset_tells_nobody_who_has_an_account(cast: Cast) -> None:
    for email in ("clinician@example.org", "nobody@example.org"):
        answer = fresh().post("/account/password/reset/", {"email": email})
        assert answer["Location"] == "/account/password/reset/done/"
    assert not mail.outbox  # no answer waits for the mail server
    waiting = str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    assert "clinician@example.org" not in waiting
    assert "http" not in waiting
    run_waiting_tasks()
    assert [message.to for message in mail.outbox] == [["clinician@example.org"]]
    forget_old()
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=2))
    forget_old()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away_is_asked_again(cast: Cast, monkeypatch: Any) -> None:
    def away(*_: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", away)
        fresh().post("/account/password/reset/", {"email": "clinician@example.org"})
        run_waiting_tasks()
    assert not mail.outbox
    again = DBTaskResult.objects.get(status="READY")
    assert again.run_after > timezone.now()
    DBTaskResult.objects.filter(pk=again.pk).update(run_after=timezone.now())
    run_waiting_tasks()
    assert [message.to for message in mail.outbox] == [["clinician@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_a_reset_link_sets_the_password_once_and_ends_other_sessions(cast: Cast) -> None:
    other = cast.browser("clinician")
    fresh().post("/account/password/reset/", {"email": "clinician@example.org"})
    run_waiting_tasks()
    link = re.search(r"http://\S+", str(mail.outbox[0].body))
    assert link
    path = link[0].replace("http://localhost", "")
    client = fresh()
    form = client.get(path)["Location"]
    new = {"password1": "quite another phrase", "password2": "quite another phrase"}
    assert client.post(form, new).status_code == 302
    assert "used already" in fresh().get(path, follow=True).content.decode()
    assert other.get(HOME).status_code == 302
    assert log_in(fresh(), "clinician@example.org", "quite another phrase").status_code == 302


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "At least 12"),
        ("passwordpassword", "words that anybody here"),
        ("newcomer@example.org", "Too close"),
    ],
)
def test_weak_passwords_are_refused(cast: Cast, password: str, why: str) -> None:
    _, secret = invite(cast.clinic, "newcomer@example.org", Role.CLINICIAN, None, timezone.now())
    values = {"name": "New Comer", "password": password}
    answer = fresh().post(f"/invitation/{secret}/", values)
    assert answer.status_code == 400
    assert why in answer.content.decode()


def test_nobody_signs_up(cast: Cast) -> None:
    assert fresh().get("/account/signup/").status_code == 404


# Invitations


def test_an_invitation_makes_an_account_once(cast: Cast) -> None:
    invitation, secret = invite(
        cast.clinic, "New@Example.org", Role.STUDENT, cast["owner"], timezone.now()
    )
    assert secret not in str(vars(invitation))
    client = fresh()
    assert "Harbour Street" in client.get(f"/invitation/{secret}/").content.decode()
    values = {"name": "New", "password": "tall green bicycle 7"}
    assert client.post(f"/invitation/{secret}/", values).status_code == 302
    assert Membership.objects.get(user__email="new@example.org").role == Role.STUDENT
    assert client.get(f"/clinic/{cast.clinic.id}/")["Location"] == SECOND
    assert fresh().get(f"/invitation/{secret}/").status_code == 404


def test_an_invitation_is_not_taken_by_somebody_else(cast: Cast) -> None:
    _, secret = invite(cast.clinic, "outsider@example.org", Role.OWNER, None, timezone.now())
    assert cast.browser("reception").post(f"/invitation/{secret}/").status_code == 400
    assert fresh().post(f"/invitation/{secret}/", {"name": "x", "password": PASSWORD}).status_code
    assert not Membership.objects.filter(user=cast["outsider"], clinic=cast.clinic).exists()
    assert cast.browser("outsider").post(f"/invitation/{secret}/").status_code == 302
    assert Membership.objects.filter(user=cast["outsider"], clinic=cast.clinic).exists()


def test_an_invitation_is_good_for_a_week_and_until_withdrawn(cast: Cast) -> None:
    now = timezone.now()
    first, old = invite(cast.clinic, "a@example.org", Role.CLINICIAN, None, now)
    assert find(old, now + timedelta(days=6)) == first
    assert find(old, now + timedelta(days=7)) is None
    _, new = invite(cast.clinic, "a@example.org", Role.CLINICIAN, None, now)
    assert find(old, now) is None
    assert find(new, now)


def test_of_two_who_accept_at_once_one_is_told(cast: Cast) -> None:
    _, secret = invite(cast.clinic, "outsider@example.org", Role.CLINICIAN, None, timezone.now())
    seen = [find(secret, timezone.now()), find(secret, timezone.now())]
    assert isinstance(seen[0], Invitation)
    assert isinstance(seen[1], Invitation)
    accept(seen[0], cast["outsider"], timezone.now())
    with pytest.raises(InputError, match="was used"):
        accept(seen[1], cast["outsider"], timezone.now())


def test_the_last_owner_cannot_leave(cast: Cast) -> None:
    owner = cast.membership("owner")
    with pytest.raises(InputError, match="last owner"):
        end(owner, timezone.now())
    client = cast.browser("owner")
    path = f"/clinic/{cast.clinic.id}/people/memberships/{owner.id}/end/"
    assert "keeps at least one owner" in client.post(path, follow=True).content.decode()
    Membership.objects.create(clinic=cast.clinic, user=cast["clinician"], role=Role.OWNER)
    end(owner, timezone.now())
    assert client.get(f"/clinic/{cast.clinic.id}/").status_code == 404


# The lock


def test_a_locked_session_answers_nothing_until_unlocked(cast: Cast) -> None:
    client = cast.browser("clinician")
    home = f"/clinic/{cast.clinic.id}/"
    assert client.get(home)["Cache-Control"] == "no-store"
    assert client.post("/account/lock/", headers=JSON).status_code == 204
    assert client.get(home)["Location"].startswith("/account/unlock/?next=%2Fclinic%2F")
    assert client.get(home, headers=JSON).status_code == 423
    assert client.post(f"{home}card/", {"card": "x"}).status_code == 423
    assert client.get("/account/session/").json()["locked"] is True
    wrong = client.post("/account/unlock/", {"password": "wrong words here"}, headers=JSON)
    assert wrong.status_code == 403
    right = client.post("/account/unlock/", {"password": PASSWORD}, headers=JSON)
    assert right.json()["locked"] is False
    assert client.get(home).status_code == 200
    assert deeds(cast.clinic)[-3:] == ["lock session", "login.failed login", "unlock session"]


def test_another_persons_password_does_not_unlock(cast: Cast) -> None:
    User.objects.get(email="owner@example.org").set_password("another phrase of mine")
    cast["owner"].set_password("another phrase of mine")
    cast["owner"].save()
    client = cast.browser("clinician")
    client.post("/account/lock/", headers=JSON)
    values = {"password": "another phrase of mine"}
    assert client.post("/account/unlock/", values, headers=JSON).status_code == 403


def test_the_server_locks_by_the_clinics_time_and_ends_the_day(
    cast: Cast, monkeypatch: Any
) -> None:
    Clinic.objects.filter(id=cast.clinic.id).update(idle_minutes=5)
    client, start, home = cast.browser("clinician"), time.time(), f"/clinic/{cast.clinic.id}/"

    def at(minutes: float) -> int:
        monkeypatch.setattr(
            idle.IdleMiddleware, "clock", staticmethod(lambda: start + minutes * 60)
        )
        return client.get(home, headers=JSON).status_code

    assert [at(0), at(4), at(8), at(12)] == [200, 200, 200, 200]
    assert at(18) == 423
    assert at(19) == 423, "asking again is not being at work"
    client.post("/account/unlock/", {"password": PASSWORD}, headers=JSON)
    assert at(12 * 60 + 1) == 302
    assert client.get("/account/session/").json()["user"] is None


def test_a_link_to_another_site_is_not_followed_after_unlocking(cast: Cast) -> None:
    client = cast.browser("clinician")
    client.post("/account/lock/")
    values = {"password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/account/unlock/", values)["Location"] == HOME


def test_signing_out_everywhere(cast: Cast) -> None:
    client = cast.browser("clinician")
    cast["clinician"].end_sessions()
    assert client.get(HOME)["Location"].startswith("/account/login/")


def test_signing_in_changes_the_session_key(cast: Cast) -> None:
    client = fresh()
    client.get("/account/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    log_in(client, "patient@example.org")
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("address", "ssl", "tls", "port"),
    [
        ("smtp://u:p%40@mail.example", False, True, 587),
        ("smtps://mail.example:4650", True, False, 4650),
    ],
)
def test_mail_server_by_address(address: str, ssl: bool, tls: bool, port: int) -> None:
    found = mail_settings(address)
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"], found["EMAIL_PORT"]) == (ssl, tls, port)


@pytest.mark.parametrize(
    "address", ["mail.example", "http://mail.example", "smtp://", "smtp://a:b"]
)
def test_an_address_that_names_no_mail_server_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="TAUTBAND_EMAIL"):
        mail_settings(address)
