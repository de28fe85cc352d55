from tautband.text.clauses import clause_of, sentence_of
from tautband.text.tokens import tokenize


def test_sentences_end_at_stops_and_lines() -> None:
    assert sentence_of(tokenize("a b. c; d\ne")) == (0, 0, 0, 1, 1, 2, 2, 3)


def test_clauses_also_end_at_commas_and_turns() -> None:
    assert clause_of(tokenize("a, b but c. d")) == (0, 0, 1, 1, 2, 2, 3)
