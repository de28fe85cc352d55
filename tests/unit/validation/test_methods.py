"""Baselines, reasons of misses, and the runs, on the shipped atlas with few texts."""

import numpy as np
import pytest

from tautband.base.sources import bibliography
from tautband.body.drawing import painted
from tautband.care.locate import CASE_BOUND, locate, read_sentence
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.ranking import rank
from tautband.validation.halves import DEVELOPMENT, HELD_OUT
from tautband.validation.methods import (
    LOOK_UP,
    MODEL,
    PREVALENCE,
    WORDS,
    Baselines,
    by_muscle,
    model_scores,
)
from tautband.validation.misses import (
    FIT_LESS,
    NOT_REACHED,
    RARER,
    WIDE,
    reasons,
)
from tautband.validation.published import compare, run_cases, run_groups
from tautband.validation.ranks import NOT_FOUND, best_rank
from tautband.validation.records import Case, Cases, parse_group_studies
from tests.unit.validation.test_records import GROUP

KNOWLEDGE = load_knowledge()
ATLAS = KNOWLEDGE.atlas
SURFACE = ATLAS.table.surface
BASELINES = Baselines(KNOWLEDGE)
SOURCE = next(k for k, s in bibliography().items() if k.startswith("case_"))


def zone(key: str) -> np.ndarray:
    unit = ATLAS.unit[key]
    return np.asarray(ATLAS.zone(unit, "main") | ATLAS.zone(unit, "spill"))


@pytest.mark.parametrize("muscle", ["infraspinatus", "soleus", "masseter_superficial"])
def test_the_look_up_table_is_sure_of_a_zone_painted_exactly(muscle: str) -> None:
    drawing = painted(SURFACE, np.where(zone(f"{muscle}:left"), 5, 0))
    scores = BASELINES.look_up(drawing)
    assert scores[muscle] == pytest.approx(1)
    assert best_rank(scores, [muscle]) == 1
    assert BASELINES.reached(drawing)[muscle] == pytest.approx(1)


def test_the_look_up_table_agrees_with_plain_counting() -> None:
    felt = read_sentence("pain in the front of the left thigh").drawing.painful
    scores = BASELINES.look_up(painted(SURFACE, np.where(felt, 5, 0)))
    for muscle in ("rectus_femoris", "sartorius", "masseter_deep"):
        best = 0.0
        for side in ("left", "right"):
            here = zone(f"{muscle}:{side}")
            both = SURFACE.area[here & felt].sum()
            best = max(best, 2 * both / (SURFACE.area[here].sum() + SURFACE.area[felt].sum()))
        assert scores[muscle] == pytest.approx(best)
    assert scores["masseter_deep"] == 0


def test_prevalence_ranks_by_the_prior_alone() -> None:
    of_units = KNOWLEDGE.network.odds[: len(KNOWLEDGE.units)]  # hidden ties come last
    odds = dict(zip([u.key for u in KNOWLEDGE.units], of_units, strict=True))
    for muscle in ("trapezius_upper", "soleus"):
        assert BASELINES.prevalence[muscle] == pytest.approx(odds[f"{muscle}:left"])


def test_words_find_the_record_that_uses_them() -> None:
    text = " ".join(z.text for z in ATLAS.muscles["popliteus"].referral)
    scores = BASELINES.words(text)
    assert scores["popliteus"] == pytest.approx(1)
    assert best_rank(scores, ["popliteus"]) == 1
    assert set(BASELINES.words("xyzzy").values()) == {0.0}
    assert BASELINES.words("shoulders") == BASELINES.words("the shoulder")


def test_both_sides_of_a_muscle_are_one() -> None:
    left, right = ATLAS.unit["soleus:left"], ATLAS.unit["soleus:right"]
    cause = next(u for u in KNOWLEDGE.units if u.cause)
    assert by_muscle([(left, 0.2), (right, 0.7), (cause, 0.9)]) == {"soleus": 0.7}


