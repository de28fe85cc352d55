"""Figures of the whole path: loading, compiling, size of drawings, words, memory, the server."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from tautband.body.drawing import to_json
from tautband.body.overlap import area_percent
from tautband.care.locate import locate, read_sentence
from tautband.reasoning.knowledge import load_knowledge
from tautband.synthetic.patients import WORLDS, Generator

SENTENCES = (
    "deep ache in the front of the right shoulder running down the outside of the arm",
    "headache on the right, from the back of the neck to the temple and behind the eye, 7/10",
    "low back pain on both sides, down the back of the left leg to the ankle, not the foot",
    "burning at the outer side of the left elbow and numbness in the thumb and index finger",
    "stiff neck, pain between the shoulder blades, no pain in the arm",
)
RUNS = 200


def median_ms(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median and 99th percentile of a repeated call, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, int(0.99 * len(times)))]


def rows() -> list[tuple[str, str]]:
    """All figures as (what, value)."""
    return [*_loading(), *_drawings(), *_words(), *_live(), *_server(), *_memory()]


def _fresh(code: str) -> float:
    """Seconds of a fresh interpreter that runs the code, best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return min(times)


def _loading() -> list[tuple[str, str]]:
    bare = _fresh("pass")
    network = _fresh("from tautband.reasoning.knowledge import load_knowledge; load_knowledge()")
    atlas = _fresh("from tautband.atlas.atlas import load_atlas; load_atlas()")
    with tempfile.TemporaryDirectory() as folder:
        target = f"from pathlib import Path; compile_atlas(Path({folder!r}))"
        compiled = _fresh(f"from tautband.atlas.compile import compile_atlas; {target}")
    sentence = _fresh(f"from tautband.cli import main; main(['locate', {SENTENCES[0]!r}])")
    return [
        (
            "body and atlas loaded in a fresh process, interpreter's own start taken off",
            f"{atlas - bare:.2f} s",
        ),
        ("the same with the network", f"{network - bare:.2f} s"),
        ("atlas compiled from text, once per build", f"{compiled - bare:.1f} s"),
        ("`tautband locate` with a sentence, whole process", f"{sentence:.2f} s"),
    ]


def _drawings() -> list[tuple[str, str]]:
    knowledge = load_knowledge()
    surface = knowledge.atlas.table.surface
    sizes, areas = [], []
    for world in WORLDS:
        for patient in Generator(knowledge, world, 5).patients(40):
            sizes.append(len(json.dumps(to_json(patient.drawing), separators=(",", ":"))))
            areas.append(area_percent(patient.drawing, surface))
    sizes.sort()
    return [
        (
            f"size of a drawing as JSON, {len(sizes)} synthetic ones, "
            f"median {statistics.median(areas):.1f} % of the skin",
            f"median {statistics.median(sizes):.0f} bytes, "
            f"99 % under {sizes[int(0.99 * len(sizes))]} bytes",
        )
    ]


def _words() -> list[tuple[str, str]]:
    read_sentence(SENTENCES[0])
    typical, slow = median_ms(lambda: [read_sentence(s) for s in SENTENCES], RUNS // 5)
    count = len(SENTENCES)
    return [
        (
            "a sentence to a drawing",
            f"median {typical / count:.1f} ms, 99 % under {slow / count:.1f} ms",
        )
    ]


def _live() -> list[tuple[str, str]]:
    knowledge = load_knowledge()
    patients = list(Generator(knowledge, WORLDS[1], 7).patients(100))
    times = []
    for patient in patients:
        start = time.perf_counter()
        locate(patient.drawing)
        times.append((time.perf_counter() - start) * 1e3)
    times.sort()
    return [
        (
            "a drawing to a told ranking (zones 2-3 cm off), 100 synthetic patients",
            f"median {statistics.median(times):.0f} ms, 99 % under {times[98]:.0f} ms",
        )
    ]


def _server() -> list[tuple[str, str]]:
    """Answers of the real server for drawings of about 10 % of the body."""
    knowledge = load_knowledge()
    surface = knowledge.atlas.table.surface
    bodies: list[bytes] = []
    for world in WORLDS:
        for patient in Generator(knowledge, world, 11).patients(250):
            if 8 <= area_percent(patient.drawing, surface) <= 12:
                bodies.append(json.dumps({"drawing": to_json(patient.drawing)}).encode())
    port = 8765
    command = [sys.executable, "-m", "tautband", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        times = [_post(port, body) for body in bodies for _ in range(2)]
    finally:
        server.terminate()
        server.wait(10)
    times.sort()
    return [
        (
            f"answer of the server for a drawing of 8 to 12 % of the body, {len(bodies)} drawings",
            f"median {statistics.median(times):.0f} ms, slowest {times[-1]:.0f} ms",
        )
    ]


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _post(port: int, body: bytes) -> float:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/locate", body, {"Content-Type": "application/json"}
    )
    start = time.perf_counter()
    urllib.request.urlopen(request, timeout=60).read()
    return (time.perf_counter() - start) * 1e3


def _memory() -> list[tuple[str, str]]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [("largest memory of this process, all of the above included", f"{peak:.0f} MB")]


def table(found: Sequence[tuple[str, str]]) -> str:
    """Rows as a Markdown table."""
    return "\n".join(["| what | figure |", "|---|---|", *(f"| {a} | {b} |" for a, b in found)])


def files() -> list[tuple[str, str]]:
    """Sizes of what ships."""
    root = Path(__file__).parents[1] / "src" / "tautband"
    found = []
    for pattern in (
        "body/data/body.npz",
        "clinic/static/body/*.glb",
        "clinic/static/body/*.glb.gz",
    ):
        for path in sorted(root.glob(pattern)):
            found.append((f"`{path.name}`", f"{path.stat().st_size / 1e6:.2f} MB"))
    return found
