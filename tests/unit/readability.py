"""How hard a text is to read: the grade of Flesch and Kincaid (1975)."""

import re

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_GROUP = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Syllables by groups of vowels; a silent e at the end is not counted."""
    lower = word.lower()
    count = len(_GROUP.findall(lower))
    silent = lower.endswith(("e", "es", "ed")) and not lower.endswith(("le", "les", "ted", "ded"))
    if silent and count > 1 and not lower.endswith(("ses", "ces", "ges", "xes", "ches", "shes")):
        count -= 1
    return max(1, count)


def grade(text: str) -> float:
    """0.39 words per sentence + 11.8 syllables per word - 15.59; a line break ends a sentence."""
    sentences = [part for part in re.split(r"[.!?]+\s|\n", text) if _WORD.search(part)]
    words = [word for part in sentences for word in _WORD.findall(part)]
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59
