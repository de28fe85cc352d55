"""Step 3: segment coordinates (segment, t, angle) of every vertex, in words a clinician can check.

t runs 0..1 from proximal (cranial) to distal (caudal), the angle round the segment is 0 in front,
90 away from the midline, 180 behind and 270 towards the midline, in anatomical position.  Heights
of landmarks are fractions of stature from ordinary adult proportions, placed on the neutral shape.
"""

from dataclasses import dataclass

import numpy as np

Array = np.ndarray

# Heights on the neutral shape in metres (y axis).
CHIN, VERTEX = 0.583, 0.811
C7, PERINEUM = 0.570, -0.100
# Depth (z) of the middle of the trunk at some heights: halfway between belly and back.
TRUNK_CENTRE = ([-0.1, 0.0, 0.16, 0.36, 0.48, 0.55], [0.01, 0.016, 0.035, 0.025, 0.0, -0.015])
FINGERS = ("thumb", "index_finger", "middle_finger", "ring_finger", "little_finger")


@dataclass(frozen=True)
class Coordinates:
    """Per vertex: segment name, t, angle (degrees), and two helpers that region boxes may use.

    ``across`` is the position across hand and foot in half widths (radial and lateral positive),
    ``normal_up`` the vertical part of the outward normal.
    """

    segment: Array
    t: Array
    angle: Array
    across: Array
    normal: Array


def coordinates(
    points: Array, normals: Array, weights: Array, bones: list[str], heads: Array
) -> Coordinates:
    """Segment coordinates of all vertices; the right half is measured as the left half mirrored."""
    flip = points[:, 0] < 0
    p, n = points.copy(), normals.copy()
    p[flip, 0] *= -1
    n[flip, 0] *= -1
    maker = _Maker(
        p,
        n,
        _one_sided(weights, bones, flip),
        [b for b in bones if not b.endswith(".R")],
        {b: heads[i] for i, b in enumerate(bones)},
    )
    return maker.build()


def _one_sided(weights: Array, bones: list[str], flip: Array) -> Array:
    """Skin weights with the right half's bones read as left ones."""
    left = weights.copy()
    index = {b: i for i, b in enumerate(bones)}
    swap = [index[_other(b)] for b in bones]
    left[flip] = weights[flip][:, swap]
    return left[:, [i for i, b in enumerate(bones) if not b.endswith(".R")]]


def _other(bone: str) -> str:
    if bone.endswith(".L"):
        return bone[:-2] + ".R"
    return bone[:-2] + ".L" if bone.endswith(".R") else bone


