"""The server of the product: gunicorn, which loads the application once and then forks.

Forking after loading lets all workers share the atlas in memory.  Each worker answers with a few
threads; the heavy numbers run in NumPy on one core each, so more workers than cores gain nothing.
"""

import os
import socket
import sys
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from tautband.base.errors import InputError
from tautband.clinic.logs import masked
from tautband.clinic.start import open_installation
from tautband.clinic.supervisor import Supervised

MAX_WORKERS = 64
_ACCESS = "%(t)s %(m)s %(U)s %(s)s %(B)sB %(M)sms"  # the path without query, and no address
_ACCESS_JSON = (
    '{"time": "%(t)s", "method": "%(m)s", "path": "%(U)s", "status": %(s)s, '
    '"bytes": %(B)s, "ms": %(M)s}'
)


class AccessLogger(Logger):
    """Gunicorn's log, without the parts of addresses that open something."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> Any:
        """What a line may be made of."""
        found = super().atoms(resp, req, environ, request_time)
        found["U"] = masked(str(found["U"]))
        return found


class _Server(BaseApplication):
    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from tautband.clinic.wsgi import application

        return application


def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped; raises InputError for an address or number that cannot be used."""
    if not 1 <= workers <= MAX_WORKERS:
        raise InputError("workers", f"{workers} is too few or too many", f"1 to {MAX_WORKERS}")
    _check_address(host, port)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    open_installation()
    _check_settings(host)
    from django.db import connections

    connections.close_all()  # before any worker is forked
    with Supervised([sys.executable, "-m", "tautband.clinic.worker"]):
        _Server(_options(host, port, workers)).run()


def _check_settings(host: str) -> None:
    """What the settings ask of the start."""
    from django.conf import settings
    from django.db import connection

    from tautband.clinic.account.address import is_own_name
    from tautband.clinic.database import sqlite_caution

    if settings.TAUTBAND_DEMO and not is_own_name(host):
        raise InputError("TAUTBAND_DEMO", f"does not go with --host {host}", "127.0.0.1")
    caution = sqlite_caution() if connection.vendor == "sqlite" else None
    if caution:
        print(caution, file=sys.stderr, flush=True)


def _options(host: str, port: int, workers: int) -> dict[str, Any]:
    def announce(_arbiter: object) -> None:
        shown = f"[{host}]" if ":" in host else host
        print(f"Tautband is ready at http://{shown}:{port} (stop with Ctrl-C)", flush=True)

    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "threads": 4,
        "worker_class": "gthread",
        "preload_app": True,
        "timeout": 30,
        "graceful_timeout": 10,
        "keepalive": 5,
        "accesslog": "-",
        "access_log_format": _ACCESS_JSON if _logs_json() else _ACCESS,
        "logger_class": AccessLogger,
        "loglevel": "warning",
        "control_socket_disable": True,  # it would write into the home directory
        "proc_name": "tautband",
        "when_ready": announce,
    }


def _logs_json() -> bool:
    from django.conf import settings

    return bool(settings.TAUTBAND_LOGS == "json")


def _check_address(host: str, port: int) -> None:
    """Gunicorn would retry for seconds and end in a traceback, and take no host for every one."""
    if not host.strip():
        raise InputError("host", "is empty", "an address, such as 127.0.0.1")
    if not 1 <= port <= 65535:
        raise InputError("port", f"{port} is not a port", "a number from 1 to 65535")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(
                "address", f"{host}:{port} cannot be used: {reason}", "a free one, see --port"
            ) from error
