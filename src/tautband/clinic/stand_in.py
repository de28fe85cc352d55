"""TEMPORARY made-up answers in the shape of the real ones.  Deleted when `care` is here."""

from typing import Any

from tautband.base.errors import InputError
from tautband.body.surface import load_surface
from tautband.clinic.wire import NotFoundError

VERSION = load_surface().version
_REGION = {"region": "shoulder_anterior", "side": "right", "name": "Front of the shoulder"}


def words(text: str) -> dict[str, Any]:
    """The front of the right shoulder, whatever is said."""
    if not text.strip():
        raise InputError("text", "is empty", "a sentence that says where it hurts")
    mark = {"intensity": 6, "quality": "ache", "vertices": [1000, 60]}
    drawing = {
        "schema": "tautband.drawing/1",
        "body": VERSION,
        "answers": "named places only",
        "marks": [mark],
        "free": [],
    }
    understood = [{"text": text[:40], "meaning": "front of the right shoulder"}]
    return {"drawing": drawing, "understood": understood, "not_understood": []}


def locate(drawing: dict[str, Any]) -> dict[str, Any]:
    """One candidate."""
    if drawing["body"] != VERSION:
        raise InputError("drawing.body", f"'{drawing['body']}' is not known", VERSION)
    risk = {
        "structure": "pleura",
        "note": "below the blade",
        "source": "made-up",
        "confidence": "unreviewed",
    }
    candidate = {
        "muscle": "infraspinatus",
        "name": "Infraspinatus",
        "synonyms": [],
        "side": "right",
        "probability": 0.61,
        "explains": [{**_REGION, "share": 0.9}],
        "against": [],
        "at_risk": [risk],
    }
    return {
        "schema": "tautband.locate/1",
        "versions": {"body": VERSION, "atlas": "0", "model": "0", "tautband": "0"},
        "understood": [],
        "not_understood": [],
        "red_flags": [],
        "candidates": [candidate],
        "other_causes": [],
        "unexplained": [],
        "bound": 0.001,
    }


def muscle(muscle: str, side: str) -> dict[str, Any]:
    """Infraspinatus only."""
    if muscle != "infraspinatus":
        raise NotFoundError("muscle", f"'{muscle[:60]}' is not in the atlas", "", ["infraspinatus"])
    return {
        "id": muscle,
        "name": "Infraspinatus",
        "side": side,
        "synonyms": [],
        "trigger_points": [{"id": "infraspinatus_1", "vertex": 1012}],
        "zones": {"main": [1000, 60], "spill": [1200, 60]},
        "summary": {},
    }
