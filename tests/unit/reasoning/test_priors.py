"""Prior odds for one patient: presentation, sex, past treatment."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.atlas.presentations import read_presentations
from tautband.atlas.prevalence import Prevalence
from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.base.sources import Confidence, bibliography
from tautband.body.drawing import Mark, from_regions
from tautband.body.regions import load_regions
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.patient import NOBODY, Patient, read_patient
from tautband.reasoning.priors import presentation_factor, priors_of
from tautband.reasoning.ranking import rank

KNOWN = load_knowledge()
RULE = KNOWN.model.presentation
BACK = from_regions(
    load_regions(), [Mark("flank:left", 6), Mark("buttock_upper_medial:left", 6)], answered=True
)


def row(n: int, active: float, indirect: bool = False) -> Prevalence:
    return Prevalence(
        muscle="piriformis", condition="c", n=n, active=(active, active), indirect=indirect
    )


def factor(odds: float, *rows: Prevalence) -> float:
    return presentation_factor(rows, odds, RULE)


def test_nothing_told_changes_nothing() -> None:
    priors = priors_of(KNOWN, NOBODY)
    assert (priors.factor == 1).all()
    assert not priors.steps


def test_the_factor_by_hand() -> None:
    """40 of 100 people, general odds 0.02: half a person added, halved for the side, w = 1/2."""
    each = (40.5 / 101) / 2
    expected = (each / (1 - each) / 0.02) ** 0.5
    assert factor(0.02, row(100, 40)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (row(100, 20), row(100, 40)),
        (row(25, 40), row(100, 40)),
        (row(100, 40, indirect=True), row(100, 40)),
        (row(0, 40), row(50, 40)),
    ],
)
def test_more_people_and_larger_shares_move_the_prior_more(
    less: Prevalence, more: Prevalence
) -> None:
    assert 1 < factor(0.02, less) < factor(0.02, more)


@given(st.integers(0, 500), st.floats(0, 100), st.floats(1e-4, 0.25))
def test_no_study_replaces_the_general_prior(n: int, active: float, odds: float) -> None:
    moved = factor(odds, row(n, active))
    assert RULE.least <= moved <= RULE.most
    people = n or 25
    each = (active / 100 * people + 0.5) / (people + 1) / 2
    low, high = sorted((1.0, each / (1 - each) / odds))
    if active > 0:
        assert min(max(low, RULE.least), RULE.most) - 1e-9 <= moved <= high + 1e-9


def test_a_muscle_in_which_nobody_had_a_point_is_not_raised() -> None:
    assert factor(0.001, row(18, 0)) <= 1


def ratio(patient: Patient, key: str) -> float:
    return float(priors_of(KNOWN, patient).factor[KNOWN.cause(key)])


def told(presentation: str | None = None, sex: str | None = None, *treated: str) -> Patient:
    return read_patient(KNOWN, presentation, sex, treated)


@pytest.mark.parametrize("record", read_presentations())
def test_a_presentation_raises_what_it_names_and_nothing_else(record: str) -> None:
    presentation = read_presentations()[record]
    priors = priors_of(KNOWN, Patient(presentation))
    named = {m for think in presentation.think_of for m in think.muscles}
    named |= {r.muscle for r in presentation.prevalence if r.active is not None}
    named |= {c for raised in presentation.raised for c in raised.causes}
    moved = {KNOWN.units[c].id for c in np.flatnonzero(priors.factor != 1).tolist()}
    assert moved <= named


def test_counted_muscles_of_a_presentation_lead_their_priors() -> None:
    before = KNOWN.prior[KNOWN.cause("piriformis:left")]
    prior = priors_of(KNOWN, told("low back pain")).of(KNOWN.cause("piriformis:left"))
    assert prior.value / (1 - prior.value) > 2 * before
    assert any("lbp_review2025" in reason.sources for reason in prior.reasons)


def test_every_reason_has_known_sources_and_says_how_sure_it_is() -> None:
    patient = told("cervical radiculopathy", "male", "trapezius_upper left: same")
    priors = priors_of(KNOWN, patient)
    for cause in range(len(KNOWN.units)):
        prior = priors.of(cause)
        assert prior.reasons[0].factor is None
        for reason in prior.reasons:
            assert reason.text
            assert set(reason.sources) <= set(bibliography())
            if reason.confidence is not Confidence.UNREVIEWED:
                assert reason.sources
        steps = np.prod([r.factor for r in prior.reasons if r.factor is not None])
        odds = KNOWN.prior[cause] * steps
        assert prior.value == pytest.approx(odds / (1 + odds))


def test_the_name_of_a_complaint_says_nothing_of_a_root_that_it_does_not_name() -> None:
    """Raised muscles are a prior, not evidence for the roots that are coupled with them."""
    elsewhere = from_regions(load_regions(), [Mark("temple:left", 6)])
    roots = [KNOWN.cause(f"root_{level}:left") for level in ("l4", "l5", "s1")]
    before = rank(elsewhere, KNOWN).posterior.probability[roots]
    after = rank(elsewhere, KNOWN, patient=told("low back pain")).posterior.probability[roots]
    np.testing.assert_allclose(after, before, rtol=1e-6)


def test_without_pain_that_tells_of_a_muscle_its_prior_stays() -> None:
    """Where the drawing says nothing, the answer is the prior that is shown."""
    elsewhere = from_regions(load_regions(), [Mark("temple:left", 6)])
    ranking = rank(elsewhere, KNOWN, patient=told("plantar heel pain"))
    (own,) = (c for c in ranking.candidates if c.unit.key == "quadratus_plantae:left")
    assert own.prior.value > 0.05
    assert own.probability == pytest.approx(own.prior.value, rel=0.1)


def test_what_was_treated_before() -> None:
    key = "piriformis:left"
    assert ratio(told(None, None, "piriformis left: better"), key) > 1
    assert ratio(told(None, None, "piriformis left: same"), key) < 1
    assert ratio(told(None, None, "piriformis left: no change"), key) < 1
    assert ratio(told(None, None, "piriformis left: worse"), key) < 1
    assert ratio(told(None, None, "piriformis left: same"), "piriformis:right") == 1


def test_sex_changes_no_muscle() -> None:
    """Latent points differ by sex; whether active ones do was not measured."""
    for sex in ("female", "male"):
        factors = priors_of(KNOWN, told(None, sex)).factor
        assert all(factors[c] == 1 for c, u in enumerate(KNOWN.units) if u.muscle)


def test_an_organ_of_the_other_sex_is_impossible() -> None:
    pelvis = from_regions(load_regions(), [Mark("pubic:left", 6), Mark("groin:left", 5)])
    organs = {u.id: u.cause.sex for u in KNOWN.units if u.cause and u.cause.sex}
    assert {"uterus", "ovary", "testis"} <= set(organs)
    for sex in (Sex.FEMALE, Sex.MALE, None):
        posterior = rank(pelvis, KNOWN, patient=Patient(sex=sex)).posterior
        for cause, unit in enumerate(KNOWN.units):
            if unit.id in organs:
                possible = sex is None or organs[unit.id] == sex
                assert bool(posterior.probability[cause] > 1e-6) is possible, unit.key


@pytest.mark.parametrize(
    ("arguments", "field", "said"),
    [
        ({"presentation": "tenis elbow"}, "presentation", "lateral_epicondylalgia"),
        ({"presentation": ""}, "presentation", "not known"),
        ({"sex": "other"}, "sex", "'female' or 'male'"),
        ({"treated": ["soleus: better"]}, "treated", "muscle side: better"),
        ({"treated": ["soleus left: great"]}, "treated", "no response"),
        ({"treated": ["soleus left: better", "soleus left: worse"]}, "treated", "two ways"),
        ({"treated": ["soleuss left: better"]}, "muscle", "soleus"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: dict[str, object], field: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_patient(KNOWN, **arguments)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert said in str(caught.value)
