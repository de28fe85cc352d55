"""Pictures of exercises: line figures drawn for this product, by the words that they show.

``figures/figures.toml`` names for each picture the texts of the atlas that it was drawn for.  A
text that changes loses its picture until somebody has looked at both again.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from tautband.base.errors import InputError

_FOLDER = resources.files("tautband.clinic.papers").joinpath("figures")


class Drawn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture of the folder: what it shows, and the advice that it was drawn for."""

    id: str
    shows: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A picture as SVG, its file's name, and what it shows for who cannot see it."""

    file: str
    shows: str
    picture: bytes


@cache
def load_figures() -> tuple[Drawn, ...]:
    """All pictures; raises InputError for a file that cannot be read, or a text named twice."""
    told = tomllib.loads(_FOLDER.joinpath("figures.toml").read_text("utf-8"))
    try:
        found = msgspec.convert(told["figure"], tuple[Drawn, ...])
    except msgspec.ValidationError as error:
        raise InputError("figures.toml", str(error)) from error
    texts = [text for one in found for text in one.texts]
    if len(set(texts)) != len(texts):
        raise InputError("figures.toml", "names a text twice", "one picture for a text")
    return found


@cache
def _by_text() -> Mapping[str, Drawn]:
    return {text: one for one in load_figures() for text in one.texts}


def figure_of(text: str) -> Figure | None:
    """The picture of an advice, which may say first when it begins; None where none was drawn."""
    drawn = next((one for own, one in _by_text().items() if _says(text, own)), None)
    if drawn is None:
        return None
    file = f"{drawn.id}.svg"
    return Figure(file, drawn.shows, _FOLDER.joinpath(file).read_bytes())


def _says(text: str, own: str) -> bool:
    return text == own or text.endswith(f" {own}")
