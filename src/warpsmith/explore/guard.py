"""Nobody but the page that was opened gets in: every request goes through here first, and every response last.

There is one place for it, around the whole application, so that no route can forget it. What each check is for stands
in docs/explore.md.
"""

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

TOKEN_HEADER = "X-Warpsmith-Token"
API = "/api/"
MOST_BODY = 256 << 10
_BODY_SECONDS = 10.0

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"cache-control": b"no-store",
}


def policy(nonce: str) -> str:
    """Return the content security policy of a response: only what carries the nonce is run or styles anything."""
    rules = ("script-src 'nonce-{}'", "style-src 'nonce-{}'", "connect-src 'self'", "img-src data:")
    nothing = ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
    return "; ".join(("default-src 'none'", *(rule.format(nonce) for rule in rules), *nothing))


class RefusedError(Exception):
    """A request that may not go on: the status and one line that says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Guard:
    """The application behind its checks. The scope of what passes has the nonce of its response: ``scope["nonce"]``."""

    def __init__(self, app: App, *, token: str, port: int) -> None:
        self._app = app
        self._token = token.encode()
        self._hosts = frozenset(f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request and hand it on, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close"})
            return
        nonce = secrets.token_urlsafe(16)
        sealed = _sealed(send, nonce)
        try:
            self._check(scope)
            if scope["method"] == "POST":
                receive = _replayed(await _body(scope, receive), receive)
        except RefusedError as error:
            await _refuse(sealed, error)
            return
        await self._app({**scope, "nonce": nonce}, receive, sealed)

    def _check(self, scope: Scope) -> None:
        """Raise RefusedError unless the request comes from the page that was opened."""
        host = _only(scope, b"host")
        if host not in self._hosts:
            raise RefusedError(403, "the Host is not this server")
        origin = _only(scope, b"origin")
        if origin is not None and origin != b"http://" + host:
            raise RefusedError(403, "the Origin is not this server")
        is_api = scope["path"].startswith(API)
        if is_api and _only(scope, b"sec-fetch-site") not in (None, b"same-origin"):
            raise RefusedError(403, "the request comes from another site")
        token = _only(scope, TOKEN_HEADER.lower().encode()) if is_api else _token_of_query(scope)
        if token is None or not hmac.compare_digest(token, self._token):
            raise RefusedError(403, "the token is missing or wrong; open the address that `warpsmith explore` printed")
        if scope["method"] != "POST":
            return
        if origin is None:
            raise RefusedError(403, "the Origin is missing")
        if not _is_json(_only(scope, b"content-type")):
            raise RefusedError(415, "the Content-Type is not application/json")


def _only(scope: Scope, name: bytes) -> bytes | None:
    """Return the value of a header, None where it is absent; raises RefusedError where it stands twice."""
    values = [value for key, value in scope["headers"] if key.lower() == name]
    if len(values) > 1:
        raise RefusedError(400, f"the header {name.decode()} stands there twice")
    return bytes(values[0]) if values else None


def _token_of_query(scope: Scope) -> bytes | None:
    try:
        values = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=8).get("token", [])
    except ValueError:
        return None
    return values[0].encode() if len(values) == 1 else None


def _is_json(content_type: bytes | None) -> bool:
    kind, _, parameter = (content_type or b"").lower().partition(b";")
    return kind.strip() == b"application/json" and parameter.strip() in (b"", b"charset=utf-8")


async def _body(scope: Scope, receive: Receive) -> bytes:
    """Read the body of a request, whatever it says of its length, and no more than there may be."""
    too_long = RefusedError(413, f"the body has more than {MOST_BODY >> 10} KiB")
    length = _only(scope, b"content-length") or b"0"
    if not length.isdigit() or len(length) > 12 or int(length) > MOST_BODY:
        raise too_long
    body, more = b"", True
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RefusedError(400, "the request breaks off")
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > MOST_BODY:
                    raise too_long
    except TimeoutError:
        raise RefusedError(408, "the body does not come") from None
    return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return what gives the body that was read, and after it what comes."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay


def _sealed(send: Send, nonce: str) -> Send:
    """Return what sends a response with our headers, and with none that lets other sites in."""
    ours = _HEADERS | {b"content-security-policy": policy(nonce).encode()}

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message.get("headers", []) if not _is_ours(pair[0].lower())]
            message = {**message, "headers": [*kept, *ours.items()]}
        await send(message)

    def _is_ours(name: bytes) -> bool:
        return name in ours or name == b"set-cookie" or name.startswith(b"access-control-")

    return sealed


async def _refuse(send: Send, error: RefusedError) -> None:
    text = f"refused: {error}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send(
        {"type": "http.response.start", "status": error.status, "headers": [*headers, (b"connection", b"close")]}
    )
    await send({"type": "http.response.body", "body": text})
