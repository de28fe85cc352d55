"""The shipped data: it loads, misprints are found, verdicts rest on sources, priors are current."""

import tomllib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.write_priors import PATH, current

from tautband.base.errors import InputError
from tautband.base.sources import Seen, bibliography
from tautband.evidence.checks import findings
from tautband.evidence.claims import find_claim, load_claims
from tautband.evidence.effects import Effect, Measure
from tautband.evidence.mechanism import load_mechanism
from tautband.evidence.priors import load_figures, priors
from tautband.evidence.question import (
    INERT,
    Question,
    Window,
    answer,
    effect_of,
)
from tautband.evidence.reviews import load_reviews
from tautband.evidence.sheets import load_sheets, make_sheet
from tautband.evidence.trials import check_trial, load_trials, parse_trial

TRIALS = load_trials()

# Misprints that readers of the papers found by hand: (trial, week, part of the finding).
KNOWN_MISPRINTS = [
    ("stieven2020", 4.0, "-1.56 is not the middle"),
    ("stieven2020", 4.0, "-1.2 is not the middle"),
    ("stieven2020", 4.0, "-2.08 is not the middle"),
    ("sterling2015", 26.0, "-4.4 is not the middle"),
    ("sterling2015", 52.0, "-3.8 is not the middle"),
    ("sanchez_romero2020", 52.0, "0.32 is not the middle"),
    ("rha2013", 26.0, "does not say what +-3.8 is"),
]


def test_all_of_it_loads() -> None:
    assert len(TRIALS) >= 99
    assert sum(len(t.results) for t in TRIALS.values()) >= 225
    assert len(load_reviews()) >= 19
    assert len(load_claims()) >= 15
    assert load_mechanism().steps
    assert load_sheets()


@pytest.mark.parametrize(("trial", "weeks", "said"), KNOWN_MISPRINTS)
def test_published_misprints_are_found(trial: str, weeks: float, said: str) -> None:
    found = [f for f in findings(TRIALS[trial]) if TRIALS[trial].results[f.row].weeks == weeks]
    assert any(said in f.text for f in found), [f.text for f in found]
    (row,) = {f.row for f in found if said in f.text}
    assert isinstance(effect_of(TRIALS[trial], TRIALS[trial].results[row], Measure.MD), str)


def test_a_sound_row_is_not_suspected() -> None:
    row = next(r for r in TRIALS["cotchett2014"].results if r.outcome == "pain")
    found = effect_of(TRIALS["cotchett2014"], row, Measure.MD)
    assert isinstance(found, Effect)
    # -14.4 of 100 mm is -1.44 of 10, and favours needling.
    assert found.estimate == pytest.approx(-1.44)


RECORD = """
id = "x"
name = "X"
conditions = ["neck_pain"]
people = "made up"
comparator = "sham"
comparator_text = "made up"
technique = "made up"
design = "alone"
[[results]]
outcome = "pain"
measure = "NPRS"
better = "lower"
scale = [0, 10]
weeks = 6
place = "made up"
source = "trial_sterling2015"
"""


@pytest.mark.parametrize(
    ("row", "check"),
    [
        (
            "needled = { n = 20, mean = 11, sd = 2 }\nothers = [{ n = 20, mean = 4, sd = 2 }]",
            "scale",
        ),
        ("needled = { n = 20, mean = 3, sd = 0 }\nothers = [{ n = 20, mean = 4, sd = 2 }]", "sd"),
        ("needled = { n = 20, mean = 0.5, sd = 4 }\nothers = [{ n = 20, mean = 4, sd = 2 }]", "sd"),
        ("needled = { n = 20, mean = 3, sd = 0.4 }\nothers = [{ n = 20, mean = 4, sd = 2 }]", "sd"),
        ("estimate = -1.0\nmetric = 'md'\nci = [1.0, -2.0]", "interval"),
        ("estimate = -1.0\nmetric = 'md'\nci = [0.5, 1.5]", "interval"),
        ("estimate = -1.0\nmetric = 'md'\nci = [-3.0, 0.0]", "interval"),
        ("estimate = 1.0\nmetric = 'md'\nci = [0.5, 1.5]\nnote = 'favours needling'", "sign"),
    ],
)
def test_what_cannot_be_is_a_finding(row: str, check: str) -> None:
    trial = parse_trial(RECORD + row, "x.toml")
    assert check in {f.check for f in findings(trial)}
    assert isinstance(effect_of(trial, trial.results[0], Measure.MD), str)


