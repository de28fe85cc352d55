"""Check and draw records of the atlas, for review, and write their page into the documentation.

python -m tools.draw_atlas FOLDER [muscle ...]     large pictures
python -m tools.draw_atlas --docs                  docs/atlas.md with a small picture of each
"""

import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from tautband.atlas.load import check_muscle, facts, read_muscles
from tautband.atlas.names import find_muscle
from tautband.atlas.picture import record_picture
from tautband.atlas.records import Advice, Muscle, Risk
from tautband.atlas.targets import Target, read_not_now, read_targets, target_facts
from tautband.base.sources import Confidence, bibliography
from tautband.body.regions import load_regions

DOCS = Path(__file__).parents[1] / "docs"


def main() -> None:
    """Check and draw the named muscles, or all."""
    if sys.argv[1:] == ["--docs"]:
        write_docs(list(read_muscles().values()), list(read_targets().values()))
        return
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    muscles = read_muscles()
    chosen = [find_muscle(name, muscles) for name in sys.argv[2:]] or list(muscles.values())
    for muscle in chosen:
        check_muscle(muscle, load_regions(), bibliography())
        record_picture(load_regions(), muscle, 700).save(folder / f"{muscle.id}.png")
        print(folder / f"{muscle.id}.png")


def write_docs(muscles: list[Muscle], targets: list[Target]) -> None:
    """Write ``docs/atlas.md`` and a picture for each muscle.  Needling recipes are not in it."""
    folder = DOCS / "pictures" / "atlas"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for muscle in muscles:
        picture = record_picture(load_regions(), muscle, 240)
        picture.quantize(64).save(folder / f"{muscle.id}.png", optimize=True)
    (DOCS / "atlas.md").write_text(page(muscles, targets), "utf-8")


def page(muscles: list[Muscle], targets: list[Target]) -> str:
    """The page: muscles by area, then the other targets, then what is not needled when fresh."""
    lines = _head(muscles, targets)
    area = ""
    for muscle in sorted(muscles, key=lambda m: (m.area, m.name)):
        if muscle.area != area:
            area = muscle.area
            lines += [f"## {area.capitalize()}", ""]
        lines += [f"### {muscle.name}", "", *_muscle(muscle)]
        lines += [f"![{muscle.name}](pictures/atlas/{muscle.id}.png)", ""]
    lines += ["## Targets that are not muscle", ""]
    for target in sorted(targets, key=lambda t: (t.kind, t.name)):
        lines += [f"### {target.name}", "", *_target(target)]
    lines += ["## Not needled while fresh", ""]
    for rule in read_not_now().values():
        lines += [f"### {rule.title}", "", f"{rule.text} {rule.why.text}", ""]
        lines += [f"- Signs: {rule.signs.text}", f"- Until: {rule.until.text}"]
        lines += [f"- Meanwhile: {rule.instead.text}", f"- Doctor: {rule.doctor.text}", ""]
    return "\n".join(lines)


def _head(muscles: list[Muscle], targets: list[Target]) -> list[str]:
    all_facts = [f for m in muscles for _, f in facts(m)]
    all_facts += [f for t in targets for _, f in target_facts(t)]
    stated = [f for f in all_facts if f.stated]
    count = {c: sum(f.confidence is c for f in stated) for c in Confidence}
    silent = len(all_facts) - len(stated)
    told = (
        f"{len(muscles)} muscles or parts and {len(targets)} other targets. Of their statements "
        f"{count[Confidence.MEASURED]} are measured, {count[Confidence.PUBLISHED_TEACHING]} are "
        f"published teaching, {count[Confidence.UNREVIEWED]} are unreviewed; {silent} places say "
        "that nothing is established. This page is written by `python -m tools.draw_atlas --docs`. "
        "Each picture shows the muscle of the right side: red is the main zone of referred pain, "
        "orange the spill-over, a ring each usual trigger point. The outlines are placed by hand "
        "from taught texts; no expert has reviewed them yet. How a muscle is needled is not on "
        "this page: `tautband atlas show ID --i-am-trained`. How to read a record: "
        "`clinicians/atlas.md`."
    )
    return ["# The atlas, record by record", "", *textwrap.wrap(told, 100), ""]


def _muscle(muscle: Muscle) -> list[str]:
    zones = " ".join(z.text for z in muscle.referral if z.stated)
    lines = [f"`{muscle.id}`; needling: {muscle.needling.status}. {zones}", ""]
    if muscle.needling.status == "not needled":
        lines += [f"Why it is not needled: {muscle.needling.text}", ""]
    lines += [_risks(muscle.at_risk), "", _advice(muscle.advice), ""]
    return lines


def _target(target: Target) -> list[str]:
    lines = [f"`{target.id}`; {target.kind}; needling: {target.needling.status}.", ""]
    lines += [target.what.text, ""]
    lines += [f"- Studied: {fact.text}" for fact in target.evidence]
    lines += [f"- Limit: {fact.text}" for fact in target.limits]
    return [*lines, "", _risks(target.at_risk), "", _advice(target.advice), ""]


def _risks(risks: Sequence[Risk]) -> str:
    named = [risk.structure for risk in risks if risk.stated]
    return "At risk: " + "; ".join(named) + "."


def _advice(advice: Sequence[Advice]) -> str:
    told = [f"{a.kind}: {a.text}" for a in advice if a.stated]
    return "For the patient: " + " ".join(told)


if __name__ == "__main__":
    main()
