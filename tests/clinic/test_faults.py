"""The short form of the fault drill, and proof that what compares afterwards sees a loss."""

import copy
import uuid
from typing import Any

import pytest
from benchmarks.drill import check
from benchmarks.drill.visits import Visited
from benchmarks.faults import drill
from django.db import connection

from tautband.clinic.record.models import LedgerEntry, Version
from tests.clinic.cast import Cast
from tests.clinic.record import made


def test_nothing_acknowledged_is_lost_when_the_server_is_killed() -> None:
    """On the kind of database that this run of the tests is on, in an installation of its own."""
    found = drill(connection.vendor, kills=2, clients=3, seed=7)
    assert found.wrong == []
    assert found.kills == 2
    assert min(found.between) > 0  # each kill met a server that was writing
    assert found.counts["entries"] > 0
    assert "Whole" in found.trail


@pytest.fixture
def told(cast: Cast) -> dict[str, Any]:
    """A visit of one needle, as its browser knows it."""
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    session = made.session(by, episode)
    note = made.note(by, episode)
    needle = made.needle(by, session, length_mm=40.0, gauge_mm=0.3, lot="L1")
    entry = made.insertion(by, session, needle=needle, twitches=2, detected_by="seen")
    visit = Visited(str(session.pk), str(note.pk), version=2)
    visit.needles.append({"id": str(needle.pk), "length_mm": 40.0, "gauge_mm": 0.3, "lot": "L1"})
    visit.entries.append(
        {
            "id": str(entry.pk),
            "kind": "insertion",
            "needle": str(needle.pk),
            "muscle": "infraspinatus",
            "side": "right",
            "twitches": 2,
            "detected_by": "seen",
        }
    )
    return copy.deepcopy(visit.__dict__)


def test_what_is_there_as_it_was_acknowledged_is_well(told: dict[str, Any]) -> None:
    assert check.main([told])["wrong"] == []


def test_an_entry_that_is_lost_is_named(told: dict[str, Any]) -> None:
    lost = {**told["entries"][0], "id": str(uuid.uuid4())}
    told["entries"].append(lost)
    assert any(lost["id"] in one for one in check.main([told])["wrong"])


@pytest.mark.parametrize(
    ("name", "value"), [("muscle", "soleus"), ("twitches", None), ("side", "left")]
)
def test_an_entry_that_is_changed_is_named(told: dict[str, Any], name: str, value: Any) -> None:
    told["entries"][0][name] = value
    assert any("changed" in one for one in check.main([told])["wrong"])


def test_a_needle_that_is_changed_is_named(told: dict[str, Any]) -> None:
    told["needles"][0]["lot"] = "L2"
    assert any("needle" in one for one in check.main([told])["wrong"])


def test_an_entry_that_nobody_sent_is_named(told: dict[str, Any], cast: Cast) -> None:
    session = LedgerEntry.objects.get().session
    made.insertion(made.seat(cast, "clinician"), session, needle=LedgerEntry.objects.get().needle)
    assert any("nobody" in one for one in check.main([told])["wrong"])


def test_a_row_with_two_states_is_named(told: dict[str, Any]) -> None:
    first = Version.objects.get(row=told["entries"][0]["id"])
    Version(
        clinic=first.clinic,
        written_by=first.written_by,
        patient=first.patient,
        kind=first.kind,
        row=first.row,
        number=2,
        content=first.content,
    ).save()
    assert any("2 states" in one for one in check.main([told])["wrong"])


def test_an_end_or_a_signature_that_was_acknowledged_and_is_not_there_is_named(
    told: dict[str, Any],
) -> None:
    told |= {"closed": True, "signature": str(uuid.uuid4())}
    wrong = check.main([told])["wrong"]
    assert any("is open" in one for one in wrong)
    assert any("has the signatures []" in one for one in wrong)
