"""Build what the package carries but the repository does not: the front end and compiled data.

Each step has inputs, a command, and outputs.  The digest of the inputs is kept beside the outputs,
so a step runs only when something changed; `make`, the wheel and the source distribution all come
here.  Standard library only, since the wheel is built where nothing else may be installed.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tautband"
FRONTEND = ROOT / "frontend"
STATIC = PACKAGE / "clinic" / "static"
STAMP = ".inputs"

_SKIPPED = {"node_modules", "__pycache__", "coverage", "dist", "tests", "dev", "compiled", STAMP}
_SQUEEZED = {".js", ".css", ".svg", ".glb"}
_WORTH = 0.95  # a file that stays larger than this part of itself is served as it is


@dataclass(frozen=True)
class Step:
    """Something to build: its stamp among the outputs, its inputs, and the work itself."""

    name: str
    stamp: Path
    inputs: tuple[Path, ...]
    build: Callable[[], None]

    def run(self) -> bool:
        """Build when the inputs changed; answers whether it did."""
        digest = _digest(self.inputs)
        if self.stamp.is_file() and self.stamp.read_text("ascii") == digest:
            return False
        print(f"building {self.name}", file=sys.stderr, flush=True)
        self.build()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(digest, "ascii")
        return True


def steps() -> list[Step]:
    """All steps whose sources are here, in order."""
    body = STATIC / "body"
    atlas_tool = ROOT / "tools" / "compile_atlas.py"
    atlas = (PACKAGE / "atlas", PACKAGE / "body", atlas_tool)
    possible = [
        Step(
            "the front end",
            STATIC / "app" / STAMP,
            (FRONTEND, PACKAGE / "clinic" / "texts"),
            _build_front_end,
        ),
        Step("the body for the browser", body / STAMP, (body,), lambda: _squeeze(body)),
        Step("the atlas", PACKAGE / "atlas" / "compiled" / STAMP, atlas, _compile_atlas),
    ]
    return [step for step in possible if all(path.exists() for path in step.inputs)]


def build_all() -> None:
    """Run every step that is due."""
    for step in steps():
        step.run()


def install_packages() -> None:
    """Bring the front end's packages to what the lock file says."""
    lock = FRONTEND / "package-lock.json"
    stamp = FRONTEND / "node_modules" / STAMP
    Step("the packages of the front end", stamp, (lock,), _npm_ci).run()


def _npm_ci() -> None:
    _call([_npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error"], FRONTEND)


def _build_front_end() -> None:
    install_packages()
    _call([_npm(), "run", "--silent", "build"], FRONTEND)
    _squeeze(STATIC / "app")


def _compile_atlas() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    _call([sys.executable, str(ROOT / "tools" / "compile_atlas.py")], ROOT, environment)


def _npm() -> str:
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("Tautband's front end is built with Node 20.19 or newer, and npm was not found.")
    return npm


def _call(command: list[str], where: Path, environment: dict[str, str] | None = None) -> None:
    finished = subprocess.run(command, cwd=where, env=environment, check=False)
    if finished.returncode != 0:
        sys.exit(f"`{' '.join(command)}` failed; what it said stands above.")


def _squeeze(folder: Path) -> None:
    """Put a gzipped copy beside each file that shrinks, so that the server need not do it."""
    for path in _files(folder):
        if path.suffix not in _SQUEEZED:
            continue
        content = path.read_bytes()
        small = gzip.compress(content, 9, mtime=0)
        if len(small) < _WORTH * len(content):
            path.with_name(path.name + ".gz").write_bytes(small)


def _digest(inputs: tuple[Path, ...]) -> str:
    """SHA-256 over the names and contents of all input files."""
    digest = hashlib.sha256()
    for root in inputs:
        for path in _files(root) if root.is_dir() else [root]:
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder in a fixed order, without what others generate."""
    for path in sorted(folder.iterdir()):
        if path.name in _SKIPPED or path.suffix == ".gz":
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path


if __name__ == "__main__":
    if sys.argv[1:] == ["--with-packages"]:  # the checks need them even when nothing is built
        install_packages()
    build_all()
