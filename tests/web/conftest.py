"""What the tests of the web share: a client, and small pieces of valid input."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tautband.body.drawing import Mark, from_regions, to_json
from tautband.body.regions import load_regions

Post = Callable[..., Any]


@pytest.fixture
def web() -> Client:
    """A browser of our own site; it follows nothing and checks CSRF as a real one would."""
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True)


@pytest.fixture
def post(web: Client) -> Post:
    """Posts JSON to the API as the page does."""

    def send(path: str, content: Any, **headers: str) -> Any:
        return web.post(path, content, content_type="application/json", headers=headers)

    return send


@pytest.fixture
def drawing() -> dict[str, Any]:
    """The front of the right shoulder and the outside of the arm, painted."""
    marks = [Mark("shoulder_anterior:right", 6), Mark("arm_lateral_upper:right", 4)]
    return to_json(from_regions(load_regions(), marks, answered=True))
