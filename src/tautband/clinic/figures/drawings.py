"""Which regions people paint, by presentation: counted while the drawings are open, then forgotten.

A drawing is sealed with its patient's key.  What leaves it is a count of people by region; a count
that is small, or from which a small one could be worked out, is withheld here already.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import numpy as np

from tautband.base.errors import InputError
from tautband.body.drawing import from_json
from tautband.body.overlap import region_coverage
from tautband.body.regions import load_regions
from tautband.clinic.figures.reading import Row, of_clinic
from tautband.clinic.patient_keys import remembered_keys
from tautband.clinic.people.models import Clinic
from tautband.clinic.record.models import Assessment
from tautband.figures.withholding import LEAST, may_tell_sum, withhold, withhold_share

MOST = 4000  # newest first drawings that are opened for one snapshot
TOUCHED = 0.05  # share of a region that is painted on purpose rather than by a slip
ALL, OTHER = "all", "other"


def pain(clinic: Clinic, presentations: Mapping[UUID, str | None]) -> list[Row]:
    """Rows of `pain`: by presentation with at least five drawings, the others together, and all."""
    touched = defaultdict(list)
    for episode, mask in _first_drawings(clinic):
        touched[presentations.get(episode) or OTHER].append(mask)
    for name in [name for name, masks in touched.items() if len(masks) < LEAST]:
        if name != OTHER:
            touched[OTHER] += touched.pop(name)
    if len(touched[OTHER]) < LEAST:
        # Too few even together: they are left out, so that they cannot be had by subtraction.
        del touched[OTHER]
    names = sorted(touched)
    counts = {name: np.sum(touched[name], axis=0) for name in names}
    sizes = {name: len(touched[name]) for name in names}
    return list(rows(names, counts, sizes))


def rows(names: list[str], counts: Mapping[str, Any], sizes: Mapping[str, int]) -> Iterator[Row]:
    """Rows of `pain` by region that somebody painted; what is small, or gives it away, is None."""
    every = sum(sizes.values())
    for place, key in enumerate(load_regions()):
        cells = [int(counts[name][place]) for name in names]
        if not any(cells):
            continue
        total = sum(cells)
        for name, count, kept in zip(names, cells, withhold(cells), strict=True):
            told = None if kept is None else withhold_share(count, sizes[name])
            yield name, key, told, sizes[name]
        # The sum may give away what was withheld of its parts.
        told = withhold_share(total, every) if may_tell_sum(cells) else None
        yield ALL, key, told, every


def _first_drawings(clinic: Clinic) -> Iterator[tuple[UUID, Any]]:
    """Episode and mask of touched regions, of each episode's first drawing."""
    table = load_regions()
    found = of_clinic(Assessment, clinic).filter(kind="first").exclude(body_version="")
    seen: set[UUID] = set()
    with remembered_keys():
        for row in found.select_related("patient").order_by("-held_at")[:MOST].iterator(500):
            if row.episode_id in seen:
                continue
            try:
                drawing = from_json(row.drawing, table.surface)
            except InputError:
                continue  # of an older body
            seen.add(row.episode_id)
            yield row.episode_id, region_coverage(drawing.painful, table) >= TOUCHED
