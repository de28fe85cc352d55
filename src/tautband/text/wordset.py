"""Writing down sets of words legibly."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text that are set apart by blanks."""
    return frozenset(words.split())
