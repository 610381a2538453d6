"""The security model, line by line, against the server that a user starts. docs/explore.md has the same lines."""

import json
import re
import socket
from contextlib import suppress

import httpx
import pytest

from tests.explore.served import Served
from tests.explore.texts import GOOD
from warpsmith.explore.guard import MOST_BODY

QUESTION = json.dumps({"text": GOOD}).encode()


def raw(server: Served, request: bytes) -> bytes:
    """Send bytes as they are, and return all that comes back until the server closes or has answered."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(request)
        received = b""
        while part := connection.recv(1 << 16):
            received += part
    return received


def raw_post(server: Served, *lines: str, body: bytes = QUESTION, length: bool = True) -> bytes:
    """Post to the API with just these header lines, and return the first line of what comes back."""
    head = ["POST /api/code HTTP/1.1", *lines, *([f"Content-Length: {len(body)}"] if length else [])]
    return raw(server, "\r\n".join([*head, "Connection: close", "", ""]).encode() + body)


def lines_of(server: Served, **changes: str | None) -> list[str]:
    return [f"{name}: {value}" for name, value in server.headers(**changes).items()]


def status(response: bytes) -> int:
    return int(response.split()[1])


def post(server: Served, content: bytes = QUESTION, /, **changes: str | None) -> httpx.Response:
    return httpx.post(f"{server.origin}/api/code", content=content, headers=server.headers(**changes), timeout=120)


def no_door_is_open(response: httpx.Response) -> bool:
    """Whether no header lets another site read it."""
    return not any(name.lower().startswith("access-control") for name in response.headers)


def test_the_page_itself_gets_in(server: Served) -> None:
    page = httpx.get(f"{server.origin}/?token={server.token}", timeout=60)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert post(server).status_code == 200
    assert post(server, Sec_Fetch_Site="same-origin").status_code == 200
    local = {"Host": f"localhost:{server.port}", "Origin": f"http://localhost:{server.port}"}
    assert post(server, **local).status_code == 200


def test_it_listens_on_loopback_only(server: Served) -> None:
    import psutil

    process = psutil.Process(server.process.pid)
    family = [process, *process.children(recursive=True)]
    listening = []
    for each in family:
        with suppress(psutil.NoSuchProcess):
            listening += [one.laddr for one in each.net_connections("inet") if one.status == psutil.CONN_LISTEN]
    assert [(place.ip, place.port) for place in listening] == [("127.0.0.1", server.port)]


def test_the_token_is_long_and_stands_in_no_page(server: Served) -> None:
    assert len(server.token) * 6 >= 128
    page = httpx.get(f"{server.origin}/?token={server.token}", timeout=60)
    assert server.token not in page.text
    assert server.token not in str(page.headers)


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token={0}x", "?token={0}&token={0}", "?TOKEN={0}"])
def test_the_page_is_for_those_who_have_the_token(server: Served, query: str) -> None:
    response = httpx.get(f"{server.origin}/{query.format(server.token)}", timeout=60)
    assert response.status_code == 403
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("refused: the token is missing or wrong")
    assert response.text.count("\n") == 1


def test_the_token_in_a_header_opens_no_page_and_that_of_the_address_no_api(server: Served) -> None:
    assert httpx.get(f"{server.origin}/", headers=server.headers(), timeout=60).status_code == 403
    headers = server.headers(X_Warpsmith_Token=None)
    response = httpx.post(f"{server.origin}/api/code?token={server.token}", content=QUESTION, headers=headers)
    assert response.status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"X_Warpsmith_Token": None},
        {"X_Warpsmith_Token": ""},
        {"X_Warpsmith_Token": "wrong"},
        {"Origin": "http://example.com"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://localhost:{port}"},
        {"Origin": "http://127.0.0.1:{port}.example.com"},
        {"Origin": None},
        {"Host": "example.com"},
        {"Host": "example.com:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Host": "LOCALHOST:{port}", "Origin": "http://LOCALHOST:{port}"},
        {"Host": "localhost.:{port}", "Origin": "http://localhost.:{port}"},
        {"Host": "127.0.0.1.:{port}"},
        {"Host": "127.1:{port}", "Origin": "http://127.1:{port}"},
        {"Host": "[::1]:{port}", "Origin": "http://[::1]:{port}"},
        {"Host": "evil@127.0.0.1:{port}"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
    ],
    ids=str,
)
def test_the_api_is_for_the_page_alone(server: Served, changes: dict[str, str | None]) -> None:
    filled = {name: value and value.replace("{port}", str(server.port)) for name, value in changes.items()}
    response = post(server, **filled)
    assert response.status_code == 403
    assert response.text.startswith("refused: ")
    assert no_door_is_open(response)


@pytest.mark.parametrize(
    "host", ["example.com", "example.com:{port}", "127.0.0.1:1", "LOCALHOST:{port}", "localhost.:{port}"]
)
@pytest.mark.parametrize("path", ["/?token={token}", "/api/code", "/favicon.ico?token={token}"])
def test_the_host_is_looked_at_on_every_route(server: Served, host: str, path: str) -> None:
    headers = {"Host": host.replace("{port}", str(server.port)), "X-Warpsmith-Token": server.token}
    response = httpx.get(server.origin + path.replace("{token}", server.token), headers=headers, timeout=60)
    assert response.status_code == 403
    assert "Host" in response.text


@pytest.mark.parametrize("origin", ["http://example.com", "null"])
def test_the_page_is_not_for_other_origins(server: Served, origin: str) -> None:
    response = httpx.get(f"{server.origin}/?token={server.token}", headers={"Origin": origin}, timeout=60)
    assert response.status_code == 403


@pytest.mark.parametrize(
    "kind",
    [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "text/plain; application/json", "application/json; charset=latin-1"],
)  # fmt: skip
def test_only_json_is_taken(server: Served, kind: str | None) -> None:
    response = post(server, Content_Type=kind)
    assert response.status_code == 415
    assert no_door_is_open(response)


def test_a_form_of_another_site_is_refused(server: Served) -> None:
    """What a browser sends for a form that another page submits: no token, another Origin, another type."""
    headers = {"Origin": "http://example.com", "Sec-Fetch-Site": "cross-site"}
    response = httpx.post(f"{server.origin}/api/code", data={"text": GOOD}, headers=headers, timeout=60)
    assert response.status_code == 403


@pytest.mark.parametrize("origin", ["http://example.com", None])
def test_a_preflight_opens_no_door(server: Served, origin: str | None) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-warpsmith-token"}
    response = httpx.options(f"{server.origin}/api/code", headers=server.headers(Origin=origin) | asks, timeout=60)
    assert response.status_code in (403, 405)
    assert no_door_is_open(response)
    own = httpx.options(f"{server.origin}/api/code", headers=server.headers() | asks, timeout=60)
    assert own.status_code == 405
    assert no_door_is_open(own)


@pytest.mark.parametrize("path", ["/", "/api/code", "/nothing", "/api/nothing"])
def test_every_response_has_the_headers(server: Served, path: str) -> None:
    for headers in ({}, server.headers()):
        for query in ("", f"?token={server.token}"):
            response = httpx.get(server.origin + path + query, headers=headers, timeout=60)
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["x-frame-options"] == "DENY"
            assert response.headers["referrer-policy"] == "no-referrer"
            assert response.headers["cross-origin-opener-policy"] == "same-origin"
            assert response.headers["cross-origin-resource-policy"] == "same-origin"
            assert response.headers["cache-control"] == "no-store"
            assert "server" not in response.headers
            assert "set-cookie" not in response.headers
            assert no_door_is_open(response)
            policy = dict(rule.partition(" ")[::2] for rule in response.headers["content-security-policy"].split("; "))
            assert policy["default-src"] == "'none'"
            assert policy["connect-src"] == "'self'"
            assert {policy[name] for name in ("frame-ancestors", "base-uri", "form-action")} == {"'none'"}
            assert "unsafe" not in str(policy)


def test_scripts_run_by_a_nonce_that_is_another_one_each_time(server: Served) -> None:
    nonces = set()
    for _ in range(3):
        page = httpx.get(f"{server.origin}/?token={server.token}", timeout=60)
        (nonce,) = set(re.findall(r"<script nonce=\"([^\"]+)\"", page.text))
        assert f"script-src 'nonce-{nonce}'" in page.headers["content-security-policy"]
        assert not re.findall(
            r"<script(?! nonce| type=\"application/json\")|\bon\w+=|style=\"|src=|href=\"http", page.text
        )
        nonces.add(nonce)
    assert len(nonces) == 3


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fpage.py", "//etc/passwd"]
)
def test_there_are_no_files_to_be_had(server: Served, path: str) -> None:
    request = f"GET {path}?token={server.token} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n"
    response = raw(server, request.encode())
    assert status(response) == 404
    assert b"root:" not in response


def test_a_host_that_is_absent_or_stands_twice(server: Served) -> None:
    own = lines_of(server)
    assert status(raw_post(server, *own)) == 200
    assert status(raw_post(server, *lines_of(server, Host=None))) in (400, 403)
    assert status(raw_post(server, *own, "Host: example.com")) == 400
    assert status(raw_post(server, "Host: example.com", *own)) == 400
    old = f"GET /?token={server.token} HTTP/1.0\r\n\r\n".encode()
    assert status(raw(server, old)) == 403


@pytest.mark.parametrize("name", ["Origin", "X-Warpsmith-Token", "Content-Type", "Sec-Fetch-Site"])
def test_other_headers_must_not_stand_twice(server: Served, name: str) -> None:
    own = lines_of(server, Sec_Fetch_Site="same-origin")
    (line,) = [line for line in own if line.startswith(f"{name}:")]
    assert status(raw_post(server, *own)) == 200
    assert status(raw_post(server, *own, line)) == 400


def test_a_body_that_is_too_long_is_refused(server: Served) -> None:
    long = json.dumps({"text": "x" * MOST_BODY}).encode()
    assert post(server, long).status_code == 413
    lying = lines_of(server)
    assert status(raw_post(server, *lying, f"Content-Length: {1 << 40}", body=b"{}", length=False)) == 413


def test_a_body_of_unknown_length_is_counted_while_it_comes(server: Served) -> None:
    chunk = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
    head = "\r\n".join(["POST /api/code HTTP/1.1", *lines_of(server), "Transfer-Encoding: chunked", "", ""]).encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        sent = 0
        try:
            connection.sendall(head)
            while sent < 64 * MOST_BODY:
                connection.sendall(chunk)
                sent += 0x1000
        except OSError:
            pass  # the server has closed it
        assert sent < 64 * MOST_BODY
    short = b"%x\r\n%b\r\n0\r\n\r\n" % (len(QUESTION), QUESTION)
    assert status(raw(server, head.replace(b"Transfer", b"Connection: close\r\nTransfer") + short)) == 200


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"text": 1}', b'{"text": "", "more": 1}', b'{"text": "\\ud800"}', b"\xff"]
)
def test_what_is_no_question_is_refused(server: Served, body: bytes) -> None:
    response = post(server, body)
    assert response.status_code == 400
    assert "no question" in response.json()["error"]


def test_there_are_no_websockets(server: Served) -> None:
    upgrade = [
        *lines_of(server), "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall("\r\n".join(["GET /api/code HTTP/1.1", *upgrade, "", ""]).encode())
        assert status(connection.recv(1 << 16)) == 405


def test_other_methods_are_refused(server: Served) -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH", "TRACE"):
        response = httpx.request(method, f"{server.origin}/api/code", headers=server.headers(), timeout=60)
        assert response.status_code == 405, method
    assert httpx.post(f"{server.origin}/?token={server.token}", headers=server.headers(), timeout=60).status_code == 405
