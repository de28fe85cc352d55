"""Scores and changes as clinical tables; what is refused; what must hold for any answers."""

import json
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from tautband.base.errors import InputError
from tautband.base.sources import Confidence, bibliography
from tautband.cli import main
from tautband.measures.change import change
from tautband.measures.comparable import ComparableSign, Sign
from tautband.measures.instruments import Rule, find_instrument, load_instruments, parse_instrument
from tautband.measures.score import score

ALL = load_instruments()
N = None

# (instrument, answers, score): by the rule of each instrument's manual or form, by hand.
TABLE = [
    ("nprs", [7], 7),
    ("nprs", [4, 6, 8], 6),
    ("nprs", [4, N, 7], 5.5),
    ("vas", [63.5], 63.5),
    ("peg", [4, 5, 6], 5),
    ("peg", [7, 8, 8], 23 / 3),
    ("psfs", [3, 4, 8], 5),
    ("psfs", [3, N, 8, 1], 4),
    ("groc", [-7], -7),
    ("ndi", [5] * 10, 100),
    ("ndi", [1, 2, 3, 1, 1, 1, 1, 1, 1, 2], 28),  # raw 14 of 50
    ("ndi", [1, 2, 3, 1, 1, 1, 1, 1, N, 2], 100 * 13 / 45),  # the form's rule: divide by 45
    ("odi", [2, 1, 3, 0, 4, 2, 1, 0, 2, 1], 32),
    ("odi", [2, 1, 3, 0, 4, 2, 1, 0, 2, N], 100 * 15 / 45),
    # The form's own examples: 16 of 50 is 32 %; with one section missed, 16 of 45 is 35.5 %.
    ("odi", [1, 2, 2, 2, 1, 2, 2, 1, 1, 2], 32),
    ("odi", [1, 2, 2, 2, 2, 2, 2, 1, 2, N], 35.5555555),
    ("dash", [1] * 30, 0),
    ("dash", [5] * 30, 100),
    ("dash", [3] * 27 + [N] * 3, 50),
    ("quickdash", [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3], (33 / 11 - 1) * 25),
    ("quickdash", [2] * 10 + [N], 25),
    ("spadi", [5] * 5 + [2] * 8, 35),
    ("spadi", [10] * 5 + [0] * 7 + [N], 50),
    # The form: pain of 50, or 40 with one missed; disability of 80, or 70 with one missed.
    ("spadi", [6, 8, 4, 8, N] + [3] * 7 + [N], (100 * 26 / 40 + 100 * 21 / 70) / 2),
    ("lefs", [4] * 20, 80),
    ("lefs", [2] * 18 + [N, N], 40),
    ("hit6", [6, 8, 10, 11, 13, 10], 58),
    ("promis_pi", [61.2], 61.2),
    ("ppt", [210, 230, 250], 230),
    ("rom", [85], 85),
    ("soreness", [3], 3),
]


@pytest.mark.parametrize(("instrument", "answers", "wanted"), TABLE)
def test_scores(instrument: str, answers: list[float | None], wanted: float) -> None:
    assert score(ALL[instrument], answers).value == pytest.approx(wanted)


def test_every_instrument_is_in_the_table() -> None:
    assert {row[0] for row in TABLE} == set(ALL)


# (instrument, answers): one more missing than the rule allows gives no score and says why.
@pytest.mark.parametrize(
    ("instrument", "answers"),
    [
        ("peg", [4, 5, N]),
        ("ndi", [1] * 7 + [N] * 3),
        ("odi", [1] * 7 + [N] * 3),
        ("dash", [1] * 26 + [N] * 4),
        ("quickdash", [1] * 9 + [N] * 2),
        ("spadi", [1] * 10 + [N] * 3),
        ("lefs", [1] * 15 + [N] * 5),
        ("hit6", [6] * 5 + [N]),
        ("nprs", [N]),
    ],
)
def test_too_many_missing(instrument: str, answers: list[float | None]) -> None:
    found = score(ALL[instrument], answers)
    assert found.value is None
    assert "not answered" in found.why