@given(st.floats(0.5, 9.5), st.floats(0.8, 2.5), st.integers(5, 200), st.integers(0, 2**31))
def test_true_samples_on_a_bounded_scale_are_not_impossible(
    mean: float, sd: float, n: int, seed: int
) -> None:
    sample = np.clip(np.random.default_rng(seed).normal(mean, sd, n), 0, 10)
    arm = f"{{ n = {n}, mean = {sample.mean():.6f}, sd = {sample.std(ddof=1):.6f} }}"
    trial = parse_trial(RECORD + f"needled = {arm}\nothers = [{arm}]", "x.toml")
    assert not [f for f in findings(trial) if f.kind == "impossible"]


def test_a_trial_counts_once() -> None:
    found = answer(Question((), (), "range of motion", Window.SHORT), TRIALS.values())
    names = [u.trial.id for u in found.used]
    assert len(names) == len(set(names))
    assert any("another row of this trial" in one.why for one in found.left_out)


def test_every_row_is_used_or_left_out_with_a_reason() -> None:
    question = Question((), INERT, "pain", Window.SHORT)
    found = answer(question, TRIALS.values())
    asked = [
        r
        for t in TRIALS.values()
        if t.comparator in INERT
        for r in t.results
        if r.outcome == "pain" and r.weeks and 1 <= r.weeks < 12
    ]
    assert len(found.used) + len(found.left_out) == len(asked)
    assert all(one.why for one in found.left_out)
    assert any("read in an" in note for note in found.notes)


def test_negative_always_favours_needling() -> None:
    higher = RECORD.replace('"lower"', '"higher"')
    row = "needled = { n = 20, mean = 6, sd = 2 }\nothers = [{ n = 20, mean = 4, sd = 2 }]"
    for text, sign in ((RECORD, 1), (higher, -1)):
        trial = parse_trial(text + row, "x.toml")
        effect = effect_of(trial, trial.results[0], Measure.MD)
        assert isinstance(effect, Effect)
        assert effect.estimate == pytest.approx(sign * 2.0)


ARMS = """
people = 41
needled = { mean = 3.0, sd = 2.0 }
others = [{ mean = 4.0, sd = 2.0 }]
"""


def test_arms_of_unknown_size_are_equal_shares_and_say_so() -> None:
    trial = parse_trial(RECORD + ARMS, "x.toml")
    effect = effect_of(trial, trial.results[0], Measure.MD)
    assert isinstance(effect, Effect)
    # 41 people in two arms: 20 in each.
    assert effect.variance == pytest.approx(2 * 2.0**2 / 20)
    assert "equal shares" in effect.marks[-1]
    without = parse_trial(RECORD + ARMS.replace("people = 41", ""), "x.toml")
    assert "was not seen" in str(effect_of(without, without.results[0], Measure.MD))


BY_P = """
p = "0.02"
p_of_difference = true
needled = { n = 25, mean = 3.0 }
others = [{ n = 27, mean = 4.0 }]
"""


@pytest.mark.parametrize("measure", [Measure.MD, Measure.SMD])
def test_a_spread_can_be_read_off_a_p_value(measure: Measure) -> None:
    trial = parse_trial(RECORD + BY_P, "x.toml")
    effect = effect_of(trial, trial.results[0], measure)
    assert isinstance(effect, Effect)
    assert effect.estimate < 0
    assert "p-value" in effect.marks[0]
    bound = parse_trial(RECORD + BY_P.replace('"0.02"', '"<0.02"'), "x.toml")
    with pytest.raises(InputError, match="between 0 and 1"):
        check_trial(bound, bibliography(), {})


def test_another_outcome_can_be_pooled_in_hundredths_of_its_scale() -> None:
    row = "estimate = -5.0\nmetric = 'md'\nci = [-8.0, -2.0]"
    text = (RECORD + row).replace('"pain"', '"disability"').replace("[0, 10]", "[0, 50]")
    trial = parse_trial(text, "x.toml")
    asked = Question(("neck_pain",), (), "disability", Window.SHORT, (), as_points=True)
    found = answer(asked, [trial])
    assert found.pool
    assert found.pool.estimate == pytest.approx(-10.0)
    assert answer(Question(("neck_pain",), (), "disability", Window.SHORT), [trial]).pool is None


