"""``tautband clinic`` and ``tautband people``, and what they say of wrong input."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from tautband.cli import main
from tautband.clinic import start
from tautband.clinic.people.models import Clinic, Invitation
from tests.clinic.cast import Cast

CREATE = ("clinic", "create", "--name", "Harbour")


@pytest.fixture(autouse=True)
def _is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database is migrated already."""
    monkeypatch.setattr(start, "open_installation", lambda: None)


def test_a_clinic_is_opened_and_its_owner_invited(db: None, capsys: Any) -> None:
    words = [
        "clinic",
        "create",
        "--name",
        "Harbour",
        "--jurisdiction",
        "us-co",
        "--owner",
        "Anna@Example.org",
    ]
    assert main([*words, "--address", "https://tautband.example/"]) == 0
    said = capsys.readouterr().out
    assert "https://tautband.example/invitation/" in said
    clinic = Clinic.objects.get()
    assert (clinic.name, clinic.jurisdiction, clinic.time_zone) == ("Harbour", "US-CO", "UTC")
    assert Invitation.objects.get().email == "anna@example.org"
    assert main(["clinic", "list"]) == 0
    assert str(clinic.id) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("--jurisdiction", "Colorado"), "jurisdiction: 'COLORADO' is no code"),
        (("--owner", "anna"), "owner: is no e-mail address"),
        (("--name", " "), "name: is empty"),
        (("--time-zone", "Mars/Base"), "time zone: 'Mars/Base' is not known"),
    ],
)
def test_wrong_input_makes_no_clinic(
    db: None, capsys: Any, changed: tuple[str, str], said: str
) -> None:
    words = [
        "clinic",
        "create",
        "--name",
        "Harbour",
        "--jurisdiction",
        "US-CO",
        "--owner",
        "anna@example.org",
    ]
    assert main([*words, *changed]) == 2
    assert said in capsys.readouterr().err
    assert not Clinic.objects.exists()


def test_people_are_listed_and_invited(cast: Cast, capsys: Any) -> None:
    clinic = str(cast.clinic.id)
    assert main(["people", "list", "--clinic", clinic]) == 0
    said = capsys.readouterr().out
    assert "student@example.org" in said
    assert "outsider@example.org" not in said
    words = ["people", "invite", "--clinic", clinic, "--email", "new@example.org", "--role"]
    assert main([*words, "reception"]) == 0
    assert "/invitation/" in capsys.readouterr().out
    assert main([*words, "king"]) == 2
    assert "one of owner" in capsys.readouterr().err
    assert main(["people", "list", "--clinic", "x"]) == 2


def test_a_lost_second_factor_is_taken_off_and_the_person_signed_out(
    cast: Cast, capsys: Any
) -> None:
    TOTP.activate(cast["clinician"], generate_totp_secret())
    client = cast.browser("clinician")
    assert main(["people", "reset-second-factor", "--email", "Clinician@example.org"]) == 0
    assert not Authenticator.objects.exists()
    assert client.get("/clinic/").status_code == 302
    assert main(["people", "reset-second-factor", "--email", "nobody@example.org"]) == 2
