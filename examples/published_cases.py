"""Run published cases through locating, from their words; print the rank of the treated muscle.

    python examples/published_cases.py CASES.jsonl

Each line of the file is a case: ``pain_regions_text`` (the places as the source names them),
``pain_side``, and ``muscles`` (name, side, role).  Nothing but the words and the side is given to
the program; findings of the examination are not used.  The rank counts muscles, both sides of one
muscle together, because many reports do not say the side of the muscle.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tautband.atlas.atlas import load_atlas
from tautband.base.errors import InputError
from tautband.care.locate import CASE_BOUND, read_sentence
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.ranking import rank

# Names in the cases that stand for several records of the atlas.
GROUPS = {
    "adductor muscles of thigh": (
        "adductor_longus_brevis",
        "adductor_magnus",
        "gracilis",
        "pectineus",
    ),
    "deltoid": ("deltoid_anterior", "deltoid_middle", "deltoid_posterior"),
    "erector spinae, thoracic": (
        "longissimus_thoracis",
        "iliocostalis_thoracis",
        "multifidus_thoracic",
    ),
    "forearm extensor muscles": (
        "extensor_digitorum",
        "extensor_carpi_radialis_longus",
        "extensor_carpi_radialis_brevis",
        "extensor_carpi_ulnaris",
    ),
    "forearm flexor muscles": ("flexor_carpi_radialis", "flexor_carpi_ulnaris", "flexor_digitorum"),
    "gluteus minimus": ("gluteus_minimus_anterior", "gluteus_minimus_posterior"),
    "iliopsoas": ("psoas_major", "iliacus"),
    "lumbar paraspinal muscles": (
        "multifidus_lumbar",
        "iliocostalis_lumborum",
        "longissimus_thoracis",
    ),
    "rectus abdominis": ("rectus_abdominis_upper", "rectus_abdominis_lower"),
    "scalene muscles": ("scalenes",),
    "sternocleidomastoid": ("sternocleidomastoid_sternal", "sternocleidomastoid_clavicular"),
    "trapezius": ("trapezius_upper", "trapezius_middle", "trapezius_lower"),
    "trapezius, upper part": ("trapezius_upper",),
}


@dataclass(frozen=True)
class Outcome:
    """One case: the treated muscles with their best rank and probability, or why there is none."""

    case: str
    text: str
    treated: str
    rank: int | None
    probability: float
    note: str


def sentence(case: dict[str, Any]) -> str:
    """The case's own words, with its side where it is stated plainly."""
    words = ", ".join(case["pain_regions_text"])
    side = case["pain_side"]
    if side == "bilateral":
        return f"{words}, both sides"
    if side.split(" ")[0] in ("left", "right") and side.split(" ")[0] not in words:
        return f"{side.split(' ')[0]}-sided: {words}"
    return words


def records(case: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Atlas ids of the primary or treated muscles, and the names that the atlas does not have."""
    known, missing = [], []
    wanted = [m for m in case["muscles"] if m["role"] in ("primary", "treated")]
    for muscle in wanted:
        name = muscle["name"]
        ids = GROUPS.get(name, (name.replace(" ", "_").replace(",", ""),))
        found = [i for i in ids if i in load_atlas().muscles]
        known += found
        if not found:
            missing.append(name)
    return known, missing


def run(case: dict[str, Any]) -> Outcome:
    """Rank the muscles of one case."""
    text = sentence(case)
    known, missing = records(case)
    names = (m["name"] for m in case["muscles"] if m["role"] != "secondary")
    treated = ", ".join(dict.fromkeys(names))
    if not known:
        return Outcome(case["id"], text, treated, None, 0.0, "not in this atlas")
    try:
        drawing = read_sentence(text).drawing
    except InputError as error:
        return Outcome(case["id"], text, treated, None, 0.0, str(error))
    ranking = rank(drawing, load_knowledge(), (), CASE_BOUND)
    best: dict[str, float] = {}
    for candidate in ranking.candidates:
        if candidate.unit.muscle:
            best.setdefault(candidate.unit.id, candidate.probability)
    order = sorted(best, key=lambda muscle: -best[muscle])
    place = min(order.index(muscle) for muscle in known) + 1
    chance = best[order[place - 1]]
    note = f"not in this atlas: {', '.join(missing)}" if missing else ""
    return Outcome(case["id"], text, treated, place, chance, note)


def main() -> int:
    """Print one row a case, then how many are among the first 1, 3, 5 and 10."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    cases = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines() if line]
    outcomes = [run(case) for case in cases]
    count = len(load_atlas().muscles)
    print(f"Rank of the treated muscle among {count} muscles, from the words alone:\n")
    print("| case | rank | probability | treated | note |\n|---|---|---|---|---|")
    for o in outcomes:
        rank_text = str(o.rank) if o.rank else "-"
        print(f"| {o.case} | {rank_text} | {o.probability:.2f} | {o.treated} | {o.note} |")
    ranks = [o.rank for o in outcomes if o.rank]
    told = ", ".join(f"{sum(r <= k for r in ranks)} in the first {k}" for k in (1, 3, 5, 10))
    print(f"\n{len(ranks)} of {len(outcomes)} cases ranked: {told}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
