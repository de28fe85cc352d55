"""``tautband atlas ...`` and ``tautband regions``: what the atlas and the body hold."""

import argparse
import json
from pathlib import Path

from tautband.commands import atlas_review
from tautband.commands.layout import paragraph

TRAINED = "--i-am-trained"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    atlas = commands.add_parser("atlas", help="look into the atlas")
    inner = atlas.add_subparsers(title="atlas commands", metavar="COMMAND", required=True)
    show = inner.add_parser("show", help="print a record")
    show.add_argument("record", help="id, name or synonym of a muscle or other target")
    show.add_argument("--json", action="store_true", help="print the record as JSON")
    show.add_argument("--picture", type=Path, metavar="FILE.png", help="draw it on the body")
    show.add_argument(
        TRAINED,
        action="store_true",
        dest="trained",
        help="show the needling recipe: you are a licensed professional, trained in dry needling",
    )
    show.set_defaults(run=run_show)
    listed = inner.add_parser("list", help="list the muscles and the other targets")
    listed.set_defaults(run=run_list)
    found = inner.add_parser("search", help="find records by name, place, condition or symptom")
    found.add_argument("words", nargs="+", help='such as: "outer elbow", tennis elbow, dizziness')
    found.add_argument("--json", action="store_true", help="print what was found as JSON")
    found.set_defaults(run=run_search)
    drawn = inner.add_parser("render", help="draw trigger points and zones of a muscle, or of all")
    drawn.add_argument("muscle", nargs="?", help="its id, name or synonym")
    drawn.add_argument("file", nargs="?", type=Path, metavar="FILE.png", help="where to write it")
    drawn.add_argument("--all", type=Path, metavar="DIR", help="write a picture of every muscle")
    drawn.set_defaults(run=run_render)
    audited = inner.add_parser("audit", help="list what each record lacks")
    audited.add_argument("--json", action="store_true", help="print the fields as JSON")
    audited.set_defaults(run=run_audit)
    atlas_review.add(inner)
    regions = commands.add_parser("regions", help="list the named regions of the body")
    regions.add_argument("--json", action="store_true", help="print the table as JSON")
    regions.set_defaults(run=run_regions)


def run_show(chosen: argparse.Namespace) -> int:
    """Print one record, its recipe only to whoever says that they are trained."""
    from tautband.commands.atlas_show import as_json, describe, find_record

    record = find_record(chosen.record)
    if chosen.picture:
        _draw(record.id, chosen.picture)
    if chosen.json:
        print(json.dumps(as_json(record, chosen.trained), indent=2, ensure_ascii=False))
    else:
        print(describe(record, chosen.trained))
    return 0


def run_list(chosen: argparse.Namespace) -> int:
    """List the muscles by area of the body, then the other targets by kind."""
    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.targets import read_targets

    muscles = [(m.area, m.name, m.id) for m in load_atlas().muscles.values()]
    targets = [(t.kind, t.name, t.id) for t in read_targets().values()]
    group = ""
    for heading, name, key in [*sorted(muscles), *sorted(targets)]:
        if heading != group:
            group = heading
            print(f"\n{heading.capitalize()}")
        print(f"  {key:34} {name}")
    return 0


def run_search(chosen: argparse.Namespace) -> int:
    """Find records for words of any kind."""
    from dataclasses import asdict

    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.search import search
    from tautband.atlas.targets import read_targets
    from tautband.body.words.lexicon import load_lexicon

    atlas = load_atlas()
    asked = " ".join(chosen.words)
    found = search(asked, atlas, read_targets(), load_lexicon(atlas.table.regions))
    if chosen.json:
        hits = [asdict(hit) for hit in found.hits]
        answer = {
            "version": atlas.version,
            "asked": asked,
            "places": found.places,
            "close": found.close,
            "hits": hits,
        }
        print(json.dumps(answer, indent=2, ensure_ascii=False))
        return 0
    if found.places:
        print(paragraph("Place: " + ", ".join(found.places), "", "  ") + "\n")
    if found.close:
        print(paragraph(f"Did you mean {', '.join(found.close)}?", "", "  ") + "\n")
    for hit in found.hits:
        print(paragraph(f"{hit.id:34} {hit.name} ({hit.why})", "", " " * 35))
    return 0


def run_render(chosen: argparse.Namespace) -> int:
    """Draw one muscle into a file, or every muscle into a folder."""
    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.names import find_muscle
    from tautband.base.errors import InputError

    atlas = load_atlas()
    if (chosen.all is None) == (chosen.muscle is None):
        raise InputError("render", "needs one of two things", "a muscle and a file, or --all DIR")
    if chosen.all is None:
        muscle = find_muscle(chosen.muscle, atlas.muscles).id
        file = chosen.file or Path(f"{muscle}.png")
        _draw(muscle, file)
        print(file)
        return 0
    try:
        chosen.all.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("--all", f"{chosen.all} cannot be made", "a folder") from error
    for muscle in atlas.muscles:
        _draw(muscle, chosen.all / f"{muscle}.png")
        print(chosen.all / f"{muscle}.png", flush=True)
    return 0


def run_audit(chosen: argparse.Namespace) -> int:
    """List per record what is missing, unreviewed or not established."""
    from dataclasses import asdict

    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.audit import audit_all
    from tautband.atlas.review_files import read_reviews
    from tautband.atlas.targets import read_targets

    reviews = read_reviews()
    muscles = audit_all(load_atlas().muscles.values(), reviews)
    targets = audit_all(read_targets().values(), reviews)
    if chosen.json:
        answer = {
            "version": load_atlas().version,
            "records": [asdict(one) for one in muscles],
            "targets": [asdict(one) for one in targets],
        }
        print(json.dumps(answer, indent=2, ensure_ascii=False))
        return 0
    columns = ("missing", "measured", "taught", "unreviewed", "unknown", "reviewed", "stale")
    print(f"{'record':44}" + "".join(f"{c:>11}" for c in columns))
    for one in (*muscles, *targets):
        known = (one.missing, one.measured, one.published_teaching, one.unreviewed)
        fields = (*known, one.not_established, one.reviewed, one.stale)
        print(f"{one.id:44}" + "".join(f"{len(f):>11}" for f in fields))
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


def _draw(muscle: str, file: Path) -> None:
    """Save the picture of a muscle; raises InputError for a target, which has no zones."""
    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.picture import record_picture
    from tautband.base.errors import InputError
    from tautband.commands.picture import check_png, save_png

    check_png(file)
    atlas = load_atlas()
    if muscle not in atlas.muscles:
        raise InputError("--picture", f"{muscle} is no muscle and has no zone to draw", "a muscle")
    save_png(record_picture(atlas.table, atlas.muscles[muscle]), file)
