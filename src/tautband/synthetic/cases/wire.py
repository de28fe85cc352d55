"""Made-up patients as plain data and as tables; every object and every row says synthetic."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tautband.body.drawing import to_json
from tautband.reasoning.findings import Answer
from tautband.synthetic.cases.values import Case, Visit

SCHEMA = "tautband.synthetic/1"
COURSE_SCHEMA = "tautband.course/1"
# What has a format of its own stays as that wants it; the whole of it is marked.
KEPT = frozenset({"answers", "course"})
Row = dict[str, str | int | float | bool | None]


def cases_json(cases: Iterable[Case], *, seed: int, start: date) -> dict[str, Any]:
    """All patients in one document."""
    return {
        "schema": SCHEMA,
        "synthetic": True,
        "seed": seed,
        "start": start.isoformat(),
        "patients": [case_json(case) for case in cases],
    }


def case_json(case: Case) -> dict[str, Any]:
    """One patient; each object in it that could be taken out alone says that it is synthetic."""
    person, illness = case.person, case.illness
    sport = person.sport
    said = {
        "schema": SCHEMA,
        "id": f"synthetic-{person.number:04}",
        "name": person.name,
        "world": case.world,
        "zones": case.zones,
        "until": case.until.isoformat(),
        "stage": str(case.stage),
        "person": {
            "age": person.age,
            "sex": str(person.sex),
            "occupation": person.occupation,
            "sport": sport.name if sport else None,
            "competition": _competition(case),
            "height_cm": person.height_cm,
            "weight_kg": person.weight_kg,
            "waist_cm": person.waist_cm,
            "forearm_cm": person.forearm_cm,
            "forearm_length_cm": person.forearm_length_cm,
        },
        "health": dict(person.answers),
        "complaint": {
            "presentation": illness.presentation,
            "side": str(illness.side),
            "both_sides": illness.both_sides,
            "cause": illness.cause,
            "because": illness.because,
            "onset": illness.onset.isoformat(),
        },
        "drawing": to_json(case.drawing),
        "findings": [
            {"muscle": f.muscle, "side": str(f.side), "sign": f.sign, "answer": str(f.answer)}
            for f in case.findings
        ],
        "screening": {
            "decision": case.decision.key,
            "rules": list(case.rules),
            "stops": list(case.stops),
        },
        "plan": {
            "sessions": case.planned,
            "targets": [
                {"muscle": t.muscle, "side": str(t.side), "decision": t.decision.key}
                for t in case.targets
            ],
        },
        "first": case.first.isoformat(),
        "missed": [day.isoformat() for day in case.missed],
        "sessions": [_visit(visit) for visit in case.visits],
        "scores": {
            "nprs": [
                {"date": s.day.isoformat(), "value": s.value, "where": s.where} for s in case.pain
            ],
            "psfs": {
                "activities": list(case.activities),
                "scores": [
                    {"date": f.day.isoformat(), "values": list(f.values)} for f in case.function
                ],
            },
            "motion": {
                "movement": case.movement,
                "values": [
                    {"date": m.day.isoformat(), "value": m.amount} for m in case.measured
                ],
            },
            "ppt_kpa": [{"date": m.day.isoformat(), "value": m.kpa} for m in case.measured],
        },
        "course": course_json(case),
        "truth": {
            "active": [{"muscle": m, "side": str(side)} for m, side in illness.active],
            **{key: round(value, 4) for key, value in vars(case.truth).items()},
        },
    }  # fmt: skip
    marked: dict[str, Any] = _marked(said)
    return marked


def course_json(case: Case) -> dict[str, Any]:
    """The pain of the course as a course file, as ``tautband forecast`` reads it."""
    return {
        "schema": COURSE_SCHEMA,
        "synthetic": True,
        "outcome": "nprs",
        "today": (case.until - case.first).days,
        "planned_sessions": case.planned,
        "scores": [{"day": (s.day - case.first).days, "value": s.value} for s in case.pain],
        "sessions": [
            {
                "day": (v.day - case.first).days,
                "needles": v.needles,
                "insertions": v.insertions,
                "ltr": v.ltr,
            }
            for v in case.visits
        ],
    }


def _competition(case: Case) -> dict[str, Any] | None:
    sport = case.person.sport
    if sport is None or sport.competition is None:
        return None
    return {"date": sport.competition.isoformat(), "what": sport.contest}


def _visit(visit: Visit) -> dict[str, Any]:
    counts = visit.ledger.counts()
    return {
        "number": visit.number,
        "date": visit.day.isoformat(),
        "needles_in": counts.needles,
        "needles_out": counts.needles_out,
        "insertions": counts.insertions,
        "redirections": counts.redirections,
        "ltr": visit.ltr,
        "soreness_next_day": visit.soreness,
        "muscles": [
            {
                "muscle": m.muscle,
                "side": str(m.side),
                "needles": m.needles,
                "insertions": m.insertions,
                "ltr": m.ltr,
            }
            for m in visit.muscles
        ],
        "events": [
            {"kind": e.kind, "grade": e.grade, "hours_after": e.hours} for e in visit.events
        ],
    }


def _marked(value: Any) -> Any:
    """Plain data with ``synthetic: true`` in every object."""
    if isinstance(value, dict):
        inner = {k: v if k in KEPT else _marked(v) for k, v in value.items()}
        return {"synthetic": True} | inner
    return [_marked(one) for one in value] if isinstance(value, list) else value


def tables(cases: Iterable[Case]) -> dict[str, list[Row]]:
    """One table for each kind of record; ``synthetic`` is the first column of each."""
    found: dict[str, list[Row]] = {
        name: []
        for name in ("patients", "findings", "targets", "sessions", "needled", "events", "scores")
    }
    for case in cases:
        for name, row in _rows(case):
            found[name].append({"synthetic": True, "patient": case.person.name, **row})
    return found


def _rows(case: Case) -> Iterator[tuple[str, Row]]:
    yield "patients", _patient(case)
    for f in case.findings:
        if f.answer is not Answer.NOT_EXAMINED:
            yield (
                "findings",
                {"muscle": f.muscle, "side": f.side, "sign": f.sign, "answer": f.answer},
            )
    for t in case.targets:
        yield "targets", {"muscle": t.muscle, "side": t.side, "decision": t.decision.key}
    for v in case.visits:
        day: Row = {"session": v.number, "date": v.day.isoformat()}
        yield (
            "sessions",
            {
                **day, "needles": v.needles, "insertions": v.insertions, "ltr": v.ltr,
                "soreness_next_day": v.soreness,
            },
        )  # fmt: skip
        for m in v.muscles:
            yield (
                "needled",
                {
                    **day, "muscle": m.muscle, "side": m.side, "needles": m.needles,
                    "insertions": m.insertions, "ltr": m.ltr,
                },
            )  # fmt: skip
        for e in v.events:
            yield "events", {**day, "kind": e.kind, "grade": e.grade, "hours_after": e.hours}
    for on, measure, value in _scores(case):
        yield "scores", {"date": on.isoformat(), "measure": measure, "value": value}


def _scores(case: Case) -> Iterator[tuple[date, str, int]]:
    for s in case.pain:
        yield s.day, "nprs", s.value
    for f in case.function:
        for activity, value in zip(case.activities, f.values, strict=True):
            yield f.day, f"psfs: {activity}", value
    for m in case.measured:
        yield m.day, f"motion: {case.movement}", m.amount
        yield m.day, "ppt_kpa", m.kpa


def _patient(case: Case) -> Row:
    person, illness = case.person, case.illness
    competition = person.sport.competition if person.sport else None
    return {
        "age": person.age, "sex": person.sex, "occupation": person.occupation,
        "sport": person.sport.name if person.sport else None,
        "competition": competition.isoformat() if competition else None,
        "height_cm": person.height_cm, "weight_kg": person.weight_kg, "waist_cm": person.waist_cm,
        "forearm_cm": person.forearm_cm, "forearm_length_cm": person.forearm_length_cm,
        "medicines": "; ".join(person.medicines), "presentation": illness.presentation,
        "side": illness.side, "both_sides": illness.both_sides, "cause": illness.cause,
        "because": illness.because, "onset": illness.onset.isoformat(),
        "screening": case.decision.key, "stops": "; ".join(case.stops),
        "planned_sessions": case.planned, "first": case.first.isoformat(),
        "until": case.until.isoformat(), "stage": case.stage, "world": case.world,
    }  # fmt: skip


def write_csv(cases: Iterable[Case], folder: Path) -> list[Path]:
    """One CSV file for each table; the files written."""
    written = []
    for name, rows in tables(cases).items():
        path = folder / f"{name}.csv"
        heads = list(rows[0]) if rows else ["synthetic", "patient"]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads)
            writer.writeheader()
            writer.writerows({k: _cell(v) for k, v in row.items()} for row in rows)
        written.append(path)
    return written


def _cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def write_json(cases: Iterable[Case], folder: Path) -> list[Path]:
    """One JSON file for each patient; the files written."""
    written = []
    for case in cases:
        path = folder / f"synthetic-{case.person.number:04}.json"
        path.write_text(json.dumps(case_json(case), indent=2, ensure_ascii=False) + "\n", "utf-8")
        written.append(path)
    return written
