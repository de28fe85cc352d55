"""Medicines as people type them."""

import pytest

from tautband.base.errors import InputError
from tautband.safety.screening.medicines import (
    How,
    load_lexicon,
    parse_lexicon,
    read_medicines,
)

LEXICON = load_lexicon()


def read(*lines: str) -> list[tuple[str, str]]:
    """What was understood: the drug, or ``?`` with the suggestion, or ``??``."""
    told = []
    for m in read_medicines(lines, LEXICON):
        if m.how is How.RECOGNISED:
            told.append(("", m.drug))
        else:
            told.append(("?" if m.how is How.NEAR_MISS else "??", " ".join(m.suggestions)))
    return told


UNDERSTOOD = [
    ("Eliquis 5mg", ["apixaban"]),
    ("apixaban 5 mg bd", ["apixaban"]),
    ("xarelto, aspirin 100", ["rivaroxaban", "aspirin"]),
    ("ELIQUIS", ["apixaban"]),
    ("Pradaxa 150 mg twice a day", ["dabigatran"]),
    ("clexane injections", ["enoxaparin"]),
    ("Coumadin 2.5mg od", ["warfarin"]),
    ("acetylsalicylic acid 100mg", ["aspirin"]),
    ("Plavix and Aspirin", ["clopidogrel", "aspirin"]),
    ("Plavix + Aspirin / Zocor", ["clopidogrel", "aspirin", "simvastatin"]),
    ("ibuprofen for my knees as needed", ["ibuprofen"]),
    ("St John's wort", ["st_johns_wort"]),
    ("st. johns wort", ["st_johns_wort"]),
    ("Humira every 2 weeks", ["adalimumab"]),
    ("co-trimoxazole", ["co_trimoxazole"]),
    ("vitamin D3 1000 IU", ["colecalciferol"]),
    ("Sintrom", ["acenocoumarol"]),
    ("none", []),
    ("", []),
]


@pytest.mark.parametrize(("typed", "drugs"), UNDERSTOOD)
def test_generic_and_brand_names_are_found(typed: str, drugs: list[str]) -> None:
    assert read(typed) == [("", d) for d in drugs]


ASKED = [
    ("Eliqius", [("?", "eliquis")]),
    ("warfarine", [("?", "warfarin")]),
    ("rivaroxban", [("?", "rivaroxaban")]),
    ("foozumab 3 mg", [("??", "")]),
    ("heart tablets", [("??", "")]),
    ("5 mg", [("??", "")]),
    ("unknown white pill", [("??", ""), ("??", "")]),
    ("aspirin foozumab", [("", "aspirin"), ("??", "")]),
]


@pytest.mark.parametrize(("typed", "right"), ASKED)
def test_what_is_not_sure_is_neither_accepted_nor_dropped(
    typed: str, right: list[tuple[str, str]]
) -> None:
    assert read(typed) == right


CLASSES = [
    ("apixaban", {"direct_oral_anticoagulant", "anticoagulant", "antithrombotic"}),
    ("warfarin", {"vitamin_k_antagonist", "anticoagulant", "antithrombotic"}),
    ("enoxaparin", {"heparin", "anticoagulant", "antithrombotic"}),
    ("aspirin", {"antiplatelet", "antithrombotic"}),
    ("prednisolone", {"corticosteroid", "immunosuppressant"}),
    ("adalimumab", {"biologic", "immunosuppressant"}),
    ("sertraline", {"serotonin_antidepressant", "mood"}),
    ("ramipril", set()),
]


@pytest.mark.parametrize(("drug", "classes"), CLASSES)
def test_a_medicine_belongs_to_its_classes_and_the_wider_ones(drug: str, classes: set[str]) -> None:
    assert LEXICON.classes_of(drug) == classes


CODES = {
    "warfarin": "B01AA03",
    "apixaban": "B01AF02",
    "rivaroxaban": "B01AF01",
    "edoxaban": "B01AF03",
    "dabigatran": "B01AE07",
    "clopidogrel": "B01AC04",
    "aspirin": "B01AC06",
}


def test_codes_are_unique_and_those_that_matter_most_are_right() -> None:
    codes = [d.atc for d in LEXICON.drugs.values() if d.atc]
    assert len(codes) == len(set(codes))
    for drug, code in CODES.items():
        assert LEXICON.drugs[drug].atc == code


REFUSED = [
    ('[classes]\n[drugs]\nx = { classes = ["y"] }', "class 'y'"),
    ('[classes]\n[drugs]\nx = { atc = "123" }', "atc"),
    ('[classes]\n[drugs]\nx = { brands = ["A"] }\ny = { brands = ["a"] }', "shares 'a'"),
    ("[classes]\n[drugs]\nx = { price = 3 }", "price"),
    ("nonsense", "medicines"),
]


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_a_lexicon_that_is_wrong_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_lexicon(text)
