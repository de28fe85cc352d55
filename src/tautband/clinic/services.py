"""What the API asks of the floors below: plain data in, plain data out."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings
from django.template.loader import get_template

from tautband.atlas.load import find_muscle
from tautband.base.errors import InputError
from tautband.body.drawing import from_json
from tautband.body.regions import load_regions
from tautband.care.locate import locate as locate_drawing
from tautband.care.locate import read_sentence, shipped_lexicon
from tautband.care.wire import location_json, muscle_json, sentence_json
from tautband.clinic import catalogue
from tautband.clinic.wire import NotFoundError
from tautband.reasoning.knowledge import load_knowledge


def preload() -> None:
    """Load surface, atlas, network and texts once, before the server forks its workers."""
    catalogue.text("shell-name", settings.TAUTBAND_LOCALE)
    for page in ("body", "draw", "about", "error"):
        get_template(f"{page}.html")
    body()
    load_knowledge()
    shipped_lexicon()


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
    return sentence_json(read_sentence(text))


def locate(drawing: dict[str, Any], findings: Sequence[str]) -> dict[str, Any]:
    """The ranking for a drawing; raises InputError for what cannot be used."""
    read = from_json(drawing, load_regions().surface)
    return location_json(locate_drawing(read, findings=findings))


def findings() -> dict[str, Any]:
    """The signs of the examination that the model knows, in its order."""
    return {"signs": list(load_knowledge().model.findings)}


def muscle(muscle: str, side: str) -> dict[str, Any]:
    """A muscle on one side; raises NotFoundError for an id that the atlas lacks."""
    atlas = load_knowledge().atlas
    if muscle not in atlas.muscles:
        raise NotFoundError(
            "muscle", f"'{muscle[:60]}' is not in the atlas", "a muscle's id", _close(muscle)
        )
    return muscle_json(atlas, muscle, side)


def _close(name: str) -> tuple[str, ...]:
    """Ids of muscles that a wrong id may have meant."""
    try:
        return (find_muscle(name[:60], load_knowledge().atlas.muscles).id,)
    except InputError as error:
        return error.suggestions
