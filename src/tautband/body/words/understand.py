"""A text about pain -> its meaning: where it hurts, how, and where it does not."""

from collections.abc import Sequence

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.words.denial import deny
from tautband.body.words.items import Item, Lexed, lex
from tautband.body.words.lexicon import Lexicon
from tautband.body.words.marks import apply_marks, strongest
from tautband.body.words.meanings import BOTH, Place, Reading, Understanding
from tautband.body.words.mentions import Mention, find_mentions, sections
from tautband.body.words.paths import Way, beside, beyond, connect, narrowed, way_to
from tautband.body.words.say import describe, name_of
from tautband.body.words.siding import fill_sides, lift_headings, pull_starts, state_sides
from tautband.text.near import close_names

LONGEST = 5000  # characters; a referral letter's paragraph on pain has a tenth of that
ENOUGH = 0.5  # the share of content words that must be understood


def understand(text: str, lexicon: Lexicon) -> Understanding:
    """What a text says about where it hurts.

    Raises InputError for an empty or overlong text, an intensity above its scale, a text in which
    no place was understood, and one of which under half of the content words were.
    """
    _check_length(text)
    lexed = lex(text, lexicon)
    items = lexed.items
    where = sections(items)
    mentions, idle = find_mentions(items, where, lexicon)
    headings = state_sides(items, where, mentions)
    unsaid = deny(items, where, mentions)
    lift_headings(items, mentions, lexicon)
    connect(items, mentions, lexicon)
    fill_sides(items, mentions, headings, lexicon)
    pull_starts(mentions, lexicon)
    apply_marks(items, where, mentions)
    for mention in mentions:
        mention.denied = mention.denied or mention.intensity == 0
    not_understood = _not_understood(text, items, idle)
    readings = [*_slips(text, lexed), *_unsaid(text, unsaid, mentions, items, lexicon)]
    places: list[Place] = []
    for mention in mentions:
        if not mention.dropped and not mention.unsaid:
            _settle(text, items, mention, lexicon, places, readings)
    _check_enough(text, items, idle, places, lexicon)
    kept, contradictions = _without_conflicts(places, text)
    if not kept:
        raise InputError(
            "text", f"it contradicts itself: {contradictions[0]}", "each place painful or free"
        )
    readings.sort(key=lambda pair: pair[0])
    return Understanding(
        places=tuple(kept),
        understood=tuple(reading for _, reading in readings),
        not_understood=not_understood,
        contradictions=contradictions,
    )


Placed = tuple[int, Reading]  # where a reading begins, and the reading


def _settle(
    text: str,
    items: Sequence[Item],
    mention: Mention,
    lexicon: Lexicon,
    places: list[Place],
    readings: list[Placed],
) -> None:
    """Turn one mention into places and into what is said of it."""
    first = mention.via.first if mention.via is not None else mention.first
    span = (items[first].start, items[mention.last].end)
    limited = mention.denied and {"below", "beyond", "above"} & set(mention.parts)
    way: Way | None = None
    rest: Way | None = None
    if limited:
        rest = beyond(mention, lexicon, below="above" not in mention.parts)
        if rest.regions:
            places.append(_place(mention, rest.regions, span, denied=True))
    else:
        regions = _own_regions(mention, lexicon)
        if mention.arrival == "path" and not mention.denied:
            way = way_to(mention, lexicon)
            if way is not None and way.regions:
                places.append(_place(mention, way.regions, span))
        places.append(_place(mention, regions, span, denied=mention.denied))
        also_free = lexicon.places[mention.key].also_free
        if mention.denied and not mention.parts and also_free:
            places.append(_place(mention, also_free, span, denied=True))
        if mention.stop:
            rest = beyond(mention, lexicon, below=True)
            if rest.regions:
                places.append(_place(mention, rest.regions, span, denied=True))
    meaning = describe(mention, way, rest, lexicon, limited=bool(limited))
    readings.append((span[0], Reading(text[span[0] : span[1]], meaning)))


def _own_regions(mention: Mention, lexicon: Lexicon) -> tuple[str, ...]:
    for part in ("below", "beyond", "above"):
        if part in mention.parts and not lexicon.part_regions(mention.key, part):
            found = beside(mention, lexicon, below=part != "above")
            if found.regions:
                return found.regions
    return narrowed(mention, lexicon)


def _place(
    mention: Mention, regions: tuple[str, ...], span: tuple[int, int], *, denied: bool = False
) -> Place:
    return Place(
        regions=regions,
        sides=mention.sides or BOTH,
        intensity=None if denied else mention.intensity,
        quality=None if denied else strongest(mention.qualities),
        denied=denied,
        side_stated=mention.side_stated,
        span=span,
    )


def _slips(text: str, lexed: Lexed) -> list[Placed]:
    return [
        (start, Reading(text[start:end], f'read as "{slip.read_as}"'))
        for slip, start, end in lexed.slips
    ]


