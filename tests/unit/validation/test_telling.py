"""Made-up patients' words: what is left of a drawing, and that it is read as it was meant."""

import numpy as np
import pytest

from tautband.body.drawing import painted
from tautband.body.overlap import region_coverage
from tautband.body.regions import load_regions
from tautband.care.locate import read_sentence
from tautband.validation.telling import (
    MOST_NAMED,
    MOST_SAID,
    Told,
    _places,
    named,
    spoken,
    tell,
)
from tests.unit.body.drawings import painted_regions

TABLE = load_regions()
SHOULDER = ("shoulder_anterior:right", "shoulder_lateral:right", "shoulder_posterior:right")


@pytest.mark.parametrize("place", _places(), ids=lambda place: place.phrase)
def test_each_coarse_place_is_read_as_its_regions(place) -> None:  # type: ignore[no-untyped-def]
    share = region_coverage(read_sentence(f"pain in the {place.phrase}").drawing.painful, TABLE)
    felt = {TABLE.regions[r].key for r in np.flatnonzero(share >= 0.99)}
    if len(place.regions) == 1:  # the name of a single region may be read a little wider
        assert felt >= set(place.regions)
    else:
        assert felt == set(place.regions)


def test_the_coarse_sentence_names_what_is_painted() -> None:
    assert spoken(painted_regions(*SHOULDER)) == "pain in the right shoulder"
    both = painted_regions(*SHOULDER, "calf_medial:left", "calf_lateral:left", "calf_lower:left")
    assert set(spoken(both).removeprefix("pain in the ").split(", ")) == {
        "right shoulder",
        "left calf",
    }


def test_a_speck_is_told_too_and_much_is_told_briefly() -> None:
    speck = painted_regions("temple:left")
    assert read_sentence(spoken(speck)).drawing.painful[speck.painful].all()
    much = painted(TABLE.surface, np.where(TABLE.surface.half > 0, 5, 0))
    assert spoken(much).count(",") < MOST_SAID
    assert len(TABLE.regions) > MOST_NAMED
    share = region_coverage(named(much).painful, TABLE)
    assert (share >= 0.99).sum() <= MOST_NAMED


def test_painting_tells_all_and_words_leave_the_rest_unknown() -> None:
    drawing = painted_regions(*SHOULDER)
    assert tell(drawing, Told.PAINTED) is drawing
    exact = tell(drawing, Told.EXACT)
    assert not exact.places()
    coarse = tell(drawing, Told.COARSE)
    assert len(coarse.places()) == 1
    for told in (exact, coarse):
        np.testing.assert_array_equal(told.painful, drawing.painful)
        assert not told.asked[~drawing.painful].all()


@pytest.mark.parametrize("region", TABLE.ids)
def test_no_place_is_without_a_word(region: str) -> None:
    drawing = painted_regions(f"{region}:left")
    told = read_sentence(spoken(drawing)).drawing
    assert (told.painful & drawing.painful).sum() >= 0.9 * drawing.painful.sum()
