"""Published shares of people with an active trigger point, muscle by muscle."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, Source, check_fact

Percent = tuple[float, float]
REVIEW_N = 25  # people that a review's range without a number counts as


class Prevalence(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Percent of ``n`` people with a condition who had a trigger point in a muscle, as ranges.

    ``any`` counts active and latent together and never enters a prior.  ``indirect``: the people
    differ from those of the presentation that the row informs, so it counts for less.
    """

    muscle: str
    condition: str
    n: int
    presentation: str = ""
    active: Percent | None = None
    latent: Percent | None = None
    any: Percent | None = None
    indirect: bool = False

    @property
    def people(self) -> int:
        """How many people the row stands for; a review's range without a number is few."""
        return self.n or REVIEW_N


class Gap(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A study that gives no figure per muscle; ``muscles`` are those that it speaks of."""

    condition: str
    n: int
    presentation: str = ""
    muscles: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    row: tuple[Prevalence, ...]
    gap: tuple[Gap, ...]


@cache
def _read() -> _File:
    text = resources.files("tautband.atlas").joinpath("data/prevalence.toml").read_text("utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), _File)
    except msgspec.ValidationError as error:
        raise InputError("prevalence.toml", str(error)) from error


def read_prevalence() -> tuple[Prevalence, ...]:
    """All rows of ``prevalence.toml``."""
    return _read().row


def read_gaps() -> tuple[Gap, ...]:
    """All studies of ``prevalence.toml`` without a figure per muscle."""
    return _read().gap


def check_prevalence(muscles: Mapping[str, object], known: Mapping[str, Source]) -> None:
    """Raise InputError unless each row is sourced, in range, and about a muscle of the atlas."""
    for number, row in enumerate(read_prevalence()):
        check_fact(f"prevalence[{number}]", row, known)
        if row.muscle not in muscles:
            raise InputError(
                f"prevalence[{number}].muscle", f"'{row.muscle}' is no record", "an id"
            )
        _check_figures(f"prevalence[{number}]", row)
    for number, gap in enumerate(read_gaps()):
        check_fact(f"prevalence gap[{number}]", gap, known)
        for muscle in gap.muscles:
            if muscle not in muscles:
                raise InputError(f"prevalence gap[{number}]", f"'{muscle}' is no record", "an id")


def _check_figures(where: str, row: Prevalence) -> None:
    spans = {"active": row.active, "latent": row.latent, "any": row.any}
    if not any(spans.values()):
        raise InputError(where, "has no figure", "active, latent or any; or a [[gap]]")
    for name, span in spans.items():
        if span is not None and not 0 <= span[0] <= span[1] <= 100:
            raise InputError(f"{where}.{name}", f"is {span}", "percent, smaller first")


def mean_active(rows: tuple[Prevalence, ...]) -> dict[str, float]:
    """Mean percent active per muscle, over the middles of its rows, weighted by root n.

    The root keeps one large, special group from drowning the others; a review's range without n
    counts as 25 people.  Rows that do not split active from latent are left out.
    """
    total: dict[str, float] = defaultdict(float)
    weight: dict[str, float] = defaultdict(float)
    for row in rows:
        if row.active is None:
            continue
        share = row.people**0.5
        total[row.muscle] += share * (row.active[0] + row.active[1]) / 2
        weight[row.muscle] += share
    return {muscle: total[muscle] / weight[muscle] for muscle in total}
