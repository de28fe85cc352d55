"""What the API asks of the floors below: plain data in, plain data out.

TEMPORARY: the answers come from `stand_in` until `tautband.care` and `tautband.body` are here.
"""

from collections.abc import Sequence
from typing import Any

from tautband.clinic import stand_in


def preload() -> None:
    """Load surface, atlas and network once, before the server forks its workers."""


def body() -> dict[str, Any]:
    """The body's version, its glb, its regions and shapes."""
    return stand_in.body()


def words(text: str) -> dict[str, Any]:
    """A sentence as a drawing; raises InputError when too little of it is understood."""
    return stand_in.words(text)


def locate(drawing: dict[str, Any], sex: str | None, findings: Sequence[str]) -> dict[str, Any]:
    """The ranking for a drawing; raises InputError for what cannot be used."""
    return stand_in.locate(drawing)


def muscle(muscle: str, side: str) -> dict[str, Any]:
    """A muscle on one side; raises NotFoundError for one that the atlas lacks."""
    return stand_in.muscle(muscle, side)