def test_needling_instead_is_told_from_needling_added() -> None:
    row = "estimate = -1.0\nmetric = 'md'\nci = [-2.0, 0.0]"
    trial = parse_trial((RECORD + row).replace('"sham"', '"exercise"'), "x.toml")
    instead = Question((), ("exercise",), "pain", Window.SHORT, ("alone",))
    added = Question((), ("exercise",), "pain", Window.SHORT, ("added",))
    assert len(answer(instead, [trial]).used) == 1
    assert not answer(added, [trial]).used


def test_words_without_figures_are_the_reason() -> None:
    trial = parse_trial(RECORD + 'said = "no difference"', "x.toml")
    assert effect_of(trial, trial.results[0], Measure.MD) == "no figures: no difference"


def test_priors_are_current_and_traced() -> None:
    assert PATH.read_text("utf-8") == current(), "run python -m tools.write_priors"
    written = tomllib.loads(PATH.read_text("utf-8"))
    known = bibliography()
    for key, entry in written.items():
        assert entry["sources"] or "prior before any trial" in entry["text"], key
        assert all(known[s].seen is not Seen.NONE for s in entry["sources"]), key
        assert entry["sd"] > 0, key
    assert written["twitch_slope"]["value"] == 0
    assert written["benefit_over_sham"]["rows"]


def test_the_prior_of_the_benefit_is_small() -> None:
    (benefit,) = [n for n in priors(TRIALS.values()) if n.key == "benefit_over_sham"]
    assert 0 < benefit.value < 1.5
    assert benefit.sd > 0.4
    assert load_figures()["soreness_half_life"].value == 15.0


def test_the_founding_claims_are_all_there() -> None:
    for key in (
        "jospt_low_back",
        "jbmt_shoulder_impingement",
        "non_invasive",
        "drug_free",
        "minimal_side_effects",
        "low_risk",
        "twitch_releases",
        "blood_flow",
        "endorphins",
        "range_of_motion",
        "quick",
        "athletes",
        "better_combined",
    ):
        assert load_claims()[key].instead


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("is it really non-invasive", "non_invasive"),
        ("endorphins", "endorphins"),
        ("does it help athletes perform", "athletes"),
        ("low back pain, JOSPT, more effective than traditional", "jospt_low_back"),
    ],
)
def test_claims_are_found_by_words(text: str, key: str) -> None:
    assert find_claim(text).id == key


def test_an_unknown_claim_is_refused() -> None:
    with pytest.raises(InputError, match="not one that was checked"):
        find_claim("the moon is made of cheese")


def test_a_sheet_changes_its_version_with_its_words_and_figures() -> None:
    from importlib import resources

    text = (
        resources.files("tautband.evidence")
        .joinpath("data/sheets/neck_pain.toml")
        .read_text("utf-8")
    )
    first = make_sheet(text, "neck_pain.toml", TRIALS.values())
    assert make_sheet(text, "neck_pain.toml", TRIALS.values()).version == first.version
    other = text.replace("Most people", "Many people")
    assert make_sheet(other, "neck_pain.toml", TRIALS.values()).version != first.version
    fewer = [t for t in TRIALS.values() if t.id != "sterling2015"]
    assert make_sheet(text, "neck_pain.toml", fewer).version != first.version


def test_natural_frequencies_add_up_and_follow_the_effect() -> None:
    for sheet in load_sheets().values():
        if sheet.of_100:
            told = sheet.of_100
            assert 0 <= told.low <= told.needled <= told.high <= 100
            assert 0 <= told.without <= 100
            assert sheet.frequencies
            assert sheet.frequencies.text


def test_the_drawings_of_the_mechanism_are_current() -> None:
    from tools.draw_mechanism import FOLDER
    from tools.draw_mechanism import current as drawn

    assert {p.name for p in FOLDER.glob("*.svg")} == set(drawn())
    for name, text in drawn().items():
        assert (FOLDER / name).read_text("utf-8") == text, "run python -m tools.draw_mechanism"
        assert "prefers-reduced-motion" in text
