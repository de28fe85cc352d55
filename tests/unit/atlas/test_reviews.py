"""An expert's verdicts: what is taken, what is refused, and when a verdict has become stale."""

import datetime as dt
import json
import tomllib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.atlas.load import read_muscles
from tautband.atlas.review_files import (
    check_reviews,
    file_name,
    from_toml,
    read_reviews,
    to_toml,
    verdicts_on,
)
from tautband.atlas.reviews import (
    SCHEMA,
    Review,
    Verdict,
    check_review,
    field_hash,
    is_current,
    merged,
    parse_review,
    template,
)
from tautband.atlas.statements import statements
from tautband.atlas.targets import read_targets
from tautband.base.errors import InputError
from tautband.base.sources import Confidence, Fact

KNOWN = statements(read_muscles().values(), read_targets().values())
VERSION = "atlas-0123456789ab"
OLDER = "atlas-ba9876543210"
TODAY = dt.date(2026, 5, 4)
ORIGIN = KNOWN["infraspinatus"]["origin"]


def handed_in(**changes: Any) -> dict[str, Any]:
    """A good file with changes; ``row`` changes its one verdict."""
    row = {"record": "infraspinatus", "field": "origin", "verdict": "agree"}
    row |= changes.pop("row", {})
    file = {
        "schema": SCHEMA,
        "atlas_version": VERSION,
        "reviewer": "Ann Example",
        "date": "2026-05-04",
        "verdicts": [row],
    }
    return file | changes


def taken(file: dict[str, Any]) -> Review:
    return check_review(parse_review(json.dumps(file)), KNOWN, VERSION, TODAY)


def test_a_good_review_is_taken_with_the_hash_of_what_was_read() -> None:
    review = taken(handed_in())
    assert review.reviewer == "Ann Example"
    (verdict,) = review.verdicts
    assert (verdict.record, verdict.field, verdict.verdict) == ("infraspinatus", "origin", "agree")
    assert verdict.text_hash == field_hash(ORIGIN)
    assert is_current(verdict, KNOWN)


