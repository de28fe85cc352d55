"""What the tests of the web share: a client, and small pieces of valid input."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tautband.body.surface import load_surface

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
    """A small drawing on the shipped body."""
    mark = {"intensity": 6, "quality": "ache", "vertices": [1000, 60]}
    return {
        "schema": "tautband.drawing/1",
        "body": load_surface().version,
        "answers": "whole body",
        "marks": [mark],
    }
