"""Reading whole texts: errors, contradictions, what is said back, and laws that always hold."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.regions import load_regions
from tautband.body.words.lexicon import Lexicon, load_lexicon
from tautband.body.words.meanings import Place, Understanding
from tautband.body.words.understand import understand

LEXICON = load_lexicon([r for r in load_regions().regions if r.side is Side.LEFT])
AT_ANY_SPEED = settings(deadline=None)  # speed has its own test and benchmark
Facts = set[tuple[str, Side, int | None, str | None, bool]]

PLACES = st.sampled_from(
    ["shoulder", "front of the shoulder", "elbow", "outer side of the elbow", "hand", "buttock",
     "back of the thigh", "knee", "calf", "heel", "temple", "shoulder blade", "groin", "neck"]
)  # fmt: skip
SIDE = st.sampled_from(["right", "left"])
FELT = st.sampled_from(["", "burning ", "numb ", "6/10 ", "dull ", "severe "])
PHRASE = st.builds(lambda felt, side, place: f"{felt}{side} {place}", FELT, SIDE, PLACES)
DENIAL = st.builds(lambda side, place: f"no pain in the {side} {place}", SIDE, PLACES)
PATH = st.builds(
    lambda side, a, b: f"{side} {a} pain running down to the {side} {b}", SIDE, PLACES, PLACES
)
SENTENCES = st.lists(PHRASE | DENIAL | PATH, min_size=1, max_size=5).map(". ".join)


def facts(found: Understanding) -> Facts:
    return {
        (region, side, place.intensity, place.quality, place.denied)
        for place in found.places
        for region, side in place.sided_regions
    }


def read(text: str) -> Understanding | None:
    try:
        return understand(text, LEXICON)
    except InputError:
        return None


# ------------------------------------------------------------------------------------------ laws


@AT_ANY_SPEED
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read(text)
    assert found is None or found.places


WORDS = [
    *sorted(LEXICON.known_words),
    *[
        "right",
        "left",
        "both",
        "no",
        "not",
        "and",
        "with",
        "to",
        "from",
        "the",
        "of",
        ",",
        ".",
        "(",
        ":",
        "/",
        "6/10",
        "C6",
        "T3-4",
        "VAS",
        "zzzz",
    ],
]


@AT_ANY_SPEED
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_heap_of_known_words_is_read_or_refused(text: str) -> None:
    found = read(text)
    assert found is None or not found.painful() & found.free()


@AT_ANY_SPEED
@given(SENTENCES)
def test_exchanging_right_and_left_mirrors_the_meaning(text: str) -> None:
    swapped = text.replace("right", "RIGHT").replace("left", "right").replace("RIGHT", "left")
    one, other = read(text), read(swapped)
    assert (one is None) is (other is None)
    if one is not None and other is not None:
        mirrored = {(r, side.mirrored, i, q, d) for r, side, i, q, d in facts(one)}
        assert facts(other) == mirrored
        assert one.not_understood == other.not_understood


@AT_ANY_SPEED
@given(SENTENCES, st.sampled_from(["Grumbo frazzle.", "Xylo wibble wobble quux."]))
def test_a_sentence_that_means_nothing_changes_nothing_else(text: str, noise: str) -> None:
    alone = read(text)
    for joined in (f"{text}. {noise}", f"{noise} {text}"):
        beside = read(joined)
        if alone is not None and beside is not None:
            assert facts(beside) == facts(alone)
            assert beside.not_understood


@AT_ANY_SPEED
@given(SENTENCES)
def test_no_place_is_both_painful_and_free(text: str) -> None:
    found = read(text)
    assert found is None or not found.painful() & found.free()


@AT_ANY_SPEED
@given(PHRASE, PHRASE)
def test_the_order_of_sentences_does_not_matter(one: str, other: str) -> None:
    first, second = read(f"{one}. {other}"), read(f"{other}. {one}")
    assert first is not None
    assert second is not None
    assert facts(first) == facts(second)


@AT_ANY_SPEED
@given(PHRASE)
def test_capitals_articles_and_blanks_do_not_matter(text: str) -> None:
    changed = read("  " + text.upper().replace(" ", "   ") + " ")
    plain = read(text)
    assert plain is not None
    assert changed is not None
    assert facts(changed) == facts(plain)


@AT_ANY_SPEED
@given(SENTENCES)
def test_reading_is_deterministic_and_points_into_the_text(text: str) -> None:
    found = read(text)
    assert found == read(text)
    for reading in found.understood if found else ():
        assert reading.text
        assert reading.text in text


# ---------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("no pain", "no place"),
        ("it hurts a lot", "no place"),
        ("...", "no place"),
        ("zorp blarg", '"zorp blarg"'),
        ("my fribble wugged near the blorb and the knee snarfed", "under half"),
        ("right elbow 11/10", "11/10"),
        ("right elbow, VAS 12", "above the end of its scale"),
        ("pain in the right elbow and no pain in the right elbow", "contradicts"),
        ("x" * 6000, "6,000 characters"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(
    text: str, problem: str, lexicon: Lexicon
) -> None:
    with pytest.raises(InputError) as caught:
        understand(text, lexicon)
    assert problem in str(caught.value)
    assert caught.value.expected


def test_close_names_are_suggested(lexicon: Lexicon) -> None:
    with pytest.raises(InputError) as caught:
        understand("ake in my bttck", lexicon)
    assert "buttock" in caught.value.suggestions


def test_nonsense_gets_no_suggestion(lexicon: Lexicon) -> None:
    with pytest.raises(InputError) as caught:
        understand("qqqqq wwwww", lexicon)
    assert caught.value.suggestions == ()


def test_half_understood_is_enough_and_the_rest_is_named(lexicon: Lexicon) -> None:
    found = understand("right elbow gribbled", lexicon)
    assert found.not_understood == ("gribbled",)


# -------------------------------------------------------------------------------- what is said back


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("numb left hand", "left hand: numb"),
        ("right elbow 6/10", "right elbow: pain 6/10"),
        ("elbow", "right elbow: pain (side not stated: shown on the right)"),
        ("neck", "neck (both sides): pain (side not stated: shown on both halves)"),
        ("no pain in the left heel", "left heel: no pain"),
        ("left sholder", 'read as "shoulder"'),
        ("numbness and burning in the left heel",
         "left heel: numb (also burning; a drawing holds one)"),
        ("left heel, no numbness in the left knee",
         "left knee: says nothing of pain, left open"),
        ("both thighs, not below the knee",
         "no pain beyond the knee (both sides): lower leg, ankle, foot, toes"),
    ],
)  # fmt: skip
def test_what_was_understood_is_said_in_plain_words(
    text: str, meaning: str, lexicon: Lexicon
) -> None:
    assert meaning in {reading.meaning for reading in understand(text, lexicon).understood}


def test_a_way_is_spelled_out(lexicon: Lexicon) -> None:
    found = understand("left shoulder pain down to the wrist", lexicon)
    assert "outer side: upper arm, elbow, forearm" in found.understood[-1].meaning


def test_a_contradiction_beside_other_facts_is_reported(lexicon: Lexicon) -> None:
    found = understand("left elbow pain. right heel. no pain in the left elbow", lexicon)
    assert len(found.contradictions) == 1
    assert {side for _, side in found.painful() | found.free()} == {Side.RIGHT}


def test_a_contradiction_counts_though_a_denial_reaches_further(lexicon: Lexicon) -> None:
    found = understand("left hand hurts. no pain in the left hand", lexicon)
    assert len(found.contradictions) == 1
    assert found.painful() == frozenset()
    assert ("thumb_palmar", Side.LEFT) in found.free()


def test_the_more_exact_statement_wins(lexicon: Lexicon) -> None:
    found = understand("no pain in the left forearm except on the outer side", lexicon)
    assert ("forearm_volar_upper", Side.LEFT) in found.free()
    assert ("forearm_radial_upper", Side.LEFT) not in found.free()


# ------------------------------------------------------------------------------------ values, speed


@pytest.mark.parametrize(
    "wrong", [{"regions": ()}, {"sides": frozenset()}, {"intensity": 11}, {"sides": {Side.MIDLINE}}]
)
def test_a_place_cannot_be_built_wrong(wrong: dict[str, object]) -> None:
    right = {
        "regions": ("temple",), "sides": frozenset({Side.LEFT}), "intensity": 5, "quality": None,
        "denied": False, "side_stated": True, "span": (0, 1),
    }  # fmt: skip
    with pytest.raises(ValueError, match=r"place|intensity"):
        Place(**{**right, **wrong})  # type: ignore[arg-type]


def test_a_long_text_is_read_in_time(lexicon: Lexicon) -> None:
    text = "Burning from the neck to the right shoulder blade, not below the elbow, 6/10. " * 60
    start = time.perf_counter()
    understand(text[:5000], lexicon)
    assert time.perf_counter() - start < 2.0
