"""`warpsmith explore` as a command: its address, its end, and what it refuses."""

import re
import signal
import socket
from pathlib import Path

import httpx
import psutil
import pytest
from click.testing import CliRunner

from tests.cli.commands import run
from tests.explore.served import serving
from tests.explore.texts import ENDLESS, GOOD
from warpsmith.cli import main
from warpsmith.errors import PrerequisiteError, UsageError
from warpsmith.explore import serving as server_module


def test_it_starts_with_a_file_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(GOOD + "# </script>\n", encoding="utf-8")
    folder = tmp_path / "temporary"
    folder.mkdir()
    with serving(folder, str(file)) as served:
        page = httpx.get(f"{served.origin}/?token={served.token}", timeout=60)
        assert "factor * x[i]" in page.text
        assert "# </script>" not in page.text
        family = psutil.Process(served.process.pid).children(recursive=True)
        assert family
        assert served.end() == 130
        assert served.process.stderr is not None
        assert served.process.stderr.read().decode().strip() == "warpsmith: interrupted"
        assert served.process.stdout is not None
        assert served.process.stdout.read().decode() == "End with Ctrl-C.\n"
    psutil.wait_procs(family, 10)
    assert not any(process.is_running() for process in family)
    assert not any(folder.iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_it(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path, "--seconds", "300") as served:
        with pytest.raises(httpx.TimeoutException):
            httpx.post(
                f"{served.origin}/api/code",
                json={"text": ENDLESS},
                headers=served.headers(),
                timeout=httpx.Timeout(2.0),
            )
        family = psutil.Process(served.process.pid).children(recursive=True)
        served.process.send_signal(number)
        served.process.wait(60)
    psutil.wait_procs(family, 10)
    assert not any(process.is_running() for process in family)


def test_two_servers_have_two_tokens(tmp_path: Path) -> None:
    with serving(tmp_path) as one, serving(tmp_path) as other:
        assert one.token != other.token
        swapped = httpx.get(f"{one.origin}/?token={other.token}", timeout=60)
        assert swapped.status_code == 403


def test_a_chosen_port(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving(tmp_path, "--port", str(port)) as served:
        assert served.port == port
        refused = run("explore", "--no-browser", "--port", str(port))
    assert refused.returncode == 2
    assert f"port {port} cannot be used" in refused.stderr
    assert "use another one" in refused.stderr


def test_the_browser_is_opened_unless_told_not_to(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(
        server_module, "serve", lambda text, announce, **options: announce("http://127.0.0.1:1/?token=x")
    )
    assert CliRunner().invoke(main, ["explore", "--no-browser"]).output.startswith("http://127.0.0.1:1/?token=x\n")
    assert opened == []
    CliRunner().invoke(main, ["explore"])
    assert opened == ["http://127.0.0.1:1/?token=x"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "80"], "port is 80; use a number from 1024 to 65535"),
        (["--port", "70000"], "port is 70000"),
        (["--seconds", "0"], "seconds is 0; use a number from 0.5"),
        (["--seconds", "nan"], "seconds is nan"),
        (["--memory", "1"], "memory is 1; use a number of MiB from 256"),
        (["nothing.py"], "file 'nothing.py' cannot be read (No such file or directory)"),
    ],
)
def test_what_cannot_be_used_is_said(arguments: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        main.main(["explore", "--no-browser", *arguments], standalone_mode=False)


def test_a_file_that_is_no_text_or_too_long(tmp_path: Path) -> None:
    binary, long = tmp_path / "binary.py", tmp_path / "long.py"
    binary.write_bytes(b"\xff\xfe")
    long.write_text("x" * (1 << 18), encoding="utf-8")
    for file, said in ((binary, "no UTF-8"), (long, "has more than 128 KiB")):
        with pytest.raises(UsageError, match=said):
            main.main(["explore", "--no-browser", str(file)], standalone_mode=False)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(PrerequisiteError, match=r"pip install 'warpsmith\[explore\]'"):
        server_module.serve("", print)


def test_help_says_that_it_executes() -> None:
    assert "EXECUTED" in CliRunner().invoke(main, ["explore", "--help"]).output
