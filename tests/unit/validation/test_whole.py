"""The short form, end to end: the command, its JSON, the page, and the pictures."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tools.marked import filled
from tools.write_validation import PAGE, PICTURES, markdown, write

from tautband.base.errors import InputError
from tautband.cli import main
from tautband.reasoning.knowledge import load_knowledge
from tautband.synthetic.patients import WORLDS
from tautband.validation.halves import HELD_OUT
from tautband.validation.simulated import run_world, run_worlds
from tautband.validation.tables import Table
from tautband.validation.telling import Told
from tautband.validation.whole import Plan, Results, validate
from tautband.validation.wire import results_json

KNOWLEDGE = load_knowledge()
MARKERS = ("run", "calibration", "groups", "cases")


@pytest.fixture(scope="module")
def short() -> Results:
    plan = Plan(patients=2, resamples=20, put_aside=False, worlds=WORLDS[:2])
    return validate(KNOWLEDGE, plan)


def test_the_short_form_leaves_the_cases_put_aside_alone(short: Results) -> None:
    assert short.cases is not None
    assert all(c.case.half != HELD_OUT for c in short.cases.outcomes)
    assert short.cases.not_run + len(short.cases.outcomes) == len(short.cases.data.case)
    assert short.cases.not_run > 0


def test_every_miss_has_a_reason(short: Results) -> None:
    assert short.cases is not None
    assert short.groups is not None
    outcomes = [c.outcome for c in short.cases.outcomes] + [
        g.outcome for g in short.groups.outcomes
    ]
    for outcome in outcomes:
        assert bool(outcome.reasons) == outcome.missed, outcome.id


def test_circular_texts_are_counted_apart(short: Results) -> None:
    assert short.groups is not None
    assert short.cases is not None
    counts = {c.name: c.count for c in short.groups.comparisons}
    circular = sum(g.outcome.circular for g in short.groups.outcomes)
    assert counts == {"independent": len(short.groups.outcomes) - circular, "circular": circular}
    whole = next(c for c in short.cases.comparisons if c.name.endswith("all"))
    assert whole.count == sum(not c.outcome.circular for c in short.cases.outcomes)


def test_every_world_is_told_in_each_way(short: Results) -> None:
    assert short.worlds is not None
    assert [(w.world.name, w.told) for w in short.worlds] == [
        (world.name, told) for told in Told for world in WORLDS[:2]
    ]
    assert all(w.calibration.patients == 2 for w in short.worlds)


def test_the_json_is_json_and_repeats(short: Results) -> None:
    told = json.dumps(results_json(short), allow_nan=False)
    assert json.loads(told)["schema"] == "tautband.validate/1"
    again = run_world(KNOWLEDGE, WORLDS[0], Told.PAINTED, 2, short.plan.seed, times=20)
    assert short.worlds is not None
    assert again == short.worlds[0]


def test_no_patients_are_refused() -> None:
    with pytest.raises(InputError, match="patients"):
        next(run_worlds(KNOWLEDGE, WORLDS, 0, 1))


def test_the_page_keeps_its_own_words(short: Results, tmp_path: Path) -> None:
    page = tmp_path / "validation.md"
    marked = [f"<!-- {m}: begin -->what stood here<!-- {m}: end -->" for m in MARKERS]
    page.write_text("\n".join(["own words", *marked]), "utf-8")
    write(short, page, "a day at commit abc")
    text = page.read_text("utf-8")
    assert text.startswith("own words")
    assert "what stood here" not in text
    assert "Run on a day at commit abc" in text
    for name in PICTURES.values():
        drawn = ElementTree.parse(tmp_path / "pictures" / "validation" / name).getroot()
        names = "".join(drawn.itertext())
        assert all(world.name in names for world in WORLDS[:2])


def test_the_shipped_page_has_the_markers_and_the_pictures() -> None:
    text = PAGE.read_text("utf-8")
    assert filled(text, dict.fromkeys(MARKERS, "x")) != text
    for name in PICTURES.values():
        assert f"pictures/validation/{name}" in text
        assert (PAGE.parent / "pictures" / "validation" / name).exists()


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(InputError, match="markers of 'run'"):
        filled("nothing here", {"run": "x"})


def test_a_table_as_markdown() -> None:
    told = markdown([Table("T", ("a", "b"), (("1", "x|y"),)), Table("empty", ("a",), ())])
    assert told == "**T**\n\n| a | b |\n|---|---|\n| 1 | x\\|y |"


def test_the_command_prints_a_part(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--short", "--only", "groups"]) == 0
    told = capsys.readouterr().out
    assert "Group studies" in told
    assert "circular" in told
    assert "no strong claim" in told
    assert "Made-up patients: calibration" not in told


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--short", "--only", "groups", "--json", "--seed", "3"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["seed"] == 3
    assert answer["cases"] is None
    assert answer["synthetic"] is None
    assert {p["circular"] for p in answer["groups"]["patterns"]} == {True, False}


@pytest.mark.parametrize("wrong", [["--patients", "0"], ["--seed", "-1"]])
def test_the_command_refuses_what_it_cannot_use(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--short", *wrong]) == 2
    assert wrong[0].removeprefix("--") in capsys.readouterr().err
