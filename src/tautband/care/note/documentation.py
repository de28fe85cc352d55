"""What a note must contain where the clinic stands, and what of it is still missing.

The needs are data (``care/data/documentation.toml``), each with its source; a jurisdiction without
an entry has the needs of good practice alone, which is not the same as having no law.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, bibliography, check_fact
from tautband.care.note.recorded import Needle, Needler, Treatment
from tautband.care.note.sentences import Sentence
from tautband.care.note.words import load_words

EVERYWHERE = "*"


class Need(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that a note contains; of each group of ``topics`` one sentence answers to it.

    ``values`` ask more of those sentences: ``size`` a gauge and a length of every needle,
    ``licence`` the licence of who needled.
    """

    id: str
    jurisdictions: tuple[str, ...]
    topics: tuple[tuple[str, ...], ...]
    values: tuple[Literal["size", "licence"], ...] = ()

    @property
    def is_law(self) -> bool:
        """True for what a jurisdiction asks, false for good practice."""
        return EVERYWHERE not in self.jurisdictions

    @property
    def is_own_words(self) -> bool:
        """True for what is not recorded as data: the clinician's own words must say it."""
        return not self.topics


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    need: tuple[Need, ...]


@cache
def load_needs() -> tuple[Need, ...]:
    """Every need; raises InputError for one that is not sourced or names no known topic."""
    name = "documentation.toml"
    text = resources.files("tautband.care").joinpath("data", name).read_text("utf-8")
    try:
        needs = msgspec.convert(tomllib.loads(text), _File).need
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error)) from error
    known = load_words().sentences
    for need in needs:
        check_fact(f"{name} {need.id}", need, bibliography())
        for topic in (one for group in need.topics for one in group):
            if topic not in known:
                raise InputError(f"{name} {need.id}", f"names '{topic}'", "a topic of note.toml")
    return needs


def needs_of(jurisdiction: str) -> tuple[Need, ...]:
    """What is asked of a note in a jurisdiction (``US-VA``): its law first, then good practice.

    Good practice that a law of the place asks with the same topics is left to the law.
    """
    place = jurisdiction.strip().upper()
    law = [need for need in load_needs() if place in need.jurisdictions]
    asked = {(need.topics, need.values) for need in law}
    rest = [need for need in load_needs() if not need.is_law]
    return (*law, *(need for need in rest if (need.topics, need.values) not in asked))


def missing(told: Treatment, said: Iterable[Sentence], jurisdiction: str) -> tuple[Need, ...]:
    """What is asked there and not answered by the sentences that are said."""
    said = tuple(said)
    return tuple(need for need in needs_of(jurisdiction) if not _answered(need, told, said))


def _answered(need: Need, told: Treatment, said: tuple[Sentence, ...]) -> bool:
    topics = {one.topic for one in said}
    if need.is_own_words or not all(topics & set(group) for group in need.topics):
        return False
    ids = {item for one in said for item in one.items}
    if "size" in need.values:
        needles = [one for one in told.of(Needle) if one.id in ids]
        if not all(one.length_mm and one.gauge_mm for one in needles) or not needles:
            return False
    if "licence" in need.values:
        hands = [one for one in told.of(Needler) if one.id in ids and not one.supervises]
        return bool(hands) and all(one.licence for one in hands)
    return True
