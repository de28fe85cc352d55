"""How fast one address may ask for what costs work: a bucket of requests that refills steadily.

Each process counts for itself, in memory: nothing is written, and nothing about anybody is kept.
So the bound over all processes is their number times this one.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MAX_ADDRESSES = 4096  # the least recently seen is forgotten, so memory is bounded


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Pace:
    """A bucket for each address; holds a minute's worth, and refills as the minute passes."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, address: str) -> float:
        """0 when the request may go on, which takes it from the bucket; else seconds to wait."""
        if self._per_minute <= 0:
            return 0.0
        rate = self._per_minute / 60
        with self._lock:
            now = self._clock()
            bucket = self._buckets.pop(address, None) or _Bucket(self._per_minute, now)
            bucket.left = min(self._per_minute, bucket.left + (now - bucket.at) * rate)
            bucket.at = now
            self._buckets[address] = bucket
            if len(self._buckets) > MAX_ADDRESSES:
                self._buckets.popitem(last=False)
            if bucket.left < 1:
                return (1 - bucket.left) / rate
            bucket.left -= 1
            return 0.0
