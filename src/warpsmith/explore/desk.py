"""Who is answered, and when: of each page the newest question only, a few at a time, and not too many waiting."""

import asyncio

from warpsmith.explore.answers import Answer, Question
from warpsmith.explore.runner import Runner

_AT_ONCE = 2
_MOST = 8


class BusyError(Exception):
    """Too many questions wait already."""


class Desk:
    """Takes questions in front of a runner."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._free = asyncio.Semaphore(_AT_ONCE)
        self._open: set[asyncio.Task[Answer]] = set()
        self._newest: dict[str, asyncio.Task[Answer]] = {}

    def take(self, question: Question) -> "asyncio.Task[Answer]":
        """Return the task that answers a question. It is cancelled when its page asks again, and may be by the caller.

        Raises:
            BusyError: too many wait.
        """
        page = question.page
        if page and page in self._newest:
            self._newest[page].cancel()
        if sum(not task.cancelling() for task in self._open) >= _MOST:
            raise BusyError
        task = asyncio.create_task(self._answer(question))
        self._open.add(task)
        if page:
            self._newest[page] = task
        task.add_done_callback(lambda done: self._forget(page, done))
        return task

    async def _answer(self, question: Question) -> Answer:
        async with self._free:
            return await self._runner.ask(question)

    def _forget(self, page: str, task: "asyncio.Task[Answer]") -> None:
        self._open.discard(task)
        if self._newest.get(page) is task:
            del self._newest[page]
