"""One made-up case as rows of the record, from admission to the last note."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tautband.care.screen import read_answers
from tautband.clinic.access import Seat
from tautband.clinic.patient_keys import remembered_keys
from tautband.clinic.people.needling import credential_of, is_student
from tautband.clinic.record import models as record
from tautband.clinic.record.services import consents, keeping, sessions
from tautband.clinic.record.services.trailing import one_turn
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.explaining import points, sheet_of
from tautband.clinic.visit_pages.noting.drafting import draft_of
from tautband.clinic.visit_pages.noting.signing import Typed, keep, sign
from tautband.clinic.visit_pages.plan_rows import (
    keep_plan,
    manual_therapy,
    target_key,
    why_not,
)
from tautband.clinic.visit_pages.planning import Asked, work_out
from tautband.clinic.visit_pages.screening import judged
from tautband.clinic.visit_pages.showing import keep_shown

Case = Mapping[str, Any]
FIRST_HOUR, HOURS = 8, 9
NEEDLE_MM, GAUGE_MM = 25.0, 0.25
STROKES = [[[0.08, 0.6], [0.2, 0.25], [0.3, 0.7], [0.45, 0.35], [0.6, 0.65], [0.9, 0.4]]]
WORST = "worst, last 24 h"
STARTING = 12  # findings that are kept of a first assessment
WHY = "Read with the patient at the couch; nothing against it was found, and the needle is short."


def fill(by: Seat, lead: Seat, case: Case, now: datetime) -> None:
    """Store a case as far as it has come by `now`.

    `by` treats the patient; `lead`, the same person or who supervises them, admits and plans.
    Must run inside a transaction.
    """
    filling = _Filling(by, lead, case, now)
    with remembered_keys():
        with one_turn(lead):
            patient, guardian = filling.admit()
        with one_turn(by):
            begun = filling.examine(patient)
        if begun is None or case["stage"] == "not needled":
            return
        with one_turn(lead):
            plan, needled = filling.plan(*begun)
        if needled:
            with one_turn(by):
                filling.treat(plan, needled, guardian)


class _Filling:
    """The case, who writes it, and the clinic's time."""

    def __init__(self, by: Seat, lead: Seat, case: Case, now: datetime) -> None:
        self.by, self.lead, self.case, self.now = by, lead, case, now
        self.special: Case = case["special"]
        self.zone = ZoneInfo(by.clinic.time_zone)
        # Patients of one day come one after the other.
        self.slot = int(str(case["id"]).rpartition("-")[2])
        # A student documents; whose hand it is, is the supervisor.
        own = credential_of(by.user, by.clinic) if is_student(by.roles) else None
        self.supervisor = own.supervisor if own else None
        self.needler = self.supervisor or by.user
        self.planned = ", ".join(
            f"{one['muscle'].replace('_', ' ')} {one['side']}" for one in case["plan"]["targets"]
        )

    def admit(self) -> tuple[record.Patient, record.Guardian | None]:
        """The person, and who decides for them."""
        patient = self._person()
        return patient, self._guardian(patient)

    def examine(self, patient: record.Patient) -> tuple[Visit, record.Screening] | None:
        """From what lasts to the screening; None for who comes later."""
        self._background(patient)
        care = self._episode(patient)
        at = Visit(self.by, patient, care)
        self._measures(care)
        first = self.at(self.case["first"])
        if first > self.now:
            return None
        self._assessment(care, first)
        return at, self._screening(at, first)

    def treat(self, plan: record.Plan, needled: set[str], guardian: record.Guardian | None) -> None:
        """Consent, each session with its note, and what came of it."""
        at = Visit(self.by, plan.patient, plan.episode)
        self._consent(at, guardian, self.at(self.case["first"]))
        done = [one for one in self.case["sessions"] if self.at(one["date"]) <= self.now]
        for one in done:
            self._session(plan, needled, one, last=one is done[-1])
        self._event(plan.episode)

    def at(self, day: str) -> datetime:
        """The hour of this patient on a day."""
        hour = FIRST_HOUR + self.slot % HOURS
        return datetime.combine(date.fromisoformat(day), time(hour), self.zone)

    def add(self, row: Any) -> Any:
        """Store a row."""
        return keeping.add(self.by, row)

    def _person(self) -> record.Patient:
        person, special = self.case["person"], self.special
        age = special.get("age", person["age"])
        born = self.now.date() - timedelta(days=round(age * 365.25) + 2 + self.slot * 37 % 360)
        patient = record.Patient(
            family_name=self.case["family"],
            given_name=self.case["given"],
            birth_date=born,
            sex=person["sex"],
            occupation="pupil" if age < 18 else person["occupation"],
            phone=f"+1 303 555 {self.slot:04d}",
            email=f"patient-{self.slot:02d}@demo.invalid",
            clinic_number=f"D-{self.slot:03d}",
            is_synthetic=True,
        )
        return keeping.add(self.lead, patient)

    def _background(self, stored: record.Patient) -> None:
        person = self.case["person"]
        measured = {"patient": stored, "measured_on": self.at(self.case["first"]).date()}
        for kind, value, unit in (
            ("height", person["height_cm"], "cm"),
            ("weight", person["weight_kg"], "kg"),
        ):
            self.add(record.BodyMeasure(**measured, kind=kind, value=value, unit=unit))
        for told in self._answers()["answers"].get("medicines", ()):
            if told != "none":
                self.add(record.Medication(patient=stored, told=told))

    def _guardian(self, patient: record.Patient) -> record.Guardian | None:
        name = self.special.get("guardian")
        if name is None:
            return None
        row = record.Guardian(
            patient=patient, name=f"{name} {patient.family_name}", relation="mother",
            phone=patient.phone, may_consent=True,
        )  # fmt: skip
        return keeping.add(self.lead, row)

    def _episode(self, patient: record.Patient) -> record.Episode:
        complaint, person = self.case["complaint"], self.case["person"]
        ahead = self.special.get("competes_in_days")
        row = record.Episode(
            patient=patient,
            presentation=complaint["presentation"],
            title=complaint["presentation"].replace("_", " ").capitalize(),
            side=complaint["side"],
            cause=complaint["cause"],
            cause_told=complaint["because"],
            onset_on=date.fromisoformat(complaint["onset"]),
            began_on=self.at(self.case["first"]).date(),
            sport=self.special.get("sport") or person["sport"] or "",
            competition=self.special.get("competition", ""),
            competes_on=self.now.date() + timedelta(days=ahead) if ahead else None,
        )
        care: record.Episode = self.add(row)
        for place, words in enumerate(self.case["scores"]["psfs"]["activities"], start=1):
            self.add(record.Activity(episode=care, place=place, words=words))
        self.add(record.Goal(episode=care, words=f"{self.case['scores']['psfs']['activities'][0]}, "
                             "without thinking of it"))  # fmt: skip
        return care

    def _measures(self, care: record.Episode) -> None:
        scores = self.case["scores"]
        rows = [("nprs", one["date"], [one["value"]], WORST) for one in scores["nprs"]]
        rows += [("psfs", one["date"], one["values"], "") for one in scores["psfs"]["scores"]]
        for instrument, day, items, about in rows:
            taken = self.at(day)
            if taken <= self.now:
                self.add(record.Measure(
                    episode=care, instrument=instrument, items=items, about=about, taken_at=taken
                ))  # fmt: skip

    def _assessment(self, care: record.Episode, at: datetime) -> None:
        case = self.case
        told = " ".join(part for part in (case["complaint"]["because"], self.special.get("told"))
                        if part)  # fmt: skip
        held: record.Assessment = self.add(record.Assessment(
            episode=care, kind="first", held_at=at, told=told.capitalize(),
            drawing=_without_mark(case["drawing"]),
        ))  # fmt: skip
        for one in _telling(case["findings"]):
            names = ("muscle", "side", "sign", "answer")
            self.add(record.Finding(assessment=held, **{name: one[name] for name in names}))
        motion = case["scores"]["motion"]
        for one in motion["values"][:1]:
            self.add(record.ComparableSign(
                assessment=held, movement=motion["movement"], when="before",
                degrees=float(one["value"]),
            ))  # fmt: skip
        keeping.change(self.by, held, held.version, {"finished_at": at + timedelta(minutes=25)})

    def _answers(self) -> dict[str, Any]:
        given = {**self.case["health"]["answers"], **self.special.get("answers", {})}
        if "age" in self.special:
            given["age"] = self.special["age"]
        if "medicines" in self.special:
            given["medicines"] = self.special["medicines"]
        return {**self.case["health"], "answers": given}

    def _screening(self, at: Visit, on: datetime) -> record.Screening:
        told = _without_mark(self._answers())
        told["synthetic"] = True
        row = judged(
            at, read_answers(told), self.planned, form="first visit", answered_at=on, answers=told
        )
        return self.add(row)  # type: ignore[no-any-return]

    def plan(self, examined: Visit, screening: record.Screening) -> tuple[record.Plan, set[str]]:
        """The plan, and the keys of what is needled in it: what the rules stop is left out."""
        at = Visit(self.lead, examined.patient, examined.episode)
        asked = Asked(self.planned, needle_mm=NEEDLE_MM, cause=at.episode.cause)
        advice, _ = work_out(at, asked)
        keep_shown(at, "plan", {**asked.as_dict(), "screening": str(screening.pk)}, advice)
        needled = {target_key(t) for t in advice["targets"] if not why_not(advice, t)}
        plan = record.Plan(
            episode=at.episode, screening=screening, advised=advice, decision=advice["decision"],
            complementary=manual_therapy(advice), home_plan=advice["home_plan"]["text"],
            why=WHY if needled else "Nothing is needled: see the rules.",
            sessions_planned=self.case["plan"]["sessions"],
        )  # fmt: skip
        return keep_plan(self.lead, plan, needled), needled

    def _consent(self, at: Visit, guardian: record.Guardian | None, on: datetime) -> None:
        sheet = sheet_of(at)
        said = [point.line for point in points(at, sheet, "en")]
        consents.give(self.by, record.Consent(
            patient=at.patient, episode=at.episode, kind="treatment", sheet=sheet.condition,
            sheet_version=sheet.version, explained=said, words="\n\n".join(said),
            needler=self.needler, signed_by="guardian" if guardian else "patient",
            guardian=guardian, strokes=STROKES, copy_given="paper",
            signed_at=on + timedelta(minutes=30),
        ))  # fmt: skip

    def _session(self, plan: record.Plan, needled: set[str], told: Case, last: bool) -> None:
        began = self.at(told["date"]) + timedelta(minutes=35 if told["number"] == 1 else 0)
        row = record.Session(
            episode=plan.episode, plan=plan, began_at=began, number=told["number"],
            needler=self.needler, supervisor=self.supervisor,
        )  # fmt: skip
        held = sessions.begin(self.by, row)
        muscles = [m for m in told["muscles"] if target_key(m) in needled]
        for minute, muscle in enumerate(muscles):
            self._muscle(held, muscle, began + timedelta(minutes=2 + 4 * minute))
        now: record.Session = keeping.find(self.by, record.Session, held.pk)
        sessions.finish(self.by, held.pk, now.version)
        self._reactions(held, told, began)
        self._note(held, open_draft=last and self.slot % 5 == 0)

    def _muscle(self, held: record.Session, told: Case, at: datetime) -> None:
        where = {"muscle": told["muscle"], "side": told["side"]}
        spread = [told["insertions"] // told["needles"]] * told["needles"]
        spread[0] += told["insertions"] - sum(spread)
        for count in spread:
            needle = sessions.take_needle(
                self.by,
                record.Needle(session=held, length_mm=NEEDLE_MM, gauge_mm=GAUGE_MM, lot="made up"),
            )
            for _ in range(max(1, count)):
                self._entry(held, kind="insertion", needle=needle, at=at, **where)
        self._entry(
            held,
            kind="twitches",
            twitches=told["ltr"],
            detected_by="" if told["ltr"] is None else "seen",
            at=at,
            **where,
        )

    def _entry(self, held: record.Session, **told: Any) -> None:
        sessions.enter(self.by, record.LedgerEntry(session=held, **told))

    def _reactions(self, held: record.Session, told: Case, began: datetime) -> None:
        sore = told["soreness_next_day"]
        found = [("soreness", sore, began + timedelta(hours=18))] if sore else []
        found += [(e["kind"], None, began + timedelta(hours=e["hours_after"]))
                  for e in told["events"] if e["kind"] != "soreness"]  # fmt: skip
        for kind, severity, at in found:
            self.add(record.Reaction(session=held, kind=kind, severity=severity, began_at=at))
        if not found:
            self.add(record.Reaction(session=held, kind="none"))

    def _note(self, held: record.Session, open_draft: bool) -> None:
        """The note as it writes itself, signed unless it is left open."""
        at = Visit(self.by, held.patient, held.episode)
        found = keeping.find(self.by, record.Session, held.pk)
        found.patient = held.patient
        typed = Typed({}, frozenset(), "", 0, draft_of(at, found).seen)
        if open_draft:
            keep(at, found, typed)
        else:
            sign(at, found, typed, uuid.uuid4())

    def _event(self, care: record.Episode) -> None:
        kind = self.special.get("event")
        held = record.Session.objects.filter(episode=care).order_by("-began_at").first()
        if kind is None or held is None:
            return
        self.add(record.AdverseEvent(
            patient=care.patient, session=held, kind=kind, grade="moderate",
            began_at=held.began_at + timedelta(hours=9), told=self.special["told"],
            done="Looked at by telephone picture; cold, and again in two days.",
        ))  # fmt: skip


def _without_mark(told: Any) -> Any:
    """Made-up data without the mark on each part: the row itself carries it."""
    if isinstance(told, Mapping):
        return {k: _without_mark(v) for k, v in told.items() if k != "synthetic"}
    return [_without_mark(one) for one in told] if isinstance(told, list) else told


def _telling(findings: Iterable[Case]) -> list[Case]:
    """What was found, before what was not; no more than a page shows at once."""
    order = {"present": 0, "absent": 1}
    told = [one for one in findings if one["answer"] in order]
    return sorted(told, key=lambda one: order[one["answer"]])[:STARTING]
