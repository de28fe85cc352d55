"""How one cause's pain may lie on the skin: the pattern variants of a referral zone.

People paint more or less than the taught zone, and zones lie a little off; treating neighbouring
regions as independent given the cause would make the ranking far too sure.  So each cause is on in
exactly one of a few patterns.  Steps along the mesh are about 1.1 cm on trunk and limbs and about
0.7 cm on face, hands and feet, which scales "a little off" with the part of the body.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array

from tautband.body.surface import FloatArray, Surface

Mask = npt.NDArray[np.bool_]

WIDE_STEPS = 3
BLUR_STEPS = 10


@dataclass(frozen=True, eq=False)
class Pattern:
    """One way in which the pain may lie: weights (V,), 0 to 1, of its main and spill-over part."""

    name: str
    main: FloatArray
    spill: FloatArray


class Shaper:
    """Makes patterns on one surface."""

    def __init__(self, surface: Surface) -> None:
        ones = surface.edges.copy()
        ones.data = np.ones_like(ones.data)
        self._near: csr_array[np.float64, tuple[int, int]] = csr_array(ones)
        degree: FloatArray = np.asarray(ones.sum(axis=1)).ravel()
        self._walk = csr_array(diags_array(1 / degree) @ ones)

    def patterns(
        self, main: Mask, spill: Mask, parts: list[tuple[str, Mask, Mask]]
    ) -> list[Pattern]:
        """All variants of a zone; ``parts`` are single trigger points' zones, where they differ."""
        none = np.zeros(len(main))
        whole, more = main.astype(float), spill.astype(float)
        inner = self.inner(main)
        found = [
            Pattern("main", whole, none),
            Pattern("wide", self.grown(main).astype(float), more),
            Pattern("off", self.blurred(main), none),
        ]
        if (inner != main).any():
            found.append(Pattern("small", inner.astype(float), none))
        if spill.any():
            found.append(Pattern("spread", whole, more))
            found.append(Pattern("spill first", whole, more))
        for name, part, more_of_it in parts:
            found.append(Pattern(f"point {name}", part.astype(float), none))
            if more_of_it.any():
                found.append(
                    Pattern(f"point {name} spread", part.astype(float), more_of_it.astype(float))
                )
        return found

    def grown(self, mask: Mask, steps: int = WIDE_STEPS) -> Mask:
        """The mask with all skin within so many steps along the mesh."""
        reached = mask
        for _ in range(steps):
            reached = reached | (self._near @ reached.astype(float) > 0)
        return reached

    def inner(self, mask: Mask) -> Mask:
        """The half of the mask that lies deepest inside it, counted in steps from its edge."""
        depth = np.zeros(len(mask), dtype=int)
        layer = mask
        while layer.any():
            depth += layer
            layer = layer & ~self.grown(~layer, 1)
        return depth > np.median(depth[mask]) - 0.5 if mask.any() else mask

    def blurred(self, mask: Mask) -> FloatArray:
        """Chance that each place is covered when the zone has moved a few steps any way."""
        weight = mask.astype(float)
        for _ in range(BLUR_STEPS):
            weight = 0.5 * (weight + self._walk @ weight)
        return weight
