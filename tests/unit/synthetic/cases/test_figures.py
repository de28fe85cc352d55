"""The figures of made-up patients: each with a source or the word assumption, and checked."""

import pytest

from tautband.atlas.presentations import read_presentations
from tautband.base.errors import InputError
from tautband.base.sources import Seen, bibliography
from tautband.synthetic.cases import figures
from tautband.synthetic.cases.figures import ASSUMPTION, load_care, load_complaints, load_people
from tautband.synthetic.cases.illness import suspects
from tautband.synthetic.cases.treatment import RATES_FROM, event_rates


def test_each_figure_of_care_has_a_source_that_was_read_or_says_assumption() -> None:
    for key, figure in load_care().items():
        assert figure.text, key
        assert figure.unit, key
        if figure.source != ASSUMPTION:
            assert bibliography()[figure.source].seen is not Seen.NONE, key
    assert load_people().source == ASSUMPTION


def test_each_presentation_that_names_muscles_has_figures() -> None:
    named = {key for key, one in read_presentations().items() if one.think_of}
    assert set(load_complaints()) == named
    for key in named:
        assert suspects(key), key
        assert all(0 < s.chance <= 1 for s in suspects(key))


def test_life_explains_every_cause_in_every_area() -> None:
    areas = {read_presentations()[key].area for key in load_complaints()}
    for cause in ("overuse", "posture", "stress"):
        assert set(load_people().life[cause]) == areas


def test_published_shares_of_active_points_go_before_the_assumed_one() -> None:
    chances = {s.muscle: s.chance for s in suspects("plantar_heel_pain")}
    assert len(set(chances.values())) > 2


def test_event_rates_are_those_of_one_survey() -> None:
    assert event_rates()["bruise"] == pytest.approx(0.0755)
    assert RATES_FROM in bibliography()
    assert "pneumothorax" not in event_rates()  # no rate for each treatment was published


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"neck_ache": {}}, "neck_ache"),
        ({"causes": {"overuse": 0.4}}, "sum to 1"),
        ({"causes": {"trauma": 1.0}, "trauma": []}, "trauma"),
        ({"activities": ["walking"]}, "too few"),
        ({"ages": [90, 5, 18, 60]}, "ages"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_figures_that_cannot_be_are_refused(
    change: dict[str, object], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = figures._table("presentations.toml")
    neck = dict(table["neck_pain"])  # type: ignore[call-overload]
    data = {"source": ASSUMPTION, "neck_pain": {**neck, **change}}
    if "neck_ache" in change:
        data = {"source": ASSUMPTION, "neck_ache": neck}
    monkeypatch.setattr(figures, "_table", lambda _: data)
    with pytest.raises(InputError, match=problem):
        load_complaints.__wrapped__()


def test_an_unknown_source_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"dropout": {"value": 0.1, "unit": "share", "source": "hearsay", "text": "x"}}
    monkeypatch.setattr(figures, "_table", lambda _: wrong)
    with pytest.raises(InputError, match="hearsay"):
        load_care.__wrapped__()
