"""Radiation: what lies between two places, and what lies beyond one."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from tautband.body.words.items import Item
from tautband.body.words.lexicon import Lexicon
from tautband.body.words.mentions import Mention

MOVES = frozenset({"go", "up", "to", "stop"})


class Way(msgspec.Struct, frozen=True):
    """The links of a chain that a path runs through, ends left out, and their regions."""

    links: tuple[str, ...]
    regions: tuple[str, ...]
    aspect: str


def connect(items: Sequence[Item], mentions: Sequence[Mention], lexicon: Lexicon) -> None:
    """Find out which mention pain runs to from which, and by which way."""
    origin: Mention | None = None
    felt = [m for m in mentions if not m.denied and not m.dropped]
    for before, mention in pairwise(felt):
        gap = items[before.last + 1 : mention.first]
        kinds = [item.kind for item in gap]
        moves = MOVES.intersection(_after_break(kinds))
        if _opens(items, before) and "and" in kinds:
            moves = frozenset({"to"})
        if "jump" in kinds:
            mention.arrival, mention.start = "jump", before
        elif moves:
            turned = "up" in moves and before.arrival == "path" and origin is not None
            mention.arrival, mention.start = "path", origin if turned else before
            if before.arrival != "path":
                origin = before
            mention.stop = "stop" in moves or _is_only(items, mention)
    for mention in felt:
        if mention.arrival == "" and _opens(items, mention, "from"):
            mention.arrival = "from"
        mention.stop = mention.stop or _opens(items, mention, "stop")
    _run_through_limbs(felt, lexicon)


def _after_break(kinds: list[str]) -> list[str]:
    """The part of a gap that lies in the later mention's own sentence."""
    while "break" in kinds:
        kinds = kinds[kinds.index("break") + 1 :]
    return kinds


def _opens(items: Sequence[Item], mention: Mention, kind: str = "between") -> bool:
    """True when "between" (or "from") stands right before the mention."""
    j = mention.first - 1
    while j >= 0 and items[j].kind in {"article", "fill", "side"}:
        j -= 1
    return j >= 0 and items[j].kind == kind


def _is_only(items: Sequence[Item], mention: Mention) -> bool:
    """ "down to the knee only"."""
    return mention.last + 1 < len(items) and items[mention.last + 1].kind == "only"


def _run_through_limbs(mentions: Sequence[Mention], lexicon: Lexicon) -> None:
    """ "from the back down the leg to the ankle": "leg" is the way, and the ankle its end."""
    for limb in mentions:
        if not lexicon.places[limb.key].limb:
            continue
        end = next((m for m in mentions if m.start is limb and m.arrival == "path"), None)
        if end is None:
            continue
        end.via, limb.dropped = limb, True
        end.start = limb.start if limb.arrival == "path" else None


def aspect_of(mention: Mention, lexicon: Lexicon) -> tuple[str, bool]:
    """The aspect along which pain comes to a mention ("" when nothing tells), and whether said."""
    start = mention.start
    for source in (mention.via, start if start is not None and start.arrival == "path" else None):
        found = _around(source, lexicon)
        if found:
            return found, True
    own = _around(mention, lexicon) or _around(start, lexicon)
    if own:
        return own, False
    for source in (mention, start):
        if source is not None and lexicon.places[source.key].leads:
            return lexicon.places[source.key].leads, False
    return "", False


def _around(mention: Mention | None, lexicon: Lexicon) -> str:
    if mention is None:
        return ""
    for part in mention.parts:
        if lexicon.parts[part].runs == "around":
            return part
    return ""


def way_to(mention: Mention, lexicon: Lexicon) -> Way | None:
    """What lies between a mention and where its pain comes from; None when no chain has both."""
    end = mention.key
    via = mention.via
    start = mention.start.key if mention.start is not None else None
    aspect, _ = aspect_of(mention, lexicon)
    best: Way | None = None
    for chain, spans in _chains_with(lexicon, end, start or (via.key if via else end)):
        (e_lo, e_hi), (s_lo, s_hi) = spans
        if start is None:  # "the leg, down to the ankle": from the top of the limb itself
            lo, hi = (s_lo, e_lo - 1) if e_lo > s_lo else (e_hi + 1, s_hi)
        elif s_hi < e_lo:
            lo, hi = s_hi + 1, e_lo - 1
        else:
            lo, hi = e_hi + 1, s_lo - 1
        links = lexicon.chains[chain].links[lo : hi + 1]
        if best is None or len(links) < len(best.links):
            best = _way(lexicon, chain, links, aspect, all_round=start is None)
    return best


