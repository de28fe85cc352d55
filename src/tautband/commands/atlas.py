"""``tautband atlas show`` and ``tautband regions``: what the atlas and the body hold."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from tautband.atlas.records import Muscle
    from tautband.base.sources import Fact


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    atlas = commands.add_parser("atlas", help="look into the atlas")
    inner = atlas.add_subparsers(title="atlas commands", metavar="COMMAND", required=True)
    show = inner.add_parser("show", help="print a muscle's record")
    show.add_argument("muscle", help="its id, name or synonym")
    show.add_argument("--json", action="store_true", help="print the record as JSON")
    show.add_argument("--picture", type=Path, metavar="FILE.png", help="draw it on the body")
    show.set_defaults(run=run_show)
    listed = inner.add_parser("list", help="list the muscles")
    listed.set_defaults(run=run_list)
    audited = inner.add_parser("audit", help="list what each record lacks")
    audited.add_argument("--json", action="store_true", help="print the fields as JSON")
    audited.set_defaults(run=run_audit)
    regions = commands.add_parser("regions", help="list the named regions of the body")
    regions.add_argument("--json", action="store_true", help="print the table as JSON")
    regions.set_defaults(run=run_regions)


def run_show(chosen: argparse.Namespace) -> int:
    """Print one record."""
    import msgspec

    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.load import find_muscle

    atlas = load_atlas()
    muscle = find_muscle(chosen.muscle, atlas.muscles)
    if chosen.picture:
        from tautband.atlas.picture import record_picture
        from tautband.commands.picture import save_png

        save_png(record_picture(atlas.table, muscle), chosen.picture)
    if chosen.json:
        print(json.dumps(msgspec.to_builtins(muscle), indent=2, ensure_ascii=False))
    else:
        print(describe(muscle))
    return 0


def run_list(chosen: argparse.Namespace) -> int:
    """List the muscles by area of the body."""
    from tautband.atlas.atlas import load_atlas

    area = ""
    for muscle in sorted(load_atlas().muscles.values(), key=lambda m: (m.area, m.name)):
        if muscle.area != area:
            area = muscle.area
            print(f"\n{area.capitalize()}")
        print(f"  {muscle.id:34} {muscle.name}")
    return 0


def run_audit(chosen: argparse.Namespace) -> int:
    """List per record what is unreviewed or not established."""
    from dataclasses import asdict

    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.audit import audit_all

    found = audit_all(load_atlas().muscles.values())
    if chosen.json:
        rows = [asdict(one) for one in found]
        print(json.dumps({"version": load_atlas().version, "records": rows}, indent=2))
        return 0
    head = (
        f"{'record':36}{'measured':>10}{'taught':>8}{'unreviewed':>12}{'unknown':>9}{'reviews':>9}"
    )
    print(head)
    for one in found:
        counts = (one.measured, one.taught, one.unreviewed, one.not_established, one.reviewed)
        wide = zip(counts, (10, 8, 12, 9, 9), strict=True)
        print(f"{one.record:36}" + "".join(f"{len(c):>{w}}" for c, w in wide))
    print("\nWhich fields: tautband atlas audit --json")
    return 0


def run_regions(chosen: argparse.Namespace) -> int:
    """List the regions."""
    from tautband.body.regions import load_regions

    table = load_regions()
    if chosen.json:
        rows = [
            {
                "id": r.id,
                "side": str(r.side),
                "name": r.name,
                "plain": r.plain,
                "synonyms": list(r.synonyms),
                "views": list(r.views),
                "area_cm2": round(r.area, 1),
            }
            for r in table.regions
        ]
        print(json.dumps({"body": table.surface.version, "regions": rows}, indent=2))
        return 0
    print(
        f"{len(table)} regions on {table.surface.version}; each exists on the left and the right.\n"
    )
    for region in table.regions[: len(table.ids)]:
        print(f"{region.id:28} {region.plain} ({region.name}; {', '.join(region.views)})")
    return 0


def describe(muscle: "Muscle") -> str:
    """A record as text; the confidence and the sources stand behind each statement."""
    marks = _Marks()
    lines = [heading(f"{muscle.name} ({muscle.latin})")]
    if muscle.synonyms:
        lines.append(paragraph("Also: " + ", ".join(muscle.synonyms)))
    single = (
        ("Origin", muscle.origin),
        ("Insertion", muscle.insertion),
        ("Innervation", muscle.innervation),
        ("Action", muscle.action),
        ("Limited when taut", muscle.limited),
        ("Weak when taut", muscle.weak),
        ("Palpation", muscle.palpation),
        ("Reliability", muscle.reliability),
    )
    lines += [_row(label, marks.told(fact)) for label, fact in single]
    lines += [_row(f"Overload: {o.kind}", marks.told(o)) for o in muscle.overload]
    for point in muscle.trigger_points:
        place = f" [{point.segment} t={point.t:g}, {point.angle:g}°]" if point.stated else ""
        lines.append(_row(f"Trigger point {point.id}", marks.told(point) + place))
    lines += [_row(f"Referral, {z.zone}", marks.told(z)) for z in muscle.referral]
    lines += _needling(muscle, marks)
    lines += [_row("At risk", f"{r.structure}. {marks.told(r)}") for r in muscle.at_risk]
    lines += [_row("Measured depth", marks.told(d)) for d in muscle.depths]
    lines += [_row(f"Advice: {a.kind}", marks.told(a)) for a in muscle.advice]
    for review in muscle.reviews:
        lines.append(
            _row("Reviewed", f"{review.field}: {review.verdict} ({review.name}, {review.date})")
        )
    return "\n".join([*lines, "", *marks.list()])


def _needling(muscle: "Muscle", marks: "_Marks") -> list[str]:
    needling = muscle.needling
    lines = [_row("Needling", f"{needling.status}. {marks.told(needling)}")]
    if needling.status == "not needled" or not needling.stated:
        return lines
    lines[0] = _row(
        "Needling", f"{needling.status}; for trained, licensed hands only. {marks.told(needling)}"
    )
    for label, text in (
        ("  position", needling.position),
        ("  approach", needling.approach),
        ("  direction", needling.direction),
        ("  technique", needling.technique),
    ):
        lines.append(_row(label, text))
    for label, span in (
        ("  needle length", needling.length_mm),
        ("  needle gauge", needling.gauge_mm),
    ):
        lines.append(_row(label, f"{span[0]:g} to {span[1]:g} mm" if span else "not established"))
    if needling.ultrasound_advised:
        lines.append(_row("  imaging", "ultrasound guidance advised"))
    return lines


def _row(label: str, text: str) -> str:
    return paragraph(f"{label:<20}{text}", "", " " * 20)


class _Marks:
    """Numbers the sources in the order in which they are first used."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def told(self, fact: "Fact") -> str:
        """The statement with its confidence and source numbers."""
        if not fact.stated:
            return "not established"
        numbers = [self.number.setdefault(key, len(self.number) + 1) for key in fact.sources]
        cited = "".join(f" [{number}]" for number in numbers)
        return f"{fact.text} ({fact.confidence}{cited})"

    def list(self) -> list[str]:
        """The sources, numbered, with how far each was read."""
        from tautband.base.sources import bibliography

        known = bibliography()
        return [
            paragraph(
                f"[{number}] {known[key].citation} {known[key].url} (read: {known[key].seen})",
                "",
                "    ",
            )
            for key, number in self.number.items()
        ]
