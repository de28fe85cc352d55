import pytest

from tautband.base.errors import InputError
from tautband.text.phrases import PhraseTable
from tautband.text.tokens import tokenize


def table() -> PhraseTable[str]:
    found: PhraseTable[str] = PhraseTable()
    for phrase in ("ball of foot", "foot", "shoulder", "shoulder blade", "between shoulder blades"):
        found.add(phrase, phrase)
    return found


@pytest.mark.parametrize(
    ("text", "phrase", "plural"),
    [
        ("shoulder blade", "shoulder blade", False),
        ("shoulder blades", "shoulder blade", True),
        ("shoulder pain", "shoulder", False),
        ("ball of the foot", "ball of foot", False),
        ("balls of my feet", "ball of foot", True),
        ("between the shoulder blades", "between shoulder blades", False),
    ],
)
def test_the_longest_phrase_wins(text: str, phrase: str, plural: bool) -> None:
    match = table().longest(tokenize(text), 0, lambda _: False)
    assert match is not None
    assert (match.value, match.plural) == (phrase, plural)


def test_a_skipped_word_is_given_back() -> None:
    tokens = tokenize("ball of the left foot")
    match = table().longest(tokens, 0, lambda i: tokens[i].norm == "left")
    assert match is not None
    assert match.skipped == (3,)


def test_nothing_is_skipped_after_the_end() -> None:
    tokens = tokenize("shoulder left")
    match = table().longest(tokens, 0, lambda i: tokens[i].norm == "left")
    assert match is not None
    assert match.end == 1


@pytest.mark.parametrize("phrase", ["foot", "The Foot", "ball of the foot"])
def test_a_second_meaning_is_refused(phrase: str) -> None:
    with pytest.raises(InputError, match="defined twice"):
        table().add(phrase, "something else")


def test_an_empty_phrase_is_refused() -> None:
    with pytest.raises(InputError, match="no words"):
        table().add("  ", "x")
