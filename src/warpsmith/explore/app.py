"""The application behind the guard: one page, and one address that answers questions."""

import asyncio
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from warpsmith.explore.answers import Answer, Question, Refusal
from warpsmith.explore.desk import BusyError, Desk
from warpsmith.explore.guard import App, Guard
from warpsmith.explore.page import rendered
from warpsmith.explore.runner import Runner

_LONGEST_NAME = 100


def application(runner: Runner, *, token: str, port: int, text: str = "") -> App:
    """Return the whole application, guarded: a page that starts with a text, and the answers of a runner."""
    desk = Desk(runner)

    async def page(request: Request) -> Response:
        return HTMLResponse(rendered(text, request.scope["nonce"]))

    async def code(request: Request) -> Response:
        try:
            question = msgspec.json.decode(await request.body(), type=Question)
        except msgspec.MsgspecError as error:
            return _json(Refusal(f"the body is no question: {error}"), 400)
        if len(question.page) > _LONGEST_NAME:
            return _json(Refusal(f"page has more than {_LONGEST_NAME} characters"), 400)
        try:
            task = desk.take(question)
        except BusyError:
            return _json(Refusal("too many texts wait already; try again"), 503)
        answered = await _answered(task, request)
        return _json(answered, 200) if answered else _json(Refusal("the page has asked something newer"), 409)

    routes = [Route("/", page, methods=["GET"]), Route("/api/code", code, methods=["POST"])]
    return Guard(Starlette(routes=routes), token=token, port=port)


async def _answered(task: "asyncio.Task[Answer]", request: Request) -> Answer | None:
    """Wait for an answer; None where the page does not want it any more."""
    gone = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        if not task.done():
            task.cancel()
    return task.result() if task.done() and not task.cancelled() else None


async def _left(request: Request) -> None:
    """Wait until the other side has gone."""
    message: Any = {"type": ""}
    while message["type"] != "http.disconnect":
        message = await request.receive()


def _json(value: msgspec.Struct, status: int) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")
