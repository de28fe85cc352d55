"""Make the arrays that the program loads from the text that people review."""

import hashlib
import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import msgspec
import numpy as np

from tautband.atlas.advice import check_common_advice
from tautband.atlas.causes import OtherCause, check_causes, read_causes, read_red_flags
from tautband.atlas.clinical_tests import check_tests
from tautband.atlas.load import check_all, read_muscles
from tautband.atlas.patterns import Mask, Pattern, Shaper
from tautband.atlas.presentations import check_presentations
from tautband.atlas.prevalence import check_prevalence
from tautband.atlas.records import Muscle
from tautband.atlas.review_files import check_reviews, read_reviews
from tautband.atlas.statements import statements
from tautband.atlas.targets import check_targets, read_targets
from tautband.atlas.zones import point_vertex, spread
from tautband.base.side import Side
from tautband.base.sources import bibliography
from tautband.body.regions import RegionTable, load_regions

ARRAYS, RECORDS = "arrays.npz", "records.json"
# Verdicts on the atlas are not the atlas: a review must not change the version it was made on.
NOT_CONTENT = ("reviews",)


def compile_atlas(target: Path) -> str:
    """Check all records, write the compiled files into ``target`` and return the atlas version."""
    table = load_regions()
    known = bibliography()
    check_all(table)
    check_causes(table, known)
    check_targets(table, known)
    check_common_advice(known)
    muscles = list(read_muscles().values())
    check_reviews(read_reviews(), statements(muscles, read_targets().values()))
    check_prevalence(read_muscles(), known)
    check_tests(read_muscles(), read_causes(), known)
    flags = {flag.id for flag in read_red_flags()}
    check_presentations(read_muscles().keys(), read_causes().keys(), flags, known)
    causes = list(read_causes().values())
    version = f"atlas-{source_digest()[:12]}"
    target.mkdir(parents=True, exist_ok=True)
    arrays = _arrays(table, muscles, causes)
    np.savez(target / ARRAYS, **arrays)  # type: ignore[arg-type]
    records = {
        "version": version,
        "body": table.surface.version,
        "muscles": muscles,
        "causes": causes,
        "flags": read_red_flags(),
    }
    (target / RECORDS).write_bytes(msgspec.json.encode(records))
    return version


def source_digest() -> str:
    """Hash of everything that the compiled atlas depends on."""
    digest = hashlib.sha256()
    for package, folder in (("tautband.atlas", "data"), ("tautband.base", "data")):
        for name, content in _files(package, folder):
            digest.update(name.encode() + b"\0" + content + b"\0")
    for module in ("patterns.py", "zones.py", "compile.py"):
        digest.update(resources.files("tautband.atlas").joinpath(module).read_bytes())
    digest.update(load_regions().surface.version.encode())
    return digest.hexdigest()


def _files(package: str, folder: str) -> Iterator[tuple[str, bytes]]:
    root = resources.files(package).joinpath(folder)
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name not in NOT_CONTENT:
            yield from _files(package, f"{folder}/{entry.name}")
        elif entry.name.endswith(".toml"):
            yield f"{folder}/{entry.name}", entry.read_bytes()


def _arrays(
    table: RegionTable, muscles: list[Muscle], causes: list[OtherCause]
) -> dict[str, np.ndarray]:
    """Zone masks, trigger points and cover per region of the left side; the right is its mirror."""
    shaper = Shaper(table.surface)
    zones: list[Mask] = []
    covers: list[np.ndarray] = []
    names: list[list[str]] = []
    points: dict[str, list[int]] = {}
    for muscle in muscles:
        main, spill = spread(table, muscle.referral, Side.LEFT)
        found = shaper.patterns(main, spill, _parts(table, muscle))
        zones += [main, spill]
        covers.append(_covers(table, found))
        names.append([p.name for p in found])
        stated = [p for p in muscle.trigger_points if p.stated]
        points[muscle.id] = [point_vertex(table.surface, p, Side.LEFT) for p in stated]
    for cause in causes:
        main, spill = spread(table, cause.zones, _reference_side(cause))
        found = shaper.patterns(main, spill, [])
        zones += [main, spill]
        covers.append(_covers(table, found))
        names.append([p.name for p in found])
    widest = max(len(c) for c in covers)
    cover = np.zeros((len(covers), widest, 2, len(table)), dtype=np.float32)
    for number, values in enumerate(covers):
        cover[number, : len(values)] = values
    return {
        "zones": np.packbits(np.asarray(zones), axis=1),
        "cover": cover,
        "patterns": np.asarray(json.dumps(names)),
        "points": np.asarray(json.dumps(points)),
        "units": np.asarray([m.id for m in muscles] + [c.id for c in causes]),
    }


def _reference_side(cause: OtherCause) -> Side:
    """Causes are stored for the left, those of the midline for both halves."""
    return Side.MIDLINE if cause.only is Side.MIDLINE else Side.LEFT


def _parts(table: RegionTable, muscle: Muscle) -> list[tuple[str, Mask, Mask]]:
    """Zones of each trigger point alone, where the record tells them apart."""
    if not any(zone.points for zone in muscle.referral):
        return []
    parts = []
    for point in muscle.trigger_points:
        own = tuple(z for z in muscle.referral if not z.points or point.id in z.points)
        main, spill = spread(table, own, Side.LEFT)
        if main.any():
            parts.append((point.id, main, spill))
    return parts if len(parts) > 1 else []


def _covers(table: RegionTable, patterns: list[Pattern]) -> np.ndarray:
    """Share of each region's area under a pattern's main and spill-over part, (P, 2, R)."""
    area = table.surface.area
    rows = [[table.sums(area * p.main), table.sums(area * p.spill)] for p in patterns]
    return np.asarray(np.asarray(rows) / table.areas)
