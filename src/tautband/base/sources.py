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


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A statement with its sources and how sure it is, or the statement that nothing is known."""

    text: str = ""
    sources: tuple[str, ...] = ()
    confidence: Confidence | None = None
    state: str = "stated"

    @property
    def stated(self) -> bool:
        """False when the record says that this is not established."""
        return self.state == "stated"


def check_fact(field: str, fact: Fact, known: Mapping[str, Source]) -> None:
    """Raise InputError unless the fact is sourced, marked unreviewed, or not established."""
    if fact.state == "not established":
        return
    if fact.state != "stated":
        raise InputError(f"{field}.state", f"is '{fact.state}'", "'stated' or 'not established'")
    if fact.confidence is None:
        raise InputError(f"{field}.confidence", "is missing", "one of " + ", ".join(Confidence))
    for key in fact.sources:
        if key not in known:
            raise InputError(
                f"{field}.sources", f"'{key}' is not in the bibliography", "a known key"
            )
    read = [key for key in fact.sources if known[key].seen is not Seen.NONE]
    if fact.confidence is not Confidence.UNREVIEWED and not read:
        raise InputError(
            f"{field}.sources", "names no source that was read", "one, or confidence 'unreviewed'"
        )


@cache
def bibliography() -> Mapping[str, Source]:
    """All sources by key, read from ``base/data/bibliography``."""
    folder = resources.files("tautband.base").joinpath("data/bibliography")
    found: dict[str, Source] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".toml"):
            continue
        for key, source in parse_bibliography(entry.read_text("utf-8")).items():
            if key in found:
                raise InputError(f"bibliography entry {key}", "stands in two files", "one place")
            found[key] = source
    return found


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
