"""How a command is told the pain: in words, as a drawing, or by regions; and what was found."""

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tautband.base.errors import InputError

if TYPE_CHECKING:
    from tautband.body.drawing import Drawing
    from tautband.care.locate import ReadSentence

LARGEST_FILE = 1_000_000  # bytes; a typical drawing has fewer than 10,000


def add_pain(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that give the pain and the findings."""
    parser.add_argument("text", nargs="?", help="the pain in words, in quotes")
    parser.add_argument("--drawing", type=Path, metavar="FILE", help="a drawing as JSON instead")
    parser.add_argument(
        "--region",
        action="append",
        default=[],
        metavar="KEY=0..10",
        help="a painful region instead, such as 'shoulder_anterior:right=6'; 0 says free of pain",
    )
    parser.add_argument(
        "--finding",
        action="append",
        default=[],
        metavar="TEXT",
        help="a finding, such as 'infraspinatus right: familiar pain', '...: no taut band', "
        "'...: familiar referred pain to the hand', or a test: 'phalen left: negative'",
    )
    parser.add_argument(
        "--presentation",
        metavar="NAME",
        help="what the complaint is called, such as 'tennis elbow'; see 'tautband presentations'",
    )
    parser.add_argument("--sex", choices=("female", "male"), help="the patient's sex")
    parser.add_argument("--age", type=int, help="the patient's age in years")
    parser.add_argument(
        "--treated",
        action="append",
        default=[],
        metavar="TEXT",
        help="a muscle treated before: 'infraspinatus right: better', '...: same' or '...: worse'",
    )
    parser.add_argument(
        "--without-assumed-findings",
        action="store_true",
        help="leave out the weight of findings that nobody measured, to see what they do",
    )


def told(chosen: argparse.Namespace) -> dict[str, Any]:
    """What was told beside the pain, as ``locate`` and ``examine`` take it."""
    return {
        "findings": chosen.finding,
        "presentation": chosen.presentation,
        "sex": chosen.sex,
        "age": chosen.age,
        "treated": chosen.treated,
        "without_assumed_findings": chosen.without_assumed_findings,
    }


def read_pain(chosen: argparse.Namespace) -> "tuple[Drawing, ReadSentence | None]":
    """The drawing that the arguments give, and the sentence if they give one; raises InputError."""
    given = (chosen.text is not None, chosen.drawing is not None, bool(chosen.region))
    if sum(given) != 1:
        raise InputError(
            "locate",
            "needs words or a drawing",
            "a text in quotes, --drawing FILE, or --region KEY=0..10",
        )
    if chosen.drawing is not None:
        return read_drawing(chosen.drawing), None
    if chosen.region:
        return regions_drawing(chosen.region), None
    from tautband.care.locate import read_sentence

    sentence = read_sentence(chosen.text)
    return sentence.drawing, sentence


def regions_drawing(told: list[str]) -> "Drawing":
    """A drawing from ``region:side=intensity`` words; raises InputError naming the wrong one."""
    from tautband.body.drawing import Mark, from_regions
    from tautband.body.regions import load_regions

    marks = []
    for word in told:
        key, _, level = word.partition("=")
        if not re.fullmatch(r"\s*[0-9]{1,3}\s*", level):
            raise InputError("--region", f"'{word}' has no intensity", "KEY=0..10")
        marks.append(Mark(key.strip(), int(level)))
    return from_regions(load_regions(), marks)


def read_drawing(path: Path) -> "Drawing":
    """A drawing from a file; raises InputError that says what is wrong with it."""
    from tautband.body.drawing import from_json
    from tautband.body.surface import load_surface

    try:
        size = path.stat().st_size
        text = path.read_text("utf-8") if size <= LARGEST_FILE else ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("--drawing", f"{path} cannot be read", "a file of JSON") from error
    if size > LARGEST_FILE:
        raise InputError("--drawing", f"{path.name} is larger than 1 MB", "a drawing, under 1 MB")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        right = "schema tautband.drawing/1"
        raise InputError("--drawing", f"{path.name} is not JSON", right) from error
    return from_json(data, load_surface())
