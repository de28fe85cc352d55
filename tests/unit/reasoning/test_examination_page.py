"""The figures on the clinicians' page are those of the model."""

from pathlib import Path

import pytest

from tautband.reasoning.model import load_model
from tautband.reasoning.signs import FAMILIAR, IN_BAND, OUTSIDE_BAND, SignTable

PAGE = (Path(__file__).parents[3] / "docs/clinicians/examine.md").read_text("utf-8")
TABLE = SignTable(load_model().findings)
NAMES = {
    "familiar pain on pressure": FAMILIAR,
    "tender spot in a taut band": IN_BAND,
    "tender spot outside the band": OUTSIDE_BAND,
    "local twitch response (LTR)": "local twitch response",
}


def rows() -> list[tuple[str, str, str]]:
    lines = PAGE.split("| finding at a muscle")[1].split("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(name, present, absent) for name, present, absent in cells]


def test_every_sign_stands_on_the_page() -> None:
    assert {NAMES.get(name, name) for name, _, _ in rows()} == set(TABLE.signs)


@pytest.mark.parametrize(("name", "present", "absent"), rows())
def test_the_weights_are_those_of_the_model(name: str, present: str, absent: str) -> None:
    sign = NAMES.get(name, name)
    assert TABLE.ratio({sign: True}) == pytest.approx(float(present), abs=0.051)
    assert TABLE.ratio({sign: False}) == pytest.approx(float(absent), abs=0.0051)


def test_the_weights_of_several_signs_are_those_of_the_model() -> None:
    every = {sign: True for sign in TABLE.signs if sign != OUTSIDE_BAND}
    both = TABLE.ratio({IN_BAND: True, FAMILIAR: True})
    latent = TABLE.ratio({IN_BAND: True, FAMILIAR: False})
    assert f"together weigh {both:.0f}, all signs together {TABLE.ratio(every):.0f}" in PAGE
    assert f"(odds times {latent:.2f})" in PAGE
