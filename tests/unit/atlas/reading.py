"""How hard a text is to read: the grade of Flesch and Kincaid, with syllables counted roughly."""

import re


def grade(text: str) -> float:
    """School grade: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid 1975)."""
    sentences = [s for s in re.split(r"[.!?:;]+", text) if s.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    """Groups of vowels, a silent final e left out."""
    plain = word.lower()
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee"))
    return max(1, groups - silent)
