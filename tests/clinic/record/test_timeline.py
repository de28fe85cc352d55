"""The timeline: newest first, apart, and a bounded number of queries."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.services import timeline
from tests.clinic.cast import Cast
from tests.clinic.record import made
from tests.clinic.record.rich import rich_patient

MOST_QUERIES = 7  # the page around them asks as well; two of these are a savepoint of the test


def test_newest_first_within_the_queries_of_a_page(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    patient, by = rich_patient(cast), made.seat(cast, "clinician")
    episode = made.episode(by, patient)
    for days in range(1, 8):
        made.session(by, episode, began_at=made.NOON + timedelta(days=days))
    with django_assert_max_num_queries(MOST_QUERIES):
        moments = timeline.of_patient(by, patient.pk)
    assert all(isinstance(one.id, UUID) and one.at.tzinfo for one in moments)
    assert [one.at for one in moments] == sorted((one.at for one in moments), reverse=True)
    assert {one.kind for one in moments} == {
        "assessment", "screening", "consent", "plan", "session", "adverseevent", "note",
    }  # fmt: skip
    only = timeline.of_patient(by, patient.pk, episode=episode.pk, limit=3)
    assert [one.kind for one in only] == ["session"] * 3
    older = timeline.of_patient(by, patient.pk, episode=episode.pk, before=only[-1].at)
    assert len(older) == 4


def test_patients_by_their_last_visit(cast: Cast, django_assert_max_num_queries: Any) -> None:
    by = made.seat(cast, "clinician")
    first, second, never = (made.patient(by, given_name=name) for name in ("A", "B", "C"))
    made.session(by, made.episode(by, first), began_at=made.NOON)
    made.session(by, made.episode(by, second), began_at=made.NOON + timedelta(days=1))
    made.patient(made.seat(cast, "outsider"))
    with django_assert_max_num_queries(MOST_QUERIES):
        found = [one.given_name for one in timeline.of_clinic(made.seat(cast, "reception"))]
    assert found == ["B", "A", never.given_name]


@pytest.mark.parametrize("name", ["reception", "owner", "patient", "outsider"])
def test_who_may_not(cast: Cast, name: Any) -> None:
    patient = made.patient(made.seat(cast, "clinician"))
    with pytest.raises(NotFoundError):
        timeline.of_patient(made.seat(cast, name), patient.pk)
