"""What each cause accounts for, and what nothing in the network accounts for."""

from dataclasses import dataclass, field

import numpy as np

from tautband.reasoning.network import Floats, Ints, Network
from tautband.reasoning.reduction import Reduced
from tautband.reasoning.sweep import Account


@dataclass(frozen=True, eq=False)
class Explanation:
    """Parallel arrays; ``share``: posterior chance that ``cause`` is on and lights ``region``.

    Several causes may light one region, so shares of a region can sum to more than 1.
    ``unexplained`` (R,): posterior chance that the region is painted although no cause lights it,
    by the leak alone.  Told for regions whose evidence speaks for paint, 0 elsewhere; causes below
    the asked-for probability are left out.  As exact as the posterior: within its ``bound``.
    """

    cause: Ints
    region: Ints
    share: Floats
    unexplained: Floats

    def of(self, cause: int) -> dict[int, float]:
        """The regions that a cause explains, with shares, largest first."""
        at = np.flatnonzero(self.cause == cause)
        at = at[np.lexsort((self.region[at], -self.share[at]))]
        return dict(zip(self.region[at].tolist(), self.share[at].tolist(), strict=True))


@dataclass(eq=False)
class Witness:
    """Collects, step by step on the way back, who lights what.  ``least``: see ``explain``."""

    reduced: Reduced
    least: float
    shares: dict[tuple[int, int], float] = field(default_factory=dict)
    unlit: dict[int, float] = field(default_factory=dict)

    def hear(self, account: Account) -> None:
        """One step, as ``Listener`` gives it."""
        cause, joint = account.cause, account.joint
        total = float(joint.sum())
        asked = cause >= 0 and float(joint[:, 1:].sum()) >= self.least * total
        lit = account.lit_by() if asked else []
        for place, bit in enumerate(account.regions):
            if bit.closed[1] <= bit.closed[0]:
                continue
            if asked:
                self.shares[cause, bit.number] = lit[place] / total
            if account.closes(place):
                self.unlit[bit.number] = account.unlit(place) / total

    def explanation(self, network: Network, variant: Floats) -> Explanation:
        """All that was heard, and the regions that one cause alone, or none, could paint."""
        unexplained = np.zeros(network.regions)
        unexplained[list(self.unlit)] = list(self.unlit.values())
        self._add_folded(network, variant, unexplained)
        found = [(c, r, s) for (c, r), s in sorted(self.shares.items()) if s > 0]
        return Explanation(
            np.array([c for c, _, _ in found], dtype=np.int64),
            np.array([r for _, r, _ in found], dtype=np.int64),
            np.clip(np.array([s for _, _, s in found], dtype=np.float64), 0.0, 1.0),
            np.clip(unexplained, 0.0, 1.0),
        )

    def _add_folded(self, network: Network, variant: Floats, unexplained: Floats) -> None:
        reduced = self.reduced
        told = reduced.folded & (reduced.on > reduced.off)
        leak = network.leak
        by_leak = reduced.on * leak / (reduced.on * leak + reduced.off * (1 - leak))
        unexplained[told] = by_leak[told]
        for at in np.flatnonzero(told[network.link_region]).tolist():
            c, v = int(network.link_cause[at]), int(network.link_variant[at])
            r, q = int(network.link_region[at]), float(network.link_chance[at])
            if variant[c, v] == 0:
                continue
            on, off, unlit = reduced.on[r], reduced.off[r], (1 - leak[r]) * (1 - q)
            likelihood = on * (leak[r] + q - leak[r] * q) + off * unlit
            unexplained[r] += variant[c, v] * (on * leak[r] * (1 - q) / likelihood - by_leak[r])
            if variant[c].sum() >= self.least:
                before = self.shares.get((c, r), 0.0)
                self.shares[c, r] = before + float(variant[c, v] * on * q / likelihood)
