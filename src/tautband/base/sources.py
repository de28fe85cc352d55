"""Sources, how far each was seen, and how sure a fact is."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec

from tautband.base.errors import InputError


class Seen(StrEnum):
    """How far a source was read before a fact was taken from it."""

    FULL = "full"
    ABSTRACT = "abstract"
    EXCERPT = "excerpt"
    NONE = "none"


class Confidence(StrEnum):
    """How sure a fact is."""

    MEASURED = "measured"
    PUBLISHED_TEACHING = "published teaching"
    UNREVIEWED = "unreviewed"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of the bibliography."""

    key: str
    citation: str
    seen: Seen
    url: str = ""
    note: str = ""


@cache
def bibliography() -> Mapping[str, Source]:
    """All sources by key, read from ``base/data/bibliography.toml``."""
    text = resources.files("tautband.base").joinpath("data/bibliography.toml").read_text("utf-8")
    return parse_bibliography(text)


def parse_bibliography(text: str) -> dict[str, Source]:
    """Read a bibliography; raises InputError that names the entry which cannot be used."""
    entries = tomllib.loads(text)
    found: dict[str, Source] = {}
    for key, fields in entries.items():
        try:
            found[key] = msgspec.convert({"key": key, **fields}, Source)
        except msgspec.ValidationError as error:
            raise InputError(f"bibliography entry {key}", str(error)) from error
    return found
