"""An address to be reached at, and somebody who was treated."""

from typing import Any

import pytest
from django.utils import timezone

from tautband.clinic.record.models import Session
from tautband.clinic.record.services import sessions
from tests.clinic.cast import Cast
from tests.clinic.record import made


@pytest.fixture
def address(settings: Any) -> None:
    settings.TAUTBAND_ADDRESS = "https://clinic.example.org"


@pytest.fixture
def treated(cast: Cast) -> Session:
    """A session near the lung, closed now, of somebody who consented."""
    by = made.seat(cast, "clinician")
    care = made.episode(by, made.patient(by))
    made.consent(by, care)
    session = made.session(by, care, began_at=timezone.now())
    made.insertion(by, session, muscle="trapezius_upper", at=timezone.now())
    sessions.finish(by, session.pk, Session.objects.get(pk=session.pk).version)
    return Session.objects.get(pk=session.pk)
