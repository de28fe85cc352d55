"""What the API asks of the floors below: plain data in, plain data out."""

from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings
from django.template.loader import get_template

from tautband.atlas.names import find_muscle
from tautband.atlas.presentations import find_presentation
from tautband.base.errors import InputError
from tautband.body.drawing import from_json
from tautband.body.regions import load_regions
from tautband.care.course import course_json, judge_file
from tautband.care.examine import examine as examine_drawing
from tautband.care.locate import LIVE_BOUND, read_sentence, shipped_lexicon
from tautband.care.locate import locate as locate_drawing
from tautband.care.presentation import presentation_json, presentations_json
from tautband.care.score_wire import about_json, score_json
from tautband.care.signs import findings_json
from tautband.care.wire import examination_json, location_json, muscle_json, sentence_json
from tautband.clinic import catalogue
from tautband.clinic.wire import NotFoundError
from tautband.evidence.sheets import load_sheets
from tautband.measures.change import change
from tautband.measures.instruments import find_instrument, load_instruments
from tautband.measures.score import score as score_answers
from tautband.reasoning.knowledge import load_knowledge
from tautband.response.numbers import load_numbers
from tautband.response.verdict import load_rule


def preload() -> None:
    """Load surface, atlas, network and texts once, before the server forks its workers."""
    catalogue.text("shell-name", settings.TAUTBAND_LOCALE)
    for page in ("body", "draw", "about", "forecast", "measures", "error"):
        get_template(f"{page}.html")
    body()
    load_knowledge()
    shipped_lexicon()
    load_sheets()
    load_instruments()
    load_numbers()
    load_rule()


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


def locate(drawing: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """The ranking for a drawing and what was told; raises InputError for what cannot be used."""
    read = from_json(drawing, load_regions().surface)
    return location_json(locate_drawing(read, **told))


def examine(drawing: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """What to examine next; raises InputError for what cannot be used."""
    read = from_json(drawing, load_regions().surface)
    return examination_json(examine_drawing(read, bound=LIVE_BOUND, **told))


def findings() -> dict[str, Any]:
    """The signs of the examination that the model knows, in its order, and the clinical tests."""
    return findings_json(load_knowledge())


def presentations() -> dict[str, Any]:
    """All presentations in short."""
    return {"presentations": presentations_json()}


def presentation(presentation: str) -> dict[str, Any]:
    """A presentation by id, name or synonym; raises NotFoundError for an unknown one."""
    try:
        found = find_presentation(presentation[:120])
    except InputError as error:
        raise NotFoundError(
            error.field, error.problem, "a presentation's id", error.suggestions
        ) from error
    return presentation_json(found, load_knowledge().atlas)


def muscle(muscle: str, side: str) -> dict[str, Any]:
    """A muscle on one side; raises NotFoundError for an id that the atlas lacks."""
    atlas = load_knowledge().atlas
    if muscle not in atlas.muscles:
        raise NotFoundError(
            "muscle", f"'{muscle[:60]}' is not in the atlas", "a muscle's id", _close(muscle)
        )
    return muscle_json(atlas, muscle, side)


def forecast(course: dict[str, Any]) -> dict[str, Any]:
    """A course judged; raises InputError that names the field of the course."""
    return course_json(judge_file(course))


def instruments() -> dict[str, Any]:
    """All shipped instruments."""
    return {"instruments": [about_json(one) for one in load_instruments().values()]}


def score(told: dict[str, Any]) -> dict[str, Any]:
    """Answers scored, and the change from an earlier score weighed where one is told."""
    instrument = find_instrument(told["instrument"])
    found = score_answers(instrument, told["answers"])
    weighed = None
    if told["before"] is not None and found.value is not None:
        weighed = change(
            instrument,
            told["before"],
            found.value,
            region=told["region"].strip().lower(),
            repeats=told["repeats"],
        )
    return score_json(instrument, found, weighed)


def _close(name: str) -> tuple[str, ...]:
    """Ids of muscles that a wrong id may have meant."""
    try:
        return (find_muscle(name[:60], load_knowledge().atlas.muscles).id,)
    except InputError as error:
        return error.suggestions
