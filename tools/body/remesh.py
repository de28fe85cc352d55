"""Step 2: outer skin only, symmetric, and evenly dense where one paints.

The source mesh has edges of 2 to 4 cm on trunk and limbs and of 4 mm in the face.  One half of the
neutral body is remeshed to a target edge length per place; each new vertex is held as a barycentric
point of a source triangle, so that every shape follows.  The half is mirrored and welded, which
makes the left-right map exact by construction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Skin:
    """A closed source surface: positions per shape name, triangles, skin weights per bone."""

    shapes: dict[str, Array]
    triangles: Array
    weights: Array


@dataclass(frozen=True)
class Half:
    """New half body: triangles, and for each vertex a source triangle with barycentric weights."""

    triangles: Array
    source: Array
    weights: Array
    on_midline: Array


def outer_skin(raw: dict[str, Array]) -> Skin:
    """Drop eyes, mouth and tongue, and close the three openings with a flat fan."""
    inner = raw["inner"]
    triangles = raw["triangles"]
    triangles = triangles[~inner[triangles].all(axis=1)]
    triangles = _largest_component(triangles, len(inner))
    shapes = {k.removeprefix("shape_"): v for k, v in raw.items() if k.startswith("shape_")}
    weights = _dense_weights(raw)
    for loop in _boundary_loops(triangles):
        centre = len(weights)
        shapes = {k: np.vstack([v, v[loop].mean(axis=0)]) for k, v in shapes.items()}
        weights = np.vstack([weights, weights[loop].mean(axis=0)])
        fan = np.stack([np.roll(loop, -1), loop, np.full(len(loop), centre)], axis=1)
        triangles = np.vstack([triangles, fan])
    return Skin(shapes, triangles, weights)


def _dense_weights(raw: dict[str, Array]) -> Array:
    weights = np.zeros((len(raw["inner"]), len(raw["bone_names"])))
    rows = np.arange(len(weights))[:, None]
    np.add.at(weights, (rows, raw["skin_bones"]), raw["skin_weights"])
    return weights


def _largest_component(triangles: Array, count: int) -> Array:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    edges = triangles[:, [0, 1, 1, 2]].reshape(-1, 2)
    graph = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count))
    label = connected_components(graph, directed=False)[1][triangles[:, 0]]
    return np.asarray(triangles[label == np.bincount(label).argmax()])


def _boundary_loops(triangles: Array) -> list[Array]:
    """Boundary loops, each ordered along the direction of its triangles."""
    directed = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    pairs = {(int(a), int(b)) for a, b in directed}
    following = {a: b for a, b in pairs if (b, a) not in pairs}
    loops = []
    while following:
        start, at = following.popitem()
        loop = [start]
        while at != start:
            loop.append(at)
            at = following.pop(at)
        loops.append(np.asarray(loop))
    return loops


def magnified(skin: Skin, parts: Sequence[tuple[Array, Array, float]]) -> Array:
    """The neutral shape with parts enlarged, so that one edge length gives finer skin there.

    Each part is (skin weight of the part per vertex, fixed point, factor).  Only distances along
    the skin matter to the remesher; that enlarged fingers may pass through each other does not.
    """
    points = skin.shapes["neutral"].copy()
    for weight, anchor, factor in parts:
        points += (weight * (factor - 1))[:, None] * (skin.shapes["neutral"] - anchor)
    return points


def remesh_half(skin: Skin, points: Array, edge: float, rounds: int = 12) -> Half:
    """Remesh the left half (x >= 0) to the edge length ``edge`` (metres) as measured in ``points``.

    ``points`` is the neutral shape, or that shape with parts magnified.
    """
    import gpytoolbox as gpy

    lookup = _half_triangle_index(skin)
    used, flat = np.unique(skin.triangles[lookup], return_inverse=True)
    source, triangles = points[used], flat.reshape(-1, 3)
    border = gpy.boundary_vertices(triangles)
    source[border, 0] = 0.0
    original = (source.copy(), triangles.copy())
    source, triangles = _split_border(source, triangles, 1.4 * edge)
    # The remesher leaves the border as it is, which is the midline.
    new, triangles = gpy.remesh_botsch(
        source,
        triangles.astype(np.int32),
        i=rounds,
        h=edge,
        project=True,
        feature=np.unique(gpy.boundary_vertices(triangles)).astype(np.int32),
    )
    index, weights = _closest(new, *original)
    on_midline = np.zeros(len(new), dtype=bool)
    on_midline[np.unique(gpy.boundary_vertices(triangles))] = True
    return Half(triangles, lookup[index], weights, on_midline)


def _half_triangle_index(skin: Skin) -> Array:
    x = skin.shapes["neutral"][:, 0]
    return np.flatnonzero((x[skin.triangles] > -1e-5).all(axis=1))


def _split_border(points: Array, triangles: Array, limit: float) -> tuple[Array, Array]:
    """Halve border edges until none is longer than ``limit`` (metres)."""
    while True:
        edges = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
        key, first, count = np.unique(
            np.sort(edges, axis=1), axis=0, return_index=True, return_counts=True
        )
        length = np.linalg.norm(points[key[:, 0]] - points[key[:, 1]], axis=1)
        long = first[(count == 1) & (length > limit)]
        # One split per triangle and round keeps the bookkeeping simple.
        long = long[np.unique(long // 3, return_index=True)[1]]
        if not len(long):
            return points, triangles
        corner = long % 3
        rows = triangles[long // 3]
        a, b, c = (rows[np.arange(len(long)), (corner + k) % 3] for k in range(3))
        new = len(points) + np.arange(len(long))
        points = np.vstack([points, (points[a] + points[b]) / 2])
        kept = np.delete(triangles, long // 3, axis=0)
        triangles = np.vstack([kept, np.stack([a, new, c], 1), np.stack([new, b, c], 1)])


def _closest(points: Array, verts: Array, triangles: Array) -> tuple[Array, Array]:
    """Closest source triangle and barycentric weights of each point."""
    import gpytoolbox as gpy

    _, index, weights = gpy.squared_distance(
        points, verts, triangles.astype(np.int32), use_cpp=True
    )
    weights = np.clip(weights, 0, 1)
    return index, weights / weights.sum(axis=1, keepdims=True)


def mirrored(half: Half, values: Array, source: Skin, odd_axis: int | None = 0) -> Array:
    """Values of a source array (V, k) on the whole new body: left half, then the mirrored rest.

    ``odd_axis`` is the column that changes sign in the mirror (x for positions); None for none.
    """
    left = np.einsum("vk,vkd->vd", half.weights, values[source.triangles[half.source]])
    right = left[~half.on_midline].copy()
    if odd_axis is not None:
        left[half.on_midline, odd_axis] = 0.0
        right[:, odd_axis] *= -1
    return np.vstack([left, right])


def whole_triangles(half: Half) -> tuple[Array, Array]:
    """Triangles of the whole body and the mirror map (each vertex's partner)."""
    count = len(half.on_midline)
    partner = np.arange(count)
    partner[~half.on_midline] = count + np.arange((~half.on_midline).sum())
    triangles = np.vstack([half.triangles, partner[half.triangles][:, ::-1]])
    mirror = np.concatenate([partner, np.flatnonzero(~half.on_midline)])
    return triangles, mirror
