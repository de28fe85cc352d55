"""A patient's pages: the timeline with its filters, what lasts, episodes, and single entries."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from tautband.clinic.record.models import (
    Activity,
    BodyMeasure,
    Episode,
    Goal,
    HistoryItem,
    Measure,
    Medication,
    Patient,
    Reaction,
    Withdrawal,
)
from tautband.clinic.record.services import keeping, sessions
from tautband.clinic.record_pages.timeline import FILTERS, timeline
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import NAMES, Cast, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made

TREATING: tuple[Name, ...] = ("clinician", "student")
DESK: tuple[Name, ...] = ("owner", "reception")
SECRET = "aches at night"  # in an assessment, which only those who treat may read


class Case:
    """A patient with one of everything."""

    def __init__(self, cast: Cast) -> None:
        self.by = by = made.seat(cast, "clinician")
        self.patient = made.patient(by)
        self.episode = made.episode(by, self.patient)
        self.assessment = made.assessment(by, self.episode, told=SECRET)
        made.finding(by, self.assessment)
        self.screening = made.screening(by, self.episode)
        self.consent = made.consent(by, self.episode)
        keeping.add(by, Withdrawal(consent=self.consent, told="changed my mind"))
        made.plan(by, self.episode)
        self.session = made.session(by, self.episode)
        made.insertion(by, self.session)
        keeping.add(by, Reaction(session=self.session, kind="none"))
        self.note = made.note(by, self.episode)
        for week, worst in enumerate((8, 6, 3)):
            self.measure("nprs", [worst], week, about="worst, last 24 h")
        keeping.add(by, Medication(patient=self.patient, told="apixaban", dose="5 mg twice a day"))
        keeping.add(by, HistoryItem(patient=self.patient, kind="implant", told="pacemaker"))
        keeping.add(
            by,
            BodyMeasure(
                patient=self.patient, kind="height", value=168, unit="cm", measured_on=made.DAY
            ),
        )
        keeping.add(by, Goal(episode=self.episode, words="lift the kettle again"))
        keeping.add(by, Activity(episode=self.episode, place=1, words="hang up the washing"))

    def measure(self, instrument: str, items: list[Any], week: int, **values: Any) -> Measure:
        """An instrument filled in a number of weeks after the first visit."""
        at = made.NOON + timedelta(weeks=week)
        row = Measure(
            episode=self.episode, instrument=instrument, items=items, taken_at=at, **values
        )
        return keeping.add(self.by, row)

    def address(self, name: str, *more: object) -> str:
        """A page of this patient."""
        return reverse(name, args=[self.patient.clinic_id, self.patient.pk, *more])


@pytest.fixture
def case(cast: Cast) -> Case:
    return Case(cast)


@pytest.mark.parametrize("name", NAMES)
def test_the_desk_sees_contacts_and_nothing_clinical(cast: Cast, case: Case, name: Name) -> None:
    for page in ("patient", "patient_background"):
        answer = cast.browser(name).get(case.address(page))
        text = page_of(answer)
        if name == "nobody":
            assert answer.status_code == 302
        elif name not in (*TREATING, *DESK):
            assert answer.status_code == 404
        else:
            assert answer.status_code == 200
            assert "ngozi@example.org" in text or page == "patient"
        clinical = ("apixaban", "pacemaker", "front of the right shoulder", "Assessment", "168 cm")
        if name not in TREATING:
            assert not [word for word in clinical if word in text]


@pytest.mark.parametrize("name", NAMES)
def test_who_reads_clinical_pages(cast: Cast, case: Case, name: Name) -> None:
    browser = cast.browser(name)
    for address, words in (
        (case.address("episode", case.episode.pk), "lift the kettle again"),
        (case.address("patient_entry", "assessment", case.assessment.pk), SECRET),
    ):
        answer = browser.get(address)
        expected = 200 if name in TREATING else 302 if name == "nobody" else 404
        assert answer.status_code == expected
        assert (words in page_of(answer)) == (name in TREATING)


@pytest.mark.parametrize("part", ["medication", "history", "measure", "episode"])
@pytest.mark.parametrize("name", NAMES)
def test_who_adds_clinical_parts(cast: Cast, case: Case, name: Name, part: str) -> None:
    answer = cast.browser(name).get(case.address("patient_add", part))
    expected = 200 if name in TREATING else 302 if name == "nobody" else 404
    assert answer.status_code == expected


def test_everything_stands_in_the_timeline_newest_first(cast: Cast, case: Case) -> None:
    entries, further = timeline(case.patient.pk)
    assert {entry.kind for entry in entries} == {
        "assessment", "screening", "consent", "withdrawal", "plan", "session", "reaction",
        "note", "check",
    }  # fmt: skip
    assert not further
    assert [entry.at for entry in entries] == sorted((e.at for e in entries), reverse=True)
    assert {entry.episode for entry in entries} == {case.episode.pk}
    page = page_of(cast.browser("clinician").get(case.address("patient")))
    assert page.count("rec-line__item ") == len(entries)


@pytest.mark.parametrize("show", FILTERS)
def test_a_filter_shows_its_kinds_and_no_other(cast: Cast, case: Case, show: str) -> None:
    entries, _ = timeline(case.patient.pk, show=show)
    assert entries
    assert {entry.kind for entry in entries} <= set(FILTERS[show])
    answer = cast.browser("clinician").get(case.address("patient"), {"show": show})
    assert answer.status_code == 200
    assert page_of(answer).count("rec-line__item ") == len(entries)


def test_an_unknown_filter_is_no_page(cast: Cast, case: Case) -> None:
    answer = cast.browser("clinician").get(case.address("patient"), {"show": "money"})
    assert answer.status_code == 404


def test_twitches_that_were_not_assessed_are_not_none(cast: Cast, case: Case) -> None:
    by = case.by
    for seen in (None, 0, 2):
        one = made.session(by, case.episode)
        made.insertion(by, one, twitches=seen, detected_by="" if seen is None else "seen")
        sessions.finish(by, one.pk, keeping.find(by, type(one), one.pk).version)
    page = cast.browser("clinician").get(case.address("patient"), {"show": "sessions"})
    text = page_of(page)
    assert text.count("twitches not assessed") == 1
    assert text.count("no local twitch response seen") == 1
    assert text.count("2 local twitch responses") == 1


def test_a_long_timeline_goes_on_by_pages(cast: Cast, case: Case) -> None:
    for week in range(3, 33):
        case.measure("nprs", [3], week)
    first, further = timeline(case.patient.pk, show="checks")
    second, more = timeline(case.patient.pk, show="checks", page=2)
    assert further
    assert not more
    assert len({entry.id for entry in (*first, *second)}) == 33
    browser = cast.browser("clinician")
    page = browser.get(case.address("patient"), {"show": "checks", "page": "2"})
    assert "page=1" in page_of(page)


def test_alerts_say_what_has_to_be_known(cast: Cast, case: Case) -> None:
    text = page_of(cast.browser("clinician").get(case.address("patient")))
    assert "A session was not closed" in text
    assert "No consent to treatment that holds." in text  # it was withdrawn
    assert "One note is not signed." in text
    made.consent(case.by, case.episode)
    made.screening(case.by, case.episode, decision="not_today")
    text = page_of(cast.browser("clinician").get(case.address("patient")))
    assert "No consent to treatment that holds." not in text
    assert "said: not today" in text


def test_an_episode_shows_its_course(cast: Cast, case: Case) -> None:
    case.measure("psfs", [4], 0)
    case.measure("psfs", [7], 3)
    page = cast.browser("clinician").get(case.address("episode", case.episode.pk))
    text = page_of(page)
    assert text.count('class="rec-chart"') == 2
    assert "3 scores, from 8 on 2026-11-02 to 3 on 2026-11-16" in text
    assert "hang up the washing" in text
    activity = text.split("hang up the washing")[1].split("</p>")[1]
    assert "<span>4</span><span>7</span>" in activity


def test_an_episode_of_another_patient_is_not_found(cast: Cast, case: Case) -> None:
    other = made.patient(case.by, given_name="Ada", family_name="Brandt")
    address = reverse("episode", args=[cast.clinic.pk, other.pk, case.episode.pk])
    assert cast.browser("clinician").get(address).status_code == 404
    address = reverse("patient_entry", args=[cast.clinic.pk, other.pk, "note", case.note.pk])
    assert cast.browser("clinician").get(address).status_code == 404


@pytest.mark.parametrize(
    "kind",
    ["assessment", "screening", "consent", "session", "note"],
)
def test_every_entry_can_be_read_whole(cast: Cast, case: Case, kind: str) -> None:
    row = getattr(case, kind)
    answer = cast.browser("student").get(case.address("patient_entry", kind, row.pk))
    text = page_of(answer)
    assert answer.status_code == 200
    words = {
        "assessment": "taut band",
        "screening": "pregnant",
        "consent": "soreness for one to three days",
        "session": "Infraspinatus",  # by its name, as an id is no word
        "note": "sleeps better",
    }
    assert words[kind] in text
    last = AuditEntry.objects.of(cast.clinic.pk).order_by("-number").first()
    assert last is not None
    assert (last.action, last.object_id) == ("read", str(row.pk))


PARTS: dict[str, tuple[dict[str, str], type]] = {
    "medication": ({"told": "ibuprofen", "dose": "400 mg"}, Medication),
    "history": ({"kind": "surgery", "told": "rotator cuff repair"}, HistoryItem),
    "measure": ({"kind": "weight", "value": "71.5", "measured_on": "2026-11-02"}, BodyMeasure),
    "episode": ({"title": "heel pain", "began_on": "2026-11-02", "cause": "overuse"}, Episode),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_added_and_changed(cast: Cast, part: str) -> None:
    typed, model = PARTS[part]
    patient = made.patient(made.seat(cast, "clinician"))
    here = [cast.clinic.pk, patient.pk]
    browser = cast.browser("clinician")
    answer = browser.post(
        reverse("patient_add", args=[*here, part]), {"id": str(uuid.uuid4()), **typed}
    )
    assert answer.status_code == 302, page_of(answer)
    row: Any = model.objects.get()  # type: ignore[attr-defined]
    assert browser.get(answer.headers["Location"]).status_code == 200
    address = reverse("patient_edit", args=[*here, part, row.pk])
    page = page_of(browser.get(address))
    assert next(iter(typed.values())) in page
    again = {"id": str(row.pk), "version": "1", "why": "News", **typed}
    again["until" if part in ("medication", "history") else "id"] = (
        "2026-11-20" if part in ("medication", "history") else str(row.pk)
    )
    assert browser.post(address, again).status_code == 302


@pytest.mark.parametrize(
    ("part", "typed", "field"),
    [
        ("measure", {"kind": "height", "value": "999", "measured_on": "2026-11-02"}, "value"),
        ("measure", {"kind": "", "value": "170", "measured_on": "2026-11-02"}, "kind"),
        ("medication", {"told": " "}, "told"),
        ("medication", {"told": "x", "since": "2026-02-02", "until": "2026-01-01"}, "until"),
        ("episode", {"title": "x", "began_on": "2026-01-01", "cause": "x"}, "cause"),
        (
            "episode",
            {"title": "x", "began_on": "2026-01-01", "cause": "trauma", "onset_on": "2026-02-01"},
            "onset_on",
        ),
    ],
)
def test_what_a_service_refuses_stands_at_its_field(
    cast: Cast, part: str, typed: dict[str, str], field: str
) -> None:
    patient = made.patient(made.seat(cast, "clinician"))
    address = reverse("patient_add", args=[cast.clinic.pk, patient.pk, part])
    answer = cast.browser("clinician").post(address, {"id": str(uuid.uuid4()), **typed})
    assert answer.status_code == 400
    assert f'id="id_{field}-fault"' in page_of(answer)


def test_goals_and_activities_hang_on_the_episode(cast: Cast, case: Case) -> None:
    browser = cast.browser("clinician")
    for part, typed in (
        ("goal", {"words": "run 5 km", "by": "2027-03-01"}),
        ("activity", {"words": "reach the top shelf", "place": "2"}),
    ):
        address = case.address("episode_add", case.episode.pk, part)
        assert browser.get(address).status_code == 200
        answer = browser.post(address, {"id": str(uuid.uuid4()), **typed})
        assert answer.headers["Location"] == case.address("episode", case.episode.pk)
        assert typed["words"] in page_of(browser.get(answer.headers["Location"]))
    again = browser.post(address, {"id": str(uuid.uuid4()), "words": "sing", "place": "2"})
    assert again.status_code in (400, 409)


def test_an_erased_patient_is_not_there(cast: Cast, case: Case) -> None:
    from django.db import models

    rows = Patient.objects.filter(pk=case.patient.pk)
    models.QuerySet.update(rows, restricted_at=datetime(2026, 11, 3, tzinfo=UTC))
    browser = cast.browser("clinician")
    assert browser.get(case.address("patient")).status_code == 404
    assert browser.get(case.address("episode", case.episode.pk)).status_code == 404
    assert b"Okafor" not in browser.get(reverse("patients", args=[cast.clinic.pk])).content


def test_the_day_is_the_clinics(cast: Cast, case: Case) -> None:
    cast.clinic.time_zone = "Pacific/Auckland"
    cast.clinic.save()
    text = page_of(cast.browser("clinician").get(case.address("patient")))
    assert "2026-11-03 01:00" in text  # noon in UTC


def test_ages(cast: Cast) -> None:
    born = date(2000, 2, 29)
    assert Patient(birth_date=born).age_on(date(2018, 2, 28)) == 17
