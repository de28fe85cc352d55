"""Write the body as one binary glTF for the browser (KHR_mesh_quantization)."""

import json
import struct

import numpy as np

Array = np.ndarray
_SHORT, _USHORT = 5122, 5123
_ARRAY_BUFFER, _ELEMENT_BUFFER = 34962, 34963


class _Buffer:
    def __init__(self) -> None:
        self.data = bytearray()
        self.views: list[dict[str, object]] = []
        self.accessors: list[dict[str, object]] = []

    def add(self, array: Array, kind: str, component: int, target: int) -> int:
        """Append an array (rows padded to 4 bytes) and return its accessor number."""
        rows = array.reshape(len(array), -1)
        width = rows.shape[1] * rows.itemsize
        stride = -(-width // 4) * 4 if target == _ARRAY_BUFFER else width
        padded = np.zeros((len(rows), stride), dtype=np.uint8)
        padded[:, :width] = rows.view(np.uint8).reshape(len(rows), width)
        view: dict[str, object] = {"buffer": 0, "byteOffset": len(self.data), "target": target}
        raw = padded.tobytes()
        view["byteLength"] = len(raw)
        if target == _ARRAY_BUFFER:
            view["byteStride"] = stride
        self.data += raw + b"\0" * (-len(raw) % 4)
        self.views.append(view)
        self.accessors.append(
            {
                "bufferView": len(self.views) - 1,
                "componentType": component,
                "count": len(rows),
                "type": kind,
                "min": rows.min(axis=0).tolist(),
                "max": rows.max(axis=0).tolist(),
            }
        )
        return len(self.accessors) - 1


def write_glb(
    shapes: dict[str, Array], triangles: Array, region: Array, step: float, copyright: str
) -> bytes:
    """Bytes of a glb; ``shapes`` holds positions in whole units of ``step`` metres."""
    buffer = _Buffer()
    names = [n for n in shapes if n != "neutral"]
    neutral = shapes["neutral"].astype(np.int16)
    position = buffer.add(neutral, "VEC3", _SHORT, _ARRAY_BUFFER)
    regions = buffer.add(region.astype(np.uint16), "SCALAR", _USHORT, _ARRAY_BUFFER)
    targets = []
    for name in names:
        delta = (shapes[name].astype(np.int32) - neutral).astype(np.int16)
        targets.append({"POSITION": buffer.add(delta, "VEC3", _SHORT, _ARRAY_BUFFER)})
    index = buffer.add(triangles.reshape(-1).astype(np.uint16), "SCALAR", _USHORT, _ELEMENT_BUFFER)
    primitive = {
        "attributes": {"POSITION": position, "_REGION": regions},
        "indices": index,
        "targets": targets,
    }
    document = {
        "asset": {"version": "2.0", "generator": "tautband", "copyright": copyright},
        "extensionsUsed": ["KHR_mesh_quantization"],
        "extensionsRequired": ["KHR_mesh_quantization"],
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "name": "body", "scale": [step, step, step]}],
        "meshes": [{"primitives": [primitive], "extras": {"targetNames": names}, "name": "body"}],
        "buffers": [{"byteLength": len(buffer.data)}],
        "bufferViews": buffer.views,
        "accessors": buffer.accessors,
    }
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    data = bytes(buffer.data)
    total = 12 + 8 + len(text) + 8 + len(data)
    return b"".join(
        [
            struct.pack("<4sII", b"glTF", 2, total),
            struct.pack("<I4s", len(text), b"JSON"),
            text,
            struct.pack("<I4s", len(data), b"BIN\0"),
            data,
        ]
    )
