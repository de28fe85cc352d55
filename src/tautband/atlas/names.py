"""Find muscles by what people call them: a record, a whole muscle in parts, a short form."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from rapidfuzz import fuzz, process

from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.side import Side

MOST_SUGGESTED = 4
SHORTEST_SUGGESTED = 3  # an abbreviation is close to everything
LIKE = 75.0  # of 100; below it a suggestion puzzles more than it helps

_SIDE = (
    r"\(?\s*(?:on\s+the\s+)?(?P<side>left|right|l|r|lt|rt|both|bilateral(?:ly)?)\.?"
    r"(?:\s+sides?)?\s*\)?"
)
_INNER = "\0"  # stands for the comma within a name while a list is split
_ONLY = re.compile(rf"^{_SIDE}$", re.I)
_AFTER = re.compile(rf"^(?P<name>.+?)(?:[\s:,]+|(?=\())\s*{_SIDE}$", re.I)
_BEFORE = re.compile(rf"^{_SIDE}[\s:,]+(?P<name>.+)$", re.I)


def split_entries(text: str, muscles: Mapping[str, Muscle]) -> list[str]:
    """What is listed with commas, semicolons or lines; a name's own comma separates nothing.

    ``Trapezius, upper part left, infraspinatus right`` has two entries.
    """
    for name in sorted((m.name for m in muscles.values() if "," in m.name), key=len, reverse=True):
        text = re.sub(re.escape(name), name.replace(",", _INNER), text, flags=re.I)
    entries = (entry.replace(_INNER, ",").strip() for entry in re.split(r"[,;\n]", text))
    return [entry for entry in entries if entry]


def split_side(text: str) -> tuple[str, tuple[Side, ...]]:
    """The muscle's name and its sides, which may stand after or before it: ``R infraspinatus``.

    The sides are empty when none is said, and the name is when nothing else is.
    """
    bare = " ".join(text.split())
    match = _ONLY.match(bare) or _AFTER.match(bare) or _BEFORE.match(bare)
    if match is None:
        return bare, ()
    first = match["side"][0].lower()
    sides = {"l": (Side.LEFT,), "r": (Side.RIGHT,)}.get(first, (Side.LEFT, Side.RIGHT))
    return match.groupdict().get("name") or "", sides


@cache
def everyday_names() -> Mapping[str, tuple[str, ...]]:
    """The ids of the parts by everyday name, in lower case and singular."""
    text = resources.files("tautband.atlas").joinpath("data/everyday_names.toml").read_text("utf-8")
    return {name: tuple(ids) for name, ids in tomllib.loads(text).items()}


def check_names(muscles: Mapping[str, Muscle]) -> None:
    """Raise InputError unless every everyday name is in lower case and leads to records."""
    for name, ids in everyday_names().items():
        odd = [one for one in ids if one not in muscles]
        if odd or not ids or len(set(ids)) != len(ids) or name != name.lower().strip():
            raise InputError(f"everyday_names.{name}", f"names {odd or list(ids)}", "records, once")


def find_muscle(name: str, muscles: Mapping[str, Muscle]) -> Muscle:
    """The record of an id, name or synonym; raises InputError with close names.

    A name that several records share, as the parts of one muscle do, is an error that names them.
    """
    known = _by_name(muscles)
    for wanted in _forms(name):
        found = known.get(wanted) or _parts(wanted, muscles)
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError(
                "muscle",
                f"'{name.strip()}' stands here in {len(found)} parts",
                "one of them",
                [m.id for m in found],
            )
    raise _unknown(name, known, muscles)


def find_parts(name: str, muscles: Mapping[str, Muscle]) -> tuple[Muscle, ...]:
    """All records that a name may mean: the parts of a whole muscle or group, or the one record.

    For questions where more muscles are the strict side.  Raises InputError with close names.
    """
    known = _by_name(muscles)
    for wanted in _forms(name):
        found = [*known.get(wanted, ()), *_parts(wanted, muscles)]
        if found:
            return tuple({muscle.id: muscle for muscle in found}.values())
    raise _unknown(name, known, muscles)


def parts_of(name: str, muscles: Mapping[str, Muscle]) -> tuple[Muscle, ...]:
    """The records that an everyday name stands for, none when it is no such name."""
    return next((tuple(found) for form in _forms(name) if (found := _parts(form, muscles))), ())


def _by_name(muscles: Mapping[str, Muscle]) -> Mapping[str, list[Muscle]]:
    names: dict[str, list[Muscle]] = {}
    for muscle in muscles.values():
        own = (muscle.id.replace("_", " "), muscle.name, muscle.latin, *muscle.synonyms)
        for word in dict.fromkeys(w.lower() for w in own):
            names.setdefault(word, []).append(muscle)
    return names


def _parts(wanted: str, muscles: Mapping[str, Muscle]) -> list[Muscle]:
    return [muscles[one] for one in everyday_names().get(wanted, ()) if one in muscles]


def _forms(name: str) -> Iterator[str]:
    """The name as it is looked up: as written, then without "muscle", then in the singular."""
    wanted = " ".join(name.lower().replace("_", " ").split())
    yield wanted
    bare = re.sub(r"\s+muscles?$", "", wanted)
    yield bare
    if bare.endswith("s") and not bare.endswith("ss"):  # "soleuss" is a slip, no plural
        yield bare[:-1]


def _unknown(
    name: str, known: Mapping[str, list[Muscle]], muscles: Mapping[str, Muscle]
) -> InputError:
    """The error for a name that nothing has: records that hold its words, then alike names."""
    wanted = " ".join(name.lower().replace("_", " ").split())
    longer = {word: found for word, found in known.items() if len(word) > SHORTEST_SUGGESTED}
    for word in everyday_names():
        if len(word) > SHORTEST_SUGGESTED:
            longer.setdefault(word, _parts(word, muscles))
    near: list[str] = []
    if len(wanted) > SHORTEST_SUGGESTED:
        holds = [word for word in longer if re.search(rf"\b{re.escape(wanted)}", word)]
        alike = process.extract(
            wanted, list(longer), scorer=fuzz.ratio, limit=None, score_cutoff=LIKE
        )
        words = [*holds, *(str(match[0]) for match in alike)]
        near = [muscle.id for word in words for muscle in longer[word]]
    return InputError(
        "muscle",
        f"'{name[:80]}' is not in the atlas",
        "a muscle's id or name",
        list(dict.fromkeys(near))[:MOST_SUGGESTED],
    )
