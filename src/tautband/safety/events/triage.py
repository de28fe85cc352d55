"""What a patient must do now, from yes/no signs that lead and from free words that only add.

Held by tests: no answer is below the advice of any sign that is present; words that were not
understood are never self-care; a denied danger is asked again, not believed and not counted;
not knowing where or when somebody was needled is never milder than knowing.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.sources import Confidence
from tautband.safety.events.reading import Reading, read_complaint
from tautband.safety.events.signs import Combination, Sign, Signs, load_signs
from tautband.safety.events.urgency import Urgency, most_urgent
from tautband.safety.events.words import say_to_patient
from tautband.safety.events.zones import check_in_hours, zones_needled

# Beyond a year the time since needling tells nothing; such a number is a slip of the pen.
LONGEST_HOURS = 24.0 * 366


@dataclass(frozen=True)
class FiredRule:
    """One reason for the decision, with where it stands written."""

    id: str
    urgency: Urgency
    why: str
    sources: tuple[str, ...]
    confidence: Confidence | None


@dataclass(frozen=True)
class SignQuestion:
    """A sign to confirm with yes or no; ``because`` says why it is asked."""

    id: str
    name: str
    question: str
    urgency: Urgency
    because: str


@dataclass(frozen=True)
class Triage:
    """The decision, every rule that fired (strictest first), and the patient's words.

    ``ask`` are the signs still to be confirmed, strictest first.  ``next_check_hours`` are the
    hours after needling at which the patient should be asked again.
    """

    decision: Urgency
    rules: tuple[FiredRule, ...]
    say: tuple[str, ...]
    ask: tuple[SignQuestion, ...]
    zones: tuple[str, ...]
    denied: tuple[str, ...]
    not_understood: tuple[str, ...]
    next_check_hours: tuple[float, ...]


def triage(
    text: str,
    answers: Mapping[str, bool | None],
    needled: Sequence[Muscle],
    hours: float | None,
    *,
    number: str = "your local emergency number",
) -> Triage:
    """Triage a complaint after needling.

    ``answers`` maps signs by id or name to yes, no or unknown (None); ``needled`` are the muscles,
    empty when not known; ``hours`` is the time since, None when not known; ``number`` is what the
    patient is told to call.  Raises InputError for an unknown sign, and for hours that are negative
    or no number; never for the text.
    """
    if hours is not None and not 0 <= hours <= LONGEST_HOURS:
        raise InputError(
            "hours", f"is {hours:g}", f"hours since the needling, 0 to {LONGEST_HOURS:g}"
        )
    signs = load_signs()
    asked = {signs.find(name).id: answer for name, answer in answers.items()}
    reading = read_complaint(text)
    zones = zones_needled(needled)
    present = reading.present | {sign for sign, answer in asked.items() if answer}
    since = _longer(hours, reading.hours)
    rules = [
        *(_of_sign(signs.sign[sign], zones, since) for sign in sorted(present)),
        *(_of_combination(c) for c in signs.combinations if c.fires(present, zones)),
    ]
    ask = _questions(signs, zones, hours, reading, asked, present)
    rules += _of_doubt(text, reading, present, asked, ask)
    rules.sort(key=lambda rule: (-rule.urgency, rule.id))
    decision = most_urgent(rule.urgency for rule in rules)
    do = [signs.sign[i].do for i in signs.sign if i in present and signs.sign[i].do]
    later = [h for h in check_in_hours(zones) if hours is None or h > hours]
    return Triage(
        decision,
        tuple(rules),
        say_to_patient(
            decision,
            number,
            do if decision > Urgency.ASK else (),
            doubt=any(rule.urgency is Urgency.ASK for rule in rules),
        ),
        ask,
        tuple(sorted(zones)) if needled else (),
        tuple(q.id for q in ask if q.because == DENIED),
        reading.not_understood,
        tuple(later),
    )


def _longer(hours: float | None, said: float | None) -> float | None:
    """The time since, or the longer one that the text names; unknown stays unknown."""
    if hours is None:
        return None
    return max(hours, said if said is not None and math.isfinite(said) else 0.0)


def _of_sign(sign: Sign, zones: Collection[str], hours: float | None) -> FiredRule:
    urgency = sign.urgency(zones, hours)
    why = f"{sign.name}: {sign.text}"
    if urgency is Urgency.CONTACT_CLINIC and sign.level == "self_care":
        late = "The time since is not known." if hours is None else "It has lasted too long."
        why = f"{why} {late}"
    return FiredRule(sign.id, urgency, why, sign.sources, sign.confidence)


def _of_combination(found: Combination) -> FiredRule:
    why = f"{found.name}: {found.text}"
    return FiredRule(found.id, Urgency.of(found.level), why, found.sources, found.confidence)


def _of_doubt(
    text: str,
    reading: Reading,
    present: Collection[str],
    asked: Mapping[str, bool | None],
    ask: Sequence[SignQuestion],
) -> list[FiredRule]:
    """Reasons to ask rather than to let go."""
    doubts: list[tuple[str, str]] = []
    answered = bool(asked) and not ask
    if not present and not answered:
        doubts.append(("nothing_understood", "Nothing in the words tells what is wrong."))
    if reading.not_understood:
        words = ", ".join(reading.not_understood[:5])
        doubts.append(("not_understood", f"Some words were not understood: {words}."))
    if any(question.because == DENIED for question in ask):
        doubts.append(("denied_sign", "A denied warning sign is confirmed before it is believed."))
    if reading.wary:
        doubts.append(("wary_word", "A word such as chest or breathing is asked about."))
    return [FiredRule(key, Urgency.ASK, why, (), None) for key, why in doubts]


DENIED = "You wrote that you do not have it. Please confirm."
USUAL = "Asked after needling in this region at this time."


def _questions(
    signs: Signs,
    zones: Collection[str],
    hours: float | None,
    reading: Reading,
    asked: Mapping[str, bool | None],
    present: Collection[str],
) -> tuple[SignQuestion, ...]:
    questions: list[SignQuestion] = []
    unclear = bool(reading.not_understood) or not present
    if not any(sign.is_asked(zones, hours) for sign in signs.sign.values()):
        hours = (
            None  # long after, nothing is due by the clock, but what is not clear is still asked
        )
    for sign in signs.sign.values():
        if sign.id in present or asked.get(sign.id) is not None:
            continue
        urgency = sign.urgency(zones, hours)
        denied = sign.id in reading.denied and urgency >= Urgency.SAME_DAY
        if denied or sign.is_asked(zones, hours) or (unclear and sign.core):
            because = DENIED if denied else USUAL
            questions.append(SignQuestion(sign.id, sign.name, sign.question, urgency, because))
    return tuple(sorted(questions, key=lambda question: -question.urgency))