def _way(
    lexicon: Lexicon, chain: str, links: Sequence[str], aspect: str, *, all_round: bool = False
) -> Way:
    """The regions of some links, on one aspect: the one given or, unless all round, the likely."""
    likely = "" if all_round else lexicon.chains[chain].likely
    chosen = aspect or likely
    regions: set[str] = set()
    for link in links:
        found = lexicon.part_regions(link, chosen) or lexicon.part_regions(link, likely)
        regions.update(found or lexicon.places[link].regions)
    return Way(tuple(links), tuple(sorted(regions)), chosen)


def narrowed(mention: Mention, lexicon: Lexicon) -> tuple[str, ...]:
    """The regions of a mention; one that pain reaches along a named aspect is narrowed to it."""
    if mention.parts or mention.arrival != "path":
        return mention.regions(lexicon)
    aspect, said = aspect_of(mention, lexicon)
    if lexicon.places[mention.key].limb:
        aspect, said = aspect or _likely(lexicon, mention), True
    return lexicon.select(mention.key, [aspect] if said and aspect else [])


def _likely(lexicon: Lexicon, mention: Mention) -> str:
    start = mention.start.key if mention.start is not None else mention.key
    chains = _chains_with(lexicon, mention.key, start)
    return lexicon.chains[chains[0][0]].likely if chains else ""


Span = tuple[int, int]


def _chains_with(lexicon: Lexicon, end: str, start: str) -> list[tuple[str, tuple[Span, Span]]]:
    found: list[tuple[str, tuple[Span, Span]]] = []
    for name in lexicon.chains:
        a, b = span_on(lexicon, name, end), span_on(lexicon, name, start)
        if a and b:
            found.append((name, (a, b)))
    return found


def span_on(lexicon: Lexicon, chain: str, place: str) -> Span | None:
    """First and last link of a chain that share a region with a place."""
    regions = set(lexicon.places[place].regions)
    links = lexicon.chains[chain].links
    hits = [i for i, link in enumerate(links) if regions & set(lexicon.places[link].regions)]
    return (hits[0], hits[-1]) if hits else None


def distance(lexicon: Lexicon, a: str, b: str) -> int | None:
    """Links between two places on their nearest common chain; 0 when they touch or overlap."""
    steps = [
        max(a_lo - b_hi, b_lo - a_hi, 0)
        for _, ((a_lo, a_hi), (b_lo, b_hi)) in _chains_with(lexicon, a, b)
    ]
    return min(steps) if steps else None


def beyond(mention: Mention, lexicon: Lexicon, *, below: bool) -> Way:
    """Everything below (or above) a place on the chains that hold it, the place itself left out."""
    links: dict[str, None] = {}
    regions: set[str] = set()
    for name, chain in lexicon.chains.items():
        span = span_on(lexicon, name, mention.key)
        if span is None:
            continue
        outside = chain.links[span[1] + 1 :] if below else chain.links[: span[0]]
        for link in outside:
            links[link] = None
            regions.update(lexicon.places[link].regions)
    regions -= set(lexicon.places[mention.key].regions)
    return Way(tuple(links), tuple(sorted(regions)), "")


def beside(mention: Mention, lexicon: Lexicon, *, below: bool) -> Way:
    """The next link below (or above) a place: "pain below the knee"."""
    for name, chain in lexicon.chains.items():
        span = span_on(lexicon, name, mention.key)
        if span is None:
            continue
        i = span[1] + 1 if below else span[0] - 1
        if 0 <= i < len(chain.links):
            return _way(lexicon, name, [chain.links[i]], _around(mention, lexicon) or "")
    return Way((), (), "")
