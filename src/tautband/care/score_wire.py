"""Instruments and their scores as plain data, for every face."""

from typing import Any

import msgspec

from tautband.measures.change import Change
from tautband.measures.instruments import Instrument
from tautband.measures.score import Score


def score_json(instrument: Instrument, found: Score, weighed: Change | None) -> dict[str, Any]:
    """A score by schema ``tautband.score/1``."""
    return {
        "schema": "tautband.score/1",
        "instrument": instrument.id,
        "name": instrument.name,
        "score": found.value,
        "unit": instrument.unit,
        "range": list(instrument.range),
        "better": instrument.better,
        "items": list(found.items),
        "item_names": list(instrument.items.names),
        "missing": found.missing,
        "why_none": found.why or None,
        "change": _change_json(weighed) if weighed else None,
        "caution": instrument.caution or None,
    }


def _change_json(weighed: Change) -> dict[str, Any]:
    return {
        "points_better": weighed.points,
        "percent_better": weighed.percent,
        "important": [
            {
                "kind": one.threshold.kind,
                "points": list(one.points),
                "reached": one.reached,
                "nearest": one.nearest,
                "population": one.threshold.population,
                "sources": list(one.threshold.sources),
                "confidence": str(one.threshold.confidence),
            }
            for one in weighed.important
        ],
        "real": {
            "repeats": weighed.real.repeats,
            "least": weighed.real.least,
            "stands_out": weighed.real.stands_out,
            "text": weighed.real.text,
        },
    }


def about_json(instrument: Instrument) -> dict[str, Any]:
    """An instrument in short."""
    told: dict[str, Any] = msgspec.to_builtins(instrument)
    return told
