"""``tautband synthetic``: made-up patients with whole courses."""

import argparse
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.base.errors import InputError

if TYPE_CHECKING:
    from tautband.synthetic.cases.values import Case

YEARS_FROM = 104
MOST_RULES = 2
HEAD = "SYNTHETIC: made-up patients. None of them exists."


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("synthetic", help="make up patients with whole courses")
    parser.add_argument("--patients", default="40", help="how many (%(default)s)")
    parser.add_argument("--seed", default="1", help="the same seed, the same patients")
    parser.add_argument("--start", default="2026-11-02", help="first possible day (%(default)s)")
    parser.add_argument(
        "--world", default="as the model believes", help="how courses go, such as 'no benefit'"
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print schema tautband.synthetic/1")
    shown.add_argument("--csv", metavar="DIR", help="write tables into a folder")
    shown.add_argument("--out", metavar="DIR", help="write one JSON file a patient into a folder")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print or write the patients."""
    from tautband.synthetic.cases.make import made_up_cases
    from tautband.synthetic.cases.wire import cases_json, write_csv, write_json

    count, seed = _whole("patients", chosen.patients), _whole("seed", chosen.seed)
    start = _day(chosen.start)
    cases = made_up_cases(count, seed, start, chosen.world)
    if chosen.json:
        print(json.dumps(cases_json(cases, seed=seed, start=start), indent=2, ensure_ascii=False))
    elif chosen.csv is not None or chosen.out is not None:
        field, write = ("csv", write_csv) if chosen.csv is not None else ("out", write_json)
        folder = _folder(field, chosen.csv if chosen.csv is not None else chosen.out)
        try:
            written = write(cases, folder)
        except OSError as error:
            raise InputError(field, f"cannot be written: {error.strerror}", "space") from error
        print(f"{HEAD}\n{len(written)} files in {folder}")
    else:
        for text in table(cases):
            print(text)
    return 0


def _whole(field: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InputError(field, f"is '{text[:40]}'", "a whole number") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("start", f"is '{text[:40]}'", "a date such as 2026-11-02") from None


def _folder(field: str, name: str) -> Path:
    if not name.strip():
        raise InputError(field, "is empty", "a folder")
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        full = any(folder.iterdir())
    except OSError as error:
        raise InputError(field, f"cannot be made: {error.strerror}", "a folder") from error
    if full:
        raise InputError(field, f"'{name[:60]}' is not empty", "a new or empty folder")
    return folder


def table(cases: "Iterable[Case]") -> Iterator[str]:
    """A line a patient, as a clinician would say it."""
    yield HEAD
    yield (
        "Pain: usual pain 0-10 (numeric pain rating scale), first session and latest. "
        "Sessions: given of planned."
    )
    yield ""
    heads = ("No", "who", "complaint", "muscles", "sessions", "pain", "stage", "notes")
    rows = [heads, *(_cells(case) for case in cases)]
    wide = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        yield "  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)).rstrip()


def _cells(case: "Case") -> tuple[str, ...]:
    person = case.person
    who = f"{person.sex[0]} {person.age} {person.occupation}"
    if person.sport:
        who += f", {person.sport.name}"
    sessions = f"{len(case.visits)} of {case.planned}" if case.visits else "none"
    first = next(s.value for s in case.pain if s.day == case.first)
    latest = case.pain[-1]
    pain = f"{first} > {latest.value}" if latest.day > case.first else f"{first}"
    return (
        f"{person.number:04}", who, _complaint(case), _muscles(case), sessions, pain,
        str(case.stage), "; ".join(_notes(case)),
    )  # fmt: skip


def _complaint(case: "Case") -> str:
    illness = case.illness
    weeks = round((case.first - illness.onset).days / 7)
    since = f"{weeks} wk" if weeks < YEARS_FROM else f"{weeks / 52:.0f} years"
    where = "both sides" if illness.both_sides else str(illness.side)
    cause = f"{illness.cause}: {illness.because}" if illness.because else "cause unknown"
    return f"{illness.presentation.replace('_', ' ')}, {where}, {since}; {cause}"


def _muscles(case: "Case") -> str:
    allowed = [t for t in case.targets if t.allowed]
    sides = {t.side for t in allowed}
    told = [t.muscle.replace("_", " ") + f" {t.side[0]}" * (len(sides) > 1) for t in allowed]
    return ", ".join(told)


def _notes(case: "Case") -> Iterator[str]:
    stopped = [t for t in case.targets if not t.allowed]
    if stopped:
        said = max(t.decision for t in stopped).words
        more = f" and {len(case.stops) - MOST_RULES} more" * (len(case.stops) > MOST_RULES)
        yield f"{said}: {', '.join(case.stops[:MOST_RULES])}{more}"
    elif not case.targets:
        yield "points only in muscles left alone" if case.positive else "no point found"
    yield from (e.kind.replace("_", " ") for v in case.visits for e in v.events)
    sport = case.person.sport
    if sport and sport.competition and sport.competition > case.until:
        yield f"{sport.contest} in {(sport.competition - case.until).days} days"
    if case.person.medicines:
        yield "takes " + ", ".join(case.person.medicines)
