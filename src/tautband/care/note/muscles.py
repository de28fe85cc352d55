"""What was done in each muscle: needles, points, depth, twitches, familiar pain, retention."""

from collections.abc import Iterator
from dataclasses import dataclass

from tautband.care.note.recorded import (
    Inserted,
    Needle,
    Redirected,
    Removed,
    Treatment,
    Twitched,
)
from tautband.care.note.sentences import Sentence, say
from tautband.care.note.words import amount, count, listed, place, word

_SECONDS = 60.0


@dataclass(frozen=True)
class _Muscle:
    """Everything that was recorded of one muscle on one side."""

    where: str
    inserted: list[Inserted]
    needles: list[Needle]
    removed: list[Removed]
    redirected: list[Redirected]
    twitched: list[Twitched]


def muscles(told: Treatment) -> Iterator[Sentence]:
    """The sentences of each muscle, in the order in which they were needled."""
    places = [(one.muscle, one.side) for one in told.of(Inserted)]
    places += [(one.muscle, one.side) for one in told.of(Twitched)]
    for muscle, side in dict.fromkeys(places):
        here = _here(told, muscle, side)
        if here.inserted:
            yield _needled(here)
        yield from _points(here)
        yield from _depth(here)
        yield from _twitches(here)
        yield from _familiar(here)
        yield from _redirected(here)
        yield from _retained(here)
        yield from _bent(here)


def _here(told: Treatment, muscle: str, side: str) -> _Muscle:
    inserted = [one for one in told.of(Inserted) if (one.muscle, one.side) == (muscle, side)]
    ids, used = {one.id for one in inserted}, {one.needle for one in inserted}
    return _Muscle(
        place(muscle, side),
        inserted,
        [one for one in told.of(Needle) if one.id in used],
        [one for one in told.of(Removed) if one.insertion in ids],
        [one for one in told.of(Redirected) if one.insertion in ids],
        [one for one in told.of(Twitched) if (one.muscle, one.side) == (muscle, side)],
    )


def _needled(here: _Muscle) -> Sentence:
    needles = count(len({one.needle for one in here.inserted}), "needle")
    sizes = "; ".join(dict.fromkeys(size for one in here.needles if (size := _size(one))))
    if sizes:
        needles = word("sizes", needles=needles, sizes=sizes)
    insertions = count(len(here.inserted), "insertion")
    items = [*here.inserted, *here.needles]
    return say(
        "procedure", "needled", items, where=here.where, insertions=insertions, needles=needles
    )


def _size(one: Needle) -> str:
    """``0.25 × 40 mm``; one size alone where the other was not recorded."""
    sizes = [amount(mm) for mm in (one.gauge_mm, one.length_mm) if mm is not None]
    return f"{' × '.join(sizes)} mm" if sizes else ""


def _points(here: _Muscle) -> Iterator[Sentence]:
    known = [one for one in here.inserted if one.point]
    if known:
        points = listed(dict.fromkeys(one.point for one in known))
        yield say("procedure", "points", known, where=here.where, points=points)


def _depth(here: _Muscle) -> Iterator[Sentence]:
    known = [one for one in here.inserted if one.depth_mm is not None]
    if known:
        deepest = amount(max(one.depth_mm or 0 for one in known))
        yield say("procedure", "depth", known, where=here.where, depth=deepest)


def _twitches(here: _Muscle) -> Iterator[Sentence]:
    """As the ledger counts: a count for the whole muscle stands instead of the insertions' sum.

    Where nothing was assessed it says so; it never says that there were none.
    """
    items: list[Inserted | Twitched] = [*here.inserted, *here.twitched]
    whole = [one.count for one in here.twitched if one.count is not None]
    single = [one.twitches for one in here.inserted if one.twitches is not None]
    if not whole and not single:
        told = word("not_assessed")
    else:
        total = max(whole) if whole else sum(single)
        told = str(total) if total else word("no_twitches")
        by = listed(dict.fromkeys(one.detected_by for one in items if one.detected_by))
        if total and by:
            told = word("noticed", told=told, by=by)
        missing = len(here.inserted) - len(single)
        if not whole and missing:
            told = word("partly", told=told, n=count(missing, "insertion"))
    yield say("procedure", "twitches", items, where=here.where, told=told)


def _familiar(here: _Muscle) -> Iterator[Sentence]:
    asked = [one for one in here.inserted if one.familiar_pain]
    if asked:
        yes = sum(one.familiar_pain == "yes" for one in asked)
        told = word("reproduced", n=yes, all=count(len(asked), "insertion"))
        yield say("procedure", "familiar", asked, where=here.where, told=told)
    # Asked of the muscle as a whole, the last answer is the one that was settled on.
    whole = [one for one in here.twitched if one.familiar_pain]
    if whole:
        told = word("recognised" if whole[-1].familiar_pain == "yes" else "not_recognised")
        yield say("procedure", "familiar", whole[-1:], where=here.where, told=told)


def _redirected(here: _Muscle) -> Iterator[Sentence]:
    if here.redirected:
        about = {one.insertion for one in here.redirected}
        items = [*(one for one in here.inserted if one.id in about), *here.redirected]
        times = count(sum(one.times for one in here.redirected), "time")
        yield say("procedure", "redirected", items, where=here.where, times=times)


def _retained(here: _Muscle) -> Iterator[Sentence]:
    stayed = [one for one in here.inserted if one.retained]
    if not stayed:
        return
    out = [one for one in here.removed if one.insertion in {i.id for i in stayed}]
    times = [minutes for one in stayed if (minutes := _minutes(one, out)) is not None]
    needles = count(len(stayed), "needle")
    if len(times) < len(stayed):
        told = word("retained_only", needles=needles)
    else:
        told = word("retained_for", needles=needles, minutes=_range(times))
    yield say("procedure", "retained", [*stayed, *out], where=here.where, told=told)


def _minutes(one: Inserted, out: list[Removed]) -> float | None:
    """Minutes from the insertion to its removal; None where a time is missing or cannot be."""
    ends = [end.at for end in out if end.insertion == one.id and end.at is not None]
    if one.at is None or not ends:
        return None
    minutes = (min(ends) - one.at).total_seconds() / _SECONDS
    return minutes if minutes >= 0 else None


def _range(minutes: list[float]) -> str:
    least, most = round(min(minutes)), round(max(minutes))
    if most == 0:
        return word("under_a_minute")
    return word("minutes", n=str(most) if least == most else f"{least}–{most}")


def _bent(here: _Muscle) -> Iterator[Sentence]:
    bent = [one for one in here.removed if one.bent]
    if bent:
        about = {one.insertion for one in bent}
        items = [*(one for one in here.inserted if one.id in about), *bent]
        needles = count(len(bent), "needle")
        yield say("procedure", "bent", items, where=here.where, needles=needles)
