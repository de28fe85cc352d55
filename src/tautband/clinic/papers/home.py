"""The home plan for the patient: plain words in large type, a picture where there is one."""

import re
from collections.abc import Iterator

from tautband.atlas.atlas import load_atlas
from tautband.clinic.papers.figures import figure_of
from tautband.clinic.papers.paper import Paper, Words, warning
from tautband.clinic.record.export.page import Block, heading, paragraph
from tautband.clinic.record.models import Plan, PlanTarget
from tautband.safety.events.words import emergency_number
from tautband.safety.planning.aftercare import PlainText, texts_for

EXERCISES = ("stretch", "strengthen")
_LINE = re.compile(r"- (?P<kind>[^:\n]{3,20}): (?P<text>.+)")


def home(words: Words, row: Plan) -> Paper:
    """The home plan as the clinician kept it.

    What to expect comes first, then when to get help and whom to call, then what to do.
    """
    pictures: dict[str, bytes] = {}
    warnings = _warnings(row)
    expect: list[Block] = []
    do: list[Block] = []
    for text, is_to_do in _kept(row):
        if not _is_warning(text, warnings):
            to = do if is_to_do else expect
            to += _section(words, row, text, pictures)
    boxes = _boxes(warnings)
    help_at = [*boxes[:1], _whom(words, row), *boxes[1:]]  # the number next to the emergencies
    nothing = [] if expect or do else [paragraph(words.t("home-empty"))]
    return Paper(
        title=words.t("home"),
        subtitle=words.t("home-for", name=words.at.patient.name, day=words.day(row.written_at)),
        blocks=[*expect, *nothing, *help_at, *do],
        versions=(row.advised or {}).get("versions", {}),
        large=True,
        pictures=pictures,
    )


def sections(row: Plan) -> Iterator[tuple[str, list[tuple[str, str, bytes, str]]]]:
    """What to do at home as the clinician kept it: title, and lines of kind, text, picture, shown.

    What to expect and when to get help are left out: they follow from what was needled.
    """
    for text, is_to_do in _kept(row):
        if is_to_do:
            first, *rest = text.strip().splitlines()
            yield first, [_told(row, line) for line in rest if line.strip()]


def _kept(row: Plan) -> Iterator[tuple[str, bool]]:
    """The sections that say something, each advice once, and whether they say what to do."""
    said = set[str]()
    for section in re.split(r"\n\s*\n", str(row.home_plan).strip()):
        text = _once(section, said)
        if text:
            yield text, "\n- " in section


def _told(row: Plan, line: str) -> tuple[str, str, bytes, str]:
    told = _LINE.fullmatch(line.strip())
    if told is None:
        return "", line.strip().removeprefix("- "), b"", ""
    figure = figure_of(told["text"]) if _is_exercise(row, told["text"]) else None
    picture, shows = (figure.picture, figure.shows) if figure else (b"", "")
    return told["kind"], told["text"], picture, shows


def _section(words: Words, row: Plan, text: str, pictures: dict[str, bytes]) -> list[Block]:
    """A section of the plan: its first line is a heading when more follows."""
    first, *rest = text.strip().splitlines()
    if not rest:
        return [_line(words, row, first, pictures)]
    return [heading(first), *(_line(words, row, line, pictures) for line in rest if line.strip())]


def _once(section: str, said: set[str]) -> str:
    """The section without advice that was said before; empty when all of it was."""
    first, *rest = section.strip().splitlines() or [""]
    kept = [line for line in dict.fromkeys(rest) if line not in said]
    said.update(line for line in rest if line.startswith("- "))
    return "" if rest and not kept else "\n".join([first, *kept])


def _line(words: Words, row: Plan, line: str, pictures: dict[str, bytes]) -> Block:
    """An exercise with its picture, or a paragraph; the words stay as the clinician kept them."""
    told = _LINE.fullmatch(line.strip())
    if told is None or not _is_exercise(row, told["text"]):
        return paragraph(line.strip().removeprefix("- "))
    figure = figure_of(told["text"])
    if figure is not None:
        pictures[figure.file] = figure.picture
    return {
        "kind": "exercise",
        "title": told["kind"],
        "text": told["text"],
        "figure": figure.file if figure else "",
        "alt": figure.shows if figure else words.t("no-picture"),
    }


def _is_exercise(row: Plan, text: str) -> bool:
    """True for a stretch or an exercise as the advice words it."""
    offered = (row.advised or {}).get("home_plan", {}).get("advice", [])
    return any(one["text"] == text and one["kind"] in EXERCISES for one in offered)


def _warnings(row: Plan) -> list[PlainText]:
    """What to get help for, by the muscles that are needled; it cannot be edited away."""
    known = load_atlas().muscles
    needled = PlanTarget.objects.filter(plan=row, dropped=False).order_by("place")
    muscles = [known[one.muscle] for one in needled if one.muscle in known]
    return [one for one in texts_for(muscles) if one.id.startswith("warning")] if muscles else []


def _boxes(warnings: list[PlainText]) -> list[Block]:
    """A box for each title: what calls for the same stands together."""
    titles = dict.fromkeys(one.title for one in warnings)
    return [
        warning(title, *(one.text for one in warnings if one.title == title)) for title in titles
    ]


def _is_warning(section: str, warnings: list[PlainText]) -> bool:
    return section.strip() in {f"{one.title}\n{one.text}" for one in warnings}


def _whom(words: Words, row: Plan) -> Block:
    clinic = words.at.seat.clinic
    number = emergency_number(clinic.jurisdiction)
    lines = [
        words.t("whom-emergency", number=number),
        words.t("whom-clinic", clinic=clinic.name, who=str(row.written_by)),
        words.t("whom-telephone", line="_" * 28),
    ]
    return {"kind": "contact", "title": words.t("whom"), "lines": lines}
