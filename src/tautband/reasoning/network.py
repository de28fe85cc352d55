"""The noisy-OR network: hidden causes in pattern variants, observed regions, correlated causes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tautband.base.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_DRIVERS_OF_A_CHILD = 10
SHARE_TOLERANCE = 1e-9
LOWEST_ODDS, HIGHEST_ODDS, HIGHEST_FACTOR = 1e-100, 1e100, 1e9  # products stay finite


class Link(NamedTuple):
    """The chance that ``cause``, on in ``variant``, paints ``region``."""

    cause: int
    variant: int
    region: int
    chance: float


class Coupling(NamedTuple):
    """While ``driver`` is on, the prior odds of ``child`` are ``factor`` times as high."""

    driver: int
    child: int
    factor: float


class Kin(NamedTuple):
    """Causes (N) that have equally many drivers, k.

    ``causes`` (N,): their numbers; ``sets`` (G, k): the sets of drivers that occur; ``of`` (N,):
    which of these sets each cause has; ``odds`` (N, 2**k): its prior odds for each setting of them,
    the first driver being the highest binary digit.
    """

    causes: Ints
    sets: Ints
    of: Ints
    odds: Floats


@dataclass(frozen=True, eq=False)
class Network:
    """Causes (C), each off or on in one of at most V variants, that paint regions (R).

    ``odds`` (C,): prior odds of on while no driver is on.  ``share`` (C, V): chance of each variant
    given on; each row sums to 1, a variant that a cause does not have is 0.  ``leak`` (R,): chance
    that a region is painted by nothing in the network.  Links and couplings are stored as parallel
    arrays; links are sorted by cause, variant, chance, so that sums over them never depend on the
    order in which they were given.  A driver is never a child.  Raises InputError.

    What every question needs of the network and no evidence changes is worked out once and kept
    with it, as cached properties: a few hundred kilobytes that go when the network goes.
    """

    odds: Floats
    share: Floats
    leak: Floats
    link_cause: Ints
    link_variant: Ints
    link_region: Ints
    link_chance: Floats
    driver: Ints
    child: Ints
    factor: Floats

    def __post_init__(self) -> None:
        for name in ("odds", "share", "leak", "link_chance", "factor"):
            _freeze(self, name, np.float64)
        for name in ("link_cause", "link_variant", "link_region", "driver", "child"):
            _freeze(self, name, np.int64)
        self._check_causes()
        self._check_links()
        self._check_couplings()
        self._sort()

    @classmethod
    def build(
        cls,
        odds: ArrayLike,
        share: ArrayLike,
        leak: ArrayLike,
        links: Iterable[Sequence[float] | Link] | NDArray[Any],
        couplings: Iterable[Sequence[float] | Coupling] = (),
    ) -> "Network":
        """Make a network from rows (cause, variant, region, chance), or a dense (C, V, R) array."""
        if isinstance(links, np.ndarray) and links.ndim == 3:
            c, v, r = np.nonzero(links)
            rows = np.column_stack([c, v, r, links[c, v, r]]).astype(np.float64)
        else:
            rows = _rows("links", links, 4)
        coupled = _rows("couplings", couplings, 3)
        return cls(
            odds=np.asarray(odds, dtype=np.float64),
            share=np.asarray(share, dtype=np.float64),
            leak=np.asarray(leak, dtype=np.float64),
            link_cause=_whole("links", rows[:, 0]),
            link_variant=_whole("links", rows[:, 1]),
            link_region=_whole("links", rows[:, 2]),
            link_chance=rows[:, 3],
            driver=_whole("couplings", coupled[:, 0]),
            child=_whole("couplings", coupled[:, 1]),
            factor=coupled[:, 2],
        )

    @property
    def causes(self) -> int:
        """How many causes there are (C)."""
        return len(self.odds)

    @property
    def variants(self) -> int:
        """The largest number of variants of a cause (V)."""
        return int(self.share.shape[1])

    @property
    def regions(self) -> int:
        """How many regions there are (R)."""
        return len(self.leak)

    @cached_property
    def kin(self) -> list["Kin"]:
        """Causes that drive none, by how many drivers they have: these are weighed at once."""
        drivers: list[list[int]] = [[] for _ in range(self.causes)]
        factors: list[list[float]] = [[] for _ in range(self.causes)]
        order = np.lexsort((self.driver, self.child))
        for d, c, f in zip(
            self.driver[order].tolist(),
            self.child[order].tolist(),
            self.factor[order].tolist(),
            strict=True,
        ):
            drivers[c].append(d)
            factors[c].append(f)
        groups: dict[int, list[int]] = {}
        for cause in np.setdiff1d(np.arange(self.causes), self.drivers).tolist():
            groups.setdefault(len(drivers[cause]), []).append(cause)
        found = []
        for count, causes in groups.items():
            number: dict[tuple[int, ...], int] = {}
            which = [number.setdefault(tuple(drivers[c]), len(number)) for c in causes]
            on = np.arange(1 << count)[:, None] >> np.arange(count - 1, -1, -1) & 1 == 1
            raised = np.array([factors[c] for c in causes]).reshape(len(causes), 1, count)
            product = np.sort(np.where(on, raised, 1.0), axis=2).prod(axis=2)
            at = np.array(causes, dtype=np.int64)
            sets = np.array(list(number), dtype=np.int64).reshape(len(number), count)
            which_set = np.array(which, dtype=np.int64)
            found.append(Kin(at, sets, which_set, self.odds[at, None] * product))
        return found

    @cached_property
    def drivers(self) -> Ints:
        """The causes that drive others, in order."""
        return np.unique(self.driver)

    @cached_property
    def log_share(self) -> Floats:
        """Logarithm of ``share`` (C, V), of which each row sums to 1 to the last digit."""
        with np.errstate(divide="ignore"):
            log_share: Floats = np.log(
                self.share / np.sort(self.share, axis=1).sum(axis=1, keepdims=True)
            )
        return log_share

    @cached_property
    def link_cell(self) -> Ints:
        """For each link, the place of its cause and variant in a flat (C, V) array."""
        return self.link_cause * self.variants + self.link_variant

    @cached_property
    def link_log_missed(self) -> Floats:
        """For each link, the logarithm of the chance that it does not paint."""
        return np.log1p(-self.link_chance)

    def relinked(
        self, leak: Floats, cause: Ints, variant: Ints, region: Ints, chance: Floats
    ) -> "Network":
        """The same causes and couplings with other regions and links."""
        other = Network(
            self.odds,
            self.share,
            leak,
            cause,
            variant,
            region,
            chance,
            self.driver,
            self.child,
            self.factor,
        )
        for name in ("kin", "drivers", "log_share"):  # they do not depend on links
            other.__dict__[name] = getattr(self, name)
        return other

    def _check_causes(self) -> None:
        if self.odds.ndim != 1:
            raise InputError("odds", f"has {self.odds.ndim} axes", "one number per cause")
        if self.share.ndim != 2 or len(self.share) != len(self.odds):
            raise InputError(
                "share", f"has shape {self.share.shape}", f"{len(self.odds)} rows, one per cause"
            )
        if self.leak.ndim != 1:
            raise InputError("leak", f"has {self.leak.ndim} axes", "one number per region")
        ok = (self.odds >= LOWEST_ODDS) & (self.odds <= HIGHEST_ODDS)
        _require("odds", self.odds, ok, f"from {LOWEST_ODDS:g} to {HIGHEST_ODDS:g}")
        ok = np.isfinite(self.share) & (self.share >= 0)
        _require("share", self.share, ok, "finite, 0 or above")
        total = self.share.sum(axis=1)
        ok = np.abs(total - 1) <= SHARE_TOLERANCE
        _require("share", total, ok, "rows that sum to 1")
        _require("leak", self.leak, (self.leak > 0) & (self.leak < 1), "above 0 and below 1")

    def _check_links(self) -> None:
        for name, values, size in (
            ("link_cause", self.link_cause, self.causes),
            ("link_variant", self.link_variant, self.variants),
            ("link_region", self.link_region, self.regions),
        ):
            _require(
                name, values, (values >= 0) & (values < size), f"a number from 0 to {size - 1}"
            )
        if not (
            self.link_cause.shape
            == self.link_variant.shape
            == self.link_region.shape
            == self.link_chance.shape
        ):
            raise InputError("links", "its arrays differ in length", "one entry per link in each")
        chance = self.link_chance
        _require("link_chance", chance, (chance >= 0) & (chance < 1), "0 or above, below 1")
        where = (self.link_cause * self.variants + self.link_variant) * self.regions
        if len(np.unique(where + self.link_region)) != len(where):
            raise InputError(
                "links", "the same cause, variant and region twice", "each link at most once"
            )

    def _check_couplings(self) -> None:
        for name, values in (("driver", self.driver), ("child", self.child)):
            size = self.causes
            _require(
                name, values, (values >= 0) & (values < size), f"a number from 0 to {size - 1}"
            )
        if not self.driver.shape == self.child.shape == self.factor.shape:
            raise InputError("couplings", "its arrays differ in length", "one entry each")
        ok = (self.factor >= 1) & (self.factor <= HIGHEST_FACTOR)
        _require("factor", self.factor, ok, f"from 1 to {HIGHEST_FACTOR:g}")
        both = np.intersect1d(self.driver, self.child)
        if len(both):
            raise InputError(
                "couplings", f"cause {both[0]} is a driver and a child", "drivers without drivers"
            )
        pairs = self.driver * self.causes + self.child
        if len(np.unique(pairs)) != len(pairs):
            raise InputError("couplings", "the same driver and child twice", "each pair once")
        if len(pairs) and np.bincount(self.child).max() > MOST_DRIVERS_OF_A_CHILD:
            raise InputError(
                "couplings",
                f"cause {np.bincount(self.child).argmax()} has too many drivers",
                f"at most {MOST_DRIVERS_OF_A_CHILD}",
            )

    def _sort(self) -> None:
        order = np.lexsort((self.link_region, self.link_chance, self.link_variant, self.link_cause))
        order = order[self.link_chance[order] > 0]
        for name in ("link_cause", "link_variant", "link_region", "link_chance"):
            _freeze(self, name, None, order)
        order = np.lexsort((self.driver, self.factor, self.child))
        for name in ("driver", "child", "factor"):
            _freeze(self, name, None, order)


def _freeze(value: object, name: str, kind: type | None, order: Ints | None = None) -> None:
    """Replace an array of a frozen value by an own, read-only copy."""
    array = np.array(getattr(value, name), dtype=kind)
    if order is not None:
        array = array[order]
    array.flags.writeable = False
    object.__setattr__(value, name, array)


def _require(field: str, values: NDArray[Any], ok: NDArray[np.bool_], expected: str) -> None:
    if ok.all():
        return
    at = tuple(int(i) for i in np.argwhere(~ok)[0])
    where = ", ".join(map(str, at))
    raise InputError(field, f"is {values[at]} at {where}", expected)


def _rows(field: str, rows: Iterable[Sequence[float]] | NDArray[Any], width: int) -> Floats:
    listed = [tuple(row) for row in rows]
    if any(len(row) != width for row in listed):
        raise InputError(field, "has a row of another length", f"{width} numbers in each row")
    return np.array(listed, dtype=np.float64).reshape(-1, width)


def _whole(field: str, values: Floats) -> Ints:
    _require(field, values, np.isfinite(values) & (values == np.floor(values)), "whole numbers")
    return values.astype(np.int64)
