"""Settings from the environment fail loudly, and the command line says why in one sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tautband.base.errors import InputError
from tautband.clinic.environment import SETTINGS, Environment


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tautband", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_values_are_read() -> None:
    environment = Environment(
        {"TAUTBAND_DEBUG": "1", "TAUTBAND_ALLOWED_HOSTS": "a.example, b.example", "HOME": "/"}
    )
    assert environment.flag("TAUTBAND_DEBUG")
    assert environment.names("TAUTBAND_ALLOWED_HOSTS", ()) == ["a.example", "b.example"]
    assert environment.choice("TAUTBAND_LOCALE", ("en", "en-XA")) == "en"
    assert environment.text("TAUTBAND_SECRET_KEY", "made") == "made"


@pytest.mark.parametrize(
    ("name", "value"), [("TAUTBAND_DEBUG", "yes"), ("TAUTBAND_HTTPS", "on"), ("TAUTBAND_DBUG", "1")]
)
def test_unusable_value_or_name_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(InputError, match=name):
        Environment({name: value}).flag(name)


def test_unknown_locale_names_the_known() -> None:
    with pytest.raises(InputError, match="en or en-XA"):
        Environment({"TAUTBAND_LOCALE": "fr"}).choice("TAUTBAND_LOCALE", ("en", "en-XA"))


def test_deployment_check_is_clean_behind_tls() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tautband.clinic.settings",
            "TAUTBAND_HTTPS": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (("serve", "--port", "99999"), {}, "from 1 to 65535"),
        (("serve", "--host", "256.0.0.1"), {}, "256.0.0.1"),
        (("serve", "--host", ""), {}, "host: is empty"),
        (("serve", "--host", "0.0.0.0"), {"TAUTBAND_DEMO": "1"}, "TAUTBAND_DEMO: does not go with"),
        (("serve", "--workers", "0"), {}, "workers"),
        (("serve", "--port", "0"), {"TAUTBAND_DEBUG": "perhaps"}, "port"),
        (("serve",), {"TAUTBAND_DEBUG": "perhaps"}, "TAUTBAND_DEBUG"),
    ],
)
def test_serve_says_what_is_wrong(
    arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    done = run(*arguments, **environment)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_version_and_unknown_command() -> None:
    assert run("--version").stdout.startswith("tautband 0.")
    assert run("dance").returncode == 2


def test_readme_names_every_setting_and_no_other() -> None:
    text = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
    assert set(re.findall(r"`(TAUTBAND_\w+|DATABASE_URL)`", text)) == set(SETTINGS)
