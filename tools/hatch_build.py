"""The build hook: builds front end and data before a wheel or source distribution is packed."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface[Any]):
    """Runs `tools/build_assets.py`, which skips what is current."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, except for an editable installation: there `make` does it."""
        if version != "editable":
            _load(Path(self.root) / "tools" / "build_assets.py").build_all()


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_assets", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