@pytest.mark.parametrize(
    ("file", "field"),
    [
        (handed_in(schema="tautband.review/2"), "review.schema"),
        (handed_in(atlas_version="latest"), "review.atlas_version"),
        (handed_in(reviewer=" \n"), "review.reviewer"),
        (handed_in(reviewer="A" * 200), "review.reviewer"),
        (handed_in(reviewer="Ann\u0000"), "review.reviewer"),
        (handed_in(date="4 May 2026"), "review.date"),
        (handed_in(date="2026-02-30"), "review.date"),
        (handed_in(date="20260504"), "review.date"),
        (handed_in(date="2026-05-05"), "review.date"),
        (handed_in(verdicts=[]), "review.verdicts"),
        (handed_in(row={"verdict": ""}), "review.verdicts"),
        (handed_in(row={"verdict": "maybe"}), "review.verdicts[0].verdict"),
        (handed_in(row={"verdict": "change"}), "review.verdicts[0].note"),
        (handed_in(row={"verdict": "reject", "note": "  "}), "review.verdicts[0].note"),
        (handed_in(row={"note": "x" * 5000}), "review.verdicts[0].note"),
        (handed_in(row={"note": "a\u0007b"}), "review.verdicts[0].note"),
        (handed_in(row={"record": "infraspinatis"}), "review.verdicts[0].record"),
        (handed_in(row={"field": "orign"}), "review.verdicts[0].field"),
        (handed_in(row={"field": "overload[77]"}), "review.verdicts[0].field"),
        (handed_in(row={"text_hash": "zz"}), "review.verdicts[0].text_hash"),
        (handed_in(atlas_version=OLDER), "review.verdicts[0].text_hash"),
        (handed_in(colour="red"), "review"),
        (handed_in(verdicts="all"), "review"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(file: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        taken(file)
    assert caught.value.field == field
    assert caught.value.problem


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", "null"])
def test_what_is_no_review_is_refused(raw: str | bytes) -> None:
    with pytest.raises(InputError) as caught:
        parse_review(raw)
    assert caught.value.field == "review"


def test_a_slip_in_a_name_is_met_with_the_right_one() -> None:
    with pytest.raises(InputError) as caught:
        taken(handed_in(row={"record": "infraspinatis"}))
    assert "infraspinatus" in caught.value.suggestions


def test_a_field_judged_twice_is_refused() -> None:
    row = {"record": "infraspinatus", "field": "origin", "verdict": "agree"}
    with pytest.raises(InputError, match="again"):
        taken(handed_in(verdicts=[row, row]))


def test_a_review_of_an_older_atlas_is_taken_when_it_tells_the_words() -> None:
    old = taken(handed_in(atlas_version=OLDER, row={"text_hash": field_hash(ORIGIN)}))
    assert is_current(old.verdicts[0], KNOWN)
    stale = taken(handed_in(atlas_version=OLDER, row={"text_hash": "0" * 16}))
    assert not is_current(stale.verdicts[0], KNOWN)


def test_a_change_of_words_or_place_makes_a_verdict_stale_and_a_better_source_does_not() -> None:
    (verdict,) = taken(handed_in()).verdicts

    def with_origin(fact: Fact) -> bool:
        return is_current(verdict, {"infraspinatus": {"origin": fact}})

    changed = msgspec.structs.replace
    assert with_origin(changed(ORIGIN, confidence=Confidence.MEASURED, sources=("bron2007",)))
    assert not with_origin(changed(ORIGIN, text=ORIGIN.text + " Mostly."))
    assert not with_origin(Fact(state="not established"))
    point = KNOWN["infraspinatus"]["trigger_points[0]"]
    assert field_hash(point) != field_hash(changed(point, angle=0.0))


def test_a_verdict_follows_its_words_when_the_list_grows_in_front_of_them() -> None:
    (verdict,) = taken(handed_in(row={"field": "overload[0]"})).verdicts
    first = KNOWN["infraspinatus"]["overload[0]"]
    moved = {"overload[0]": Fact(text="New."), "overload[1]": first}
    assert is_current(verdict, {"infraspinatus": moved})
    assert not is_current(verdict, {"infraspinatus": {"advice[1]": first}})
    assert not is_current(verdict, {})


def test_a_template_filled_in_part_is_taken_for_that_part() -> None:
    file: Any = template("piriformis", KNOWN["piriformis"], VERSION)
    assert [row["field"] for row in file["verdicts"]] == list(KNOWN["piriformis"])
    file |= {"reviewer": "Ann Example", "date": "2026-05-04"}
    file["verdicts"][3] |= {"verdict": "reject", "note": "Not so."}
    (verdict,) = taken(file).verdicts
    assert verdict.field == list(KNOWN["piriformis"])[3]
    assert verdict.note == "Not so."


def test_a_second_review_of_the_day_is_added_and_a_second_verdict_on_the_same_words_refused() -> (
    None
):
    first, second = taken(handed_in()), taken(handed_in(row={"field": "action"}))
    both = merged(first, second)
    assert [v.field for v in both.verdicts] == ["origin", "action"]
    with pytest.raises(InputError, match="has judged infraspinatus, origin on 2026-05-04"):
        merged(both, taken(handed_in()))
    with pytest.raises(InputError, match="has judged"):
        merged(None, taken(handed_in(date="2026-05-03")), [first])
    other = taken(handed_in(reviewer="Bo Example"))
    assert merged(None, other, [first]) == other


def test_two_people_whose_file_would_be_the_same_are_not_mixed_up() -> None:
    first, second = taken(handed_in()), taken(handed_in(reviewer="Ann  example"))
    assert file_name(first) == file_name(second)
    with pytest.raises(InputError, match="the same spelling"):
        merged(first, second)


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40).filter(
    lambda name: bool(name.split())
)
NOTES = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=80)


@given(NAMES, NOTES)
def test_what_is_kept_reads_back_as_it_was(name: str, note: str) -> None:
    review = taken(handed_in(reviewer=name, row={"note": note}))
    text = to_toml(review)
    assert from_toml(text, file_name(review)) == review
    assert tomllib.loads(text)["date"] == "2026-05-04"


def test_a_file_under_a_wrong_name_is_refused() -> None:
    review = taken(handed_in())
    with pytest.raises(InputError, match=r"ann-example-2026-05-04\.toml"):
        from_toml(to_toml(review), "bo-2026-05-04.toml")


def test_kept_reviews_are_about_records_that_exist() -> None:
    check_reviews(read_reviews(), KNOWN)
    lost = Review(
        reviewer="Ann",
        date="2026-05-04",
        verdicts=(Verdict(record="nobody", field="origin", verdict="agree"),),
    )
    with pytest.raises(InputError, match="nobody"):
        check_reviews([lost], KNOWN)
    assert verdicts_on("nobody", [lost]) == [(lost, lost.verdicts[0])]
