"""Trials as data: who was compared with whom, and each figure with the place it was read at."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Seen, Source, bibliography

Comparator = Literal[
    "sham",
    "no treatment",
    "usual physical therapy",
    "exercise",
    "manual therapy",
    "stretching",
    "other needling",
    "shock wave",
    "injection",
    "electrotherapy",
    "surgery",
    "medication",
    "taping",
    "aftercare",
    "not described",
]
Outcome = Literal[
    "pain",
    "disability",
    "range of motion",
    "pressure pain threshold",
    "strength",
    "global change",
    "medication",
    "soreness",
    "muscle tone",
    "other",
]
Design = Literal["alone", "added", "multimodal"]


class ArmRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One arm as printed; ``spread`` says what ``sd`` was printed as."""

    mean: float
    n: int | None = None
    sd: float | None = None
    spread: Literal["sd", "se", "not said"] = "sd"
    ci: tuple[float, float] | None = None
    score: Literal["final", "change", "percent of people"] = "final"
    label: str = ""


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One comparison at one time, as printed.

    Either arms (one needled, one or more others: a pool takes these together, so that nobody
    counts twice), or ``estimate`` (needled minus other, on ``metric``) with ``ci``; where a text
    gives neither, ``said`` tells what it says.  ``weeks`` since the start, ``None`` where not told.
    ``hold`` is the reason why a row is kept out of pools, whatever the checks find.  ``people`` are
    those of all arms together, where their numbers per arm were not seen: a pool then takes equal
    arms and says so.  ``p_of_difference``: ``p`` is from a two-sided test of this very difference,
    so that a missing spread can be worked out of it.
    """

    outcome: Outcome
    measure: str
    better: Literal["lower", "higher", "not said"]
    scale: tuple[float, float] | None = None
    unit: str = ""
    weeks: float | None = None
    when: str = ""
    needled: ArmRow | None = None
    others: tuple[ArmRow, ...] = ()
    estimate: float | None = None
    ci: tuple[float, float] | None = None
    metric: Literal["md", "smd", "odds ratio", ""] = ""
    p: str = ""
    p_of_difference: bool = False
    people: int | None = None
    said: str = ""
    place: str
    source: str
    hold: str = ""
    note: str = ""
    key: str = ""


class RiskOfBias(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published judgement; empty where none was seen."""

    tool: str = ""
    judgement: str = ""
    source: str = ""


class Trial(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One randomised comparison of dry needling.

    ``design``: needling alone against the comparator, added to what both arms had, or inseparable
    from other treatment.  ``shares`` is the id of a further trial record with the same people, so
    that a pool takes only one of them.
    """

    id: str
    name: str
    year: int | None = None
    conditions: tuple[str, ...]
    people: str
    comparator: Comparator
    comparator_text: str
    technique: str
    design: Design
    sessions: float | None = None
    sessions_text: str = ""
    randomised: int | None = None
    blinded: str = ""
    shares: str = ""
    risk_of_bias: RiskOfBias = RiskOfBias()
    results: tuple[Result, ...]
    note: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of all sources, each once."""
        return tuple(dict.fromkeys(r.source for r in self.results))


@cache
def load_trials() -> Mapping[str, Trial]:
    """All trials by id, checked; raises InputError that names file and field."""
    found = {trial.id: trial for trial in _read()}
    known = bibliography()
    for trial in found.values():
        check_trial(trial, known, found)
    return found


def _read() -> Iterator[Trial]:
    folder = resources.files("tautband.evidence").joinpath("data/trials")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            trial = parse_trial(entry.read_text("utf-8"), entry.name)
            if f"{trial.id}.toml" != entry.name:
                raise InputError(entry.name, f"holds the id '{trial.id}'", "the file's own name")
            yield trial


def parse_trial(text: str, name: str) -> Trial:
    """Read one file; raises InputError that names it and what is wrong."""
    try:
        return msgspec.convert(tomllib.loads(text), Trial)
    except tomllib.TOMLDecodeError as error:
        raise InputError(name, f"is not TOML ({error})", "a trial's record") from error
    except msgspec.ValidationError as error:
        raise InputError(name, str(error), "docs/evidence.md shows a record") from error


def check_trial(trial: Trial, known: Mapping[str, Source], trials: Mapping[str, Trial]) -> None:
    """Raise InputError unless each row is sourced, has one form, and the record is coherent."""
    if not trial.results:
        raise InputError(trial.id, "has no results", "at least one")
    if trial.shares and trial.shares not in trials:
        raise InputError(f"{trial.id}.shares", f"'{trial.shares}' is no trial", "a trial's id")
    for number, result in enumerate(trial.results):
        where = f"{trial.id}.results[{number}]"
        if result.source not in known:
            raise InputError(f"{where}.source", f"'{result.source}' is unknown", "a known source")
        forms = sum((result.needled is not None, result.estimate is not None, bool(result.said)))
        if forms != 1:
            raise InputError(where, f"has {forms} forms", "arms, or an estimate, or words")
        if result.others and result.needled is None:
            raise InputError(f"{where}.needled", "is missing", "the arm that was needled")
        if result.p_of_difference and exact_p(result) is None:
            raise InputError(f"{where}.p", f"is '{result.p}'", "one number between 0 and 1")
        if (result.metric != "") != (result.estimate is not None):
            raise InputError(f"{where}.metric", "is missing or idle", "one with an estimate")
        if result.scale and result.scale[0] >= result.scale[1]:
            raise InputError(f"{where}.scale", f"is {result.scale}", "lowest, highest")


def exact_p(result: Result) -> float | None:
    """A p-value that is printed as one number; ``None`` for a bound, for words, or for none."""
    try:
        value = float(result.p)
    except ValueError:
        return None
    return value if 0 < value < 1 else None


def seen(trial: Trial) -> Seen:
    """How far the best read source of a trial was seen."""
    order = [Seen.FULL, Seen.EXCERPT, Seen.ABSTRACT, Seen.NONE]
    known = bibliography()
    return min((known[key].seen for key in trial.sources), key=order.index)
