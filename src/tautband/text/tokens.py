"""Words with the place where each stands in the text."""

import re
import unicodedata
from collections.abc import Mapping

import msgspec

SIGN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?(?![^\W_]))"
    r"|(?P<word>[^\W_]+(?:['’ʼ][^\W_]+)*)"
    r"|(?P<arrow>-+>|→|⇒)"
    r"|(?P<breaks>\n+)"
    r"|(?P<mark>\S)"
)
# A full stop after one of these belongs to the abbreviation and ends no sentence.
DOTTED = frozenset({"rt", "lt", "approx", "dr", "vs", "esp", "incl", "ant", "post", "lat", "med"})


class Token(msgspec.Struct, frozen=True):
    """One word, number or mark: ``text[start:end]`` as written, ``norm`` as it is read."""

    norm: str
    start: int
    end: int
    kind: str  # "word", "number", "mark" or "break"

    @property
    def is_word(self) -> bool:
        """True for words, false for numbers and marks."""
        return self.kind == "word"


def plain(text: str) -> str:
    """Lower case, without accents, with straight apostrophes: the form in which words compare."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def tokenize(text: str) -> tuple[Token, ...]:
    """All tokens in order; hyphens inside words are dropped: "mid-back" reads "mid back"."""
    tokens: list[Token] = []
    for found in SIGN.finditer(text):
        token = _token(found)
        if token is None or _is_joint(text, token) or _is_dot_of_abbreviation(token, tokens):
            continue
        tokens.append(token)
    return tuple(tokens)


def expand(tokens: tuple[Token, ...], meanings: Mapping[str, str]) -> tuple[Token, ...]:
    """Replace each abbreviation by its words, all of which keep the abbreviation's place."""
    out: list[Token] = []
    for token in tokens:
        words = meanings.get(token.norm)
        if words is None:
            out.append(token)
        else:
            out.extend(Token(word, token.start, token.end, "word") for word in words.split())
    return tuple(out)


def singulars(word: str) -> tuple[str, ...]:
    """Words that ``word`` may be the plural of, likeliest first; empty when it is no plural."""
    forms: list[str] = []
    if word in _IRREGULAR:
        forms.append(_IRREGULAR[word])
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
        if word.endswith("ies"):
            forms.append(word[:-3] + "y")
        if word.endswith(("ches", "shes", "xes", "ses")):
            forms.append(word[:-2])
        if word.endswith("ves"):
            forms.append(word[:-3] + "f")
    return tuple(forms)


_IRREGULAR = {"feet": "foot", "teeth": "tooth", "scapulae": "scapula", "axillae": "axilla"}


def _token(found: re.Match[str]) -> Token | None:
    kind, start, end = found.lastgroup, found.start(), found.end()
    written = found.group()
    if kind == "number":
        return Token(written.replace(",", "."), start, end, "number")
    if kind == "word":
        norm = plain(written)
        return Token(norm, start, end, "word") if norm else None
    if kind == "arrow":
        return Token("to", start, end, "word")
    if kind == "breaks":
        return Token("\n", start, end, "break")
    if written in ".;!?•":
        return Token(written, start, end, "break")
    if written == "&":
        return Token("and", start, end, "word")
    return Token("-" if written in "-‐‑‒–—−" else written, start, end, "mark")


def _is_joint(text: str, token: Token) -> bool:
    """True for a hyphen or apostrophe that only joins or decorates words, and for quote marks."""
    if token.norm in {"'", '"', "’", "‘", "“", "”", "`"}:
        return True
    if token.norm != "-":
        return False
    before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    return (before.isalpha() or after.isalpha()) and not (before.isspace() and after.isspace())


def _is_dot_of_abbreviation(token: Token, before: list[Token]) -> bool:
    if token.norm != "." or not before:
        return False
    last = before[-1]
    return last.end == token.start and (last.norm in DOTTED or _is_initial(last))


def _is_initial(token: Token) -> bool:
    return token.norm in {"r", "l"}
