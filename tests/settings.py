"""The product's settings in a data folder of their own, so that no test meets a real one."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "TAUTBAND_DATA" not in os.environ:
    _folder = tempfile.mkdtemp(prefix="tautband-tests-")
    os.environ["TAUTBAND_DATA"] = _folder
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)

# Test processes that run side by side take the folder over from the one that started them; what
# they start themselves is told its own.
_side = os.environ.get("PYTEST_XDIST_WORKER", "")
if _side and os.environ.get("TESTS_SIDE") != _side:
    os.environ["TESTS_SIDE"] = _side
    os.environ["TAUTBAND_DATA"] = str(Path(os.environ["TAUTBAND_DATA"]) / _side)

from tautband.clinic.settings import *  # noqa: E402, F403 (the folder comes first)
from tautband.clinic.settings import INSTALLED_APPS as _PRODUCT  # noqa: E402

INSTALLED_APPS = [*_PRODUCT, "tests.clinic.sealing"]

TAUTBAND_PACE = 0  # tests ask faster than any person

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; guards nothing here

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file: in memory, threads would share one database that locks whole tables at once.
    DATABASES["default"]["TEST"] = {"NAME": str(TAUTBAND_DATA / "test.sqlite3")}  # noqa: F405
