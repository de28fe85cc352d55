"""Finding people by name, as a reception types it; a slow index agrees with the fast one."""

import uuid
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tautband.vault.name_forms import folded, name_forms, query_parts, sort_form
from tautband.vault.names import (
    BEGINS,
    EQUAL,
    NEAR,
    NEAR_BEGINNING,
    Hit,
    Name,
    NameIndex,
    allowed_edits,
)

# The name as the record has it (family, given), and what is typed to find it.
FOUND = [
    ("Silva", "Ana", "silva"),
    ("Silva", "Ana", "SILVA ana"),
    ("Silva", "Ana", "ana silva"),
    ("Silva", "Ana", "Silva, Ana"),
    ("Silva", "Ana", "an sil"),
    ("Silva", "Ana", "s"),
    ("Johnson", "Mary", "jonhson"),
    ("Johnson", "Mary", "johnsen"),
    ("Johnson", "Mary", "jonson mary"),
    ("Johnson", "Mary", "jonhs"),  # a slip, and not typed to the end
    ("Featherstonehaugh", "Guy", "fetherstonhaugh"),  # two slips in a long name
    ("Müller", "Jörg", "muller"),
    ("Müller", "Jörg", "mueller joerg"),
    ("Muller", "Jorg", "müller"),
    ("Østergård", "Bo", "ostergard"),
    ("Østergård", "Bo", "oestergaard"),
    ("Łukasiewicz", "Jan", "lukasiewicz"),
    ("Weiß", "Ute", "weiss"),
    ("Nuñez", "José María", "jose maria nunez"),
    ("Nuñez", "José María", "maria"),
    ("Smith-Jones", "Anne-Marie", "jones"),
    ("Smith-Jones", "Anne-Marie", "smith jones"),
    ("Smith-Jones", "Anne-Marie", "smithjones"),
    ("Smith-Jones", "Anne-Marie", "annemarie smith"),
    ("Smith Jones", "Anne Marie", "smith-jones"),
    ("O'Brien", "Liam", "obrien"),
    ("O'Brien", "Liam", "o'brien"),
    ("O'Brien", "Liam", "o’brien"),
    ("O'Brien", "Liam", "o brien"),
    ("O'Brien", "Liam", "brien"),
    ("O Brien", "Liam", "o'brien"),
    ("D'Angelo", "Pia", "angelo"),
    ("McDonald", "Fay", "macdonald"),
    ("McDonald", "Fay", "mc donald"),
    ("McDonald", "Fay", "Mac Donald"),
    ("MacDonald", "Fay", "mcdonald"),
    ("Mc Donald", "Fay", "mcdon"),
    ("MacKenzie", "Fay", "mckenzie"),
    ("van der Berg", "Piet", "van der berg"),
    ("van der Berg", "Piet", "berg piet"),
    ("李", "明", "李"),
    ("Иванов", "Пётр", "иванов петр"),
]
NOT_FOUND = [
    ("Silva", "Ana", "silva ben"),
    ("Silva", "Ana", "ilva xx"),
    ("Silva", "Ana", "anna silvb zz"),
    ("Ho", "Ann", "hu"),  # below four letters nothing is near
    ("Johnson", "Mary", "jhnosen"),
    ("Mack", "Lee", "mck"),
    ("Silva", "Ana", ""),
    ("Silva", "Ana", " -' "),
]


def index(*names: tuple[str, str]) -> tuple[NameIndex, list[UUID]]:
    rows = [UUID(int=number + 1) for number in range(len(names))]
    return NameIndex({row: Name(*name) for row, name in zip(rows, names, strict=True)}), rows


@pytest.mark.parametrize(("family", "given_name", "query"), FOUND)
def test_what_is_typed_finds_the_name(family: str, given_name: str, query: str) -> None:
    built, [row] = index((family, given_name))
    assert [hit.row for hit in built.find(query, 5)] == [row]


