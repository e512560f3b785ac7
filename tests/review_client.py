"""Talks to the review app as the browser does that was given its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from termcheck.review.guard import Guard

if TYPE_CHECKING:
    from starlette.types import ASGIApp

PORT = 8712
TOKEN = "a-token-for-tests"  # noqa: S105
ORIGIN = f"http://127.0.0.1:{PORT}"


def stranger(app: ASGIApp) -> TestClient:
    """A client without the cookie."""
    return TestClient(Guard(app, token=TOKEN, port=PORT), base_url=ORIGIN, follow_redirects=False)


def visitor(app: ASGIApp) -> TestClient:
    """A client that opened the address; what it sends comes from the page."""
    client = stranger(app)
    assert client.get(f"/?token={TOKEN}").status_code == 303
    client.headers.update({"origin": ORIGIN, "sec-fetch-site": "same-origin"})
    return client
