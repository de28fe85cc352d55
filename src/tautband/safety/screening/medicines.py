"""From what a person types to medicines and the classes that matter before needling."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources

import msgspec

from tautband.base.errors import InputError
from tautband.text.near import close_names, near_miss
from tautband.text.tokens import Token, tokenize
from tautband.text.wordset import word_set

# Words that say how a medicine is taken, not which one it is.
HOW_TAKEN = word_set(
    "mg g mcg ug µg microgram micrograms milligram milligrams ml units unit iu ie "
    "od bd tds qds qd bid tid qid prn stat nocte mane om on daily once twice three times a an per "
    "day days week weeks weekly month monthly morning evening night noon bedtime every hour hours "
    "tablet tablets tab tabs capsule capsules cap caps pill pills dose low high half one two drops "
    "injection injections inject patch patches inhaler inhalers spray cream gel puff puffs as "
    "pm am extra strength max needed required and plus with the my x sr xr er mr cr ec la retard "
    "forte protect "
    "cardio duo combi slow release coated film generic oral mouth by in at "
    "take takes taking sometimes since about"
)
NONE_WORDS = frozenset({"none", "no", "nothing", "nil", "-"})
REASON = "for"  # what follows is why it is taken


class DrugClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of medicines: its name in words, and the wider classes that it belongs to."""

    name: str
    within: tuple[str, ...] = ()


class Drug(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One substance: brand names and other spellings, classes, and ATC code where certain."""

    classes: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    atc: str = ""


class How(StrEnum):
    """How sure it is which medicine was meant."""

    RECOGNISED = "recognised"
    NEAR_MISS = "did you mean"
    NOT_RECOGNISED = "not recognised"


@dataclass(frozen=True)
class Medicine:
    """What was typed and what it was read as; ``drug`` is empty when it was not recognised."""

    typed: str
    how: How
    drug: str = ""
    classes: frozenset[str] = frozenset()
    suggestions: tuple[str, ...] = ()


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """All medicines by generic name, and the classes."""

    classes: Mapping[str, DrugClass]
    drugs: Mapping[str, Drug]

    @cached_property
    def names(self) -> Mapping[tuple[str, ...], str]:
        """Every name, as the words that it consists of, with the drug that it means."""
        found: dict[tuple[str, ...], str] = {}
        for key, drug in self.drugs.items():
            for name in (key, *drug.brands):
                words = tuple(t.norm for t in tokenize(name.replace("_", " ")) if t.is_word)
                if found.setdefault(words, key) != key:
                    raise InputError(f"medicine {key}", f"shares '{name}'", "names of its own")
        return found

    @cached_property
    def single(self) -> Mapping[str, str]:
        """The names of one word."""
        return {words[0]: key for words, key in self.names.items() if len(words) == 1}

    def classes_of(self, drug: str) -> frozenset[str]:
        """A drug's classes with the wider ones."""
        found: set[str] = set()
        waiting = list(self.drugs[drug].classes)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += self.classes[key].within
        return frozenset(found)


@cache
def load_lexicon() -> Lexicon:
    """The medicines that ship; raises InputError when a class is unknown or a name is shared."""
    folder = resources.files("tautband.safety.screening").joinpath("data")
    return parse_lexicon(folder.joinpath("medicines.toml").read_text("utf-8"))


def parse_lexicon(text: str) -> Lexicon:
    """Read and check a lexicon."""
    try:
        lexicon = msgspec.convert(tomllib.loads(text), Lexicon)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("medicines", str(error)) from error
    named = {key for drug in lexicon.drugs.values() for key in drug.classes}
    named |= {key for one in lexicon.classes.values() for key in one.within}
    if odd := sorted(named - set(lexicon.classes)):
        raise InputError("medicines", f"names the class '{odd[0]}'", "a class that exists")
    for key, drug in lexicon.drugs.items():
        if drug.atc and not re.fullmatch(r"[A-Z]\d\d[A-Z]{2}\d\d", drug.atc):
            raise InputError(f"medicine {key}.atc", f"is '{drug.atc}'", "a code such as B01AF02")
    _ = lexicon.names  # refuses a name that two drugs share
    return lexicon


def read_medicines(lines: Iterable[str], lexicon: Lexicon) -> tuple[Medicine, ...]:
    """Every medicine in what was typed, in order.

    Each line may hold several.  A word that is no name, no dose and no way of taking is kept as not
    recognised, so that a person looks at it; a near-miss is a question, never an answer.
    """
    found: list[Medicine] = []
    for line in lines:
        for piece in re.split(r"[,;\n/+]|\band\b", line):
            if piece.strip():
                found += _read_piece(piece.strip(), lexicon)
    return tuple(dict.fromkeys(found))


def _read_piece(piece: str, lexicon: Lexicon) -> list[Medicine]:
    tokens = [t for t in tokenize(_parted(piece)) if t.kind == "word"]
    if tokens and all(t.norm in NONE_WORDS for t in tokens):
        return []
    found: list[Medicine] = []
    strange: list[Token] = []
    place, reason = 0, False
    while place < len(tokens):
        drug, length = _named(tokens, place, lexicon)
        if drug:
            found.append(Medicine(piece, How.RECOGNISED, drug, lexicon.classes_of(drug)))
        elif tokens[place].norm == REASON and found:
            reason = True
        elif tokens[place].norm not in HOW_TAKEN and not reason:
            strange.append(tokens[place])
        place += length
    found += [_not_sure(t.norm, lexicon) for t in strange]
    # A line of nothing but doses still says that something is taken.
    return found or [Medicine(piece, How.NOT_RECOGNISED)]


def _named(tokens: list[Token], place: int, lexicon: Lexicon) -> tuple[str, int]:
    for length in (4, 3, 2, 1):
        words = tuple(t.norm for t in tokens[place : place + length])
        if len(words) == length and words in lexicon.names:
            return lexicon.names[words], length
    return "", 1


def _not_sure(word: str, lexicon: Lexicon) -> Medicine:
    slip = near_miss(word, lexicon.single, lexicon.single)
    close = (slip.read_as,) if slip else close_names(word, lexicon.single)
    return Medicine(word, How.NEAR_MISS if close else How.NOT_RECOGNISED, suggestions=close)


def _parted(piece: str) -> str:
    """Blanks between a number and a unit that are written as one: ``5mg``."""
    return re.sub(r"(?<=\d)(?=[^\W\d_])", " ", piece)