@pytest.mark.parametrize(
    ("instrument", "answers", "said"),
    [
        ("peg", [4, 5], "PEG: has 2 answers. Expected 3"),
        ("peg", [4, 5, 11], "PEG item 3: is 11. Expected 0 to 10."),
        ("peg", [4, 5, -1], "PEG item 3: is -1"),
        ("peg", [4, 5, 5.5], "PEG item 3: is 5.5. Expected a whole number."),
        ("hit6", [6, 7, 8, 10, 11, 13], "HIT-6 item 2: is 7. Expected one of 6, 8, 10, 11, 13."),
        ("dash", [0] + [1] * 29, "DASH item 1: is 0. Expected 1 to 5."),
        ("nprs", [float("nan")], "NPRS item 1: is nan"),
        ("psfs", [], "PSFS: has 0 answers. Expected 1 to 5"),
    ],
)
def test_refused(instrument: str, answers: list[float], said: str) -> None:
    with pytest.raises(InputError) as caught:
        score(ALL[instrument], answers)
    assert str(caught.value).startswith(said)


@given(st.data())
def test_scores_stay_in_range_and_rise_with_each_item(data: st.DataObject) -> None:
    one = ALL[data.draw(st.sampled_from(sorted(ALL)))]
    allowed = one.items.allowed or (
        one.items.low,
        (one.items.low + one.items.high) // 2,
        one.items.high,
    )
    answers = data.draw(
        st.lists(st.sampled_from(allowed), min_size=one.items.count, max_size=one.items.count)
    )
    found = score(one, answers).value
    assert found is not None
    assert one.range[0] - 1e-9 <= found <= one.range[1] + 1e-9
    place = data.draw(st.integers(0, one.items.count - 1))
    higher = [v if i != place else max(allowed) for i, v in enumerate(answers)]
    more = score(one, higher).value
    assert more is not None
    assert more >= found - 1e-9


@given(st.data())
def test_a_missing_item_is_never_a_zero(data: st.DataObject) -> None:
    """Leaving out an item that equals the others' mean changes nothing."""
    one = ALL[data.draw(st.sampled_from(["ndi", "odi", "dash", "quickdash", "lefs", "spadi"]))]
    value = one.items.high
    answers: list[float | None] = [value] * one.items.count
    answers[data.draw(st.integers(0, one.items.count - 1))] = None
    assert score(one, answers).value == pytest.approx(one.range[1])


def test_direction_is_told_by_the_instrument() -> None:
    higher = {key for key, one in ALL.items() if one.better == "higher"}
    assert higher == {"psfs", "groc", "ppt", "rom", "lefs"}
    assert change(ALL["lefs"], 40, 52).points == 12
    assert change(ALL["odi"], 40, 28).points == 12
    assert change(ALL["odi"], 28, 40).points == -12


def test_important_and_real_are_told_apart() -> None:
    found = change(ALL["nprs"], 6, 4, region="neck", repeats=[6, 5, 7, 6])
    nearest = [one for one in found.important if one.nearest]
    assert {one.threshold.population[:9] for one in nearest} == {"neck pain"}
    assert [one.reached for one in nearest if one.threshold.kind == "important"] == ["yes"]
    assert found.percent == pytest.approx(100 / 3)
    # SD of 6, 5, 7, 6 is 0.816; times sqrt(1 + 1/4) and t with 3 degrees of freedom.
    least = np.std([6, 5, 7, 6], ddof=1) * np.sqrt(1.25) * t.ppf(0.975, 3)
    assert found.real.least == pytest.approx(least)
    assert found.real.stands_out is False


def test_without_repeats_nothing_is_called_real() -> None:
    found = change(ALL["nprs"], 9, 1, repeats=[9, 8])
    assert found.real.stands_out is None
    assert "at least 3 are needed" in found.real.text


def test_conflicting_thresholds_are_all_shown() -> None:
    found = change(ALL["ndi"], 50, 38, region="neck")
    sizes = sorted(one.threshold.low for one in found.important)
    assert sizes == [10, 15, 19, 20.4]
    assert {one.reached for one in found.important} == {"yes", "no"}


def test_changes_outside_the_range_are_refused() -> None:
    with pytest.raises(InputError, match="0 to 10 for NPRS"):
        change(ALL["nprs"], 60, 4)


