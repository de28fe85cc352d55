import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.text.tokens import expand, plain, singulars, tokenize


def norms(text: str) -> list[str]:
    return [token.norm for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mid-back", ["mid", "back"]),
        ("Right SHOULDER", ["right", "shoulder"]),
        ("doesn’t", ["doesn't"]),
        ("4-6/10", ["4", "-", "6", "/", "10"]),
        ("6,5 out of 10.", ["6.5", "out", "of", "10", "."]),
        ("T3-4", ["t3", "-", "4"]),
        ("L5-S1", ["l5", "s1"]),
        ("Rt. knee", ["rt", "knee"]),
        ("knee. Then", ["knee", ".", "then"]),
        ("neck & arm", ["neck", "and", "arm"]),
        ("neck -> arm", ["neck", "to", "arm"]),
        ("knee\n\nfoot", ["knee", "\n", "foot"]),
        ("Ödem café", ["odem", "cafe"]),
        ("“sore” knee", ["sore", "knee"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert norms(text) == expected


@given(st.text())
def test_tokens_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert token.norm
        end = token.end


@given(st.text(alphabet="abcXYZ äöü-", max_size=40))
def test_capitals_do_not_matter(text: str) -> None:
    assert norms(text) == norms(text.upper())


@pytest.mark.parametrize(
    ("plural", "single"),
    [("knees", "knee"), ("feet", "foot"), ("calves", "calf"), ("eyelashes", "eyelash"),
     ("bodies", "body"), ("arches", "arch"), ("scapulae", "scapula")],
)  # fmt: skip
def test_singulars(plural: str, single: str) -> None:
    assert single in singulars(plural)


@pytest.mark.parametrize("word", ["knee", "pelvis"[:-1], "stress", "as"])
def test_what_is_no_plural(word: str) -> None:
    assert word not in singulars(word)
    assert singulars("stress") == ()


def test_abbreviations_keep_their_place() -> None:
    words = expand(tokenize("my LBP"), {"lbp": "low back pain"})
    assert [(word.norm, word.start, word.end) for word in words] == [
        ("my", 0, 2), ("low", 3, 6), ("back", 3, 6), ("pain", 3, 6),
    ]  # fmt: skip


def test_plain_is_its_own_plain() -> None:
    assert plain(plain("Ä’B")) == plain("Ä’B") == "a'b"
