"""The numbers of the model, from ``data/model.toml``: assumptions, each with its reason there."""

import tomllib
from functools import cache
from importlib import resources
from math import sqrt
from typing import Literal

import msgspec
import numpy as np

from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.body.drawing import Quality

MUSCLE = "muscle"
# Classes of a muscle as an examination meets it: see [findings] in ``model.toml``.
CLASSES = FOUND, LATENT, OVERCALLED, NONE = ("found", "latent", "overcalled", "none")


class Tie(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often causes are tied together, and how much the tie raises their odds."""

    chance: float
    factor: float


class RootTie(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Roots that raise the odds of muscles on their side, as found in people with radiculopathy."""

    roots: tuple[str, ...]
    muscles: tuple[str, ...]
    factor: float
    sources: tuple[str, ...]


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
    root_ties: tuple[RootTie, ...]
    other_side: float
    ties: dict[str, Tie]


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


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sign at a muscle: its chance by class, how examiners agree on it, and what that rests on.

    ``also`` are other words for it.
    """

    chance: dict[str, float]
    basis: Literal["from agreement", "assumed", "measured"]
    sources: tuple[str, ...]
    text: str
    also: tuple[str, ...] = ()
    kappa: float | None = None
    agreement: float | None = None

    @property
    def error(self) -> float:
        """Chance that an examiner reads the sign wrongly; see ``model.toml`` for the formula."""
        if self.kappa is not None:
            return (1 - sqrt(self.kappa)) / 2
        if self.agreement is not None:
            return (1 - sqrt(2 * self.agreement - 1)) / 2
        return 0.0

    def read(self, kind: str) -> float:
        """Chance that the sign is reported in a muscle of that class."""
        true, error = self.chance[kind], self.error
        return true * (1 - error) + (1 - true) * error


class Findings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an examination finds, by class of muscle."""

    latent: float
    latent_by_sex: dict[Sex, float]
    latent_sources: tuple[str, ...]
    missed: float
    overcalled: float
    inside: dict[str, float]
    recognised_link: float
    sources: tuple[str, ...]
    sign: dict[str, Sign]


class Treated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Factors on the odds of a muscle that was treated before, by what followed."""

    better: float
    same: float
    worse: float
    sources: tuple[str, ...]
    text: str


class PresentationRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a presentation moves the prior odds."""

    half: float
    indirect: float
    taught: float
    most: float
    least: float


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
    findings: Findings
    treated: Treated
    presentation: PresentationRule


@cache
def load_model() -> Model:
    """The shipped numbers."""
    text = resources.files("tautband.reasoning").joinpath("data/model.toml").read_text("utf-8")
    return parse_model(text)


def parse_model(text: str) -> Model:
    """Read and check the numbers; raises InputError that names the one which cannot be right."""
    raw = tomllib.loads(text)
    raw["quality_strength"] = raw["quality"].pop("strength")
    try:
        model = msgspec.convert(raw, Model)
    except msgspec.ValidationError as error:
        raise InputError("model.toml", str(error)) from error
    for kind, profile in model.quality.items():
        if abs(sum(profile.values()) - 1) > 1e-6 or min(profile.values()) <= 0:
            raise InputError(f"model.toml quality.{kind}", "does not sum to 1", "chances above 0")
    for kind, tie in model.prior.ties.items():
        if not (0 < tie.chance < 1 and tie.factor >= 1):
            raise InputError(f"model.toml prior.ties.{kind}", f"is {tie}", "a chance, a factor")
    if not 0 < model.prior.other_side < 1:
        raise InputError("model.toml prior.other_side", "is no chance", "above 0 and below 1")
    for name, variant in model.variants.items():
        if not (0 < variant.share < 1 and 0 <= variant.main < 1 and 0 <= variant.spill < 1):
            raise InputError(f"model.toml variants.{name}", f"is {variant}", "chances below 1")
    if list(model.drawing.share) != sorted(set(model.drawing.share)):
        raise InputError("model.toml drawing.share", "does not rise", "shares in rising order")
    _check_findings(model.findings)
    return model


def _check_findings(findings: Findings) -> None:
    for name, sign in findings.sign.items():
        field = f"model.toml findings.sign.{name}"
        for figure, least in ((sign.kappa, 0.0), (sign.agreement, 0.5)):
            if figure is not None and not least < figure < 1:
                raise InputError(field, f"has an agreement of {figure}", f"one in ({least}, 1)")
        if set(sign.chance) != set(CLASSES) or not all(0 < c < 1 for c in sign.chance.values()):
            raise InputError(field, f"has chances {sign.chance}", "one in (0, 1) for each class")
        if (sign.basis == "from agreement") != (sign.error > 0):
            raise InputError(field, "states a basis that its figures do not have", "kappa with it")
    largest = max((1.0, *findings.latent_by_sex.values())) * findings.latent
    if not (largest + findings.overcalled < 1 and 0 < findings.missed < 1):
        raise InputError("model.toml findings", "has classes beyond the whole", "chances below 1")


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
