"""Saying back in plain words what was understood."""

from collections.abc import Sequence

from tautband.base.side import Side
from tautband.body.words.lexicon import Lexicon
from tautband.body.words.marks import strongest
from tautband.body.words.meanings import BOTH
from tautband.body.words.mentions import Mention
from tautband.body.words.paths import Way


def describe(
    mention: Mention, way: Way | None, rest: Way | None, lexicon: Lexicon, *, limited: bool
) -> str:
    """One line: side and place, what is felt there, the way to it, what is free beyond it."""
    if limited:
        free = _listed(rest.links if rest else (), lexicon) or "nothing lies there"
        direction = "above" if "above" in mention.parts else "beyond"
        return f"no pain {direction} the {_sided(mention, _place_name(mention, lexicon))}: {free}"
    line = f"{name_of(mention, lexicon)}: {_felt(mention)}"
    if way is not None and way.links:
        along = f" along the {lexicon.parts[way.aspect].say}" if way.aspect else ""
        line += f"; and on the way there{along}: {_listed(way.links, lexicon)}"
    elif way is None and mention.arrival == "path":
        line += "; the way there is not known and left open"
    if mention.stop and rest is not None and rest.links:
        line += f"; no pain beyond: {_listed(rest.links, lexicon)}"
    return line + _assumed(mention)


def name_of(mention: Mention, lexicon: Lexicon) -> str:
    """ "right shoulder, front"."""
    parts = [lexicon.parts[p].say for p in dict.fromkeys(mention.parts)]
    return ", ".join([_sided(mention, _place_name(mention, lexicon)), *filter(None, parts)])


def _place_name(mention: Mention, lexicon: Lexicon) -> str:
    said: list[str] = []
    for key in mention.keys:
        entry = lexicon.places[key]
        said.append(entry.say or entry.names[0])
    return " and ".join(said)


def _sided(mention: Mention, name: str) -> str:
    if mention.sides == BOTH or mention.sides is None:
        return f"{name} (both sides)"
    return f"{'right' if Side.RIGHT in mention.sides else 'left'} {name}"


def _assumed(mention: Mention) -> str:
    if mention.side_stated:
        return ""
    where = "on both halves" if mention.sides == BOTH else "on the right"
    return f" (side not stated: shown {where})"


def _felt(mention: Mention) -> str:
    if mention.denied:
        return "no pain"
    quality = strongest(mention.qualities)
    words = [str(quality) if quality else "pain"]
    others = [str(q) for q in dict.fromkeys(mention.qualities) if q is not quality]
    if others:
        words.append(f"(also {', '.join(others)}; a drawing holds one)")
    if mention.intensity is not None:
        words.append(f"{mention.intensity}/10")
    return " ".join(words)


def _listed(links: Sequence[str], lexicon: Lexicon) -> str:
    return ", ".join(lexicon.places[link].say or lexicon.places[link].names[0] for link in links)
