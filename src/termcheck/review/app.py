"""What the app answers: pages and data, made by its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from termcheck.review.page import page_policy

if TYPE_CHECKING:
    from starlette.requests import Request

    from termcheck.review.state import Review


def make_app(review: Review) -> Starlette:
    """The app without its guard."""

    async def page(_request: Request) -> Response:
        policy = f"{page_policy()}; frame-ancestors 'none'"
        return HTMLResponse(await run_in_threadpool(review.page), headers={"content-security-policy": policy})

    async def data(_request: Request) -> Response:
        return Response(await run_in_threadpool(review.data), media_type="application/json")

    return Starlette(
        routes=[
            Route("/", page, methods=["GET"]),
            Route("/api/data", data, methods=["GET"]),
        ]
    )
