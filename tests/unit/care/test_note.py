"""A note says what was recorded, each sentence with its items, and nothing else."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from tautband.care.note import recorded as r
from tautband.care.note.documentation import load_needs, missing, needs_of
from tautband.care.note.sentences import SECTIONS, Sentence
from tautband.care.note.words import load_words
from tautband.care.note.writing import write

Value = TypeVar("Value")
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 2)
MUSCLES = ("infraspinatus", "trapezius_upper", "no_such_muscle")
SIDES = ("left", "right")


class Tokens:
    """Values that no other item has: a word or a number found in a sentence names its item."""

    def __init__(self) -> None:
        self.made: dict[str, str] = {}
        self.of = ""

    def word(self) -> str:
        return self._keep(f"w{len(self.made)}x")

    def number(self) -> int:
        return int(self._keep(str(100_000 + len(self.made))))

    def day(self) -> date:
        return date(1900, 1, 1) + timedelta(days=self.number() - 100_000)

    def _keep(self, token: str) -> str:
        self.made[token] = self.of
        return token


@st.composite
def treatments(draw: st.DrawFn) -> tuple[r.Treatment, dict[str, str]]:
    """A treatment of random items whose words and numbers are all different, and whose they are."""
    tokens = Tokens()
    items: list[r.Item] = []
    needles = [f"n{n}" for n in range(draw(st.integers(0, 3)))]
    stuck = [f"i{n}" for n in range(draw(st.integers(0, 4)))] if needles else []

    def maybe(make: Callable[[], Value]) -> Value | None:
        return make() if draw(st.booleans()) else None

    def add(item_id: str, make_item: type[r.Item], **values: Any) -> None:
        tokens.of = item_id
        made = {name: make() if callable(make) else make for name, make in values.items()}
        items.append(make_item(item_id, **made))

    for needle in needles:
        add(needle, r.Needle, length_mm=lambda: maybe(tokens.number),
            gauge_mm=lambda: maybe(tokens.number),
            lot=lambda: maybe(tokens.word) or "")  # fmt: skip
    for place, one in enumerate(stuck):
        add(one, r.Inserted, needle=draw(st.sampled_from(needles)),
            muscle=draw(st.sampled_from(MUSCLES)), side=draw(st.sampled_from(SIDES)),
            at=NOON + timedelta(minutes=place), retained=draw(st.booleans()),
            twitches=draw(st.none() | st.integers(0, 3)), point=lambda: maybe(tokens.word) or "",
            familiar_pain=draw(st.sampled_from(["", "yes", "no"])),
            depth_mm=lambda: maybe(tokens.number))  # fmt: skip
    about = st.sampled_from([*stuck, "none such"])
    for n in range(draw(st.integers(0, 3))):
        add(f"out{n}", r.Removed, insertion=draw(about), bent=draw(st.booleans()),
            at=NOON + timedelta(minutes=draw(st.integers(0, 60))))  # fmt: skip
        add(f"re{n}", r.Redirected, insertion=draw(about), times=draw(st.integers(1, 3)))
        add(f"tw{n}", r.Twitched, muscle=draw(st.sampled_from(MUSCLES)),
            side=draw(st.sampled_from(SIDES)), count=draw(st.none() | st.integers(0, 3)),
            familiar_pain=draw(st.sampled_from(["", "yes", "no"])))  # fmt: skip
        add(f"found{n}", r.Found, muscle=draw(st.sampled_from(MUSCLES)),
            side=draw(st.sampled_from(SIDES)), sign=tokens.word,
            answer=draw(st.sampled_from(["present", "absent", "not examined"])))  # fmt: skip
        add(f"score{n}", r.Score, name=draw(st.sampled_from(["NPRS", "NDI"])), value=tokens.number,
            most=10.0, on=tokens.day)  # fmt: skip
    add("person", r.Person, age=lambda: maybe(tokens.number), sex=lambda: maybe(tokens.word) or "")
    add("complaint", r.Complaint, title=tokens.word, cause=tokens.word, onset_on=tokens.day)
    add("told", r.Told, words=tokens.word, since_last=draw(st.booleans()))
    add("goal", r.Goal, words=tokens.word)
    add("moved", r.Moved, what=tokens.word, amount=tokens.number, unit="degrees",
        pain=lambda: maybe(tokens.number))  # fmt: skip
    add("strong", r.Strong, what=tokens.word, grade=tokens.number)
    add("pressed", r.Pressed, where=tokens.word, side="left", kpa=tokens.number)
    for when in ("before", "after"):
        add(when, r.Compared, movement=tokens.word, when=when, degrees=tokens.number)
    add("impression", r.Impression, words=tokens.word)
    add("screened", r.Screened, decision="ask", on=tokens.day)
    add("agreed", r.Agreed, on=tokens.day, by=tokens.word, copy="paper")
    add("planned", r.Planned, on=tokens.day, decision="proceed", why=tokens.word,
        has_home_plan=draw(st.booleans()), sessions=tokens.number)  # fmt: skip
    add("needler", r.Needler, name=tokens.word, licence=tokens.word)
    add("held", r.Held, began_at=NOON, number=tokens.number, remarks=tokens.word)
    add("aimed", r.Aimed, muscle="infraspinatus", side="left", decision="ask", reason=tokens.word)
    add("happened", r.Happened, code=tokens.word)
    add("reacted", r.Reacted, kind="bruise", name=tokens.word, severity=tokens.number)
    add("harmed", r.Harmed, name=tokens.word, grade=tokens.word, done=tokens.word)
    add("counted", r.Counted, needles_in=tokens.number, needles_out=tokens.number,
        insertions=tokens.number)  # fmt: skip
    order = draw(st.permutations(items))
    return r.Treatment(tuple(order)), tokens.made


@given(treatments())
def test_without_an_item_its_sentences_go_and_no_other_changes(
    drawn: tuple[r.Treatment, dict[str, str]],
) -> None:
    told, _ = drawn
    before = write(told)
    ids = {item.id for item in told.items}
    assert all(one.items and set(one.items) <= ids for one in before)
    for item in told.items:
        after = write(told.without([item.id]))
        kept = {one for one in before if item.id not in one.items}
        carried = [set(one.items) for one in before if item.id in one.items]
        assert kept <= set(after)
        for new in set(after) - kept:  # what says less now stands on what was left
            assert item.id not in new.items
            assert any(set(new.items) < items for items in carried), new


@given(treatments())
def test_no_sentence_names_a_value_of_an_item_that_it_does_not_carry(
    drawn: tuple[r.Treatment, dict[str, str]],
) -> None:
    told, made = drawn
    for one in write(told):
        for token in re.findall(r"\bw\d+x\b|\b1\d{5}\b", one.text):
            assert made[token] in one.items, (token, one)


def test_nothing_recorded_says_nothing() -> None:
    assert write(r.Treatment(())) == ()


def said(*items: r.Item) -> list[str]:
    return [one.text for one in write(r.Treatment(items))]


def stuck(key: str, **values: Any) -> r.Inserted:
    return replace(r.Inserted(key, "n1", "infraspinatus", "right", NOON), **values)


def test_twitches_that_were_not_assessed_are_never_none() -> None:
    where = "Local twitch responses in the right infraspinatus"
    assert f"{where}: not assessed." in said(stuck("a"))
    assert f"{where}: assessed, none noticed." in said(stuck("a", twitches=0))
    assert f"{where}: 2 (felt); not assessed at 1 insertion." in said(
        stuck("a", twitches=2, detected_by="felt"), stuck("b")
    )
    whole = r.Twitched("t", "infraspinatus", "right", 4)
    assert f"{where}: 4." in said(stuck("a", twitches=2), whole)


def test_a_muscle_in_the_prose_of_a_procedure_note() -> None:
    needle = r.Needle("n1", 40.0, 0.3, "Maker", "L7")
    out = r.Removed("o", "a", NOON + timedelta(minutes=10))
    told = said(
        needle, stuck("a", retained=True, familiar_pain="yes", point="1", depth_mm=20), out,
        r.Redirected("r", "a", 3),
    )  # fmt: skip
    assert told == [
        "Right infraspinatus: 1 insertion with 1 needle (0.3 × 40 mm).",
        "Trigger points needled in the right infraspinatus, by their number in the atlas: 1.",
        "Deepest recorded depth in the right infraspinatus: 20 mm.",
        "Local twitch responses in the right infraspinatus: not assessed.",
        "Familiar pain on needling the right infraspinatus: reproduced at 1 of the 1 insertion"
        " at which it was asked.",
        "Redirected in the right infraspinatus without leaving the skin: 3 times.",
        "Retained in the right infraspinatus: 1 needle for 10 min.",
        "Needles by maker and lot: Maker, L7.",
    ]


def test_what_was_examined_on_another_day_names_it() -> None:
    found = r.Found("f", "infraspinatus", "right", "taut band", "present", on=DAY)
    assert said(found) == ["Right infraspinatus: taut band present. (Examined on 2 November 2026.)"]


def test_scores_tell_the_first_beside_the_newest() -> None:
    now = r.Score("s2", "NPRS", 3, 10, DAY, "worst, last 24 h")
    first = replace(now, id="s1", value=7, on=date(2026, 10, 5))
    (one,) = write(r.Treatment((now, first)))
    assert one.text == (
        "NPRS, worst, last 24 h: 3 of 10 (2 November 2026); at first 7 of 10 (5 October 2026)."
    )
    assert set(one.items) == {"s1", "s2"}


def test_every_topic_has_words_and_every_word_a_sentence() -> None:
    """Each template is reached from a treatment that has something of everything."""
    everything = r.Treatment((
        r.Person("p", 41, "female"), r.Told("t", "aches"), r.Told("u", "better", True),
        r.Complaint("c", "pain", DAY, "after rowing", "overuse", "rowed"), r.Goal("g", "row"),
        r.Score("s1", "NPRS", 7, 10, date(2026, 10, 1)), r.Score("s2", "NPRS", 3, 10, DAY),
        r.Score("s3", "NDI", 3, 50, DAY), stuck("a", retained=True, depth_mm=9, point="1",
        familiar_pain="no"), r.Needle("n1", 40, 0.3, "M", "1"), r.Removed("o", "a", NOON, True),
        r.Redirected("r", "a", 1), r.Found("f", "soleus", "left", "taut band", "absent"),
        r.Moved("m", "neck, turn", "left", True, 60, "degrees", 2), r.Strong("st", "grip", "", 4),
        r.Pressed("k", "soleus", "left", 200), r.Compared("b", "turn", "before", 40),
        r.Compared("z", "turn", "after", 60, 1), r.Impression("i", "soleus"),
        r.Screened("sc", "ask", DAY), r.Screened("sd", "proceed", DAY, True),
        r.Planned("pl", DAY, "proceed", "cuff first", ("stretch",), True, 6, DAY),
        r.Agreed("ag", DAY, "patient", "declined", ("soreness",)), r.Needler("ne", "A"),
        r.Needler("su", "B", supervises=True), r.Held("h", NOON, NOON, 2, "calm"),
        r.Aimed("x", "soleus", "left", "ask", "asked"), r.Happened("ha", "bent"),
        r.Aimed("y", "soleus", "left", "not_today", "asked", True), r.Reacted("r0", "none", "none"),
        r.Reacted("r1", "bruise", "bruise", 2, 5, "small"), r.Counted("co", 1, 1, 1),
        r.Harmed("ev", "faint", "mild", "dizzy", "lay down", DAY),
        r.Counted("cr", 1, 0, 1, ("broken",)),
    ))  # fmt: skip
    written = write(everything)
    assert {one.topic for one in written} == set(load_words().sentences)
    assert [one.section for one in written] == sorted(
        (one.section for one in written), key=SECTIONS.index
    )
    assert len({one.id for one in written}) == len(written)


def test_items_are_plain_frozen_records() -> None:
    kinds = [kind for kind in vars(r).values() if isinstance(kind, type)]
    for kind in kinds:
        if issubclass(kind, r.Item):
            assert fields(kind)[0].name == "id"


def test_each_need_is_sourced_and_its_law_comes_first() -> None:
    assert load_needs()
    jersey = needs_of("us-nj")
    laws = [need.is_law for need in jersey]
    assert laws == sorted(laws, reverse=True)
    assert not any(need.is_law for need in needs_of("IE"))


def need_ids(place: str, told: r.Treatment) -> set[str]:
    return {need.id for need in missing(told, write(told), place)}


def test_a_note_without_consent_lacks_it_where_a_rule_asks() -> None:
    assert "consent_in_record" in need_ids("US-VA", r.Treatment(()))
    agreed = r.Agreed("a", DAY, "patient", "paper", ("soreness",))
    assert "consent_in_record" not in need_ids("US-VA", r.Treatment((agreed,)))


def test_new_jersey_asks_for_the_size_of_every_needle() -> None:
    without = r.Treatment((stuck("a"), r.Needle("n1", 40.0)))
    assert "needles_number_size_place" in need_ids("US-NJ", without)
    whole = r.Treatment((stuck("a"), r.Needle("n1", 40.0, 0.3)))
    assert "needles_number_size_place" not in need_ids("US-NJ", whole)


def test_who_needled_is_not_complete_without_a_licence() -> None:
    assert "treating_therapist" in need_ids("US-FL", r.Treatment((r.Needler("n", "A"),)))
    held = r.Treatment((r.Needler("n", "A", licence="PT 1"),))
    assert "treating_therapist" not in need_ids("US-FL", held)


def test_what_no_column_holds_stays_for_the_own_words() -> None:
    assert "technique" in need_ids("US-NJ", r.Treatment((stuck("a"),)))


def test_a_sentence_is_the_same_by_topic_and_items() -> None:
    one = Sentence("plan", "review", "Review planned for x.", ("p",))
    assert one.id == replace(one, text="Review planned for y.").id
    assert one.id != replace(one, items=("q",)).id
