"""Made-up patients as a clinician would check them, and the promises on how they are drawn."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from math import sqrt

import pytest

from tautband.atlas.atlas import load_atlas
from tautband.atlas.examination import read_costs
from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.body.drawing import from_json, to_json
from tautband.safety.decision import Decision
from tautband.safety.events.closing import close
from tautband.synthetic.cases.course import WORLDS
from tautband.synthetic.cases.figures import care, load_complaints, load_people
from tautband.synthetic.cases.illness import positive, suspects
from tautband.synthetic.cases.make import DEFAULT_START, DEFAULT_WORLD, made_up_cases
from tautband.synthetic.cases.mirror import mirrored
from tautband.synthetic.cases.treatment import LEAST_GAP, WINDOW_DAYS, event_rates, screened
from tautband.synthetic.cases.values import Case, Stage
from tautband.synthetic.cases.wire import case_json

MANY, SOME = 800, 100
SIGMA = 4.5  # of the binomial: a false alarm in some 150,000 checks


@cache
def people(count: int = MANY, seed: int = 7, world: str = DEFAULT_WORLD) -> Sequence[Case]:
    return tuple(made_up_cases(count, seed, world=world))


def needled() -> list[Case]:
    return [case for case in people() if case.visits]


def near(count: int, of: int, share: float) -> bool:
    return abs(count - of * share) <= SIGMA * sqrt(of * share * (1 - share)) + 1


# Who they are


def test_ages_fit_the_complaint_and_build_is_that_of_adults() -> None:
    for case in people():
        _, _, low, high = load_complaints()[case.illness.presentation].ages
        assert low <= case.person.age <= high
        assert 14 <= case.person.bmi <= 52
        assert 140 <= case.person.height_cm <= 205
        assert 50 <= case.person.waist_cm <= 170
        assert 16 <= case.person.forearm_cm <= 42
        assert 19 <= case.person.forearm_length_cm <= 33
    thin = [c for c in people() if c.person.bmi < 18.5]
    assert len(thin) < 0.05 * MANY


def test_nobody_carries_a_name_that_could_be_a_persons() -> None:
    assert people()[6].person.name == "Synthetic 0007"
    assert len({c.person.name for c in people()}) == MANY


def test_answers_and_medicines_fit_age_and_sex() -> None:
    for case in people():
        answers = case.person.answers["answers"]
        assert answers["age"] == case.person.age
        assert answers["sex"] == case.person.sex
        young_woman = case.person.sex is Sex.FEMALE and case.person.age < 55
        if answers["pregnant"] == "yes":
            assert young_woman
        if "contraceptive pill" in case.person.medicines:
            assert young_woman or case.person.age < 65
            assert case.person.sex is Sex.FEMALE
        assert len(set(case.person.medicines)) == len(case.person.medicines)
    young = [c for c in people() if c.person.age < 40]
    old = [c for c in people() if c.person.age >= 65]
    assert taking("atorvastatin", young) < 0.1 < taking("atorvastatin", old)


def taking(medicine: str, cases: Sequence[Case]) -> float:
    return sum(medicine in c.person.medicines for c in cases) / len(cases)


def test_work_and_sport_fit_the_age() -> None:
    work = {w.name: w for w in load_people().work}
    sports = {s.name: s for s in load_people().sport}
    for case in people():
        person = case.person
        if person.occupation != "retired":
            low, high = work[person.occupation].ages
            assert low <= person.age <= high
        else:
            assert person.age >= load_people().retiring
        if person.sport:
            low, high = sports[person.sport.name].ages
            assert low <= person.age <= high
    assert sum(c.person.sport is not None for c in people()) > MANY / 4


def test_the_answers_tell_the_same_competition_as_the_sport() -> None:
    for case in people():
        days, sport = case.person.answers["answers"]["competition_days"], case.person.sport
        if sport is None or sport.competition is None:
            assert days in (366, "unknown")
        else:
            assert case.first + timedelta(days=days) == sport.competition
            assert sport.contest


# What they have


def test_complaints_are_as_common_as_their_weights_say() -> None:
    weights = {key: one.weight for key, one in load_complaints().items()}
    found = Counter(case.illness.presentation for case in people())
    for key, weight in weights.items():
        assert near(found[key], MANY, weight / sum(weights.values())), key


def test_the_onset_lies_before_the_first_session_and_a_strain_is_not_fresh() -> None:
    for case in people():
        weeks = (case.first - case.illness.onset).days / 7
        complaint = load_complaints()[case.illness.presentation]
        assert complaint.least_weeks - 0.1 <= weeks <= complaint.most_weeks + 0.1


def test_muscles_are_those_of_the_presentation_and_none_is_examined_that_never_is() -> None:
    for case in people():
        named = {s.muscle for s in suspects(case.illness.presentation)}
        assert {muscle for muscle, _ in case.illness.active} <= named
        assert {f.muscle for f in case.findings} <= named
        assert not {f.muscle for f in case.findings} & set(read_costs().never)


def test_every_cause_but_unknown_says_from_what() -> None:
    for case in people():
        assert bool(case.illness.because) == (case.illness.cause != "unknown")


def test_active_muscles_show_familiar_pain_far_more_often_than_others() -> None:
    hits = Counter[tuple[bool, bool]]()
    for case in people():
        found = set(positive(case.findings))
        for key in {(f.muscle, f.side) for f in case.findings}:
            hits[key in case.illness.active, key in found] += 1
    active = hits[True, True] / (hits[True, True] + hits[True, False])
    other = hits[False, True] / (hits[False, True] + hits[False, False])
    assert active > 0.55
    assert other < 0.2


def test_a_drawing_has_pain_and_its_worst_place_is_just_above_the_usual_pain() -> None:
    surface = load_atlas().table.surface
    for case in people()[:SOME]:
        first = next(score.value for score in case.pain if score.day == case.first)
        assert int(case.drawing.intensity.max()) == min(10, first + 1)
        assert from_json(to_json(case.drawing), surface) == case.drawing


# What is done


def test_nothing_is_needled_that_is_not_needled() -> None:
    muscles = load_atlas().muscles
    for case in needled():
        for visit in case.visits:
            for one in visit.muscles:
                assert muscles[one.muscle].needling.status != "not needled"


def test_nothing_is_needled_on_a_day_when_screening_stops_it() -> None:
    judged = 0
    for case in needled()[:SOME]:
        for visit in case.visits:
            today = dict(case.person.answers["answers"])
            sport = case.person.sport
            if sport and sport.competition:
                left = (sport.competition - visit.day).days
                today["competition_days"] = left if left >= 0 else 366
            answers = {**case.person.answers, "answers": today}
            found = screened(answers, [(m.muscle, m.side) for m in visit.muscles])
            assert found.decision < Decision.ASK
            assert all(target.allowed for target in found.targets)
            judged += 1
    assert judged > SOME


def test_whoever_screening_stops_has_no_session() -> None:
    stopped = [c for c in people() if c.decision >= Decision.ASK and c.targets]
    assert stopped
    for case in stopped:
        assert not case.visits
        assert case.stage is Stage.NOT_NEEDLED
        assert case.stops
    assert len(stopped) < 0.15 * MANY


def test_every_needle_that_went_in_came_out() -> None:
    for case in needled():
        for visit in case.visits:
            counts = close(visit.ledger).counts
            assert counts.needles == counts.needles_out == visit.needles
            assert counts.insertions == counts.out == visit.insertions
            assert not counts.open
            told = [visit.ledger.twitches(m.muscle, m.side).counted for m in visit.muscles]
            assert told == [m.ltr for m in visit.muscles]


def test_sessions_lie_on_working_days_far_enough_apart() -> None:
    for case in people():
        days = [visit.day for visit in case.visits]
        assert all(day.weekday() < 5 for day in days)
        assert not {(day.month, day.day) for day in days} & {(12, 25), (12, 26), (1, 1)}
        assert all((b - a).days >= LEAST_GAP for a, b in pairwise(days))
        assert all(case.first <= day <= case.until for day in days)
        assert not set(days) & set(case.missed)
        assert len(days) <= case.planned <= 8
    usual = sum(3 <= case.planned <= 6 for case in people())
    assert near(usual, MANY, care("sessions_usual"))


def test_no_session_lies_in_the_two_days_before_a_competition_but_the_first() -> None:
    for case in needled():
        sport = case.person.sport
        if sport and sport.competition:
            left = [(sport.competition - visit.day).days for visit in case.visits[1:]]
            assert not [days for days in left if 0 <= days <= 2]


def test_events_come_at_their_published_rates() -> None:
    visits = [visit for case in needled() for visit in case.visits]
    found = Counter(event.kind for visit in visits for event in visit.events)
    assert len(event_rates()) >= 8
    for kind, rate in event_rates().items():
        assert near(found[kind], len(visits), rate), kind
    assert set(found) <= set(event_rates())


def test_patients_drop_out_at_the_rate_of_trials() -> None:
    asked = [case for case in needled() if case.planned > 1]
    gone = sum(case.stage is Stage.DROPPED_OUT for case in asked)
    assert near(gone, len(asked), care("dropout"))


def test_stages_tell_how_far_the_course_is() -> None:
    found = Counter(case.stage for case in people())
    assert set(found) == set(Stage)
    for case in needled():
        done = len(case.visits)
        match case.stage:
            case Stage.NEW:
                assert 2 * done < case.planned
            case Stage.HALF:
                assert case.planned / 2 <= done < case.planned
            case Stage.FINISHED:
                assert done == case.planned
            case Stage.DROPPED_OUT:
                assert done < case.planned
                assert (case.until - case.visits[-1].day).days > 7


# How it goes


def test_scores_lie_on_their_scales_and_not_before_the_call_nor_after_the_record() -> None:
    for case in people():
        assert all(0 <= s.value <= 10 for s in case.pain)
        assert all(case.first - timedelta(days=7) <= s.day <= case.until for s in case.pain)
        assert any(s.day == case.first for s in case.pain)
        assert all(len(f.values) == 3 == len(set(case.activities)) for f in case.function)
        degrees = load_complaints()[case.illness.presentation].movement.degrees
        assert all(0 <= m.amount <= 1.15 * degrees + 1 for m in case.measured)
        assert all(20 <= m.kpa <= 1500 for m in case.measured)


def test_days_are_missing_as_often_as_people_do_not_answer() -> None:
    phone = sum(s.where == "phone" for case in people() for s in case.pain)
    visits = sum(s.where == "visit" for case in needled() for s in case.pain)
    sessions = sum(len(case.visits) for case in needled())
    assert 0.9 * sessions < visits <= sessions
    assert phone > MANY


def test_twitches_that_were_not_assessed_are_not_none() -> None:
    visits = [visit for case in needled() for visit in case.visits]
    missing = sum(visit.ltr is None for visit in visits)
    assert near(missing, len(visits), 1 - care("ltr_assessed"))
    assert any(visit.ltr == 0 for visit in visits)


def change(world: str) -> float:
    """Mean gain from the first session to the last score of finished courses."""
    gains = [
        next(s.value for s in case.pain if s.day == case.first) - case.pain[-1].value
        for case in people(250, 7, world)
        if case.visits and len(case.visits) == case.planned
    ]
    return sum(gains) / len(gains)


def test_the_worlds_differ_as_they_say() -> None:
    none, three = change("no benefit"), change("benefit 3")
    assert 1 < three - none < 4
    assert change("expectation only") > none
    bad = [next(s.value for s in c.pain) for c in people(250, 7, "starts on a bad day")]
    usual = [next(s.value for s in c.pain) for c in people(250, 7, "no benefit")]
    assert sum(bad) > sum(usual) + 60
    told = sum(len(c.pain) for c in people(250, 7, "answers on bad days only"))
    assert told < 0.7 * sum(len(c.pain) for c in people(250, 7, "no benefit"))


@pytest.mark.parametrize("world", [w.name for w in WORLDS])
def test_the_same_person_meets_the_same_illness_in_every_world(world: str) -> None:
    for usual, other in zip(people(25, 3), people(25, 3, world), strict=True):
        assert (usual.person, usual.illness) == (other.person, other.illness)
        assert usual.findings == other.findings
        assert [v.muscles for v in usual.visits] == [v.muscles for v in other.visits]
        assert other.world == world


def test_zones_that_lie_off_change_the_drawing_and_nothing_else() -> None:
    off = tuple(made_up_cases(15, 3, zones="shifted 2-3 cm"))
    for usual, other in zip(people(25, 3)[:15], off, strict=True):
        assert (usual.person, usual.illness) == (other.person, other.illness)
        assert usual.pain == other.pain
    assert any(u.drawing != o.drawing for u, o in zip(people(25, 3), off, strict=False))


# How they are drawn


def test_a_patient_is_the_same_whatever_the_count_and_the_seed_makes_others() -> None:
    few, more = people(5, 11), people(12, 11)
    assert [same(case) for case in few] == [same(case) for case in more[:5]]
    assert same(people(5, 12)[0]) != same(few[0])


def same(case: Case) -> tuple[object, ...]:
    """All of a patient in a form that compares."""
    return (
        *(getattr(case, name) for name in vars(case) if name != "drawing"),
        to_json(case.drawing),
    )


@pytest.mark.parametrize("hashing", ["0", "1234"])
def test_another_process_makes_the_same_patients(hashing: str) -> None:
    code = (
        "import json; from tautband.synthetic.cases.make import *; "
        "from tautband.synthetic.cases.wire import case_json; "
        "print(json.dumps([case_json(c) for c in made_up_cases(4, 5)]))"
    )
    made = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": hashing},
    )
    assert json.loads(made.stdout) == [case_json(case) for case in people(4, 5)]


def test_a_start_moves_every_day_by_as_much() -> None:
    spring = date(2027, 2, 1)  # no day on which clinics are shut
    later = made_up_cases(20, 3, spring + timedelta(days=28))
    for case, moved in zip(made_up_cases(20, 3, spring), later, strict=True):
        assert moved.first - case.first == timedelta(days=28)
        assert [s.value for s in moved.pain] == [s.value for s in case.pain]
        assert moved.until == spring + timedelta(days=28 + WINDOW_DAYS)


@pytest.mark.parametrize("day", range(7))
def test_any_day_of_the_week_can_be_the_start(day: int) -> None:
    start = date(2026, 11, 2) + timedelta(days=day)
    for case in made_up_cases(40, 2, start):
        assert start <= case.first <= case.until


def test_a_mirror_changes_sides_and_nothing_that_screening_decides() -> None:
    surface = load_atlas().table.surface
    left = sum(case.illness.side == "left" for case in people())
    assert near(left, MANY, 0.5)
    for case in people()[:SOME]:
        turned = mirrored(case, surface)
        assert turned.illness.side is case.illness.side.mirrored
        assert same(mirrored(turned, surface)) == same(case)
        found = screened(dict(turned.person.answers), [(t.muscle, t.side) for t in turned.targets])
        assert [t.decision for t in found.targets] == [t.decision for t in case.targets]
        assert found.decision is case.decision


# What is refused


def test_a_case_that_needles_what_is_not_allowed_is_refused() -> None:
    case = needled()[0]
    with pytest.raises(InputError, match="not allowed"):
        replace(case, targets=tuple(replace(t, decision=Decision.ASK) for t in case.targets))
    with pytest.raises(InputError, match="order"):
        replace(case, visits=case.visits + case.visits)
    with pytest.raises(InputError, match="last entry"):
        replace(case, until=case.first - timedelta(days=1))


def test_persons_and_scores_that_cannot_be_are_refused() -> None:
    case = needled()[0]
    with pytest.raises(InputError, match="BMI"):
        replace(case.person, weight_kg=400)
    with pytest.raises(InputError, match="age"):
        replace(case.person, age=12)
    with pytest.raises(InputError, match="synthetic"):
        replace(case.person, answers={**case.person.answers, "synthetic": False})
    with pytest.raises(InputError, match="0 to 10"):
        replace(case.pain[0], value=11)
    with pytest.raises(InputError, match="0 to 10"):
        replace(case.function[0], values=(3, 4, -1))


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ((0, 1), "patients"),
        ((100_001, 1), "patients"),
        ((5, -1), "seed"),
        ((5, 1, date(1900, 1, 1)), "start"),
        ((5, 1, DEFAULT_START, "a happy one"), "world"),
        ((5, 1, DEFAULT_START, DEFAULT_WORLD, "nowhere"), "zones"),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(arguments: tuple[object, ...], field: str) -> None:
    with pytest.raises(InputError) as caught:
        made_up_cases(*arguments)  # type: ignore[arg-type]
    assert caught.value.field == field
