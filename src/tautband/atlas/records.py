"""What a record of the atlas holds.  The data itself is text under ``atlas/data``."""

from typing import Literal

import msgspec

from tautband.base.sources import Fact

Area = Literal[
    "head and jaw",
    "neck",
    "shoulder girdle",
    "arm",
    "forearm and hand",
    "chest and abdomen",
    "back",
    "pelvis and hip",
    "thigh",
    "leg and foot",
]

OverloadKind = Literal["overuse", "trauma", "posture", "stress", "other"]
AdviceKind = Literal["stretch", "strengthen", "habit", "manual therapy"]


class Patch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A box in segment coordinates: t from..to and angle from..to (degrees, may wrap past 360)."""

    segment: str
    t: tuple[float, float]
    angle: tuple[float, float]


class Zone(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where pain is referred: whole regions, patches, or both.

    ``side`` is relative to the muscle's own; ``points`` names the trigger points that it belongs
    to (all when empty); ``chance`` is the share of people in a study who felt it, where measured.
    """

    zone: Literal["main", "spill"]
    regions: tuple[str, ...] = ()
    patches: tuple[Patch, ...] = ()
    side: Literal["same", "other", "both"] = "same"
    points: tuple[str, ...] = ()
    chance: float | None = None


class TriggerPoint(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A usual place of a trigger point, projected on the skin; ``text`` says where in words."""

    id: str
    segment: str
    t: float
    angle: float


class Innervation(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The nerve in ``text`` and its usual spinal roots (C5, L4, ...), or cranial nerve (CN V)."""

    roots: tuple[str, ...] = ()


class Overload(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A common cause of overload."""

    kind: OverloadKind = "other"


class Needling(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How it is needled, or why it is not.

    ``status`` is ``needled``, ``restricted`` (only with further training or imaging) or ``not
    needled``; the last has no recipe and says why in ``text``.  Lengths and gauges in millimetres.
    ``withheld`` marks a copy without its recipe (see ``trained``); no record is written so.
    """

    status: Literal["needled", "restricted", "not needled"]
    position: str = ""
    approach: str = ""
    direction: str = ""
    technique: str = ""
    length_mm: tuple[float, float] | None = None
    gauge_mm: tuple[float, float] | None = None
    ultrasound_advised: bool = False
    withheld: bool = False


class Risk(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A structure at risk; ``text`` says what to do about it.  ``kind`` is the sort of harm."""

    structure: str = ""
    kind: Literal[
        "pleura",
        "spinal canal",
        "vertebral artery",
        "great vessel of the neck",
        "plexus",
        "kidney",
        "abdominal viscera",
        "nerve",
        "vessel",
        "joint",
        "orbit or skull",
        "implant",
        "none named",
    ] = "none named"


class Depth(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published measurement; ``text`` gives the value as it was printed, with its sample."""


class Advice(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What goes with needling, in plain words for a patient.

    ``causes`` are the kinds of overload that it answers to; any when empty.
    """

    kind: AdviceKind = "stretch"
    causes: tuple[OverloadKind, ...] = ()


class Muscle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One muscle, or one part of a muscle whose referral differs from the rest.

    ``ranked_as`` names the record of a group whose referral is taught as one: then the group is the
    hidden unit of the reasoning, because no drawing could tell its members apart.
    """

    id: str
    name: str
    latin: str
    synonyms: tuple[str, ...]
    area: Area
    part_of: str = ""
    ranked_as: str = ""
    origin: Fact
    insertion: Fact
    innervation: Innervation
    action: Fact
    limited: Fact
    weak: Fact
    overload: tuple[Overload, ...]
    trigger_points: tuple[TriggerPoint, ...]
    referral: tuple[Zone, ...]
    needling: Needling
    at_risk: tuple[Risk, ...]
    depths: tuple[Depth, ...]
    palpation: Fact
    reliability: Fact
    advice: tuple[Advice, ...]
