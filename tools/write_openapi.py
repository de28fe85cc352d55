"""Write the API's schema for the front end; with `--check`, only say whether it is current."""

import json
import os
import sys
from pathlib import Path

import django

TARGET = Path(__file__).resolve().parent.parent / "frontend" / "src" / "api" / "openapi.json"


def schema() -> str:
    """The OpenAPI document as text, in a fixed order."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tautband.clinic.settings")
    os.environ.setdefault("TAUTBAND_SECRET_KEY", "signs nothing here")  # so that none is kept
    django.setup()
    from tautband.clinic.api import api

    return json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    """Write or check; 1 when the committed file is out of date."""
    fresh = schema()
    if "--check" not in sys.argv:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(fresh, "utf-8")
        return 0
    if TARGET.read_text("utf-8") != fresh:
        print(f"{TARGET} is out of date; run `make openapi`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
