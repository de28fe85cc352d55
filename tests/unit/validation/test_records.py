"""The published data: they load, fit the atlas, and say what is circular; the split is fixed."""

import pytest

from tautband.atlas.atlas import load_atlas
from tautband.base.errors import InputError
from tautband.base.sources import Seen, Source, bibliography
from tautband.care.locate import read_sentence
from tautband.validation.halves import DEVELOPMENT, HELD_OUT, half_of
from tautband.validation.records import (
    Case,
    Cases,
    check_cases,
    check_group_studies,
    is_circular,
    parse_cases,
    parse_group_studies,
    read_cases,
    read_group_studies,
)

ATLAS = load_atlas()
KNOWN = {
    "seen": Source(key="seen", citation="A paper", seen=Seen.ABSTRACT),
    "unseen": Source(key="unseen", citation="Another", seen=Seen.NONE),
}
CASE = """
[muscles]
"big muscle" = ["masseter_deep", "masseter_superficial"]
"unknown muscle" = []
[[case]]
id = "X1"
collection = 2
words = ["jaw"]
side = "left"
treated = ["big muscle", "unknown muscle"]
grade = "A"
sources = ["seen"]
[[left_out]]
what = "A paper"
why = "no muscle named"
"""
GROUP = """
[[row]]
id = "G1"
muscles = ["temporalis"]
sources = ["seen"]
n = 12
method = "palpation"
population = "students"
areas = [{ words = "jaw", percent = 60.0 }, { words = "temple", percent = 20.0 }]
[[left_out]]
what = "A paper"
why = "no place named"
"""


def test_the_shipped_cases_fit_the_atlas_and_the_bibliography() -> None:
    cases = read_cases()
    check_cases(cases, ATLAS.muscles, bibliography())
    first = [c for c in cases.case if c.collection == 1]
    assert len(first) == 26
    assert len(cases.case) - len(first) >= 20


def test_the_shipped_group_studies_fit_the_atlas_and_are_read_as_places() -> None:
    studies = read_group_studies()
    check_group_studies(studies, ATLAS.muscles, bibliography())
    for row in studies.row:
        assert read_sentence(row.sentence).drawing.painful.any(), row.id


def test_the_split_never_changes() -> None:
    # Written down once: a case that changes its half would have been seen already.
    assert [half_of(key) for key in ("case_lawson2011", "case_rainey2013", "lev_cr", "a", "b")] == [
        DEVELOPMENT,
        HELD_OUT,
        DEVELOPMENT,
        HELD_OUT,
        HELD_OUT,
    ]
    sizes = {
        half: [c.half for c in read_cases().case].count(half) for half in (DEVELOPMENT, HELD_OUT)
    }
    assert sizes == {DEVELOPMENT: 26, HELD_OUT: 30}


def test_cases_of_one_report_are_in_one_half() -> None:
    halves: dict[str, set[str]] = {}
    for case in read_cases().case:
        halves.setdefault(case.sources[0], set()).add(case.half)
    assert all(len(found) == 1 for found in halves.values())


@pytest.mark.parametrize(
    ("side", "words", "sentence"),
    [
        ("", ("low back pain",), "low back pain"),
        ("left", ("groin", "thigh"), "left-sided: groin, thigh"),
        ("left", ("left groin", "thigh"), "left groin, thigh"),
        ("both", ("forehead",), "forehead, both sides"),
    ],
)
def test_the_sentence_of_a_case(side: str, words: tuple[str, ...], sentence: str) -> None:
    case = Case(
        id="X",
        collection=2,
        words=words,
        side=side,  # type: ignore[arg-type]
        treated=("masseter",),
        grade="A",
        sources=("s",),
    )
    assert case.sentence == sentence


def test_a_groups_sentence_names_what_half_felt() -> None:
    (row,) = parse_group_studies(GROUP).row
    assert row.sentence == "right side: jaw"


def test_names_become_records_and_unknown_ones_are_told() -> None:
    cases = parse_cases(CASE)
    assert cases.records(cases.case[0]) == (
        ("masseter_deep", "masseter_superficial"),
        ("unknown muscle",),
    )


def broken(old: str, new: str) -> Cases:
    assert old in CASE
    return parse_cases(CASE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('sources = ["seen"]', 'sources = ["nowhere"]', "not in the bibliography"),
        ('sources = ["seen"]', 'sources = ["unseen"]', "was not read"),
        ('sources = ["seen"]', "sources = []", "is empty"),
        ('words = ["jaw"]', "words = []", "is empty"),
        ('words = ["jaw"]', f'words = ["{"jaw " * 30}"]', "letters"),
        ('treated = ["big muscle", "unknown muscle"]', 'treated = ["unknown muscle"]', "no record"),
        ('"masseter_deep", ', '"masseter_deepest", ', "masseter_deepest"),
    ],
)
def test_a_case_that_cannot_be_right_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_cases(broken(old, new), ATLAS.muscles, KNOWN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("collection = 2", "collection = 3"),
        ('grade = "A"', 'grade = "Z"'),
        ('side = "left"', 'side = "port"'),
        ('id = "X1"', 'id = "X1"\nwho = "me"'),
    ],
)
def test_unknown_fields_and_words_are_refused(old: str, new: str) -> None:
    with pytest.raises(InputError, match=r"cases\.toml"):
        broken(old, new)


def test_an_id_stands_once() -> None:
    twice = broken(
        "[[left_out]]", CASE[CASE.index("[[case]]") : CASE.index("[[left_out]]")] + "[[left_out]]"
    )
    with pytest.raises(InputError, match="stands twice"):
        check_cases(twice, ATLAS.muscles, KNOWN)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("n = 12", "n = 0", "no people"),
        ("percent = 60.0", "percent = 160.0", "160"),
        ("percent = 60.0", "percent = 40.0", "none was named by half"),
        ('"temporalis"', '"temporal"', "no record"),
    ],
)
def test_a_group_row_that_cannot_be_right_is_refused(old: str, new: str, said: str) -> None:
    assert old in GROUP
    with pytest.raises(InputError, match=said):
        check_group_studies(parse_group_studies(GROUP.replace(old, new)), ATLAS.muscles, KNOWN)


def test_a_record_made_from_the_study_makes_the_row_circular() -> None:
    quadratus = ATLAS.muscles["pronator_quadratus"]
    assert is_circular(["pq_saline2005"], [quadratus])
    assert not is_circular(["sohn2000"], [quadratus])
    # The same address under another key is the same publication.
    address = bibliography()["pq_saline2005"].url
    again = Source(key="again", citation="The same again", seen=Seen.ABSTRACT, url=address)
    assert is_circular(["again"], [quadratus], {**bibliography(), "again": again})
    nameless = Source(key="nameless", citation="No address", seen=Seen.ABSTRACT)
    assert not is_circular(["nameless"], [quadratus], {**bibliography(), "nameless": nameless})


def test_the_circular_rows_of_what_ships() -> None:
    circular = {
        row.id
        for row in read_group_studies().row
        if is_circular(row.sources, [ATLAS.muscles[m] for m in row.muscles])
    }
    # These records say in their own facts that they rest on the study.
    assert {"apb_1", "pronator_quadratus_1", "multifidus", "interosseous_third"} <= circular
