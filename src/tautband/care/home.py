"""The home plan: what a patient takes along, in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tautband.atlas.advice import advice_for
from tautband.atlas.records import Muscle, OverloadKind
from tautband.safety.planning.aftercare import soreness_and_event, texts_for

# A cause as it is asked, and as the atlas names what answers to it.
OVERLOAD: Mapping[str, OverloadKind] = {
    "overuse": "overuse",
    "trauma": "trauma",
    "posture": "posture",
    "stress": "stress",
    "unknown": "other",
}
CAUSES = tuple(OVERLOAD)
_KINDS = {
    "habit": "Habits",
    "stretch": "Stretch",
    "strengthen": "Exercise",
    "manual therapy": "By hand",
}


@dataclass(frozen=True)
class HomeAdvice:
    """One piece of advice for one muscle; ``kind`` is ``stretch``, ``strengthen``, ..."""

    muscle: str
    kind: str
    text: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class HomeSection:
    """A titled paragraph, with its sources."""

    title: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class HomePlan:
    """What to expect, what to do, when to get help; nothing about how a needle goes in."""

    expect: tuple[HomeSection, ...]
    event: str
    advice: tuple[HomeAdvice, ...]
    help: tuple[HomeSection, ...]

    @property
    def text(self) -> str:
        """The whole sheet as plain text."""
        parts = [f"{s.title}\n{s.text}" for s in self.expect]
        if self.event:
            parts.insert(2, f"Your sport\n{self.event}")
        muscles = dict.fromkeys(a.muscle for a in self.advice)
        for muscle in muscles:
            own = [a for a in self.advice if a.muscle == muscle]
            lines = [f"- {_KINDS[a.kind]}: {a.text}" for a in own]
            parts.append("\n".join([f"What you can do ({muscle})", *lines]))
        parts += [f"{s.title}\n{s.text}" for s in self.help]
        return "\n\n".join(parts)


def home_plan(
    treated: Sequence[Muscle],
    every: Sequence[Muscle],
    cause: str,
    competition_in_days: float | None,
) -> HomePlan:
    """The sheet for a session.

    ``treated`` are the muscles that may be needled, for what to expect; ``every`` muscle of the
    plan brings its advice, since stretching and habits help where no needle goes.
    """
    sections = [(t.id, HomeSection(t.title, t.text, t.sources)) for t in texts_for(treated)]
    warnings = tuple(section for key, section in sections if key.startswith("warning"))
    expect = tuple(section for key, section in sections if not key.startswith("warning"))
    return HomePlan(
        expect=expect if treated else (),
        event=soreness_and_event(competition_in_days) if treated else "",
        advice=tuple(advice for muscle in every for advice in chosen_advice(muscle, cause)),
        help=warnings if treated else (),
    )


def chosen_advice(muscle: Muscle, cause: str) -> tuple[HomeAdvice, ...]:
    """Stretch, exercise, manual therapy and habits that go with a muscle and a cause."""
    kind = OVERLOAD[cause]
    return tuple(
        HomeAdvice(muscle.name, a.advice.kind, a.text, a.advice.sources, str(a.advice.confidence))
        for a in advice_for(muscle, kind)
    )
