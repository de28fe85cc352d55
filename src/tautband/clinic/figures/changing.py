"""What a change between two scores is worth, in one word, for counting.  Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from tautband.base.errors import InputError
from tautband.measures.change import Important, change
from tautband.measures.instruments import load_instruments

Worth = Literal["better", "between", "unchanged", "worse"]
WEEK_DAYS = 7.0
# Which population a presentation's important change is looked for in; others take that for anybody.
REGIONS: Mapping[str, str] = {
    "neck_pain": "neck",
    "whiplash": "neck",
    "cervical_radiculopathy": "neck",
    "low_back_pain": "low back",
    "lumbosacral_radiculopathy": "low back",
    "rotator_cuff_tendinopathy": "shoulder",
    "shoulder_impingement": "shoulder",
    "shoulder_pain_after_stroke": "shoulder",
}


def outcome(
    instrument: str, presentation: str | None, scores: Sequence[tuple[datetime, float]]
) -> tuple[float, float, float, Worth | None, float] | None:
    """First score, last score, gain, its worth, weeks between; None without two scores.

    ``scores`` are in the order of time.  The worth is None where no important change is published
    for the instrument.
    """
    known = load_instruments().get(instrument)
    if known is None or len(scores) < 2:
        return None
    (begun, first), (ended, last) = scores[0], scores[-1]
    try:
        found = change(known, first, last, region=REGIONS.get(presentation or "", ""))
    except InputError:
        return None  # a score of an older form of the instrument
    weeks = (ended - begun).total_seconds() / 86_400 / WEEK_DAYS
    return first, last, found.points, worth(found.points, found.important), weeks


def worth(gain: float, thresholds: Sequence[Important]) -> Worth | None:
    """By the nearest important change in points; one in percent only where none is in points."""
    near = [one for one in thresholds if one.nearest and one.threshold.kind == "important"]
    near.sort(key=lambda one: one.threshold.relative)
    if not near:
        return None
    reached = near[0].reached
    if gain < 0 and reached == "yes":
        return "worse"
    if gain > 0 and reached != "no":
        return "better" if reached == "yes" else "between"
    return "unchanged"
