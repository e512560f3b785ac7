"""Serving the app on this machine until it is interrupted."""

from __future__ import annotations

import secrets
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from termcheck.errors import InputError
from termcheck.review.guard import HOST, Guard, origin

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp
    from uvicorn import Server

_PATIENCE = 2
"""Seconds that requests under way get when the app is stopped."""


class Place(NamedTuple):
    """Where the app is served: a socket that listens already, and the secret of its address."""

    socket: socket.socket
    port: int
    token: str

    @property
    def address(self) -> str:
        """What a browser is to open."""
        return f"{origin(self.port)}/?token={self.token}"


def find_place(port: int = 0) -> Place:
    """Take a port of this machine, any free one for 0. Raises ``InputError`` when it cannot be had."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            # A port that was used a moment ago is free; on Windows this would take it from another program.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        hint = "name another one with --port, or none for any that is free"
        raise InputError(f"port {port} cannot be used: {error.strerror or error}", hint) from None
    return Place(listener, listener.getsockname()[1], secrets.token_urlsafe(32))


def serve(app: ASGIApp, place: Place, ready: Callable[[], None]) -> None:
    """Answer requests until Ctrl-C (or SIGTERM); ``ready`` is called when the first can be answered."""
    # The server hands the interrupt on when it has stopped.
    with place.socket, suppress(KeyboardInterrupt):
        make_server(app, place, ready).run(sockets=[place.socket])


def make_server(app: ASGIApp, place: Place, ready: Callable[[], None]) -> Server:
    """A server of the guarded app at the place."""
    from uvicorn import Config, Server

    class _Server(Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    config = Config(
        Guard(app, token=place.token, port=place.port),
        http="h11",
        proxy_headers=False,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=_PATIENCE,
    )
    return _Server(config)
