"""What was done: consent, who needled, each muscle, reactions and counts; then what comes next."""

from collections.abc import Iterator

from tautband.care.note.heard import compared
from tautband.care.note.muscles import muscles
from tautband.care.note.recorded import (
    Agreed,
    Aimed,
    Counted,
    Happened,
    Harmed,
    Held,
    Needle,
    Needler,
    Planned,
    Reacted,
    Treatment,
)
from tautband.care.note.sentences import Sentence, say
from tautband.care.note.words import amount, clock, count, day, decided, ended, listed, place, word


def procedure(told: Treatment) -> Iterator[Sentence]:
    """The procedure from consent to the last count."""
    yield from _before(told)
    yield from muscles(told)
    for happened in told.of(Happened):
        what = listed((happened.code, " ".join(happened.words.split())))
        yield say("procedure", "incident", [happened], what=what)
    yield from _lots(told.of(Needle))
    for reaction in told.of(Reacted):
        yield _reaction(reaction)
    for harmed in told.of(Harmed):
        yield from _event(harmed)
    yield from compared(told, "after")
    for counted in told.of(Counted):
        yield _counts(counted)
    for held in told.of(Held):
        if held.remarks:
            yield say("procedure", "remarks", [held], words=ended(held.remarks))


def _before(told: Treatment) -> Iterator[Sentence]:
    for held in told.of(Held):
        yield _session(held)
    for agreed in told.of(Agreed):
        copy, on = word(f"copy_{agreed.copy}"), day(agreed.on)
        yield say("procedure", "consent", [agreed], by=agreed.by, day=on, copy=copy)
        if agreed.explained:
            points = "; ".join(dict.fromkeys(agreed.explained))
            yield say("procedure", "explained", [agreed], points=points)
    for needler in told.of(Needler):
        licence = word("licence", n=needler.licence) if needler.licence else ""
        who = listed((needler.name, needler.profession, licence, needler.place))
        topic = "supervisor" if needler.supervises else "needler"
        yield say("procedure", topic, [needler], who=who)
    for aimed in told.of(Aimed):
        topic = "override" if aimed.is_override else "aimed"
        yield say(
            "procedure", topic, [aimed], where=place(aimed.muscle, aimed.side),
            decision=decided(aimed.decision), words=" ".join(aimed.reason.split()),
        )  # fmt: skip


def _session(held: Held) -> Sentence:
    name = word("session") if held.number is None else word("session_number", n=held.number)
    time = clock(held.began_at)
    if held.ended_at is not None:
        time = word("time_span", began=time, ended=clock(held.ended_at))
    return say("procedure", "session", [held], session=name, day=day(held.began_at), time=time)


def _lots(needles: list[Needle]) -> Iterator[Sentence]:
    known = [one for one in needles if one.maker or one.lot]
    if known:
        lots = dict.fromkeys(listed((one.maker, one.lot)) for one in known)
        yield say("procedure", "lots", known, lots="; ".join(lots))


def _reaction(one: Reacted) -> Sentence:
    if one.kind == "none":
        return say("procedure", "reaction_none", [one])
    severity = "" if one.severity is None else word("severity", n=amount(one.severity))
    hours = "" if one.hours is None else word("hours", n=amount(one.hours))
    words = f"“{' '.join(one.words.split())}”" if one.words else ""
    return say("procedure", "reaction", [one], told=listed((one.name, severity, hours, words)))


def _event(one: Harmed) -> Iterator[Sentence]:
    words = f"“{' '.join(one.words.split())}”" if one.words else ""
    over = word("resolved", day=day(one.resolved_on)) if one.resolved_on else ""
    yield say("procedure", "event", [one], told=listed((one.name, one.grade, words, over)))
    if one.done:
        yield say("procedure", "event_done", [one], words=ended(one.done))


def _counts(one: Counted) -> Sentence:
    numbers = {
        "needles_in": str(one.needles_in),
        "needles_out": str(one.needles_out),
        "insertions": str(one.insertions),
    }
    if one.reasons:
        return say("procedure", "counts_reasons", [one], **numbers, reasons=listed(one.reasons))
    return say("procedure", "counts", [one], **numbers)


def plan(told: Treatment) -> Iterator[Sentence]:
    """What goes with the needles, and what comes next."""
    for one in told.of(Planned):
        if one.complementary:
            beside = "; ".join(dict.fromkeys(words.rstrip(".") for words in one.complementary))
            yield say("plan", "complementary", [one], told=beside)
        if one.has_home_plan:
            yield say("plan", "home_plan", [one], day=day(one.on))
        if one.sessions is not None:
            yield say("plan", "sessions", [one], sessions=count(one.sessions, "session"))
        if one.review_on is not None:
            yield say("plan", "review", [one], day=day(one.review_on))
