"""Pools that reviews have published, as printed, and what is wrong with some of them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import bibliography
from tautband.evidence.trials import Outcome


class PublishedPool(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One pooled figure; what was cut off or not printed is absent."""

    outcome: Outcome
    measure: str
    against: str
    when: str
    metric: Literal["md", "smd", "risk ratio"]
    better: Literal["lower", "higher"]
    place: str
    people: str = ""
    scale: tuple[float, float] | None = None
    unit: str = ""
    estimate: float | None = None
    ci: tuple[float, float] | None = None
    ci_low_only: float | None = None
    studies: int | None = None
    n_text: str = ""
    i2: float | None = None
    grade: str = ""
    note: str = ""

    @property
    def wrong(self) -> str:
        """What cannot be in the figure as printed; empty where nothing is found."""
        if self.estimate is None:
            return "no estimate is printed"
        if self.ci is None:
            return "the interval was not seen whole"
        low, high = self.ci
        if not low < high:
            return "the limits are not in order"
        if not low <= self.estimate <= high:
            return "the estimate lies outside its interval"
        middle = (low * high) ** 0.5 if self.metric == "risk ratio" else (low + high) / 2
        if abs(self.estimate - middle) > 0.08 * (high - low) and abs(self.estimate - middle) > 0.06:
            return "the estimate is not the middle of its interval"
        return ""


class Review(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One systematic review."""

    id: str
    name: str
    year: int
    conditions: tuple[str, ...]
    people: str
    source: str
    pools: tuple[PublishedPool, ...]


@cache
def load_reviews() -> Mapping[str, Review]:
    """All reviews by id, checked; raises InputError that names file and field."""
    folder = resources.files("tautband.evidence").joinpath("data/reviews")
    found: dict[str, Review] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".toml"):
            continue
        try:
            review = msgspec.convert(tomllib.loads(entry.read_text("utf-8")), Review)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise InputError(entry.name, str(error), "docs/evidence.md shows a record") from error
        if f"{review.id}.toml" != entry.name:
            raise InputError(entry.name, f"holds the id '{review.id}'", "the file's own name")
        if review.source not in bibliography():
            raise InputError(f"{review.id}.source", f"'{review.source}' is unknown", "a known key")
        found[review.id] = review
    return found
