"""What goes with needling, chosen by what overloaded the muscle."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from tautband.atlas.records import Advice, AdviceKind, Muscle, OverloadKind
from tautband.base.errors import InputError
from tautband.base.sources import Source, check_fact

# What to start with: the cause comes first where it can be changed, calm before strength.
ORDER: Mapping[OverloadKind, tuple[AdviceKind, ...]] = {
    "overuse": ("habit", "stretch", "strengthen", "manual therapy"),
    "posture": ("habit", "stretch", "strengthen", "manual therapy"),
    "stress": ("habit", "stretch", "manual therapy", "strengthen"),
    "trauma": ("habit", "manual therapy", "strengthen", "stretch"),
    "other": ("habit", "stretch", "strengthen", "manual therapy"),
}

# A fresh strain is neither stretched, loaded nor rubbed: see ``not_now.toml``, ``acute_strain``.
SETTLED = "When the first days are over and easy movement no longer hurts:"
_WAITS: tuple[AdviceKind, ...] = ("stretch", "strengthen", "manual therapy")


@dataclass(frozen=True)
class Advised:
    """One piece of advice; ``lead`` says when it begins, empty for at once."""

    advice: Advice
    lead: str = ""

    @property
    def text(self) -> str:
        """The advice with its lead, as a patient reads it."""
        return f"{self.lead} {self.advice.text}".strip()


@cache
def read_common_advice() -> tuple[Advice, ...]:
    """Advice for a cause, whatever the muscle, from ``advice.toml``."""
    text = resources.files("tautband.atlas").joinpath("data/advice.toml").read_text("utf-8")
    try:
        return msgspec.convert(tomllib.loads(text)["advice"], tuple[Advice, ...])
    except msgspec.ValidationError as error:
        raise InputError("advice.toml", str(error)) from error


def advice_for(muscle: Muscle, cause: OverloadKind) -> tuple[Advised, ...]:
    """Stretching, strengthening, habits and manual therapy for a muscle that ``cause`` overloaded.

    Ordered by kind as fits the cause; within a kind what is meant for this cause comes first, and
    after an injury what holds for every injury before all else.  What is meant for other causes
    only is left out, unless nothing else of its kind is known.
    """
    common = read_common_advice()
    chosen: list[Advised] = []
    for kind in ORDER[cause]:
        own = [a for a in muscle.advice if a.stated and a.kind == kind]
        shared = [a for a in common if a.kind == kind and _fits(a, cause)]
        if kind == "manual therapy" and (own or muscle.needling.status == "not needled"):
            # A hand goes where a needle may go; elsewhere only what the record itself says.
            shared = []
        fitting = [a for a in own if _fits(a, cause)]
        if not fitting and not shared:
            fitting = own
        lead = SETTLED if cause == "trauma" and kind in _WAITS else ""
        chosen += [Advised(advice, lead) for advice in _ordered(fitting, shared, cause)]
    return tuple(chosen)


def check_common_advice(known: Mapping[str, Source]) -> None:
    """Raise InputError unless all of ``advice.toml`` is sourced."""
    for number, advice in enumerate(read_common_advice()):
        check_fact(f"advice.toml[{number}]", advice, known)


def _fits(advice: Advice, cause: OverloadKind) -> bool:
    return not advice.causes or cause in advice.causes


def _ordered(own: list[Advice], shared: list[Advice], cause: OverloadKind) -> list[Advice]:
    both = [*shared, *own] if cause == "trauma" else [*own, *shared]
    return list(_unique(sorted(both, key=lambda a: not a.causes)))


def _unique(advice: Iterable[Advice]) -> Iterable[Advice]:
    return {a.text: a for a in advice}.values()
