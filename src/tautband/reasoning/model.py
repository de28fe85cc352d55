"""The numbers of the model, from ``data/model.toml``: assumptions, each with its reason there."""

import tomllib
from functools import cache
from importlib import resources

import msgspec
import numpy as np

from tautband.base.errors import InputError
from tautband.body.drawing import Quality

MUSCLE = "muscle"


class Prior(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Prior odds and what they rest on."""

    expected_active: float
    sources: tuple[str, ...]
    unknown_weight: float
    least_weight: float
    most_weight: float
    rare_muscles: dict[str, float]
    common: float
    uncommon: float
    rare: float
    root_factor: float
    root_sources: tuple[str, ...]


class Leak(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Chance of paint for a reason outside the network."""

    per_50_cm2: float
    least: float
    most: float


class Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How cover of a region by a zone turns into a link."""

    cover_none: float
    cover_full: float
    part_full: float
    least: float


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How common a pattern is, and how likely it paints its main and spill-over part."""

    share: float
    main: float
    spill: float


class Drawn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a painted share of a region says."""

    free: float
    slip: float
    many: int
    slip_of_many: float
    enough_cm2: float
    share: tuple[float, ...]
    like_on: tuple[float, ...]
    like_off: tuple[float, ...]
    asked: float
    weak_mark: float


class LikelihoodRatio(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of one examination finding."""

    present: float
    absent: float


class Model(msgspec.Struct, frozen=True):
    """All numbers of the model."""

    version: str
    prior: Prior
    leak: Leak
    links: Links
    variants: dict[str, Variant]
    drawing: Drawn
    quality_strength: float
    quality: dict[str, dict[Quality, float]]
    findings: dict[str, LikelihoodRatio]
    finding_sources: tuple[str, ...]


@cache
def load_model() -> Model:
    """The shipped numbers."""
    text = resources.files("tautband.reasoning").joinpath("data/model.toml").read_text("utf-8")
    return parse_model(text)


def parse_model(text: str) -> Model:
    """Read and check the numbers; raises InputError that names the one which cannot be right."""
    raw = tomllib.loads(text)
    raw["quality_strength"] = raw["quality"].pop("strength")
    raw["finding_sources"] = raw["findings"].pop("sources")
    try:
        model = msgspec.convert(raw, Model)
    except msgspec.ValidationError as error:
        raise InputError("model.toml", str(error)) from error
    for kind, profile in model.quality.items():
        if abs(sum(profile.values()) - 1) > 1e-6 or min(profile.values()) <= 0:
            raise InputError(f"model.toml quality.{kind}", "does not sum to 1", "chances above 0")
    for name, variant in model.variants.items():
        if not (0 < variant.share < 1 and 0 <= variant.main < 1 and 0 <= variant.spill < 1):
            raise InputError(f"model.toml variants.{name}", f"is {variant}", "chances below 1")
    if list(model.drawing.share) != sorted(set(model.drawing.share)):
        raise InputError("model.toml drawing.share", "does not rise", "shares in rising order")
    return model


def quality_ratios(model: Model) -> dict[str, np.ndarray]:
    """Likelihood ratio of each quality for each kind of cause against the average complaint.

    The average is taken as 60 % muscle and 40 % the other kinds together; a mark without a stated
    quality has the ratio 1.
    """
    kinds = list(model.quality)
    stated = [q for q in Quality if q is not Quality.UNSPECIFIED]
    table = np.array([[model.quality[k][q] for q in stated] for k in kinds])
    weight = np.array([0.6 if k == MUSCLE else 0.4 / (len(kinds) - 1) for k in kinds])
    ratio = (table / (weight @ table)) ** model.quality_strength
    return {k: np.append(ratio[i], 1.0) for i, k in enumerate(kinds)}