def _unsaid(
    text: str,
    cues: Sequence[Item],
    mentions: Sequence[Mention],
    items: Sequence[Item],
    lexicon: Lexicon,
) -> list[Placed]:
    """What was said about a quality that is absent, which leaves pain itself open."""
    out: list[Placed] = []
    for mention in (m for m in mentions if m.unsaid):
        cue = max((c.start for c in cues if c.start < items[mention.head].start), default=0)
        words = text[cue : items[mention.last].end]
        meaning = f"{name_of(mention, lexicon)}: says nothing of pain, left open"
        out.append((cue, Reading(words, meaning)))
    return out


# ---------------------------------------------------------------------------------- being sure


def _check_length(text: str) -> None:
    if not text.strip():
        raise InputError(
            "text",
            "it is empty",
            'a sentence such as "dull ache in the front of the right shoulder"',
        )
    if len(text) > LONGEST:
        raise InputError(
            "text", f"it has {len(text):,} characters", f"at most {LONGEST:,}: the part about pain"
        )


def _is_understood(item: Item, i: int, idle: frozenset[int]) -> bool:
    return item.kind != "unknown" and i not in idle


def _not_understood(text: str, items: Sequence[Item], idle: frozenset[int]) -> tuple[str, ...]:
    """Runs of words that could be put to no use, as they were written."""
    runs: list[list[int]] = []
    for i, item in enumerate(items):
        if not _is_understood(item, i, idle):
            joins = runs and all(items[j].kind in {"fill", "article"} for j in _gap(runs, i))
            if joins:
                runs[-1].append(i)
            else:
                runs.append([i])
    found = (text[items[run[0]].start : items[run[-1]].end] for run in runs)
    return tuple(dict.fromkeys(found))


def _gap(runs: list[list[int]], i: int) -> range:
    return range(runs[-1][-1] + 1, i)


def _check_enough(
    text: str,
    items: Sequence[Item],
    idle: frozenset[int],
    places: Sequence[Place],
    lexicon: Lexicon,
) -> None:
    counted = [(i, item) for i, item in enumerate(items) if item.kind != "context"]
    known = sum(item.words for i, item in counted if _is_understood(item, i, idle))
    lost = sum(item.words for i, item in counted if not _is_understood(item, i, idle))
    missed = _not_understood(text, items, idle)
    if places and known >= ENOUGH * (known + lost):
        return
    problem = (
        f"under half of it was understood; not understood: {_quoted(missed)}"
        if places
        else "no place on the body was understood in it"
        + (f"; not understood: {_quoted(missed)}" if missed else "")
    )
    raise InputError(
        "text",
        problem,
        'places on the body in plain words, such as "outer side of the left elbow"',
        _suggest(items, lexicon),
    )


def _quoted(phrases: Sequence[str], limit: int = 6) -> str:
    shown = ", ".join(f'"{phrase[:40]}"' for phrase in phrases[:limit])
    return shown + (" and more" if len(phrases) > limit else "")


def _suggest(items: Sequence[Item], lexicon: Lexicon) -> tuple[str, ...]:
    unknown = dict.fromkeys(item.key for item in items if item.kind == "unknown")
    names = lexicon.place_names()
    found: dict[str, None] = {}
    for word in list(unknown)[:20]:
        found.update(dict.fromkeys(close_names(word, names, 2)))
    return tuple(found)[:5]


# ------------------------------------------------------------------------- painful against free


def _without_conflicts(places: Sequence[Place], text: str) -> tuple[list[Place], tuple[str, ...]]:
    """Settle regions said to be both painful and free.

    The more exact statement wins: in "whole arm except the hand" the hand, in "no pain in the leg
    except at the knee" the knee.  Where both are equally exact neither counts, and it is reported.
    """
    lost: dict[int, set[tuple[str, Side]]] = {i: set() for i in range(len(places))}
    contradictions: dict[str, None] = {}
    for i, painful in enumerate(places):
        for j, free in enumerate(places):
            if painful.denied or not free.denied:
                continue
            both = painful.sided_regions & free.sided_regions
            if not both:
                continue
            a, b = len(painful.sided_regions), len(free.sided_regions)
            if a >= b:
                lost[i] |= both
            if b >= a:
                lost[j] |= both
            if a == b:
                words = text[slice(*painful.span)], text[slice(*free.span)]
                contradictions[f'"{words[0]}" is painful and "{words[1]}" is free'] = None
    kept = [part for i, place in enumerate(places) for part in _less(place, lost[i])]
    return kept, tuple(contradictions)


def _less(place: Place, lost: set[tuple[str, Side]]) -> list[Place]:
    """A place without some of its regions: itself, or a place for each side, or nothing."""
    if not lost:
        return [place]
    out: list[Place] = []
    for side in sorted(place.sides):
        regions = tuple(r for r in place.regions if (r, side) not in lost)
        if regions:
            out.append(_with(place, regions, frozenset({side})))
    return out


def _with(place: Place, regions: tuple[str, ...], sides: frozenset[Side]) -> Place:
    return Place(
        regions, sides, place.intensity, place.quality, place.denied, place.side_stated, place.span
    )
