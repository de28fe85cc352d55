"""What a screening answers: on four scopes a decision, and every rule that led to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tautband.safety.decision import Decision, strictest
from tautband.safety.screening.targets import Target
from tautband.safety.screening.truth import Truth


@dataclass(frozen=True)
class Reason:
    """One thing that bears on the decision: a rule that fired or asks, or a finding from elsewhere.

    ``scope`` is ``patient``, ``place``, ``muscle`` or ``technique``; ``where`` is the key of the
    target or part, empty for the patient; ``technique`` names the technique, empty for needling as
    such.  ``truth`` is ``YES`` when the condition holds and ``UNKNOWN`` when an answer is missing;
    ``missing`` then lists the questions.  ``classes`` gives, by guideline, its own word and the
    decision it is read as.
    """

    id: str
    scope: str
    decision: Decision
    why: str
    do: str = ""
    where: str = ""
    technique: str = ""
    truth: Truth = Truth.YES
    softened: bool = False
    missing: tuple[str, ...] = ()
    classes: Mapping[str, tuple[str, Decision]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    confidence: str = ""
    can_kill: bool = False
    quiet: str = ""
    policy: str = ""
    about: str = ""

    @property
    def interrupts(self) -> bool:
        """True when it stops the clinician: it asks, or is stricter."""
        return self.decision >= Decision.ASK


@dataclass(frozen=True)
class Judged:
    """A decision on one thing, by its own reasons (``own``) and with those of what holds it."""

    key: str
    name: str
    decision: Decision
    own: Decision
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class JudgedMuscle(Judged):
    """A muscle on a side; ``techniques`` is what each technique would be there."""

    target: Target
    techniques: Mapping[str, Decision]


@dataclass(frozen=True)
class Screening:
    """The answer on all scopes.

    A region is at least as strict as the patient, a muscle as its regions, a technique as the
    patient.  ``planned`` are the techniques that were asked for; the others are shown for
    information and do not count in ``decision``.
    """

    patient: Judged
    regions: tuple[Judged, ...]
    muscles: tuple[JudgedMuscle, ...]
    techniques: tuple[Judged, ...]
    planned: tuple[str, ...]
    policy: str
    changes: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def decision(self) -> Decision:
        """The strictest of what was planned."""
        planned = [self.patient.decision]
        planned += [m.decision for m in self.muscles]
        planned += [m.techniques[t] for m in self.muscles for t in self.planned]
        planned += [t.decision for t in self.techniques if t.key in self.planned]
        return strictest(planned)

    @property
    def counted(self) -> tuple[Reason, ...]:
        """The reasons that count in ``decision``: all but those of techniques not planned."""
        return tuple(r for r in self.reasons if not r.technique or r.technique in self.planned)

    @property
    def interrupts(self) -> bool:
        """True when at least one reason that counts stops the clinician."""
        return any(r.interrupts for r in self.counted)

    @property
    def missing(self) -> tuple[str, ...]:
        """Questions whose answer could change the decision, the most needed first."""
        waiting = sorted(
            (r for r in self.counted if r.truth is Truth.UNKNOWN), key=lambda r: -r.decision
        )
        return tuple(dict.fromkeys(key for r in waiting for key in r.missing))


def assemble(
    reasons: Iterable[Reason],
    targets: Iterable[Target],
    part_names: Mapping[str, str],
    techniques: Iterable[str],
    planned: Iterable[str] = (),
    policy: str = "",
    changes: tuple[str, ...] = (),
) -> Screening:
    """Put reasons together to decisions by scope.

    ``part_names`` maps the key of each region (``shoulder:right``) to its name.  Reasons from
    elsewhere (competence, permission, depth) may be among them: they count like any other.
    """
    listed = tuple(sorted(reasons, key=lambda r: -r.decision))
    sides = tuple(targets)
    mine = _at(listed, "patient", "")
    whole = strictest(r.decision for r in mine)
    patient = Judged("patient", "this patient", whole, whole, mine)
    regions = {
        key: _judged(key, name, whole, _at(listed, "place", key))
        for key, name in part_names.items()
    }
    general = [
        _judged(t, t, whole, tuple(r for r in listed if r.technique == t and not r.where))
        for t in techniques
    ]
    muscles = []
    for target in sides:
        around = [regions[f"{part}:{target.side}"].decision for part in sorted(target.parts)]
        here = _at(listed, "muscle", target.key)
        judged = _judged(target.key, target.name, max([whole, *around]), here)
        at = {
            t.key: strictest(
                [judged.decision, t.decision]
                + [r.decision for r in listed if r.technique == t.key and r.where == target.key]
            )
            for t in general
        }
        muscles.append(
            JudgedMuscle(judged.key, judged.name, judged.decision, judged.own, here, target, at)
        )
    return Screening(
        patient, tuple(regions.values()), tuple(muscles), tuple(general), tuple(planned),
        policy, changes, listed,
    )  # fmt: skip


def _at(reasons: tuple[Reason, ...], scope: str, where: str) -> tuple[Reason, ...]:
    return tuple(r for r in reasons if r.scope == scope and r.where == where)


def _judged(key: str, name: str, least: Decision, reasons: tuple[Reason, ...]) -> Judged:
    own = strictest(r.decision for r in reasons)
    return Judged(key, name, max(least, own), own, reasons)
