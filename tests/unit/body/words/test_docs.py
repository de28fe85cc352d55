"""The examples of docs/words.md are true."""

from pathlib import Path

import pytest

from tautband.body.regions import load_regions
from tautband.body.words.lexicon import Lexicon, load_lexicon
from tautband.body.words.understand import understand

PAGE = Path(__file__).parents[4].joinpath("docs/words.md").read_text("utf-8")


def block(language: str) -> str:
    return PAGE.split(f"```{language}\n")[1].split("```")[0]


@pytest.mark.parametrize("line", block("words").splitlines())
def test_example(line: str, lexicon: Lexicon) -> None:
    text, _, meaning = line.partition(" -> ")
    assert meaning in {reading.meaning for reading in understand(text, lexicon).understood}


def test_the_addition_shown_can_be_added() -> None:
    lexicon = load_lexicon(load_regions().regions, block("toml"))
    assert "runner's stitch" in lexicon.place_names()
