"""A browser's part: signed in, with the token against forged forms, over one kept connection."""

import http.client
import json
import time
from typing import Any
from urllib.parse import urlencode

PATIENCE_S = 60.0
SESSION, CSRF = "session", "csrf"  # names of the cookies without TLS, as clinic.settings has them


class Client:
    """Raises OSError or HTTPException when no whole answer came: nobody knows what was stored."""

    def __init__(self, port: int, clinic: str, cookie: str, token: str) -> None:
        self._port, self._clinic = port, clinic
        self._headers = {
            "Host": f"localhost:{port}",
            "Cookie": f"{SESSION}={cookie}; {CSRF}={token}",
            "X-CSRFToken": token,
        }
        self._opened: http.client.HTTPConnection | None = None

    def post(self, path: str, told: Any) -> tuple[int, Any]:
        """Status and answer of the clinic's API."""
        status, body = self._ask(
            "POST", f"/api/clinic/{self._clinic}/{path}", json.dumps(told), "application/json"
        )
        return status, json.loads(body) if body else None

    def page(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Status and body of a page of the clinic; with a form, as one that is sent."""
        at = f"/clinic/{self._clinic}/{path}"
        if form is None:
            return self._ask("GET", at, None, "")
        return self._ask("POST", at, urlencode(form), "application/x-www-form-urlencoded")

    def close(self) -> None:
        """Forget the connection."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _ask(self, method: str, path: str, body: str | None, kind: str) -> tuple[int, bytes]:
        headers = {**self._headers, "Accept": "text/html" if not kind else "*/*"}
        if kind:
            headers["Content-Type"] = kind
        if self._opened is None:
            self._opened = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        try:
            self._opened.request(method, path, body, headers)
            answer = self._opened.getresponse()
            found = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        return answer.status, found


def wait_a_little() -> None:
    """Between two tries, as a page does that has lost its server."""
    time.sleep(0.05)
