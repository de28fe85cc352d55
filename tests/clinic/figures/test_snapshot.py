"""The snapshot against what was recorded: counted by hand, without names, put in place whole."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tautband.body.regions import load_regions
from tautband.cli import main
from tautband.clinic.figures import drawings, outcomes, overdue, painting, snapshot
from tautband.clinic.figures.columns import TABLES
from tautband.clinic.figures.safety import safety
from tautband.clinic.record.models import AdverseEvent, Appointment, Episode
from tautband.clinic.record.services import erasure, keeping
from tests.clinic.cast import Cast
from tests.clinic.figures import world
from tests.clinic.record import made


def counted(cast: Cast) -> None:
    """Three patients: one reaction, one event, one without; two with scores."""
    by = world.clinician(cast)
    sore, hurt, well = (world.treated(by, days) for days in (7, 14, 400))
    world.reacted(by, sore.session)
    world.reacted(by, well.session, "none")
    at = hurt.session.began_at
    event = AdverseEvent(patient=hurt.patient, session=hurt.session, kind="bruise", began_at=at)
    event.grade = "moderate"
    keeping.add(by, event)
    world.scored(by, sore.episode, 7, 5, 2)
    world.scored(by, hurt.episode, 5, 5)


def test_events_are_counted_per_treatment_and_per_insertion(cast: Cast) -> None:
    counted(cast)
    snapshot.build(cast.clinic)
    with snapshot.opened(cast.clinic.pk) as made_now:
        assert made_now is not None
        every = safety(made_now, None)
        recent = safety(made_now, timezone.localdate() - timedelta(days=365))
    assert (every.treatments, every.patients, every.insertions) == (3, 3, 6)
    assert every.any_event is not None
    assert (every.any_event.count, every.any_event.of) == (2, 3)
    assert every.per_insertion is not None
    assert (every.per_insertion.count, every.per_insertion.of) == (2, 6)
    assert [(one.name, one.rate.count) for one in every.grades] == [
        ("mild", 2), ("moderate", 1), ("severe", 0), ("serious", 0),
    ]  # fmt: skip
    muscle = every.splits["muscle"][0]
    assert (muscle.name, muscle.rate.count, muscle.rate.of) == ("infraspinatus", 2, 3)
    assert every.splits["technique"][0].name == "in and out"
    assert recent.treatments == 2
    assert len(recent.months) < len(every.months)


def test_outcomes_are_weighed_by_the_nearest_important_change(cast: Cast) -> None:
    counted(cast)
    snapshot.build(cast.clinic)
    with snapshot.opened(cast.clinic.pk) as made_now:
        assert made_now is not None
        (pain,) = outcomes.by_instrument(made_now, None)
        (neck,) = outcomes.by_presentation(made_now, None, "nprs")
    assert (pain.name, pain.counts, pain.median) == ("nprs", (1, 0, 1, 0), 2.5)
    assert (neck.name, neck.worse.count, neck.worse.of) == ("neck_pain", 0, 2)


def test_nothing_in_it_names_anybody(cast: Cast) -> None:
    counted(cast)
    world.drawn(world.clinician(cast), Episode.objects.in_clinic(cast.clinic)[0])
    path = snapshot.build(cast.clinic)
    assert path.stat().st_mode & 0o777 == 0o600
    content = path.read_bytes()
    for secret in (b"Okafor", b"Ngozi", b"1985", b"ngozi@", b"front of the right shoulder"):
        assert secret not in content
    with snapshot.opened(cast.clinic.pk) as made_now:
        assert made_now is not None
        for table, columns in TABLES.items():
            found = made_now.rows(f"SELECT column_name FROM (DESCRIBE {table})")
            assert [name for (name,) in found] == [one.name for one in columns]


def test_another_clinics_record_is_not_in_it(cast: Cast) -> None:
    counted(cast)
    snapshot.build(cast.other_clinic)
    with snapshot.opened(cast.other_clinic.pk) as made_now:
        assert made_now is not None
        assert safety(made_now, None).treatments == 0


def test_a_break_and_a_review_that_was_due_are_overdue_until_something_is_done(cast: Cast) -> None:
    by, today = world.clinician(cast), timezone.localdate()
    paused, due, booked = (world.treated(by, 30) for _ in range(3))
    for one in (paused, booked):
        made.plan(by, one.episode)
    made.plan(by, due.episode, review_on=today - timedelta(days=3))
    coming = Appointment(patient=booked.patient, episode=booked.episode)
    coming.begins_at = timezone.now() + timedelta(days=2)
    keeping.add(by, coming)
    snapshot.build(cast.clinic)
    with snapshot.opened(cast.clinic.pk) as made_now:
        assert made_now is not None
        found = overdue.overdue(made_now, by, today)
        assert [(one.why, one.episode) for one in found] == [
            ("review", due.episode.pk), ("break", paused.episode.pk),
        ]  # fmt: skip
        assert overdue.count(made_now, today) == 2
        keeping.change(by, due.episode, 1, {"ended_on": today}, why="done")
        assert [one.why for one in overdue.overdue(made_now, by, today)] == ["break"]


def test_small_cells_of_the_drawings_never_reach_the_file(cast: Cast) -> None:
    by = world.clinician(cast)
    for number in range(7):
        episode = made.episode(by, made.patient(by), presentation="neck_pain")
        if number < 6:
            world.drawn(by, episode)
    rare = made.episode(by, made.patient(by), presentation="jaw_pain")
    world.drawn(by, rare)
    snapshot.build(cast.clinic)
    with snapshot.opened(cast.clinic.pk) as made_now:
        assert made_now is not None
        shown = [(one.name, one.drawings) for one in painting.complaints(made_now)]
        told = dict(painting.shares(made_now, "neck_pain"))
    assert shown == [("all", 6), ("neck_pain", 6)]
    assert told[world.REGION] == 1.0


def test_an_erasure_takes_the_snapshot_away(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    one = made.patient(world.clinician(cast), is_synthetic=True)  # no duty to keep the record
    path = snapshot.build(cast.clinic)
    today = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.request(made.seat(cast, "owner"), one.pk, today, today, made.fresh())
    assert not path.exists()


def test_the_command_makes_one_and_refuses_an_unknown_clinic(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    world.treated(world.clinician(cast))
    assert main(["figures", "snapshot", "--clinic", str(cast.clinic.pk)]) == 0
    assert str(cast.clinic.pk) in capsys.readouterr().out
    assert snapshot.path_of(cast.clinic.pk).exists()
    assert main(["figures", "snapshot", "--clinic", "nowhere"]) == 2
    assert "clinic" in capsys.readouterr().err


def test_a_broken_file_is_no_snapshot(cast: Cast) -> None:
    path = snapshot.build(cast.clinic)
    path.write_bytes(b"no database")
    with snapshot.opened(cast.clinic.pk) as made_now:
        assert made_now is None


def test_the_sum_of_withheld_cells_is_withheld_where_it_would_give_them_away() -> None:
    first, *others = load_regions()
    names = ["neck", "shoulder", "back"]
    counts = {n: [c, *(0 for _ in others)] for n, c in zip(names, (2, 2, 1), strict=True)}
    rows = list(drawings.rows(names, counts, dict.fromkeys(names, 40)))
    assert rows == [*((n, first, None, 40) for n in names), (drawings.ALL, first, None, 120)]
