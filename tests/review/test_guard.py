"""Nobody but the browser that was given the address gets anything, and only the app's page changes something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from review_client import ORIGIN, PORT, TOKEN, stranger, visitor

if TYPE_CHECKING:
    from starlette.requests import Request

SECRET = "what only the visitor may see"  # noqa: S105


async def _answer(_request: Request) -> Response:
    return PlainTextResponse(SECRET)


APP = Starlette(routes=[Route("/", _answer), Route("/api/x", _answer, methods=["GET", "POST"])])


def test_the_address_with_the_token_gives_a_cookie_and_disappears() -> None:
    client = stranger(APP)
    answer = client.get(f"/?token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert cookie.startswith(f"termcheck-{PORT}=")
    assert client.get("/").text == SECRET


@pytest.mark.parametrize(
    "query", ["", "?token=", "?token=wrong", "?token=%ff%00", f"?token={TOKEN}x", f"?token=x&token={TOKEN}", "?x=y"]
)
def test_without_the_token_there_is_nothing(query: str) -> None:
    answer = stranger(APP).get(f"/{query}")
    assert answer.status_code == 403
    assert SECRET not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["", "termcheck-8712=", f"termcheck-1={TOKEN}", "termcheck-8712=x", "=;\x7f", "a"])
def test_no_other_cookie_will_do(cookie: str) -> None:
    answer = stranger(APP).get("/api/x", headers={"cookie": cookie})
    assert answer.status_code == 403
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", f"localhost:{PORT}", "127.0.0.1", "127.0.0.1:80", "", f"[::1]:{PORT}"],
)
def test_a_foreign_name_that_leads_here_is_refused(host: str) -> None:
    answer = visitor(APP).get("/", headers={"host": host})
    assert answer.status_code == 421
    assert SECRET not in answer.text


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
@pytest.mark.parametrize("path", ["/", "/api/x", f"/?token={TOKEN}"])
def test_requests_that_other_pages_cause_are_refused(site: str, path: str) -> None:
    answer = visitor(APP).get(path, headers={"sec-fetch-site": site})
    assert answer.status_code == 403
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", f"http://localhost:{PORT}", "http://127.0.0.1:1", ""]
)
def test_only_the_page_itself_changes_something(origin: str) -> None:
    client = visitor(APP)
    assert client.post("/api/x").text == SECRET
    refused = client.post("/api/x", headers={"origin": origin})
    assert refused.status_code == 403
    assert SECRET not in refused.text


def test_a_change_without_an_origin_is_refused() -> None:
    client = visitor(APP)
    del client.headers["origin"]
    assert client.post("/api/x").status_code == 403


@pytest.mark.parametrize("path", ["/", "/nothing", f"/?token={TOKEN}", "/?token=wrong"])
def test_every_answer_keeps_to_itself(path: str) -> None:
    headers = visitor(APP).get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


def test_the_origin_is_that_of_the_port() -> None:
    assert f"http://127.0.0.1:{PORT}" == ORIGIN
