"""A clinic with a patient behind a running server, and the cookie of somebody who is signed in.

Run as a program in the data folder of a server, it makes the world and prints where it is.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext

from tests.browser.harness import ROOT, running_server


@dataclass(frozen=True)
class World:
    """Where the server is, the visit's pages, another patient's note, the clinician's session."""

    address: str
    under: str
    note: str
    session: str
    cookie: str

    def sign_in(self, context: BrowserContext) -> None:
        """Give a browser the clinician's session."""
        context.add_cookies([{"name": self.cookie, "value": self.session, "url": self.address}])

    def page(self, name: str) -> str:
        """The path of a visit's page, such as ``screening/``."""
        return f"{self.under}/{name}"


@contextmanager
def clinic_world(**environment: str) -> Iterator[World]:
    """A server of its own on an empty data folder, with a clinic in it."""
    with TemporaryDirectory(prefix="tautband-browser-") as folder:
        told = {"TAUTBAND_DATA": folder, **environment}
        with running_server(**told) as address:
            yield _furnish(address, told)


def _furnish(address: str, environment: dict[str, str]) -> World:
    command = [sys.executable, "-m", "tests.browser.clinic_world"]
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    made = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment, **settings},
        check=True,
        stdout=subprocess.PIPE,
    )
    return World(address, **json.loads(made.stdout))


def _make() -> dict[str, str]:
    """Clinic, patient and episode in the database that the settings name."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from tautband.clinic.people.models import Credential
    from tautband.clinic.record.models import Session
    from tautband.clinic.record.services import sessions
    from tests.clinic.cast import make_cast, sign_in
    from tests.clinic.record import made

    cast = make_cast()
    by = made.seat(cast, "clinician")
    patient = made.patient(by, is_synthetic=True)
    episode = made.episode(by, patient, title="Front of the right shoulder", sport="rowing")
    Credential.objects.create(
        clinic=cast.clinic,
        user=cast["clinician"],
        profession="physical therapist",
        licence_number="PT 1234",
        jurisdiction="US-CO",
        training_hours=60,
        trained_areas=["all"],
        card="Twelve years of shoulders.",
    )
    client = Client(SERVER_NAME="localhost")
    sign_in(client, cast["clinician"])
    name = settings.SESSION_COOKIE_NAME
    under = f"/clinic/{cast.clinic.pk}/patients/{patient.pk}/episodes/{episode.pk}"
    other = made.episode(by, made.patient(by, family_name="Brandt", is_synthetic=True))
    held = made.session(by, other)
    made.insertion(by, held, twitches=2, detected_by="seen")
    sessions.finish(by, held.pk, Session.objects.get(pk=held.pk).version)
    address = [cast.clinic.pk, other.patient_id, other.pk, held.pk]
    note = reverse("visit_note", args=address)
    session = client.cookies[name].value
    return {"under": under, "note": note, "session": session, "cookie": name}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    print(json.dumps(_make()))
