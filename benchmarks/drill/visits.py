"""What a clinician's browser sends during a visit, and what of it was acknowledged.

One thread is one browser.  It keeps sending a batch until the server says that it is stored, as the
page does; whatever failed in between (no answer, half an answer, a 5xx) is no acknowledgement.
"""

import http.client
import random
import threading
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.drill.client import Client, wait_a_little

BATCHES = 20
MUSCLES = ("infraspinatus", "trapezius", "gluteus_medius", "soleus", "levator_scapulae")
NOON = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)
DONE = 200


@dataclass
class Visited:
    """One visit as the browser knows it: everything in it was acknowledged."""

    session: str
    note: str
    needles: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    version: int = 1
    closed: bool = False
    signature: str = ""


@dataclass
class Counted:
    """What happened to the requests."""

    acknowledged: int = 0
    again: int = 0
    lost: int = 0
    failed: int = 0
    refused: list[str] = field(default_factory=list)


class Browser(threading.Thread):
    """Goes through its visits until told to stop; the one in hand is then finished."""

    def __init__(self, port: int, clinic: str, told: dict[str, Any], seed: int) -> None:
        super().__init__(daemon=True)
        self.client = Client(port, clinic, told["cookie"], told["token"])
        self.visits = [Visited(one["session"], one["note"]) for one in told["visits"]]
        self.count = Counted()
        self.ending = threading.Event()
        self._chance = random.Random(seed)

    def run(self) -> None:
        """All visits, one after another."""
        for visit in self.visits:
            if self.ending.is_set():
                break
            self._attend(visit)
            if self.count.refused:
                break
        self.client.close()

    def _attend(self, visit: Visited) -> None:
        left_in: list[str] = []
        for number in range(BATCHES):
            batch = self._batch(left_in, NOON + timedelta(seconds=20 * number))
            if not self._enter(visit, batch):
                return
            if self._chance.random() < 0.1 and not self._enter(visit, batch, again=True):
                return
        outs = [self._removal(one, NOON + timedelta(minutes=20)) for one in left_in]
        if outs and not self._enter(visit, {"needles": [], "entries": outs}):
            return
        finished = self._send(f"sessions/{visit.session}/finish", {"version": visit.version})
        if finished is None:
            return
        visit.closed, visit.version = True, int(finished["version"])
        signature = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        if self._send(f"notes/{visit.note}/sign", {"version": 1, "signature": signature}):
            visit.signature = signature

    def _enter(self, visit: Visited, batch: dict[str, Any], again: bool = False) -> bool:
        answer = self._send(f"sessions/{visit.session}/entries", batch)
        if answer is None:
            return False
        if again:
            self.count.again += 1
            return True
        visit.needles += batch["needles"]
        visit.entries += batch["entries"]
        visit.version = int(answer["version"])
        return True

    def _send(self, path: str, told: Any) -> Any:
        while True:
            try:
                status, answer = self.client.post(path, told)
            except (OSError, http.client.HTTPException, ValueError):
                self.count.lost += 1
                wait_a_little()
                continue
            if status == DONE:
                self.count.acknowledged += 1
                return answer
            if status < 500:
                self.count.refused.append(f"{path.split('/')[-1]}: {status} {answer}")
                return None
            self.count.failed += 1
            wait_a_little()

    def _batch(self, left_in: list[str], at: datetime) -> dict[str, Any]:
        needles: list[dict[str, Any]] = []
        entries: list[dict[str, Any]] = []
        for _ in range(self._chance.randint(1, 3)):
            needle: dict[str, Any] = {
                "id": self._id(),
                "length_mm": self._chance.choice((30.0, 40.0, 50.0)),
                "gauge_mm": self._chance.choice((0.25, 0.3)),
                "lot": f"L{self._chance.randrange(1000)}",
            }
            stays = self._chance.random() < 0.4
            twitches = self._chance.choice((None, 0, 1, 4))
            entry: dict[str, Any] = {
                "id": self._id(),
                "kind": "insertion",
                "at": at.isoformat(),
                "needle": needle["id"],
                "muscle": self._chance.choice(MUSCLES),
                "side": self._chance.choice(("left", "right")),
                "retained": stays,
                "twitches": twitches,
                "detected_by": "" if twitches is None else "seen",
            }
            needles.append(needle)
            entries.append(entry)
            if stays:
                left_in.append(entry["id"])
        if left_in and self._chance.random() < 0.5:
            entries.append(self._removal(left_in.pop(0), at))
        return {"needles": needles, "entries": entries}

    def _removal(self, insertion: str, at: datetime) -> dict[str, Any]:
        return {"id": self._id(), "kind": "removal", "at": at.isoformat(), "about": insertion}

    def _id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
