"""What the API asks of the floors below: plain data in, plain data out.

TEMPORARY: all but the body comes from `stand_in` until `tautband.care` is here.
"""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings

from tautband.body.regions import load_regions
from tautband.clinic import stand_in


def preload() -> None:
    """Load surface, atlas and network once, before the server forks its workers."""
    body()


@cache
def body() -> dict[str, Any]:
    """The body's version, its glb, its regions and shapes."""
    table = load_regions()
    return {
        "version": table.surface.version,
        "glb": f"{settings.STATIC_URL}body/{_glb_name()}",
        "regions": [asdict(region) for region in table.regions],
        "shapes": [name for name in table.surface.shapes if name != "neutral"],
    }


def _glb_name() -> str:
    """The one glb of the package; its name carries a hash of its content."""
    folder = resources.files("tautband.clinic").joinpath("static/body")
    (name,) = [item.name for item in folder.iterdir() if item.name.endswith(".glb")]
    return name


def words(text: str) -> dict[str, Any]:
    """A sentence as a drawing; raises InputError when too little of it is understood."""
    return stand_in.words(text)


def locate(drawing: dict[str, Any], sex: str | None, findings: Sequence[str]) -> dict[str, Any]:
    """The ranking for a drawing; raises InputError for what cannot be used."""
    return stand_in.locate(drawing)


def muscle(muscle: str, side: str) -> dict[str, Any]:
    """A muscle on one side; raises NotFoundError for one that the atlas lacks."""
    return stand_in.muscle(muscle, side)
