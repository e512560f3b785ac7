"""Who may talk to the app: the browser that was given its address, from the app's own page, and nobody else.

The app listens on this machine only, but every page that a browser shows may send requests there. So a request has to
name this very address as its host (a foreign name that was made to lead here is refused), to bring the cookie that
only the address with the token gives, and, when it changes something, to come from a page of the app.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
"""The one address that the app listens on."""

_SAFE = frozenset({"GET", "HEAD"})
_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_NO_POLICY = "default-src 'none'; frame-ancestors 'none'"


class Guard:
    """ASGI middleware that lets nobody else through and adds the headers that every answer needs."""

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._origin = origin(port)
        # Browsers send a cookie to every port of a host: a name of its own keeps two apps apart.
        self._cookie = f"termcheck-{port}"
        self._hosts = {self._origin.removeprefix("http://"), f"{HOST}:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", _NO_POLICY)
            await send(message)

        answer = self._refuse(scope) or self._enter(scope) or self._stop_strangers(scope)
        await (answer or self._app)(scope, receive, send_guarded)

    def _refuse(self, scope: Scope) -> Response | None:
        """An answer to what does not come from a page of the app or from the address bar."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return _say(f"This is {self._origin}, and only to be reached by that address.", 421)
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return _say("Another website has sent you here, which it may not.", 403)
        if scope["method"] not in _SAFE and headers.getlist("origin") != [self._origin]:
            return _say("Only the page of this program may change something.", 403)
        return None

    def _enter(self, scope: Scope) -> Response | None:
        """The cookie for whoever knows the token, and the address without it."""
        if scope["path"] != "/" or scope["method"] not in _SAFE or not scope["query_string"]:
            return None
        (given,) = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[:1]
        if not self._is_token(given):
            return None
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _stop_strangers(self, scope: Scope) -> Response | None:
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(Headers(scope=scope).get("cookie", ""))
        except CookieError:
            cookies.clear()
        if self._cookie in cookies and self._is_token(cookies[self._cookie].value):
            return None
        return _say(
            "This page is only for whoever started termcheck. Open the whole address that it printed; when it was "
            "started again, that is a new one.",
            403,
        )

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self._token.encode())


def origin(port: int) -> str:
    """The app's address without a path, as browsers name it."""
    return f"http://{HOST}" if port == 80 else f"http://{HOST}:{port}"


def _say(text: str, status: int) -> Response:
    return PlainTextResponse(text + "\n", status)
