"""Look every locked part up among known vulnerabilities: ``python -m tools.audit`` (`make audit`).

Ends with 0 when both services answered for every part and knew of nothing, with 1 for a
vulnerability, and with 3 when a service did not answer, because then nothing is known.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / ".run" / "requirements.txt"
CLEAN, FOUND, NO_ANSWER = 0, 1, 3


@dataclass(frozen=True)
class Looked:
    """What a service said: of how many parts it knew, what it found, and why it did not answer."""

    service: str
    parts: int = 0
    found: tuple[str, ...] = ()
    silent: str = ""

    def sentence(self) -> str:
        """The one line for whoever asked."""
        if self.found:
            return f"{self.service}: {len(self.found)} found: " + "; ".join(self.found)
        if self.silent:
            return f"{self.service}: no answer, so nothing is known ({self.silent})"
        return f"{self.service}: nothing is known against {self.parts} parts"


def of_python(said: str) -> Looked:
    """Read what ``pip-audit --format json`` printed."""
    told = _json(said)
    if told is None or "dependencies" not in told:
        return Looked("PyPI", silent="pip-audit gave no list")
    parts: list[dict[str, Any]] = told["dependencies"]
    found = [f"{p['name']} {v['id']}" for p in parts for v in p.get("vulns", ())]
    skipped = sum("skip_reason" in part for part in parts)
    silent = f"{skipped} of {len(parts)} parts were not found there" if skipped else ""
    return Looked("PyPI", len(parts), tuple(found), silent)


def of_node(said: str) -> Looked:
    """Read what ``npm audit --json`` printed."""
    told = _json(said)
    if told is None or "vulnerabilities" not in told:
        why = str((told or {}).get("message", "npm gave no list"))
        return Looked("npm", silent=why[:120])
    parts = int(told.get("metadata", {}).get("dependencies", {}).get("total", 0))
    return Looked("npm", parts, tuple(sorted(told["vulnerabilities"])))


def ended(looked: list[Looked]) -> int:
    """The exit code for all that was said; a finding counts more than silence."""
    if any(one.found for one in looked):
        return FOUND
    return NO_ANSWER if any(one.silent for one in looked) else CLEAN


def _json(said: str) -> dict[str, Any] | None:
    # npm writes a line for people after the object.
    try:
        told, _ = json.JSONDecoder().raw_decode(said.lstrip())
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _out(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def main() -> int:
    """Ask both services and say what they said."""
    python = ["-m", "pip_audit", "--requirement", str(REQUIREMENTS), "--disable-pip"]
    looked = [
        of_python(_out([sys.executable, *python, "--format", "json"], ROOT)),
        of_node(_out(["npm", "audit", "--omit=dev", "--json"], ROOT / "frontend")),
    ]
    for one in looked:
        print(one.sentence())
    return ended(looked)


if __name__ == "__main__":
    sys.exit(main())
