"""What the patient tells and what is found: the first three sections of a note."""

from collections.abc import Iterator
from itertools import groupby

from tautband.care.note.recorded import (
    Compared,
    Complaint,
    Found,
    Goal,
    Impression,
    Moved,
    Person,
    Planned,
    Pressed,
    Score,
    Screened,
    Strong,
    Told,
    Treatment,
)
from tautband.care.note.sentences import Sentence, say
from tautband.care.note.words import amount, day, decided, ended, listed, place, sign_word, word

_ANSWERS = ("present", "absent", "not examined")


def subjective(told: Treatment) -> Iterator[Sentence]:
    """Who comes with what, in whose words, and what they score."""
    for person in told.of(Person):
        aged = "" if person.age is None else word("aged", n=person.age)
        if facts := listed((aged, person.sex)):
            yield say("subjective", "person", [person], facts=facts)
    for complaint in told.of(Complaint):
        yield from _complaint(complaint)
    for one in told.of(Told):
        topic = "told_since" if one.since_last else "told"
        yield say("subjective", topic, [one], words=" ".join(one.words.split()))
    for goal in told.of(Goal):
        yield say("subjective", "goal", [goal], words=" ".join(goal.words.split()))
    yield from _scores(told)


def _complaint(one: Complaint) -> Iterator[Sentence]:
    if one.title:
        yield say("subjective", "complaint", [one], title=one.title)
    began = listed((day(one.onset_on) if one.onset_on else "", one.onset_told))
    if began:
        yield say("subjective", "onset", [one], when=began)
    if one.cause:
        yield say("subjective", "cause", [one], cause=one.cause)
    if one.cause_told:
        yield say("subjective", "cause_told", [one], words=" ".join(one.cause_told.split()))


def _scores(told: Treatment) -> Iterator[Sentence]:
    """Each instrument: the newest score, and the first where there is an earlier one."""
    kinds: dict[tuple[str, str], list[Score]] = {}
    for score in told.of(Score):
        kinds.setdefault((score.name, score.about), []).append(score)
    for scores in kinds.values():
        scores.sort(key=lambda one: one.on)
        first, last = scores[0], scores[-1]
        name = listed((last.name, last.about))
        if first is last:
            yield say("subjective", "score", [last], name=name, now=_score(last))
        else:
            now, then = _score(last), _score(first)
            # That one is the first rests on all of them.
            yield say("subjective", "score_since", scores, name=name, now=now, first=then)


def _score(one: Score) -> str:
    value = word("of", value=amount(round(one.value, 1)), most=amount(one.most))
    return f"{value} ({day(one.on)})"


def objective(told: Treatment) -> Iterator[Sentence]:
    """Findings by muscle and side, what was measured, and the comparable sign before needling."""
    yield from _findings(told.of(Found))
    for moved in told.of(Moved):
        what = listed((moved.what, moved.side, word("passive" if moved.passive else "active")))
        size = "" if moved.amount is None else _unit(moved.amount, moved.unit)
        if said := listed((size, _pain(moved.pain))):
            yield say("objective", "motion", [moved], what=what, told=said)
    for strong in told.of(Strong):
        grade = "" if strong.grade is None else word("grade", n=amount(strong.grade))
        newtons = "" if strong.newtons is None else word("newtons", n=amount(strong.newtons))
        if said := listed((grade, newtons, _pain(strong.pain))):
            what = listed((strong.what, strong.side))
            yield say("objective", "strength", [strong], what=what, told=said)
    for pressed in told.of(Pressed):
        where = listed((pressed.where, pressed.side))
        yield say("objective", "threshold", [pressed], where=where, kpa=amount(pressed.kpa))
    yield from compared(told, "before")


def _findings(found: list[Found]) -> Iterator[Sentence]:
    found = sorted(found, key=lambda one: (one.muscle, one.side))
    for (muscle, side), group in groupby(found, key=lambda one: (one.muscle, one.side)):
        here = list(group)
        parts = []
        for answer in _ANSWERS:
            if signs := listed(sign_word(one.sign) for one in here if one.answer == answer):
                parts.append(word(answer, signs=signs))
        where = place(muscle, side)
        yield say("objective", "findings", here, where=where, told="; ".join(parts))


def compared(told: Treatment, when: str) -> Iterator[Sentence]:
    """The comparable sign before or after the needles."""
    for one in told.of(Compared):
        if one.when != when:
            continue
        degrees = "" if one.degrees is None else word("degrees", n=amount(one.degrees))
        if said := listed((degrees, _pain(one.pain))):
            section = "objective" if when == "before" else "procedure"
            movement = " ".join(one.movement.split())
            yield say(section, when, [one], movement=movement, told=said)  # type: ignore[arg-type]


def assessment(told: Treatment) -> Iterator[Sentence]:
    """What the clinician makes of it, and what safety decided."""
    for one in told.of(Impression):
        yield say("assessment", "impression", [one], words=ended(one.words))
    for screened in told.of(Screened):
        topic = "screening_again" if screened.again else "screening"
        told_of = {"day": day(screened.on), "decision": decided(screened.decision)}
        yield say("assessment", topic, [screened], **told_of)
    for plan in told.of(Planned):
        if plan.decision:
            told_of = {"day": day(plan.on), "decision": decided(plan.decision)}
            yield say("assessment", "plan_decision", [plan], **told_of)
        if plan.why:
            yield say("assessment", "reasoning", [plan], words=ended(plan.why))


def _unit(value: float, unit: str) -> str:
    return word("degrees", n=amount(value)) if unit == "degrees" else f"{amount(value)} {unit}"


def _pain(pain: float | None) -> str:
    return "" if pain is None else word("pain", n=amount(pain))
