"""A clinic's policy: which guidelines, what is stricter, and, with a reason, what is milder."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec

from tautband.base.errors import InputError
from tautband.safety.decision import Decision, strictest
from tautband.safety.screening.guidelines import Guideline
from tautband.safety.screening.rules import Compiled, Key, Rule
from tautband.safety.screening.truth import Truth
from tautband.text.near import close_names

SHORTEST_REASON = 10  # characters; "ok" is no reason


class Reasoned(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who made something milder, when and why."""

    reason: str
    name: str
    date: date


class Milder(Reasoned, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule that a clinic makes milder."""

    rule: str
    decision: Key


class Stricter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule that a clinic makes stricter; needs no reason."""

    rule: str
    decision: Key
    reason: str = ""


class PolicyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A policy as a clinic writes it.  ``guidelines`` empty means all."""

    name: str
    guidelines: tuple[str, ...] = ()
    why_these: Reasoned | None = None
    stricter: tuple[Stricter, ...] = ()
    milder: tuple[Milder, ...] = ()


@dataclass(frozen=True)
class Applied:
    """One rule under a policy: what it leads to, by the truth of condition and safeguard."""

    decision: Decision
    quiet: bool
    note: str
    outcomes: tuple[tuple[Decision, Decision], ...]

    def outcome(self, when: Truth, safe: Truth) -> Decision:
        """What the rule decides; ``safe`` softens it only when it is ``YES``."""
        return self.outcomes[when][safe is Truth.YES]


@dataclass(frozen=True)
class Policy:
    """All rules as a clinic applies them, by id, with the changes that it made in words."""

    name: str
    rules: Mapping[str, Applied]
    changes: tuple[str, ...] = field(default=())


DEFAULT = PolicyFile(name="default: the strictest of regulators and professional bodies")


def parse_policy(text: str) -> PolicyFile:
    """Read a policy from TOML; raises InputError."""
    try:
        return msgspec.convert(tomllib.loads(text), PolicyFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("policy", str(error), "a policy as docs/safety.md describes it") from error


def class_of(rule: Rule, guidelines: Mapping[str, Guideline], chosen: frozenset[str]) -> Decision:
    """The decision of a rule among the chosen guidelines.

    The strictest of those that bind; the others add at most a precaution, except where the rule
    concerns what can kill, which takes the strictest of all.
    """
    said = {key: Decision.of(c.decision) for key, c in rule.classes.items() if key in chosen}
    if rule.can_kill:
        return strictest(said.values())
    binding = strictest(d for key, d in said.items() if guidelines[key].binds)
    others = strictest(d for key, d in said.items() if not guidelines[key].binds)
    return max(binding, min(others, Decision.PRECAUTION))


def make_policy(
    written: PolicyFile, rules: Mapping[str, Compiled], guidelines: Mapping[str, Guideline]
) -> Policy:
    """Apply a written policy; raises InputError where it softens a rule without a full reason."""
    every = frozenset(guidelines)
    chosen = frozenset(written.guidelines) or every
    for key in sorted(chosen - every):
        raise InputError(
            "policy.guidelines", f"'{key}' is not known", "a key of the guidelines",
            close_names(key, every),
        )  # fmt: skip
    for name in [s.rule for s in written.stricter] + [m.rule for m in written.milder]:
        if name not in rules:
            close = close_names(name, rules)
            raise InputError("policy", f"'{name}' is not a rule", "a rule's id", close)
    stricter = {s.rule: s for s in written.stricter}
    milder = {m.rule: m for m in written.milder}
    for reasoned in (*written.milder, *((written.why_these,) if written.why_these else ())):
        _check_reason(reasoned)
    applied: dict[str, Applied] = {}
    changes: list[str] = []
    for key, compiled in rules.items():
        default = class_of(compiled.rule, guidelines, every)
        decision = class_of(compiled.rule, guidelines, chosen)
        note = ""
        if decision < default:
            note = _softened_by_choice(key, decision, default, written)
        if key in milder:
            decision, note = _soften(milder[key], default)
        if key in stricter:
            decision, note = _tighten(stricter[key], max(decision, default))
        if note:
            changes.append(f"{key}: {note}")
        quiet = bool(compiled.rule.quiet) and key not in stricter
        outcomes = _outcomes(compiled.rule, decision, quiet)
        applied[key] = Applied(decision, quiet, note, outcomes)
    return Policy(written.name, applied, tuple(changes))


def _outcomes(rule: Rule, decision: Decision, quiet: bool) -> tuple[tuple[Decision, Decision], ...]:
    """By condition (no, unknown, yes), then by safeguard (not known, known).

    What is unknown asks, and never counts for more than what is known to be so.
    """
    ceiling = Decision.PRECAUTION if quiet else decision
    soft = Decision.of(rule.mitigated)
    rows = []
    for reached in (Decision.PROCEED, min(decision, Decision.ASK), decision):
        told = min(reached, ceiling)
        rows.append((told, min(told, soft) if rule.unless else told))
    return tuple(rows)


def _check_reason(reasoned: Reasoned) -> None:
    if len(reasoned.reason.strip()) < SHORTEST_REASON or not reasoned.name.strip():
        raise InputError(
            "policy", "makes something milder without a full reason", "a reason, a name and a date"
        )


def _softened_by_choice(
    key: str, decision: Decision, default: Decision, written: PolicyFile
) -> str:
    why = written.why_these
    if why is None:
        raise InputError(
            "policy.guidelines",
            f"makes '{key}' milder ({decision.words} instead of {default.words})",
            "why_these with reason, name and date, or all binding guidelines",
        )
    return f"{decision.words} instead of {default.words}: {why.reason} ({why.name}, {why.date})"


def _soften(entry: Milder, default: Decision) -> tuple[Decision, str]:
    decision = Decision.of(entry.decision)
    if decision >= default:
        raise InputError(
            f"policy.milder.{entry.rule}", f"is {entry.decision}, not milder than the default",
            f"a decision below {default.key}, or an entry under stricter",
        )  # fmt: skip
    told = f"{decision.words} instead of {default.words}: {entry.reason}"
    return decision, f"{told} ({entry.name}, {entry.date})"


def _tighten(entry: Stricter, default: Decision) -> tuple[Decision, str]:
    decision = Decision.of(entry.decision)
    if decision < default:
        raise InputError(
            f"policy.stricter.{entry.rule}", f"is {entry.decision}, below the default",
            f"{default.key} or stricter; milder needs a written reason",
        )  # fmt: skip
    return decision, f"{decision.words}: {entry.reason or 'set stricter by the clinic'}"
