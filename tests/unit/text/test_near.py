import pytest

from tautband.text.near import close_names, near_miss

KNOWN = ["shoulder", "elbow", "knee", "buttock", "button", "thigh", "forehead", "bilateral"]
SAME = {word: word for word in KNOWN if word != "button"}


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("sholder", "shoulder"), ("shoulderr", "shoulder"), ("elbwo", "elbow"), ("elbo", None),
     ("buttok", "buttock"), ("forhead", "forehead"), ("bilaterral", "bilateral"),
     ("bilatrel", None), ("knew", None), ("thing", None), ("xyzzy", None), ("zhoulder", None)],
)  # fmt: skip
def test_only_a_certain_slip_is_taken(written: str, read_as: str | None) -> None:
    found = near_miss(written, KNOWN, SAME)
    assert (found.read_as if found else None) == read_as


def test_rivals_of_different_meaning_are_left_alone() -> None:
    rivals = {"sterral": "a", "sternal": "b"}
    assert near_miss("stermal", ["sternal", "stermil"], {"sternal": "a", "stermil": "b"}) is None
    assert near_miss("sternnal", list(rivals), rivals) is not None


@pytest.mark.parametrize(
    ("unknown", "first"),
    [("sholder", "shoulder"), ("elbo", "elbow"), ("qqqqq", None), ("ne", None)],
)
def test_suggestions_are_close_or_none(unknown: str, first: str | None) -> None:
    found = close_names(unknown, KNOWN)
    assert (found[0] if found else None) == first
