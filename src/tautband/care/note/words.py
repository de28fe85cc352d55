"""The words of a note (``care/data/note.toml``), filled in."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources

import msgspec

from tautband.atlas.load import read_muscles
from tautband.base.errors import InputError


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every word of a note: sentences, nouns with their plural, parts, decisions."""

    months: tuple[str, ...]
    sentences: Mapping[str, str]
    nouns: Mapping[str, tuple[str, str]]
    words: Mapping[str, str]
    decisions: Mapping[str, str]
    signs: Mapping[str, str]


@cache
def load_words() -> Words:
    """The words; raises InputError that names what cannot be used."""
    text = resources.files("tautband.care").joinpath("data", "note.toml").read_text("utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), Words)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("note.toml", str(error)) from error


def sentence(topic: str, **values: str) -> str:
    """The sentence of a topic, filled in; it begins with a capital."""
    text = load_words().sentences[topic].format(**values)
    return text[:1].upper() + text[1:]


def word(key: str, **values: str | int) -> str:
    """A part of a sentence, filled in."""
    return load_words().words[key].format(**values)


def count(number: int, noun: str) -> str:
    """``1 needle``, ``2 needles``."""
    one, many = load_words().nouns[noun]
    return f"{number} {one if number == 1 else many}"


def decided(decision: str) -> str:
    """A decision of safety in words."""
    return load_words().decisions.get(decision, decision)


def sign_word(sign: str) -> str:
    """A sign of an examination as a noun."""
    return load_words().signs.get(sign, sign)


def amount(value: float) -> str:
    """A number as it was recorded: ``6``, ``0.25``."""
    return f"{value:.10g}"


def day(value: date) -> str:
    """``2 November 2026``."""
    return f"{value.day} {load_words().months[value.month - 1]} {value.year}"


def clock(value: datetime) -> str:
    """``09:05``."""
    return f"{value:%H:%M}"


def listed(parts: Iterable[str]) -> str:
    """The parts that say something, joined by commas."""
    return ", ".join(part for part in parts if part)


def place(muscle: str, side: str) -> str:
    """``right trapezius, upper part``: a muscle of the atlas, or its id where there is none."""
    found = read_muscles().get(muscle)
    name = found.name[:1].lower() + found.name[1:] if found else muscle.replace("_", " ")
    return f"{side} {name}".strip()


def ended(text: str) -> str:
    """Somebody's own words as a sentence of their own."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