def test_reasons_say_what_the_figures_say() -> None:
    drawing = read_sentence("pain in the right heel").drawing
    prior = BASELINES.prevalence
    scores = dict.fromkeys(prior, 0.0)
    scores |= dict.fromkeys(sorted(prior, key=lambda m: -prior[m])[:3], 0.5)
    (far, *_) = reasons(drawing, ["pronator_quadratus"], scores, BASELINES)
    assert far.kind == NOT_REACHED
    assert "0 %" in far.text
    kinds = {r.kind for r in reasons(drawing, ["pronator_quadratus"], scores, BASELINES)}
    assert RARER in kinds
    common = max(prior, key=lambda m: prior[m])
    assert RARER not in {r.kind for r in reasons(drawing, [common], scores, BASELINES)}
    wide = read_sentence("pain in the whole right shoulder").drawing
    assert WIDE in {r.kind for r in reasons(wide, ["subscapularis"], scores, BASELINES)}


def test_others_fit_better_when_nothing_plainer_holds() -> None:
    drawing = painted(SURFACE, np.where(zone("soleus:left"), 5, 0))
    scores = dict.fromkeys(BASELINES.prevalence, 0.0)
    rarest = min(BASELINES.prevalence, key=lambda m: BASELINES.prevalence[m])
    scores |= {rarest: 0.9, "soleus": 0.5}
    found = {r.kind for r in reasons(drawing, ["soleus"], scores, BASELINES)}
    assert RARER not in found
    assert found <= {FIT_LESS, WIDE}


def cases(*rows: Case) -> Cases:
    return Cases(muscles={}, case=rows, left_out=())


def case(name: str, words: str, treated: str) -> Case:
    return Case(
        id=name, collection=2, words=(words,), treated=(treated,), grade="A", sources=(SOURCE,)
    )


def test_a_case_runs_as_the_product_runs_it() -> None:
    both = (DEVELOPMENT, HELD_OUT)
    (found,) = run_cases(cases(case("A", "anterior knee pain", "rectus femoris")), KNOWLEDGE, both)
    outcome = found.outcome
    assert outcome.rank[MODEL] <= 5
    assert outcome.shown
    assert not outcome.missed
    assert not outcome.reasons
    assert set(outcome.rank) == {MODEL, LOOK_UP, PREVALENCE, WORDS}


def test_the_whole_order_starts_as_the_list_that_a_clinician_sees() -> None:
    sentence = read_sentence("deep ache in the front of the right shoulder")
    shown = locate(sentence.drawing, sentence=sentence, bound=CASE_BOUND).candidates
    scores = model_scores(rank(sentence.drawing, KNOWLEDGE, bound=CASE_BOUND).candidates)
    for candidate in shown:
        assert scores[candidate.unit.id] >= candidate.probability
    assert best_rank(scores, [shown[0].unit.id]) == 1


def test_words_that_are_not_read_are_a_miss_with_its_reason() -> None:
    both = (DEVELOPMENT, HELD_OUT)
    (found,) = run_cases(cases(case("A", "malaise of the aura", "soleus")), KNOWLEDGE, both)
    assert found.outcome.rank[MODEL] == NOT_FOUND
    assert found.outcome.rank[PREVALENCE] < NOT_FOUND
    assert [r.kind for r in found.outcome.reasons] == ["words not read"]


def test_the_half_put_aside_is_left_alone() -> None:
    row = case("A", "heel pain", "soleus")
    other = {DEVELOPMENT: HELD_OUT, HELD_OUT: DEVELOPMENT}[row.half]
    assert run_cases(cases(row), KNOWLEDGE, [other]) == ()


def test_groups_run_and_are_compared() -> None:
    studies = parse_group_studies(GROUP.replace('"seen"', '"sohn2000"'))
    (found,) = run_groups(studies, KNOWLEDGE)
    assert not found.outcome.circular
    told = compare("one", [found.outcome], 143, times=20, seed=1)
    assert (told.count, told.sources) == (1, 1)
    assert told.chance.top[1] == pytest.approx(1 / 143)
    assert told.against[PREVALENCE].mrr.value == pytest.approx(
        1 / found.outcome.rank[MODEL] - 1 / found.outcome.rank[PREVALENCE]
    )
