"""What was observed: each region, and findings on single causes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tautband.base.errors import InputError
from tautband.reasoning.network import Floats, Network


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known of each region and, beyond the drawing, of each cause.

    ``like_on``, ``like_off`` (R,): likelihood of what was observed if the region is truly painted
    or truly not; (1, 0) painted, (0, 1) free, (1, 1) unknown, anything between is graded.
    ``finding_lr`` (C,): likelihood ratio of the examination, on against off.
    ``variant_weight`` (C, V): further likelihood of each variant against off, 0 or above.
    Raises InputError.
    """

    like_on: Floats
    like_off: Floats
    finding_lr: Floats
    variant_weight: Floats

    def __post_init__(self) -> None:
        for name in ("like_on", "like_off", "finding_lr", "variant_weight"):
            array = np.array(getattr(self, name), dtype=np.float64)
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        for name in ("like_on", "like_off", "variant_weight"):
            values = getattr(self, name)
            _check(name, values, np.isfinite(values) & (values >= 0), "finite, 0 or above")
        if self.like_on.ndim != 1 or self.like_on.shape != self.like_off.shape:
            raise InputError("like_off", "differs in shape from like_on", "one number per region")
        both = (self.like_on > 0) | (self.like_off > 0)
        _check("like_on", self.like_on, both, "above 0 where like_off is 0")
        lr = self.finding_lr
        _check("finding_lr", lr, np.isfinite(lr) & (lr > 0), "finite, above 0")

    @classmethod
    def of(
        cls,
        network: Network,
        like_on: ArrayLike | None = None,
        like_off: ArrayLike | None = None,
        finding_lr: ArrayLike | None = None,
        variant_weight: ArrayLike | None = None,
    ) -> "Evidence":
        """Evidence for this network; what is left out is unknown."""
        evidence = cls(
            _or_ones(like_on, (network.regions,)),
            _or_ones(like_off, (network.regions,)),
            _or_ones(finding_lr, (network.causes,)),
            _or_ones(variant_weight, network.share.shape),
        )
        evidence.require_fit(network)
        return evidence

    @classmethod
    def drawn(
        cls,
        network: Network,
        painted: ArrayLike,
        free: ArrayLike | None = None,
        finding_lr: ArrayLike | None = None,
        variant_weight: ArrayLike | None = None,
    ) -> "Evidence":
        """Evidence of region numbers that are painted and free; ``free=None``: all the others."""
        on, off = np.ones(network.regions), np.ones(network.regions)
        marked = _numbers("painted", painted, network.regions)
        if free is None:
            on[:] = 0.0
            on[marked] = 1.0
        else:
            clear = _numbers("free", free, network.regions)
            if len(np.intersect1d(marked, clear)):
                raise InputError("free", "names a painted region", "regions that are not painted")
            on[clear] = 0.0
        off[marked] = 0.0
        return cls.of(network, on, off, finding_lr, variant_weight)

    def require_fit(self, network: Network) -> None:
        """Raise InputError unless the arrays have the shapes of this network."""
        for name, shape in (
            ("like_on", (network.regions,)),
            ("finding_lr", (network.causes,)),
            ("variant_weight", network.share.shape),
        ):
            if getattr(self, name).shape != shape:
                raise InputError(
                    name, f"has shape {getattr(self, name).shape}", f"shape {shape}, as the network"
                )


def _or_ones(values: ArrayLike | None, shape: tuple[int, ...]) -> Floats:
    return np.ones(shape) if values is None else np.asarray(values, dtype=np.float64)


def _check(field: str, values: NDArray[Any], ok: NDArray[np.bool_], expected: str) -> None:
    if not ok.all():
        at = tuple(int(i) for i in np.argwhere(~ok)[0])
        raise InputError(field, f"is {values[at]} at {', '.join(map(str, at))}", expected)


def _numbers(field: str, values: ArrayLike, size: int) -> NDArray[np.int64]:
    numbers = np.atleast_1d(np.asarray(values, dtype=np.int64)).ravel()
    _check(field, numbers, (numbers >= 0) & (numbers < size), f"a number from 0 to {size - 1}")
    return numbers
