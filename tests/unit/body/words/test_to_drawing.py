"""From words to a drawing on the body."""

import numpy as np

from tautband.body.drawing import QUALITIES, Drawing, Quality
from tautband.body.regions import load_regions
from tautband.body.words.lexicon import Lexicon
from tautband.body.words.to_drawing import UNSAID_INTENSITY, to_drawing
from tautband.body.words.understand import understand

TABLE = load_regions()


def draw(text: str, lexicon: Lexicon) -> Drawing:
    return to_drawing(understand(text, lexicon), TABLE)


def test_named_places_are_painted_and_the_rest_stays_unknown(lexicon: Lexicon) -> None:
    drawing = draw("burning 7/10 in the right elbow, no pain in the left heel", lexicon)
    elbow = TABLE.vertices("elbow_lateral:right")
    heel = TABLE.vertices("heel_plantar:left")
    assert (drawing.intensity[elbow] == 7).all()
    assert (drawing.quality[elbow] == QUALITIES.index(Quality.BURNING)).all()
    assert drawing.asked[heel].all()
    assert not drawing.intensity[heel].any()
    assert not drawing.asked[TABLE.vertices("temple:right")].any()


def test_unsaid_strength_is_the_middle_of_the_scale(lexicon: Lexicon) -> None:
    drawing = draw("right elbow", lexicon)
    assert set(np.unique(drawing.intensity)) == {0, UNSAID_INTENSITY}


def test_the_more_exact_of_two_painful_places_shows(lexicon: Lexicon) -> None:
    for text in (
        "left thigh 3/10. back of the left thigh 8/10",
        "left back of the thigh 8/10. thigh 3/10",
    ):
        drawing = draw(text, lexicon)
        assert (drawing.intensity[TABLE.vertices("thigh_posterior_middle:left")] == 8).all()
        assert (drawing.intensity[TABLE.vertices("thigh_anterior_middle:left")] == 3).all()


def test_pain_shows_on_a_midline_that_the_other_half_denies(lexicon: Lexicon) -> None:
    drawing = draw("left low back hurts, right low back does not hurt", lexicon)
    assert drawing.painful[TABLE.vertices("lumbar_spine_lower:left")].all()
    right = TABLE.vertices("lumbar_spine_lower:right")
    assert not drawing.painful[np.setdiff1d(right, TABLE.vertices("lumbar_spine_lower:left"))].any()
