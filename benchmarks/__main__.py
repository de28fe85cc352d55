"""Measure all that is claimed, and write ``docs/benchmarks.md``.

    python -m benchmarks [drawings]

Run it on a quiet machine; figures of a busy one are larger.
"""

import io
import os
import platform
import subprocess
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

# One core, as the claims say; set before NumPy is loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main() -> None:
    """Run every benchmark and write the page."""
    from benchmarks import (
        bench_couch,
        bench_evidence,
        bench_load,
        bench_names,
        bench_posterior,
        bench_size,
        bench_stroke,
        bench_synthetic,
        whole,
    )

    drawings = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    found = whole.rows()
    posterior = io.StringIO()
    with redirect_stdout(posterior):
        bench_posterior.report(drawings)
    made_up = io.StringIO()
    with redirect_stdout(made_up):
        bench_synthetic.report()
    sealed_names = io.StringIO()
    with redirect_stdout(sealed_names):
        bench_names.report()
    loaded = io.StringIO()
    with redirect_stdout(loaded):
        bench_load.report()
        bench_size.report()
    painting = io.StringIO()
    with redirect_stdout(painting):
        bench_stroke.report()
    couch = io.StringIO()
    with redirect_stdout(couch):
        bench_couch.report()
    text = "\n\n".join(
        [
            "# Benchmarks",
            _stamp(drawings),
            "## The whole path",
            whole.table(found),
            "## What ships",
            whole.table(whole.files()),
            "## The posterior",
            posterior.getvalue().strip(),
            "## Painting",
            painting.getvalue().strip(),
            "## The couch",
            couch.getvalue().strip(),
            "## Made-up patients",
            made_up.getvalue().strip(),
            "## Sealed names",
            sealed_names.getvalue().strip(),
            "## The record under load, and a large clinic",
            loaded.getvalue().strip(),
            "## Evidence",
            whole.table(bench_evidence.rows()),
            bench_evidence.peers(),
        ]
    )
    PAGE.write_text(text + "\n", "utf-8")
    print(text)


def _stamp(drawings: int) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    day = datetime.now(UTC).date().isoformat()
    load = os.getloadavg()[0]
    return (
        f"Written by `make bench` on {day} at commit {commit or 'unknown'}: one core of "
        f"{os.cpu_count()} ({platform.machine()}), Python {platform.python_version()}, load "
        f"{load:.1f} at the end, {drawings} synthetic drawings. Every figure is wall time."
    )


if __name__ == "__main__":
    main()
