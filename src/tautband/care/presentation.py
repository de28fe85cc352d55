"""Presentations as plain data; ``docs/developers/json.md`` describes the fields."""

from typing import Any

from tautband.atlas.atlas import Atlas
from tautband.atlas.presentations import Presentation, read_presentations
from tautband.atlas.prevalence import Percent
from tautband.base.sources import Fact, bibliography

SCHEMA = "tautband.presentation/1"


def named(presentation: Presentation) -> dict[str, str]:
    """Id and name."""
    return {"id": presentation.id, "name": presentation.name}


def presentations_json() -> list[dict[str, Any]]:
    """All presentations in short, by name."""
    records = sorted(read_presentations().values(), key=lambda p: p.name)
    return [{**named(p), "area": p.area, "synonyms": list(p.synonyms)} for p in records]


def presentation_json(presentation: Presentation, atlas: Atlas) -> dict[str, Any]:
    """A record by schema ``tautband.presentation/1``, with the published figures."""
    return {
        "schema": SCHEMA,
        **named(presentation),
        "area": presentation.area,
        "synonyms": list(presentation.synonyms),
        "summary": _fact(presentation.summary),
        "think_of": [
            {"muscles": [_muscle(m, atlas) for m in think.muscles], **_fact(think)}
            for think in presentation.think_of
        ],
        "raised": [
            {
                "causes": [{"id": c, "name": atlas.causes[c].name} for c in raised.causes],
                "factor": raised.factor,
                **_fact(raised),
            }
            for raised in presentation.raised
        ],
        "not_to_miss": [
            {"red_flags": list(miss.flags), **_fact(miss)} for miss in presentation.not_to_miss
        ],
        "prevalence": [
            {
                "muscle": _muscle(row.muscle, atlas),
                "condition": row.condition,
                "n": row.n or None,
                "active": _percent(row.active),
                "latent": _percent(row.latent),
                "any": _percent(row.any),
                "indirect": row.indirect,
                **_fact(row),
            }
            for row in presentation.prevalence
        ],
        "gaps": [
            {
                "muscles": [_muscle(m, atlas) for m in gap.muscles],
                "condition": gap.condition,
                "n": gap.n or None,
                **_fact(gap),
            }
            for gap in presentation.gaps
        ],
        "unknown": list(presentation.unknown),
    }


def _muscle(muscle: str, atlas: Atlas) -> dict[str, str]:
    return {"id": muscle, "name": atlas.muscles[muscle].name}


def _percent(span: Percent | None) -> list[float] | None:
    return None if span is None else list(span)


def _fact(fact: Fact) -> dict[str, str]:
    known = bibliography()
    return {
        "text": fact.text,
        "source": "; ".join(known[key].citation for key in fact.sources),
        "confidence": str(fact.confidence or "not established"),
    }
