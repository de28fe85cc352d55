"""Published shares of people with an active trigger point, muscle by muscle."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, Source, check_fact


class Prevalence(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Percent of ``n`` people with a condition who had an active point; ``active`` is a range."""

    muscle: str
    condition: str
    n: int
    active: tuple[float, float]


@cache
def read_prevalence() -> tuple[Prevalence, ...]:
    """All rows of ``prevalence.toml``."""
    text = resources.files("tautband.atlas").joinpath("data/prevalence.toml").read_text("utf-8")
    try:
        return tuple(msgspec.convert(row, Prevalence) for row in tomllib.loads(text)["row"])
    except msgspec.ValidationError as error:
        raise InputError("prevalence.toml", str(error)) from error


def check_prevalence(muscles: Mapping[str, object], known: Mapping[str, Source]) -> None:
    """Raise InputError unless each row is sourced, in range, and about a muscle of the atlas."""
    for number, row in enumerate(read_prevalence()):
        check_fact(f"prevalence[{number}]", row, known)
        if row.muscle not in muscles:
            raise InputError(
                f"prevalence[{number}].muscle", f"'{row.muscle}' is no record", "an id"
            )
        if not 0 <= row.active[0] <= row.active[1] <= 100:
            raise InputError(f"prevalence[{number}].active", f"is {row.active}", "percent")


def mean_active(rows: tuple[Prevalence, ...]) -> dict[str, float]:
    """Mean percent active per muscle, over the middles of its rows, weighted by root n.

    The root keeps one large, special group from drowning the others; a review's range without n
    counts as 25 people.
    """
    total: dict[str, float] = defaultdict(float)
    weight: dict[str, float] = defaultdict(float)
    for row in rows:
        share = (row.n or 25) ** 0.5
        total[row.muscle] += share * (row.active[0] + row.active[1]) / 2
        weight[row.muscle] += share
    return {muscle: total[muscle] / weight[muscle] for muscle in total}
