"""The server as a user starts it, Debian's Chromium, and a page that watches itself."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    ViewportSize,
)

from tests.clinic.installation import lay_out

ROOT = Path(__file__).resolve().parents[2]
# WebGL without a graphics card, and nothing that calls home.
FLAGS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Where there is no graphics card, a page is painted sooner without asking for one.
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 360, "height": 740}


@dataclass
class Watched:
    """A page with what went wrong on it."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of ours and wait until it stands."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def note_message(self, message: ConsoleMessage) -> None:
        """Errors in the console, refusals of the content policy among them."""
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def note_request(self, request: Request) -> None:
        """Requests that leave our server."""
        if not request.url.startswith((self.address, "blob:", "data:")):
            self.faults.append(f"request to another host: {request.url}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running_server(**environment: str) -> Iterator[str]:
    """The product's own server on a free port; answers its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, **environment}
    lay_out(Path(environment["TAUTBAND_DATA"]))
    command = [sys.executable, "-m", "tautband", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(address + "/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        if process.poll() is not None:
            pytest.fail("the server stopped at its start")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail("the server did not answer within two minutes")


def launch(playwright: Playwright, *flags: str) -> Browser:
    """Chromium; a missing one fails, it is never skipped."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium is missing. Run: sudo apt-get install -y chromium")
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])


@contextmanager
def watched_page(
    browser: Browser,
    address: str,
    viewport: ViewportSize = DESK,
    scheme: str = "light",
    touch: bool = False,
) -> Iterator[Watched]:
    """A fresh page; ends in a failure when it met an error or another host."""
    context = browser.new_context(
        viewport=viewport,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        has_touch=touch,
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    watched = Watched(page, address)
    page.on("console", watched.note_message)
    page.on("pageerror", lambda error: watched.faults.append(f"exception: {error}"))
    page.on("request", watched.note_request)
    yield watched
    context.close()
    assert watched.faults == []
