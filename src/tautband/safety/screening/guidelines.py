"""Whose classes a rule carries, and how much each weighs."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import bibliography


class Guideline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A regulator, a professional body, or another source, with its entry in the bibliography."""

    name: str
    kind: Literal["regulator", "professional body", "other", "own"]
    source: str

    @property
    def binds(self) -> bool:
        """True for regulators and professional bodies; the others only add precautions."""
        return self.kind in ("regulator", "professional body")


@cache
def load_guidelines() -> Mapping[str, Guideline]:
    """All guidelines by key; raises InputError when one names no source of the bibliography."""
    folder = resources.files("tautband.safety.screening").joinpath("data")
    data = tomllib.loads(folder.joinpath("guidelines.toml").read_text("utf-8"))
    try:
        found = msgspec.convert(data, dict[str, Guideline])
    except msgspec.ValidationError as error:
        raise InputError("guidelines", str(error)) from error
    for key, guideline in found.items():
        if guideline.source not in bibliography():
            raise InputError(
                f"guideline {key}.source", f"is '{guideline.source}'", "a key of the bibliography"
            )
    return found