class _Maker:
    def __init__(self, p: Array, n: Array, weights: Array, bones: list[str], at: dict[str, Array]):
        self.p, self.n, self.at = p, n, at
        self.dominant = np.asarray(bones)[weights.argmax(axis=1)]
        self.bones, self.weights = bones, weights
        count = len(p)
        self.segment = np.full(count, "trunk", dtype=object)
        self.t = np.zeros(count)
        self.angle = np.zeros(count)
        self.across = np.zeros(count)

    def _weight(self, *prefixes: str) -> Array:
        chosen = [i for i, b in enumerate(self.bones) if b.startswith(prefixes)]
        return np.asarray(self.weights[:, chosen].sum(axis=1))

    def build(self) -> Coordinates:
        self._split()
        self._axial()
        self._arm()
        self._hand()
        self._leg()
        self._foot()
        return Coordinates(self.segment, self.t, self.angle % 360, self.across, self.n)

    # -- which segment ------------------------------------------------------------------------
    def _split(self) -> None:
        x, y, z = self.p.T
        arm = self._weight("upperarm", "lowerarm", "wrist", "metacarpal", "finger")
        shoulder = (arm + self._weight("shoulder01", "clavicle") > 0.5) & (y > 0.30)
        self.segment[shoulder & (x > 0.160 + np.clip(0.50 - y, -0.02, 1) * 0.29)] = "upper_arm"
        names = {"lowerarm": "forearm", "wrist": "hand", "metacarpal": "hand"}
        for prefix, name in names.items():
            self.segment[_starts(self.dominant, prefix)] = name
        self.segment[_starts(self.dominant, "upperarm") & (x > 0.23)] = "upper_arm"
        for digit, name in enumerate(FINGERS, start=1):
            self.segment[_starts(self.dominant, f"finger{digit}")] = name
        hand_or_arm = self.segment != "trunk"
        self.segment[~hand_or_arm & (y < _groin_height(x, z))] = "thigh"
        knee, ankle = self.at["lowerleg01.L"], self.at["foot.L"]
        below = ~hand_or_arm
        self.segment[below & (y < knee[1])] = "leg"
        self.segment[below & (y < ankle[1] - 0.018 - 0.10 * (z - ankle[2]))] = "foot"
        self.segment[below & (y < ankle[1] + 0.08) & (z > ankle[2] + 0.075)] = "foot"
        self.segment[_starts(self.dominant, "toe1")] = "big_toe"
        for digit in range(2, 6):
            self.segment[_starts(self.dominant, f"toe{digit}")] = "toes"
        central = ~hand_or_arm & (x < 0.11)
        slope = (x < 0.068) | (y > 0.60)
        self.segment[central & (y > C7 - 0.61 * (z + 0.05)) & slope] = "neck"
        self.segment[central & (y > _jaw_height(z)) & (y > 0.575)] = "head"

    # -- head, neck, trunk ----------------------------------------------------------------------
    def _axial(self) -> None:
        _, y, z = self.p.T
        head, neck, trunk = (self.segment == s for s in ("head", "neck", "trunk"))
        self._axial_part(head, (VERTEX - y) / (VERTEX - CHIN), np.full(len(y), 0.045))
        bottom = C7 - 0.61 * (z + 0.05)
        self._axial_part(
            neck, (_jaw_height(z) - y) / (_jaw_height(z) - bottom + 1e-9), np.full(len(y), 0.015)
        )
        self._axial_part(trunk, (C7 - y) / (C7 - PERINEUM), np.interp(y, *TRUNK_CENTRE))

    def _axial_part(self, mask: Array, t: Array, centre_z: Array) -> None:
        x, _, z = self.p.T
        self.t[mask] = t[mask]
        self.angle[mask] = np.degrees(np.arctan2(x, z - centre_z))[mask]

    # -- limbs ------------------------------------------------------------------------------------
    def _round_axis(
        self, mask: Array, start: Array, end: Array, front: Array, front_end: Array | None = None
    ) -> None:
        """t and angle round a straight axis; the front direction may turn from start to end."""
        axis = end - start
        length = float(np.linalg.norm(axis))
        axis = axis / length
        rel = self.p[mask] - start
        t = rel @ axis / length
        blend = np.clip(t, 0, 1)[:, None]
        f = front * (1 - blend) + (front if front_end is None else front_end) * blend
        f = f - (f @ axis)[:, None] * axis
        f /= np.linalg.norm(f, axis=1, keepdims=True)
        # Left half: away from the midline is axis x front for limbs that point downward.
        out = np.cross(f, axis)
        radial = rel - (rel @ axis)[:, None] * axis
        self.t[mask] = t
        self.angle[mask] = np.degrees(
            np.arctan2((radial * out).sum(axis=1), (radial * f).sum(axis=1))
        )

    def _arm(self) -> None:
        z = np.array([0.0, 0.0, 1.0])
        shoulder, elbow, wrist = (self.at[b] for b in ("upperarm01.L", "lowerarm01.L", "wrist.L"))
        upper = self.segment == "upper_arm"
        direction = (elbow - shoulder) / np.linalg.norm(elbow - shoulder)
        acromion = shoulder - 0.035 * direction
        # In the A-pose the crook of the elbow looks forward and a little inward.
        self._round_axis(upper, acromion, elbow, z)
        palm = self._palm_normal()
        fore = self.segment == "forearm"
        self._round_axis(fore, elbow, wrist, z, palm)

    def _palm_normal(self) -> Array:
        """Direction out of the palm of the left hand, from the knuckles and the wrist."""
        along = self.at["finger3-1.L"] - self.at["wrist.L"]
        across = self.at["finger2-1.L"] - self.at["finger5-1.L"]
        normal = np.cross(along, across)
        return np.asarray(normal / np.linalg.norm(normal))

    def _hand(self) -> None:
        wrist, knuckle = self.at["wrist.L"], self.at["finger3-1.L"]
        palm = self._palm_normal()
        hand = self.segment == "hand"
        self._round_axis(hand, wrist, knuckle, palm)
        along = (knuckle - wrist) / np.linalg.norm(knuckle - wrist)
        radial = np.cross(palm, along)
        half = 0.5 * abs((self.at["finger2-1.L"] - self.at["finger5-1.L"]) @ radial) + 0.012
        middle = 0.5 * (self.at["finger2-1.L"] + self.at["finger5-1.L"])
        self.across[hand] = (self.p[hand] - middle) @ radial / half
        # On a flat hand the outward normal, not the position, says palm or back.
        self.angle[hand] = _angle_of(self.n[hand], palm, radial)
        for digit, name in enumerate(FINGERS, start=1):
            mask = self.segment == name
            start, end = self.at[f"finger{digit}-1.L"], self.at[f"finger{digit}-3.L"]
            front = palm if digit > 1 else self._thumb_front(start, end)
            self._round_axis(mask, start, end + (end - start) * 0.5, front)

    def _thumb_front(self, start: Array, end: Array) -> Array:
        """The pad of the thumb looks across the palm, about 60 degrees from its normal."""
        along = (end - start) / np.linalg.norm(end - start)
        palm = self._palm_normal()
        ulnar = self.at["finger5-1.L"] - self.at["finger2-1.L"]
        front = 0.5 * palm + 0.85 * ulnar / np.linalg.norm(ulnar)
        return np.asarray(front - (front @ along) * along)

    def _leg(self) -> None:
        z = np.array([0.0, 0.0, 1.0])
        knee, ankle = self.at["lowerleg01.L"], self.at["foot.L"]
        thigh, leg = self.segment == "thigh", self.segment == "leg"
        # The height of the greater trochanter, where a clinician begins to measure the thigh.
        hip = np.array([0.105, -0.02, -0.005])
        centre_knee = self._slice_centre(knee[1])
        centre_ankle = self._slice_centre(ankle[1] + 0.03)
        self._round_axis(thigh, hip, centre_knee, z)
        self._round_axis(leg, centre_knee, centre_ankle - np.array([0, 0.03, 0]), z)

    def _slice_centre(self, height: float) -> Array:
        """Centre of a thin horizontal slice of the lower limb."""
        lower = np.isin(self.segment, ("thigh", "leg", "foot"))
        near = lower & (abs(self.p[:, 1] - height) < 0.012)
        low, high = self.p[near].min(axis=0), self.p[near].max(axis=0)
        return np.asarray((low + high) / 2)

    def _foot(self) -> None:
        foot = self.segment == "foot"
        heel_z = self.p[foot, 2].min()
        ball = self.p[np.isin(self.segment, ("big_toe", "toes"))][:, 2].min() + 0.012
        p = self.p[foot]
        ankle = self.at["foot.L"]
        second = self.at["toe2-1.L"]
        direction = np.array([second[0] - ankle[0], 0.0, second[2] - ankle[2]])
        direction /= np.linalg.norm(direction)
        out = np.array([direction[2], 0.0, -direction[0]])
        start = np.array([ankle[0], 0.0, heel_z])
        along = (p - start) @ direction
        self.t[foot] = along / (ball - heel_z)
        side = (p - start) @ out
        half = np.abs(side).max()
        self.across[foot] = side / half
        up = np.array([0.0, 1.0, 0.0])
        self.angle[foot] = _angle_of(self.n[foot], up, out)
        for name in ("big_toe", "toes"):
            mask = self.segment == name
            rel = (self.p[mask] - start) @ direction
            self.t[mask] = (rel - rel.min()) / (rel.max() - rel.min())
            self.angle[mask] = _angle_of(self.n[mask], up, out)


def _starts(names: Array, prefix: str) -> Array:
    return np.char.startswith(names.astype(str), prefix)


def _angle_of(vectors: Array, front: Array, out: Array) -> Array:
    return np.asarray(np.degrees(np.arctan2(vectors @ out, vectors @ front)))


def _groin_height(x: Array, z: Array) -> Array:
    """Height of the border between trunk and thigh: groin crease in front, gluteal fold behind."""
    front = np.clip(-0.06 + (x - 0.02) * 0.9, -0.10, 0.05)
    back = -0.095 + np.clip(x - 0.12, 0, 1)
    s = np.clip((z + 0.03) / 0.06, 0, 1)
    s = s * s * (3 - 2 * s)
    return np.asarray(front * s + back * (1 - s))


def _jaw_height(z: Array) -> Array:
    """Height of the border between head and neck: mandible in front, skull base behind."""
    return np.where(z > 0.02, 0.63 - (z - 0.02) * 0.43, 0.63 + (0.02 - z) * 0.31)
