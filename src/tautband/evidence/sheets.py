"""Evidence sheets: what may be told of needling for one condition, to patients and to clinicians.

The words and the judgements of certainty are data, written by people; the figures are computed
from the trials.  A sheet's version is a hash of both, so that a consent can quote what was shown.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, get_args

import msgspec
from scipy.stats import norm

from tautband.base.errors import InputError
from tautband.base.sources import Fact, Seen, bibliography, check_fact
from tautband.evidence.question import ACTIVE, INERT, Answer, Question, Window, answer
from tautband.evidence.reviews import PublishedPool, Review, load_reviews
from tautband.evidence.trials import Comparator, Design, Outcome, Trial, load_trials

Level = Literal["high", "moderate", "low", "very low", "not judged"]
Domain = Literal["risk of bias", "inconsistency", "indirectness", "imprecision", "publication bias"]
Against = Literal["inert", "active", "added", "any"]
# Comparators and designs: "active" is needling instead of another treatment, "added" besides it.
AGAINST: Mapping[str, tuple[tuple[Comparator, ...], tuple[Design, ...]]] = {
    "inert": (INERT, ()),
    "active": (ACTIVE, ("alone",)),
    "added": (ACTIVE, ("added",)),
    "any": ((), ()),
}


class Judgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One GRADE domain: how many levels it takes off (0 to 2), and why."""

    domain: Domain
    down: int
    why: str


class Certainty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A recorded judgement; the level is what its author wrote, never computed from the domains."""

    level: Level
    by: str
    date: str
    domains: tuple[Judgement, ...]


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question that the sheet puts to the trials; ``as_points`` as in ``Question``."""

    outcome: Outcome
    against: Against
    window: Window
    certainty: Certainty
    as_points: bool = False


class Quoted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Published pools that the sheet shows beside its own: numbers of a review's list."""

    review: str
    pools: tuple[int, ...]


class Frequencies(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the icon array rests on.

    Of 100 people, how many reach ``important`` points of improvement on 0-10 in the comparison,
    when improvement has the mean ``change`` and SD ``sd``; needled it is larger by the effect of
    ``review``'s pool ``pool``.  ``needled`` and ``others`` say what the two groups get ("with
    needling instead", "with manual therapy"); ``text`` where the figures come from.
    """

    important: float
    change: float
    sd: float
    review: str
    pool: int
    needled: str
    others: str


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    condition: str
    title: str
    patient: tuple[str, ...]
    patient_unknown: str
    clinician: tuple[str, ...]
    unknown: tuple[str, ...]
    questions: tuple[Asked, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    frequencies: Frequencies | None = None
    trials_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """A question with its pool and its recorded certainty."""

    asked: Asked
    answer: Answer


@dataclass(frozen=True)
class Of100:
    """Whole people of 100 who improve by an important amount: without and with needling.

    ``low`` and ``high`` are for the ends of the effect's interval.  Improvement is taken as normal.
    """

    without: int
    needled: int
    low: int
    high: int


@dataclass(frozen=True)
class Sheet:
    """An evidence sheet with its figures."""

    condition: str
    title: str
    version: str
    patient: tuple[str, ...]
    patient_unknown: str
    clinician: tuple[str, ...]
    unknown: tuple[str, ...]
    answered: tuple[Answered, ...]
    quoted: tuple[tuple[Review, PublishedPool], ...]
    frequencies: Frequencies | None
    of_100: Of100 | None


@cache
def load_sheets() -> Mapping[str, Sheet]:
    """All sheets by condition, with their figures; raises InputError that names file and field."""
    folder = resources.files("tautband.evidence").joinpath("data/sheets")
    found: dict[str, Sheet] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            sheet = make_sheet(entry.read_text("utf-8"), entry.name, load_trials().values())
            if f"{sheet.condition}.toml" != entry.name:
                raise InputError(entry.name, f"is about '{sheet.condition}'", "the file's own name")
            found[sheet.condition] = sheet
    return found


def make_sheet(text: str, name: str, trials: Iterable[Trial]) -> Sheet:
    """Read a sheet and compute its figures; raises InputError."""
    try:
        raw = msgspec.convert(tomllib.loads(text), _Sheet)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error), "docs/evidence.md shows a sheet") from error
    for number, asked in enumerate(raw.questions):
        _check_certainty(f"{name}, question {number + 1}", asked.certainty)
    listed, conditions = tuple(trials), raw.trials_of or (raw.condition,)
    answered = tuple(
        Answered(asked, answer(_question(conditions, asked), listed)) for asked in raw.questions
    )
    quoted = tuple(
        (_review(name, q.review), _pool(name, q.review, number))
        for q in raw.quoted
        for number in q.pools
    )
    of_100 = _of_100(name, raw.frequencies) if raw.frequencies else None
    return Sheet(
        raw.condition,
        raw.title,
        f"{raw.condition}-{_hash(text, answered)}",
        raw.patient,
        raw.patient_unknown,
        raw.clinician,
        raw.unknown,
        answered,
        quoted,
        raw.frequencies,
        of_100,
    )


def _question(conditions: tuple[str, ...], asked: Asked) -> Question:
    comparators, designs = AGAINST[asked.against]
    return Question(conditions, comparators, asked.outcome, asked.window, designs, asked.as_points)


def _check_certainty(where: str, certainty: Certainty) -> None:
    if certainty.level == "not judged":
        return
    if {j.domain for j in certainty.domains} != set(get_args(Domain)):
        raise InputError(f"{where}, certainty", "does not judge each domain once", "all five")
    for judgement in certainty.domains:
        if not 0 <= judgement.down <= 2 or not judgement.why:
            raise InputError(
                f"{where}, {judgement.domain}", f"is {judgement.down}", "0 to 2, with a reason"
            )


def _review(name: str, key: str) -> Review:
    reviews = load_reviews()
    if key not in reviews:
        raise InputError(f"{name}, review", f"'{key}' is not known", "a review's id")
    return reviews[key]


def _pool(name: str, key: str, number: int) -> PublishedPool:
    pools = _review(name, key).pools
    if not 0 <= number < len(pools):
        raise InputError(f"{name}, {key}", f"has no pool {number}", f"0 to {len(pools) - 1}")
    return pools[number]


def _of_100(name: str, told: Frequencies) -> Of100:
    known = bibliography()
    check_fact(f"{name}, frequencies", told, known)
    effect = _pool(name, told.review, told.pool)
    if any(known[key].seen is Seen.NONE for key in told.sources):
        raise InputError(f"{name}, frequencies", "rest on a source that was not seen", "one seen")
    if effect.wrong or effect.estimate is None or effect.ci is None or effect.metric != "md":
        raise InputError(f"{name}, frequencies", "rest on a pool that cannot be used", "an MD")
    scale = effect.scale or (0.0, 10.0)
    tenth = 10 / (scale[1] - scale[0])

    def share(difference: float) -> int:
        reached = norm.cdf((told.change - difference * tenth - told.important) / told.sd)
        return round(100 * float(reached))

    ends = sorted((share(effect.ci[0]), share(effect.ci[1])))
    return Of100(share(0.0), share(effect.estimate), ends[0], ends[1])


def _hash(text: str, answered: tuple[Answered, ...]) -> str:
    digest = hashlib.sha256(text.encode())
    for one in answered:
        digest.update(repr(one.answer.pool).encode())
        for used in one.answer.used:
            digest.update(f"{used.trial.id} {used.effect}".encode())
    return digest.hexdigest()[:10]
