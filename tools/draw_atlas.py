"""Check and draw records of the atlas, for review, and write their page into the documentation.

python -m tools.draw_atlas FOLDER [muscle ...]     large pictures
python -m tools.draw_atlas --docs                  docs/atlas.md with a small picture of each
"""

import sys
from pathlib import Path

from tautband.atlas.load import check_muscle, facts, find_muscle, read_muscles
from tautband.atlas.picture import record_picture
from tautband.atlas.records import Muscle
from tautband.base.sources import Confidence, bibliography
from tautband.body.regions import load_regions

DOCS = Path(__file__).parents[1] / "docs"


def main() -> None:
    """Check and draw the named muscles, or all."""
    if sys.argv[1:] == ["--docs"]:
        write_docs(list(read_muscles().values()))
        return
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    muscles = read_muscles()
    chosen = [find_muscle(name, muscles) for name in sys.argv[2:]] or list(muscles.values())
    for muscle in chosen:
        check_muscle(muscle, load_regions(), bibliography())
        record_picture(load_regions(), muscle, 700).save(folder / f"{muscle.id}.png")
        print(folder / f"{muscle.id}.png")


def write_docs(muscles: list[Muscle]) -> None:
    """Write ``docs/atlas.md`` and a picture for each record."""
    folder = DOCS / "pictures" / "atlas"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    lines = _head(muscles)
    area = ""
    for muscle in sorted(muscles, key=lambda m: (m.area, m.name)):
        if muscle.area != area:
            area = muscle.area
            lines += [f"## {area.capitalize()}", ""]
        picture = record_picture(load_regions(), muscle, 240)
        picture.quantize(64).save(folder / f"{muscle.id}.png", optimize=True)
        lines += [f"### {muscle.name}", "", _line(muscle), ""]
        lines += [f"![{muscle.name}](pictures/atlas/{muscle.id}.png)", ""]
    (DOCS / "atlas.md").write_text("\n".join(lines), "utf-8")


def _head(muscles: list[Muscle]) -> list[str]:
    stated = [f for m in muscles for _, f in facts(m) if f.stated]
    count = {c: sum(f.confidence is c for f in stated) for c in Confidence}
    silent = sum(not f.stated for m in muscles for _, f in facts(m))
    return [
        "# The atlas, record by record",
        "",
        f"{len(muscles)} muscles or parts. Of their statements {count[Confidence.MEASURED]} are",
        f"measured, {count[Confidence.PUBLISHED_TEACHING]} are published teaching,",
        f"{count[Confidence.UNREVIEWED]} are unreviewed; {silent} places say that nothing is",
        "established. This page is written by `python -m tools.draw_atlas --docs`. Each picture",
        "shows the muscle of the right side: red is the main zone of referred pain, orange the",
        "spill-over, a ring each usual trigger point. The outlines are placed by hand from taught",
        "texts; no expert has reviewed them yet.",
        "",
    ]


def _line(muscle: Muscle) -> str:
    zones = " ".join(z.text for z in muscle.referral if z.stated)
    return f"`{muscle.id}`; needling: {muscle.needling.status}. {zones}"


if __name__ == "__main__":
    main()
