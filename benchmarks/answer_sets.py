"""Random answer sets for the properties of screening: many rows at once, one column a question.

A row is one patient with one target.  The columns are judged by the parsed conditions and the
policy's own tables, with the numpy forms of "and" and "or"; rows are also turned into answers for
the engine itself, so that the two can be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tautband.atlas.atlas import Atlas
from tautband.base.side import Side
from tautband.safety.screening.answers import Answers, Value
from tautband.safety.screening.expression import (
    AllOf,
    AnyOf,
    Atom,
    Compares,
    Condition,
    Here,
    Is,
    Not,
    Placed,
    Takes,
    Yes,
)
from tautband.safety.screening.medicines import read_medicines
from tautband.safety.screening.places import Place
from tautband.safety.screening.policy import Policy
from tautband.safety.screening.rules import (
    NOT_RECOGNISED,
    TECHNIQUES,
    Compiled,
    Knowledge,
)
from tautband.safety.screening.targets import Target, muscle_target

Ints = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint64]
NO, UNKNOWN, YES = 0, 1, 2
SIDES = (Side.LEFT, Side.RIGHT)
# For each number: a value that worries nobody, and one that worries most.  Choices: the same.
LADDER: Mapping[str, tuple[float, float]] = {
    "age": (40, 10),
    "height": (172, 172),
    "weight": (70, 50),
    "needle_fear": (0, 10),
    "competition_days": (366, 0),
    "last_dose_hours": (24, 1),
    "inr": (2.4, 6),
    "inr_days": (7, 200),
    "weeks_pregnant": (24, 6),
}
CHOICES: Mapping[str, tuple[str, str]] = {
    "sex": ("female", "female"),
    "other_side_today": ("none", "both"),
    "diabetes": ("no", "poorly controlled"),
    "epilepsy": ("no", "uncontrolled"),
}
# Rules look at both ends of these: a value at one end answers the rules of the other.
TWO_SIDED = frozenset({"age"})
HARMLESS, STRANGE = "ramipril", "foozumab"


@dataclass(frozen=True)
class World:
    """What the columns are drawn from and judged by."""

    known: Knowledge
    rules: Mapping[str, Compiled]
    policy: Policy
    targets: tuple[Target, ...]
    parts: tuple[str, ...]
    drugs: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """Rows of answers.

    ``flags`` holds yes/no questions as NO, UNKNOWN, YES; ``picked`` choices by number, -1 unknown;
    ``numbers`` NaN where unknown; ``places`` bits of part and side, with ``open_places`` where
    unknown; ``drugs`` bits of medicines, ``unclear`` where one was not recognised, ``open_list``
    where the list is unknown; ``target`` the number of the target.
    """

    flags: dict[str, Ints]
    picked: dict[str, Ints]
    numbers: dict[str, Floats]
    places: dict[str, Bits]
    open_places: dict[str, npt.NDArray[np.bool_]]
    drugs: Bits
    unclear: npt.NDArray[np.bool_]
    open_list: npt.NDArray[np.bool_]
    target: npt.NDArray[np.int64]

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.target)


def make_world(
    known: Knowledge, rules: Mapping[str, Compiled], policy: Policy, atlas: Atlas
) -> World:
    """Everything in one: every muscle on both sides, one medicine for each class and mixture."""
    targets = tuple(
        muscle_target(m, side, atlas, known.places)
        for m in atlas.muscles.values()
        for side in SIDES
    )
    mixtures: dict[frozenset[str], str] = {}
    for drug in known.lexicon.drugs:
        mixtures.setdefault(known.lexicon.classes_of(drug), drug)
    drugs = (HARMLESS, *(d for c, d in mixtures.items() if c))
    classes = tuple(known.lexicon.classes)
    return World(known, rules, policy, targets, tuple(known.places.parts), drugs, classes)


def draw(world: World, rows: int, rng: np.random.Generator) -> Columns:
    """Random answers: some rows nearly healthy, some with many risks and much that is unknown."""
    flags, picked, numbers, places, opened = {}, {}, {}, {}, {}
    # How much of a row strays from a healthy person's answers.
    stray = rng.choice(np.array([0.01, 0.04, 0.15, 0.6]), rows)
    for key, question in world.known.questions.items():
        match question.kind:
            case "yes_no":
                healthy = NO if question.risk == "yes" else YES
                anything = rng.choice(np.array([NO, UNKNOWN, YES], np.int8), rows)
                odd = rng.random(rows) < stray
                flags[key] = np.where(odd, anything, healthy).astype(np.int8)
            case "choice":
                anything = rng.integers(-1, len(question.choices), rows).astype(np.int8)
                healthy = question.choices.index(CHOICES[key][0])
                picked[key] = np.where(rng.random(rows) < stray, anything, healthy).astype(np.int8)
            case "number" | "days":
                odd = rng.random(rows) < stray
                numbers[key] = np.where(odd, _numbers(world, key, rows, rng), LADDER[key][0])
            case "places":
                odd = (rng.random(rows) < stray).astype(np.uint64)
                places[key] = _places(world, rows, rng) * odd
                opened[key] = rng.random(rows) < 0.3 * stray
                places[key][opened[key]] = 0
    drugs = np.zeros(rows, np.uint64)
    for number in range(len(world.drugs)):
        taken = rng.random(rows) < 0.2 * stray
        drugs |= taken.astype(np.uint64) << np.uint64(number)
    open_list = rng.random(rows) < 0.3 * stray
    unclear = (rng.random(rows) < 0.3 * stray) & ~open_list
    drugs[open_list] = 0
    target = rng.integers(0, len(world.targets), rows)
    return Columns(flags, picked, numbers, places, opened, drugs, unclear, open_list, target)


def _numbers(world: World, key: str, rows: int, rng: np.random.Generator) -> Floats:
    question = world.known.questions[key]
    assert question.low is not None
    assert question.high is not None
    usual = rng.choice(np.array(LADDER[key]), rows)
    anything = np.round(rng.uniform(question.low, question.high, rows), 1)
    value = np.where(rng.random(rows) < 0.5, usual, anything)
    return np.where(rng.random(rows) < 0.3, np.nan, value)


def _places(world: World, rows: int, rng: np.random.Generator) -> Bits:
    bits = np.zeros(rows, np.uint64)
    for _ in range(2):
        spot = rng.integers(0, 2 * len(world.parts), rows).astype(np.uint64)
        some = (rng.random(rows) < 0.35).astype(np.uint64)
        bits |= some << spot
    return bits


def worsen(world: World, before: Columns, rng: np.random.Generator) -> Columns:
    """Each row with one answer changed for the worse.

    A risk is added or made unknown, a safeguard is taken away or forgotten, a place or a medicine
    is added, a harmless number becomes unknown or a worrying one.  Where a row cannot get worse in
    the question that was drawn, it stays as it is.
    """
    keys = [*before.flags, *before.picked, *before.numbers, *before.places, "medicines"]
    drawn = rng.integers(0, len(keys), before.rows)
    step = rng.integers(1, 3, before.rows).astype(np.int8)
    flags, picked = dict(before.flags), dict(before.picked)
    numbers, places = dict(before.numbers), dict(before.places)
    opened = dict(before.open_places)
    drugs, unclear = before.drugs, before.unclear
    for number, key in enumerate(keys):
        here = drawn == number
        if key in flags:
            up = world.known.questions[key].risk == "yes"
            moved = flags[key] + step if up else flags[key] - step
            flags[key] = np.where(here, np.clip(moved, NO, YES), flags[key]).astype(np.int8)
        elif key in picked:
            picked[key] = np.where(here, _worse_choice(world, key, picked[key], step), picked[key])
        elif key in numbers:
            numbers[key] = np.where(here, _worse_number(key, numbers[key], step), numbers[key])
        elif key in places:
            empty = here & (places[key] == 0) & ~opened[key] & (step == 2)
            spot = rng.integers(0, 2 * len(world.parts), before.rows).astype(np.uint64)
            more = places[key] | (np.uint64(1) << spot)
            add = here & ~opened[key] & ~empty
            places[key] = np.where(add, more, places[key])
            opened[key] = opened[key] | empty
        else:
            spot = rng.integers(0, len(world.drugs), before.rows).astype(np.uint64)
            add = here & ~before.open_list & (step == 1)
            drugs = np.where(add, drugs | (np.uint64(1) << spot), drugs)
            unclear = unclear | (here & ~before.open_list & (step == 2))
    return replace(
        before, flags=flags, picked=picked, numbers=numbers, places=places,
        open_places=opened, drugs=drugs, unclear=unclear,
    )  # fmt: skip


def _worse_choice(world: World, key: str, now: Ints, step: Ints) -> Ints:
    choices = world.known.questions[key].choices
    benign, worst = (choices.index(c) for c in CHOICES[key])
    moved = np.where(step == 1, -1, worst)
    return np.where(now == benign, moved, np.where(now == -1, worst, now)).astype(np.int8)


def _worse_number(key: str, now: Floats, step: Ints) -> Floats:
    benign, worst = LADDER[key]
    if key in ("height", "weight"):  # a body mass index depends on both: only forget the usual one
        return np.where(now == benign, np.nan, now)
    moved = np.where(step == 1, np.nan, worst)
    known = now if key in TWO_SIDED else np.where(np.isnan(now), worst, now)
    return np.where(now == benign, moved, known)


class Judge:
    """Judges the conditions of all rules on columns."""

    def __init__(self, world: World, columns: Columns) -> None:
        self.world, self.columns = world, columns
        self._memory: dict[Atom, Ints] = {}
        self._by_rule: dict[str, Ints] = {}
        index = {part: number for number, part in enumerate(world.parts)}
        self._bit = {
            (part, side): np.uint64(1) << np.uint64(2 * index[part] + SIDES.index(side))
            for part in world.parts
            for side in SIDES
        }

    def decisions(self) -> dict[str, Ints]:
        """Per row the decision on the patient, the muscle, and each technique at the muscle."""
        rows = self.columns.rows
        found = {key: np.zeros(rows, np.int8) for key in ("patient", "muscle", *TECHNIQUES)}
        for key, reached in self.by_rule().items():
            rule = self.world.rules[key].rule
            scope = {"place": "muscle", "technique": rule.technique}.get(rule.scope, rule.scope)
            found[scope] = np.maximum(found[scope], reached)
        found["muscle"] = np.maximum(found["muscle"], found["patient"])
        for technique in TECHNIQUES:
            found[technique] = np.maximum(found[technique], found["muscle"])
        return found

    def by_rule(self) -> dict[str, Ints]:
        """Per row what each rule by itself decides."""
        if not self._by_rule:
            for key, compiled in self.world.rules.items():
                at_parts = compiled.rule.scope == "place"
                self._by_rule[key] = (
                    self._at_parts(compiled) if at_parts else self._outcome(compiled, None)
                )
        return self._by_rule

    def _at_parts(self, compiled: Compiled) -> Ints:
        """A rule on places, part by part of each row's target; the strictest part counts."""
        reached = np.zeros(self.columns.rows, np.int8)
        most = max(len(t.parts) for t in self.world.targets)
        for number in range(most):
            has = np.array([number < len(t.parts) for t in self.world.targets])
            part = self._outcome(compiled, number)
            reached = np.maximum(reached, np.where(has[self.columns.target], part, 0))
        return reached.astype(np.int8)

    def _outcome(self, compiled: Compiled, part: int | None) -> Ints:
        table = np.array(self.world.policy.rules[compiled.rule.id].outcomes, np.int8)
        when = self._judge(compiled.when, part)
        safe = (
            self._judge(compiled.unless, part) == YES
            if compiled.unless is not None
            else np.zeros(self.columns.rows, bool)
        )
        reached: Ints = table[when, safe.astype(np.int8)]
        return reached

    def _judge(self, condition: Condition, part: int | None) -> Ints:
        if isinstance(condition, AllOf | AnyOf):
            join = np.minimum if isinstance(condition, AllOf) else np.maximum
            found = self._judge(condition.parts[0], part)
            for one in condition.parts[1:]:
                found = join(found, self._judge(one, part))
            return found
        if isinstance(condition, Not):
            return (YES - self._judge(condition.inner, part)).astype(np.int8)
        if isinstance(condition, Here) or (
            isinstance(condition, Placed) and condition.how != "any"
        ):
            return self._of_target(condition, part)
        if condition not in self._memory:
            self._memory[condition] = self._of_patient(condition)
        return self._memory[condition]

    def _of_target(self, atom: Here | Placed, part: int | None) -> Ints:
        targets = self.world.targets
        if isinstance(atom, Here):
            has = np.array([self._has(t, atom, part) for t in targets])
            return np.where(has[self.columns.target], YES, NO).astype(np.int8)
        masks = np.array([self._mask(t, atom.how, part) for t in targets], np.uint64)
        meets = (self.columns.places[atom.question] & masks[self.columns.target]) != 0
        return np.where(
            self.columns.open_places[atom.question], UNKNOWN, np.where(meets, YES, NO)
        ).astype(np.int8)

    def _has(self, target: Target, atom: Here, part: int | None) -> bool:
        if part is not None and atom.feature == "part":
            return atom.value == (*sorted(target.parts), *[""] * part)[part]
        return (atom.feature, atom.value) in target.features

    def _mask(self, target: Target, how: str, part: int | None) -> int:
        listed = sorted(target.parts)
        own = frozenset(listed if part is None else listed[part : part + 1])
        parts = own if how == "at" else self.world.known.places.around(own)
        return int(sum(int(self._bit[p, target.side]) for p in parts))

    def _of_patient(self, atom: Atom) -> Ints:
        columns = self.columns
        match atom:
            case Yes(question):
                return columns.flags[question]
            case Is(question, choice):
                words = [c.replace(" ", "_") for c in self.world.known.questions[question].choices]
                now = columns.picked[question]
                known = np.where(now == words.index(choice), YES, NO)
                return np.where(now == -1, UNKNOWN, known).astype(np.int8)
            case Compares(question, sign, limit):
                value = self._number(question)
                compare = {"<": np.less, "<=": np.less_equal, ">": np.greater}
                holds = compare.get(sign, np.greater_equal)(value, limit)
                return np.where(np.isnan(value), UNKNOWN, np.where(holds, YES, NO)).astype(np.int8)
            case Takes(drug_class):
                return self._takes(drug_class)
            case Placed(_, question):
                some = np.where(columns.places[question] != 0, YES, NO)
                return np.where(columns.open_places[question], UNKNOWN, some).astype(np.int8)
        raise AssertionError(atom)

    def _number(self, question: str) -> Floats:
        if question != "bmi":
            return self.columns.numbers[question]
        return self.columns.numbers["weight"] / (self.columns.numbers["height"] / 100) ** 2

    def _takes(self, drug_class: str) -> Ints:
        columns, lexicon = self.columns, self.world.known.lexicon
        if drug_class == NOT_RECOGNISED:
            known = np.where(columns.unclear, YES, NO)
        else:
            fits = [drug_class in lexicon.classes_of(d) for d in self.world.drugs]
            mask = np.uint64(sum(1 << n for n, fit in enumerate(fits) if fit))
            taken = (columns.drugs & mask) != 0
            known = np.where(taken, YES, np.where(columns.unclear, UNKNOWN, NO))
        return np.where(columns.open_list, UNKNOWN, known).astype(np.int8)


def answers_of(world: World, columns: Columns, row: int) -> tuple[Answers, Target]:
    """One row as the engine takes it."""
    values: dict[str, Value] = {}
    for key, flag in columns.flags.items():
        if flag[row] != UNKNOWN:
            values[key] = bool(flag[row] == YES)
    for key, picked in columns.picked.items():
        if picked[row] >= 0:
            values[key] = world.known.questions[key].choices[int(picked[row])]
    for key, number in columns.numbers.items():
        if not np.isnan(number[row]):
            values[key] = float(number[row])
    for key, bits in columns.places.items():
        if not columns.open_places[key][row]:
            values[key] = tuple(
                Place(part, frozenset({part}), side)
                for n, part in enumerate(world.parts)
                for s, side in enumerate(SIDES)
                if int(bits[row]) >> (2 * n + s) & 1
            )
    if not columns.open_list[row]:
        lines = [d for n, d in enumerate(world.drugs) if int(columns.drugs[row]) >> n & 1]
        lines += [STRANGE] if columns.unclear[row] else []
        values["medicines"] = read_medicines(
            [d.replace("_", " ") for d in lines], world.known.lexicon
        )
    return Answers(values), world.targets[int(columns.target[row])]