def test_the_comparable_sign_is_never_used() -> None:
    sign = ComparableSign("turn left", Sign(40, 6), Sign(55, 7))
    assert sign.verdict_uses is False
    assert "40 to 55 degrees (+15), pain 6 to 7" in sign.text
    assert "not comparable" in ComparableSign("squat", Sign(pain=3), Sign()).text
    with pytest.raises(InputError):
        Sign(pain=11)


def test_no_item_wording_and_each_figure_with_its_population() -> None:
    known = bibliography()
    for one in ALL.values():
        assert "items" not in one.about.lower() or one.items.count > 1
        for threshold in one.thresholds:
            assert threshold.population
            assert threshold.confidence is not None
            if threshold.confidence is not Confidence.UNREVIEWED:
                assert any(known[key].seen != "none" for key in threshold.sources)


OWN = """
id = "own"
name = "Our own scale"
short = "OWN"
about = "Two ratings."
regions = ["any"]
items = { count = 2, low = 0, high = 4 }
rule = "sum"
range = [0, 8]
better = "lower"
unit = "points"
missing = { most = 0, text = "Both.", sources = [], confidence = "unreviewed" }
licence = { kind = "free", text = "Ours.", sources = [], confidence = "unreviewed" }
thresholds = []
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("range = [0, 8]", "range = [8, 0]", "range: is (8.0, 0.0)"),
        ("count = 2", "count = 0", "items.count: is 0"),
        ('rule = "sum"', 'rule = "magic"', "rule"),
        ("most = 0", "most = 2", "missing.most: is 2"),
        ('rule = "sum"', 'rule = "subscales to 100"', "parts"),
        ('short = "OWN"', "", "short"),
        ('id = "own"', 'id = "own"\nwording = "How bad is it"', "wording"),
        ("high = 4 }", 'high = 4, names = ["one"] }', "items.names: are 1"),
        ('kind = "free"', 'kind = "stolen"', "stolen"),
    ],
)
def test_an_own_instrument_is_checked(old: str, new: str, said: str) -> None:
    assert parse_instrument(OWN, "own.toml", bibliography()).id == "own"
    with pytest.raises(InputError) as caught:
        parse_instrument(OWN.replace(old, new), "own.toml", bibliography())
    assert said in str(caught.value)


def test_names_and_near_misses() -> None:
    assert find_instrument("Quick-DASH").id == "quickdash"
    assert find_instrument("pain 0-10").id == "nprs"
    with pytest.raises(InputError) as caught:
        find_instrument("oswestri disability index")
    assert caught.value.suggestions == ("odi",)


def test_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["score", "peg", "4", "5", "6", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["score"] == 5.0
    assert main(["score", "nprs", "4", "--before", "6", "--region", "neck"]) == 0
    assert "> important from 1.3: reached" in capsys.readouterr().out
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")
    assert main(["score", "own", "3", "4", "--file", str(path)]) == 0
    assert capsys.readouterr().out.startswith("OWN 7 points")
    assert main(["score", "nprs", "worst=7", "now=4"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("NPRS 5.5 points")
    assert "now 4, worst 7" in told
    assert main(["score", "nprs", "7"]) == 0
    assert "now 7" not in capsys.readouterr().out  # which of the three was not said
    for wrong in (["worse=7"], ["now=4", "now=5"], ["now=4", "5"], ["now=x"]):
        assert main(["score", "nprs", *wrong]) == 2
        assert capsys.readouterr().err.startswith("tautband: NPRS: ")
    assert main(["score", "peg", "-", "5", "6"]) == 0
    assert "no score" in capsys.readouterr().out
    assert main(["score"]) == 0
    assert "odi" in capsys.readouterr().out
    for wrong in (["peg", "x", "1", "2"], ["pog", "1"], ["peg", "1"], ["peg", "1", "2", "99"]):
        assert main(["score", *wrong]) == 2
        assert capsys.readouterr().err.startswith("tautband: ")


def test_the_page_shows_a_file_that_loads_and_names_every_instrument() -> None:
    page = (Path(__file__).parents[3] / "docs" / "measures.md").read_text("utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    own = parse_instrument(example, "stairs.toml", bibliography())
    assert score(own, [3, 5]).value == 8
    for one in ALL.values():
        assert f"| `{one.id}` |" in page
    for rule in get_args(Rule):
        assert f"`{rule}`" in page
