"""Steps of a sweep that touch too many regions for one matrix: a kernel takes them bit by bit."""

from dataclasses import dataclass, field

import numpy as np

from tautband.reasoning.kernel import Kernel
from tautband.reasoning.network import Floats
from tautband.reasoning.steps import Bit


@dataclass(eq=False)
class WideAct:
    """A kernel as an ``Act``; ``found``: weights (2**drivers, S) of its states, once known."""

    kernel: Kernel
    found: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def enters(self) -> list[int]:
        """The bits that must be in front before it."""
        kernel = self.kernel
        drivers = [b for i, b in enumerate(kernel.step.drivers) if i not in kernel.new_drivers]
        ends = zip(kernel.step.regions, kernel.opens, strict=True)
        return drivers + [b for b, opens in ends if not opens]

    @property
    def leaves(self) -> list[int]:
        """The bits that are in front behind it."""
        kernel = self.kernel
        drivers = [b for i, b in enumerate(kernel.step.drivers) if i not in kernel.last_drivers]
        ends = zip(kernel.step.regions, kernel.closes, strict=True)
        return drivers + [b for b, closes in ends if closes is None]

    @property
    def joint(self) -> Floats:
        """Posterior (2**drivers, S) of its states, once the way back is done."""
        joint: Floats = self.found / self.found.sum()
        return joint

    def forward(self, mass: Floats) -> Floats:
        """(2**enters, rest) to (2**leaves, rest)."""
        out = self.kernel.forward(mass.reshape(*self.kernel.shape_before, -1))
        return out.reshape(1 << len(self.leaves), -1)

    def backward(self, ahead: Floats, mass: Floats) -> Floats:
        """Completion weights before the step, (2**enters, rest), from those behind it."""
        before, self.found = self.kernel.backward(*self._axes(ahead, mass))
        return before.reshape(1 << len(self.enters), -1)

    def account(self, ahead: Floats, mass: Floats) -> "WideAccount":
        """What a listener may ask, once ``backward`` was here."""
        return WideAccount(self.kernel, *self._axes(ahead, mass), self.found)

    def _axes(self, ahead: Floats, mass: Floats) -> tuple[Floats, Floats]:
        kernel = self.kernel
        behind = ahead.reshape(*kernel.shape_after, -1)
        return behind, mass.reshape(*kernel.shape_before, -1)


@dataclass(frozen=True, eq=False)
class WideAccount:
    """An ``Account`` from completion weights behind the step and weights before it."""

    kernel: Kernel
    ahead: Floats
    mass: Floats
    joint: Floats

    @property
    def cause(self) -> int:
        """The cause of the step."""
        return self.kernel.step.cause

    @property
    def regions(self) -> list[Bit]:
        """The regions that it touches."""
        return self.kernel.regions

    def closes(self, region: int) -> bool:
        """Whether no later step touches this one of its regions."""
        return self.kernel.closes[region] is not None

    def lit_by(self) -> list[float]:
        """Weight of all in which the step itself lights its region, for each of its regions."""
        return self.kernel.lit_by(self.ahead, self.mass)

    def unlit(self, region: int) -> float:
        """Weight of all in which no cause lights the region that the step closes, the leak does."""
        by_leak = self.kernel.regions[region].by_leak
        return self.kernel.unlit(region, by_leak, self.ahead, self.mass)
