"""The comparable sign: one movement or task, tested before and after needling at the couch.

It is shown to clinician and patient and is never fed to a verdict: in the first hours values are
often the same or worse from soreness (timecourses in docs/evidence.md), and a better value on the
same day does not foretell the course.
"""

from dataclasses import dataclass

from tautband.base.errors import InputError


@dataclass(frozen=True)
class Sign:
    """One test of the sign: degrees (where it is a movement), pain 0-10; ``None``: not taken."""

    degrees: float | None = None
    pain: float | None = None

    def __post_init__(self) -> None:
        if self.degrees is not None and not -30 <= self.degrees <= 360:
            raise InputError("degrees", f"is {self.degrees:g}", "-30 to 360")
        if self.pain is not None and not 0 <= self.pain <= 10:
            raise InputError("pain", f"is {self.pain:g}", "0 to 10")


@dataclass(frozen=True)
class ComparableSign:
    """The same movement or task before and after; ``verdict_uses`` is always False."""

    movement: str
    before: Sign
    after: Sign

    def __post_init__(self) -> None:
        if not self.movement.strip():
            raise InputError("movement", "is empty", "the movement or task, such as 'turn left'")

    @property
    def verdict_uses(self) -> bool:
        """Never: see the head of this module."""
        return False

    @property
    def text(self) -> str:
        """What was found, in words."""
        parts = []
        if self.before.degrees is not None and self.after.degrees is not None:
            more = self.after.degrees - self.before.degrees
            parts.append(f"{self.before.degrees:g} to {self.after.degrees:g} degrees ({more:+g})")
        if self.before.pain is not None and self.after.pain is not None:
            parts.append(f"pain {self.before.pain:g} to {self.after.pain:g}")
        told = ", ".join(parts) if parts else "not comparable: one of the two was not taken"
        return f"{self.movement}: {told}. The same day says little; judge after two days or more."
