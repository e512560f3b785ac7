"""What the app answers: the page, its data, and what people do there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from termcheck.errors import TermcheckError
from termcheck.review.page import as_json, page_policy
from termcheck.review.refused import RefusedError
from termcheck.review.requests import choices_of, names_of, number_of, place_of, read_body, read_json, text_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from termcheck.review.state import Review

    Asked = Mapping[str, Any]


def make_app(review: Review) -> Starlette:
    """The app without its guard."""
    answers = _Answers(review)
    acts = {
        "decide": answers.decide,
        "undo": answers.undo,
        "forget": answers.forget,
        "name": answers.rename,
        "texts": answers.texts,
        "try": answers.try_texts,
        "save": answers.save_texts,
        "undo-texts": answers.undo_texts,
        "read": answers.read_again,
        "check": answers.check_all,
    }
    return Starlette(
        routes=[
            Route("/", answers.page, methods=["GET"]),
            Route("/api/data", answers.data, methods=["GET"]),
            Route("/api/state", answers.state, methods=["GET"]),
            Route("/api/progress", answers.progress, methods=["GET"]),
            Route("/open/{lang}.{name}", answers.export, methods=["GET"]),
            Route("/api/import", answers.bring_in, methods=["POST"]),
            *(Route(f"/api/{name}", _act(act), methods=["POST"]) for name, act in acts.items()),
        ],
        exception_handlers={RefusedError: _refuse, TermcheckError: _fail},
    )


MAX_FILE = 64 * 2**20
"""Bytes of a file of corrections."""

_FILES = {"xlf": ("xliff", "application/xliff+xml"), "csv": ("csv", "text/csv")}


class _Answers:
    def __init__(self, review: Review) -> None:
        self._review = review

    async def page(self, _request: Request) -> Response:
        policy = f"{page_policy()}; frame-ancestors 'none'"
        return HTMLResponse(await run_in_threadpool(self._review.page), headers={"content-security-policy": policy})

    async def data(self, _request: Request) -> Response:
        return Response(await run_in_threadpool(self._review.data), media_type="application/json")

    async def state(self, request: Request) -> Response:
        """The state, or nothing when the page has it: it asks every few seconds."""
        text = as_json(await run_in_threadpool(self._review.state))
        tag = f'"{hash(text):x}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        return Response(text, media_type="application/json", headers={"etag": tag})

    async def progress(self, _request: Request) -> Response:
        return Response(as_json(await run_in_threadpool(self._review.progress)), media_type="application/json")

    async def export(self, request: Request) -> Response:
        lang, name = request.path_params["lang"], request.path_params["name"]
        if lang not in self._review.languages() or name not in _FILES:
            raise RefusedError(404, "There is no such file.")
        form, kind = _FILES[name]
        text = await run_in_threadpool(self._review.worklist, lang, form)
        headers = {"content-disposition": f'attachment; filename="open-{lang}.{name}"'}
        return Response(text.encode("utf-8", "replace"), media_type=kind, headers=headers)

    async def bring_in(self, request: Request) -> Response:
        raw = await read_body(request, MAX_FILE)
        answer = await run_in_threadpool(self._review.bring_in, raw)
        state = await run_in_threadpool(self._review.state)
        return Response(as_json(answer | {"state": state}), media_type="application/json")

    def decide(self, asked: Asked) -> dict[str, Any]:
        number = self._review.choose(choices_of(asked))
        return {"undo": number, "state": self._review.state()}

    def undo(self, asked: Asked) -> dict[str, Any]:
        self._review.undo(number_of(asked, "undo"))
        return {"state": self._review.state()}

    def forget(self, asked: Asked) -> dict[str, Any]:
        number = self._review.forget(names_of(asked, "decisions"))
        return {"undo": number, "state": self._review.state()}

    def rename(self, asked: Asked) -> dict[str, Any]:
        self._review.rename(text_of(asked, "who"))
        return {"state": self._review.state()}

    def texts(self, asked: Asked) -> dict[str, Any]:
        return {"texts": self._review.texts(place_of(asked))}

    def try_texts(self, asked: Asked) -> dict[str, Any]:
        return {"effect": self._review.try_texts(place_of(asked), texts_of(asked))}

    def save_texts(self, asked: Asked) -> dict[str, Any]:
        saved = self._review.save_texts(place_of(asked), texts_of(asked))
        return {**saved, "state": self._review.state()}

    def undo_texts(self, asked: Asked) -> dict[str, Any]:
        self._review.undo_texts(number_of(asked, "undo"))
        return {"state": self._review.state()}

    def read_again(self, asked: Asked) -> dict[str, Any]:
        self._review.read_again(number_of(asked, "document"))
        return {"state": self._review.state()}

    def check_all(self, _asked: Asked) -> dict[str, Any]:
        self._review.check_all()
        return {"state": self._review.state()}


def _act(carry_out: Callable[[Asked], dict[str, Any]]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for something that is done with JSON and answered with JSON."""

    async def endpoint(request: Request) -> Response:
        asked = await read_json(request)
        answer = await run_in_threadpool(carry_out, asked)
        return Response(as_json(answer), media_type="application/json")

    return endpoint


async def _refuse(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)  # noqa: S101
    return JSONResponse({"message": error.message, "hint": error.hint}, error.status)


async def _fail(request: Request, error: Exception) -> Response:
    assert isinstance(error, TermcheckError)  # noqa: S101
    if request.url.path == "/":
        return PlainTextResponse(f"{error.message}\n{error.hint}\n", 500)
    return JSONResponse({"message": error.message, "hint": error.hint}, 500)
