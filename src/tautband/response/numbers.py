"""The numbers that the model starts from, as ``tools/write_priors.py`` wrote them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from math import log, sqrt

import msgspec

from tautband.base.errors import InputError


class Number(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One prior: ``value`` and ``sd`` in ``unit``, with its sources and the rows behind it."""

    value: float
    sd: float
    unit: str
    text: str
    sources: tuple[str, ...]
    rows: tuple[str, ...]

    @property
    def log_normal(self) -> tuple[float, float]:
        """Mean and SD of the logarithm of a positive quantity with this mean and SD."""
        spread = log(1 + (self.sd / self.value) ** 2)
        return log(self.value) - spread / 2, sqrt(spread)


@cache
def load_numbers() -> Mapping[str, Number]:
    """All numbers of ``priors.toml`` by key; raises InputError."""
    return parse_numbers(_text())


def parse_numbers(text: str) -> Mapping[str, Number]:
    """Read the numbers; raises InputError that names what cannot be used."""
    try:
        found = msgspec.convert(tomllib.loads(text), dict[str, Number])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("priors.toml", str(error), "what tools/write_priors.py writes") from error
    for key, number in found.items():
        if not number.sd > 0:
            raise InputError(f"priors.toml, {key}.sd", f"is {number.sd:g}", "above 0")
    return found


@cache
def numbers_version() -> str:
    """A name for these priors that changes with any value or spread, not with their words."""
    told = "".join(f"{key} {n.value!r} {n.sd!r};" for key, n in sorted(load_numbers().items()))
    return "priors-" + sha256(told.encode()).hexdigest()[:12]


def _text() -> str:
    folder = resources.files("tautband.response")
    return folder.joinpath("data/priors.toml").read_text("utf-8")
