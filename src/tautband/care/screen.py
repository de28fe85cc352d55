"""Screen: may this person be needled, at these places, today; from plain data to an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tautband.atlas.atlas import Atlas, load_atlas
from tautband.safety.screening.answers import Answers, merge_return, parse_answers
from tautband.safety.screening.engine import screen
from tautband.safety.screening.expression import judge, parse_condition
from tautband.safety.screening.known import Known
from tautband.safety.screening.policy import DEFAULT, Policy, make_policy, parse_policy
from tautband.safety.screening.questions import Question
from tautband.safety.screening.rules import Compiled, Knowledge, load_knowledge, load_rules
from tautband.safety.screening.screening import Reason, Screening
from tautband.safety.screening.targets import Target, parse_plan
from tautband.safety.screening.truth import Truth


@dataclass(frozen=True)
class Screened:
    """A screening with the answers it was made from."""

    screening: Screening
    answers: Answers
    known: Knowledge
    rules: Mapping[str, Compiled]


def to_ask(screened: Screened) -> dict[str, Reason]:
    """Open questions that may be asked now, each with the strictest rule that waits for it.

    A follow-up is asked when its question has been answered so that it matters, not before.
    """
    person = Known(screened.answers)
    waiting: dict[str, Reason] = {}
    for reason in screened.screening.counted:
        if reason.truth is Truth.UNKNOWN:
            for key in reason.missing:
                waiting.setdefault(key, reason)
    questions = screened.known.questions
    return {
        key: reason
        for key, reason in waiting.items()
        if key in questions and _applies(questions[key], person)
    }


def asked_now(answers: Answers) -> tuple[str, ...]:
    """The follow-up questions that these answers call for, in the order of the questionnaire."""
    person = Known(answers)
    listed = load_knowledge().questions.values()
    return tuple(one.key for one in listed if one.asked_when and _applies(one, person))


def _applies(question: Question, person: Known) -> bool:
    if not question.asked_when:
        return True
    return judge(parse_condition(question.asked_when), person) is Truth.YES


@cache
def default_policy() -> Policy:
    """The policy that holds when a clinic has written none."""
    return make_policy(DEFAULT, load_rules(), load_knowledge().guidelines)


def read_policy(text: str) -> Policy:
    """A clinic's policy from TOML; raises InputError."""
    return make_policy(parse_policy(text), load_rules(), load_knowledge().guidelines)


def read_answers(data: object, previous: object = None) -> Answers:
    """Answers from plain data, laid over those of the last visit where given; raises InputError."""
    known = load_knowledge()
    if previous is None:
        return parse_answers(data, known)
    before = parse_answers(previous, known)
    return merge_return(before, parse_answers(data, known, again=True), known.questions)


def screen_plan(
    data: object,
    plan: str,
    *,
    previous: object = None,
    policy: Policy | None = None,
    techniques: Iterable[str] = (),
    extra: Iterable[Reason] = (),
    atlas: Atlas | None = None,
) -> Screened:
    """Screen a plan in words against answers as plain data.

    ``extra`` are reasons from elsewhere in safety (competence, permission, limits of depth).
    Raises InputError that names the answer, the muscle or the policy entry which is wrong.
    """
    body = atlas or load_atlas()
    targets = parse_plan(plan, body, load_knowledge().places)
    answers = read_answers(data, previous)
    return screen_targets(answers, targets, policy=policy, techniques=techniques, extra=extra)


def screen_targets(
    answers: Answers,
    targets: Iterable[Target],
    *,
    policy: Policy | None = None,
    techniques: Iterable[str] = (),
    extra: Iterable[Reason] = (),
) -> Screened:
    """Screen targets against answers that were read before."""
    known, rules = load_knowledge(), load_rules()
    judged = screen(answers, targets, policy or default_policy(), rules, known, techniques, extra)
    return Screened(judged, answers, known, rules)
