"""The forms under which a name is found: folded, in parts, and as others would write it.

Folding takes away capitals, accents and signs.  A part may have several forms, because people write
Müller as Mueller, McDonald as MacDonald or Mc Donald, O'Brien as O Brien or Brien, and Anne-Marie
as Annemarie.
"""

import re
import unicodedata

# Letters that Unicode does not take apart, and how they are written without them.
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_APOSTROPHES = re.compile(r"['’‘ʼʻ`´]")
_PART = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MARK = "'"
_JOINED = ("mc", "mac", "o")  # Mc Donald, O Brien
LONGEST = 200  # letters of a person's names together that are searched
_SHORTEST_AFTER_MAC = 3  # Macy and Mack are no sons of anybody


def folded(text: str) -> str:
    """Without capitals and accents: `Zoë ØSTERGÅRD` is `zoe ostergard`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFC", text).casefold().translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_PLAIN)


def query_parts(text: str) -> list[str]:
    """The parts of what somebody typed, folded: `o'brien, mary-ann` is `obrien`, `mary`, `ann`."""
    parts = [part.replace(_MARK, "") for part in _PART.findall(folded(_marked(text)))]
    return _with_particles(parts)


def name_forms(text: str) -> frozenset[str]:
    """Every form under which one of a person's names is found."""
    forms = NameForms()
    return forms.of(text)


def sort_form(family: str, given: str) -> str:
    """What a list is ordered by: family name first, without accents, signs and capitals."""
    return "\0".join(" ".join(query_parts(name)) for name in (family, given))


class NameForms:
    """Works out forms, each word once: a clinic has far fewer names than people.

    It lives as long as an index is built, so that no names stay behind.
    """

    __slots__ = ("_particles", "_sorts", "_words")

    def __init__(self) -> None:
        self._words: dict[str, frozenset[str]] = {}
        self._sorts: dict[str, str] = {}
        self._particles: set[str] = set()  # words with a part that may be joined to the next

    def of(self, text: str) -> frozenset[str]:
        """As `name_forms`."""
        words = _marked(text[:LONGEST]).split()
        found = frozenset().union(*(self._word(word) for word in words))
        if not self._particles.isdisjoint(words):
            found |= frozenset(query_parts(text[:LONGEST]))
        return found

    def sort(self, family: str, given: str) -> str:
        """As `sort_form`."""
        for name in (family, given):
            if name not in self._sorts:
                self._sorts[name] = " ".join(query_parts(name))
        return f"{self._sorts[family]}\0{self._sorts[given]}"

    def _word(self, word: str) -> frozenset[str]:
        found = self._words.get(word)
        if found is None:
            small = word.casefold()
            spellings = {folded(word), folded(small.translate(_SPELT_OUT))}
            found = frozenset().union(*(_word_forms(one) for one in spellings))
            self._words[word] = found
            if not found.isdisjoint(_JOINED):
                self._particles.add(word)
        return found


def _marked(text: str) -> str:
    return _APOSTROPHES.sub(_MARK, text if text.isascii() else unicodedata.normalize("NFC", text))


def _word_forms(word: str) -> set[str]:
    """`smith-jones` gives both parts and both as one; each part gives its own variants."""
    pieces = _PART.findall(word)
    found = {"".join(pieces).replace(_MARK, "")} - {""}
    for piece in pieces:
        whole = piece.replace(_MARK, "")
        found |= {whole, *_mac(whole)}
        if _MARK in piece:
            found.add(piece.rpartition(_MARK)[2])
    return found


def _mac(part: str) -> set[str]:
    for one, other in (("mac", "mc"), ("mc", "mac")):
        if part.startswith(one) and len(part) >= len(one) + _SHORTEST_AFTER_MAC:
            return {other + part[len(one) :]}
    return set()


def _with_particles(parts: list[str]) -> list[str]:
    """Join a particle that stands alone with what follows: `mc donald` is `mcdonald`."""
    found: list[str] = []
    for part in parts:
        if found and found[-1] in _JOINED:
            found[-1] += part
        else:
            found.append(part)
    return found
