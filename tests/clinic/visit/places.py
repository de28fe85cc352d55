"""A patient with an episode, and the addresses of the visit's pages."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tautband.clinic.people.models import Credential
from tautband.clinic.record.models import Episode, Patient
from tests.clinic.cast import Cast, Name
from tests.clinic.record import made


@dataclass(frozen=True)
class Place:
    """Where the tests are: the cast, a patient and an episode."""

    cast: Cast
    patient: Patient
    episode: Episode

    def address(self, name: str, *more: object) -> str:
        """The address of a page of this episode."""
        return reverse(name, args=[self.cast.clinic.pk, self.patient.pk, self.episode.pk, *more])

    def browser(self, name: Name = "clinician", **options: Any) -> Client:
        """A browser in which this person is signed in."""
        return self.cast.browser(name, **options)


def send(client: Client, address: str, told: object) -> tuple[int, dict[str, Any]]:
    """POST JSON; answers the status and the object."""
    response = client.post(address, json.dumps(told), content_type="application/json")
    return response.status_code, json.loads(response.content)


def refused_at(place: Place, name: Name, address: str, *, post: bool = False) -> int:
    """The status that this person gets there."""
    client = place.browser(name)
    return client.post(address).status_code if post else client.get(address).status_code


@pytest.fixture
def place(cast: Cast) -> Place:
    """A patient of the first clinic with one episode."""
    by = made.seat(cast, "clinician")
    patient = made.patient(by)
    Credential.objects.create(
        clinic=cast.clinic,
        user=cast["clinician"],
        profession="physical therapist",
        licence_number="PT 1234",
        jurisdiction="US-CO",
        training_hours=60,
        trained_areas=["all"],
    )
    return Place(cast, patient, made.episode(by, patient))