@pytest.mark.parametrize(("family", "given_name", "query"), NOT_FOUND)
def test_what_does_not_fit_is_not_found(family: str, given_name: str, query: str) -> None:
    built, _ = index((family, given_name))
    assert built.find(query, 5) == []


def test_better_fits_come_first_and_then_the_alphabet() -> None:
    built, rows = index(
        ("Smythe", "Zoe"),  # its beginning is near
        ("Smithson", "Amy"),  # begins
        ("Smith", "Zoe"),
        ("Smith", "Amy"),
        ("Smit", "Amy"),  # near
        ("Miller", "Smith"),  # equal, after Smith no more than by the alphabet
    )
    named = {row: number for number, row in enumerate(rows)}
    assert [named[hit.row] for hit in built.find("smith", 10)] == [5, 3, 2, 1, 4, 0]
    assert [named[hit.row] for hit in built.find("smith", 2)] == [5, 3]
    assert [named[hit.row] for hit in built.find("smith", 2, frozenset([rows[5]]))] == [3, 2]


def test_a_list_is_in_the_order_of_the_alphabet() -> None:
    built, rows = index(("Zäh", "A"), ("Ärmel", "B"), ("O'Brien", "C"), ("obrien", "A"))
    assert [row for _, row in built.alphabetical()] == [rows[1], rows[3], rows[2], rows[0]]


def test_an_empty_index_finds_nothing() -> None:
    assert NameIndex({}).find("ana", 5) == []


def test_nothing_prints_a_name() -> None:
    built, [row] = index(("Silva", "Ana"))
    [hit] = built.find("silva", 1)
    for thing in (Name("Silva", "Ana"), built, hit, [hit]):
        assert "ilva" not in repr(thing)
    assert str(row) in repr(hit)


def test_a_very_long_query_is_cut() -> None:
    built, [row] = index(("Silva", "Ana"))
    assert [hit.row for hit in built.find("ana " * 5000, 1)] == [row]


@given(st.text(max_size=30))
def test_folding_is_stable_and_a_name_is_found_by_itself(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    parts = query_parts(name)
    built, [row] = index((name, ""))
    if len(name) <= 30 and 0 < len(parts) <= 6:
        assert [hit.row for hit in built.find(name, 1)] == [row]


def slow_find(names: dict[UUID, Name], query: str, limit: int) -> list[Hit]:
    """Every part against every form of every name."""
    parts = query_parts(query)
    found = []
    for row, name in names.items():
        costs = [
            min((cost(part, form) for form in name_forms(" ".join(name))), default=999)
            for part in set(parts)
        ]
        if costs and max(costs) < 255:
            found.append(Hit(row, sum(costs), sort_form(*name)))
    return sorted(found, key=lambda hit: (hit.cost, hit.sort, hit.row))[:limit]


def cost(part: str, form: str) -> int:
    fits = [255]
    if form.startswith(part):
        fits.append(EQUAL if form == part else BEGINS)
    slips = allowed_edits(part)
    if slips:
        apart = OSA.distance(part, form)
        if apart <= slips:
            fits.append(NEAR + apart)
        beginning = OSA.distance(part, form[: len(part)])
        if beginning <= 1:
            fits.append(NEAR_BEGINNING + beginning)
    return min(fits)


_WORDS = st.text(alphabet="abcmoé'- ", min_size=0, max_size=9)


@given(st.lists(st.tuples(_WORDS, _WORDS), max_size=8), _WORDS, st.integers(1, 8))
def test_the_fast_index_finds_what_the_slow_one_does(
    names: list[tuple[str, str]], query: str, limit: int
) -> None:
    rows = {uuid.UUID(int=number + 1): Name(*name) for number, name in enumerate(names)}
    fast = NameIndex(rows).find(query, limit)
    slow = slow_find(rows, query, limit)
    assert [(hit.row, hit.cost) for hit in fast] == [(hit.row, hit.cost) for hit in slow]
