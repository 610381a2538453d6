"""What a text may do to its process ends in a message, and the server goes on."""

import os
import time
from pathlib import Path

import psutil
import pytest

from tests.explore.served import Served
from tests.explore.texts import ENDLESS, GOOD, HARMFUL, KILLS_PARENT, ORPHAN, SPAWNING, THREADS


def goes_on(server: Served) -> bool:
    """Whether the server still answers."""
    answer = server.answer(GOOD)
    return answer["problem"] is None and answer["kernels"][0]["cpu"] is not None


def family(server: Served) -> list[psutil.Process]:
    """Return what runs below the server."""
    return psutil.Process(server.process.pid).children(recursive=True)


def comes_to_rest(server: Served) -> bool:
    """Whether all that a text started is gone, soon: then there is the template, and nobody else."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if len(family(server)) == 1 and not list(server.folder.glob("*/text-*")):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("name", HARMFUL)
def test_harm_ends_in_a_message(server: Served, name: str) -> None:
    text, stage, line = HARMFUL[name]
    problem = server.answer(text)["problem"]
    assert (problem["stage"], problem["line"]) == (stage, line)
    assert goes_on(server)
    assert comes_to_rest(server)


def test_an_endless_loop_ends_in_a_message_on_its_line(server: Served) -> None:
    problem = server.answer(ENDLESS)["problem"]
    assert (problem["stage"], problem["reason"]) == ("time", "it does not end in time")
    assert problem["line"] in (4, 5)
    assert goes_on(server)
    assert comes_to_rest(server)


def test_too_many_processes_end_in_a_message(server: Served) -> None:
    answer = server.answer(SPAWNING)
    # the limit of the system stops users before the keeper has counted
    assert answer["problem"]["stage"] in ("processes", "define")
    assert goes_on(server)
    assert comes_to_rest(server)


@pytest.mark.parametrize("text", [ORPHAN, THREADS, KILLS_PARENT])
def test_nothing_is_left_behind(server: Served, text: str) -> None:
    answer = server.answer(text)
    assert answer["problem"]["stage"] in ("empty", "crash")
    assert goes_on(server)
    assert comes_to_rest(server)


def test_a_copy_of_the_process_does_not_answer(server: Served) -> None:
    answer = server.answer(GOOD + "\n\nimport os\n\nos.fork()\n")
    assert answer["problem"] is None
    assert [kernel["name"] for kernel in answer["kernels"]] == ["scale"]


def test_output_is_kept_and_cut(server: Served) -> None:
    answer = server.answer(GOOD + "\n\nimport os\nprint('é' * 10)\nos.system('echo from a child')\n")
    assert answer["output"].splitlines() == ["from a child", "é" * 10]
    assert not answer["output_cut"]
    longer = server.answer(GOOD + "\n\nprint('x' * 100_000)\n")
    assert (longer["problem"], longer["output"], longer["output_cut"]) == (None, "x" * 65536, True)


def test_a_text_that_writes_into_the_pipe_of_its_answer(server: Served) -> None:
    text = (
        "import os\n\nfor number in range(3, 64):\n    try:\n        os.write(number, b'{\"kernels\": 1}\\n')\n"
        "    except OSError:\n        pass\n"
    )
    assert server.answer(text)["problem"]["stage"] in ("fault", "crash", "exit")
    assert goes_on(server)


def test_a_text_sees_no_secrets_and_writes_nowhere_else(server: Served, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mine"
    text = f"""import os
from pathlib import Path

print(sorted(os.environ))
print(Path.home() == Path.cwd())
print(os.getppid(), os.listdir("."))
Path("here").write_text("allowed")
Path({str(elsewhere)!r}).write_text("forbidden where the system has Landlock")
"""
    answer = server.answer(text)
    names, at_home, _ = answer["output"].splitlines()
    assert "TOKEN" not in names.upper()
    assert "SECRET_OF_TEST" not in names
    assert "'CUDA_VISIBLE_DEVICES'" in names
    assert at_home == "True"
    assert comes_to_rest(server)
    assert elsewhere.exists() == (answer["problem"]["stage"] == "empty")


def test_another_template_takes_the_place_of_one_that_died(server: Served) -> None:
    assert comes_to_rest(server)
    (template,) = family(server)
    template.kill()
    assert goes_on(server)
    assert comes_to_rest(server)
    (another,) = family(server)
    assert another.pid != template.pid


def test_of_a_page_only_the_newest_question_is_answered(server: Served) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor() as pool:
        older = [pool.submit(server.ask, ENDLESS, page="typing") for _ in range(3)]
        time.sleep(0.5)
        newest = server.ask(GOOD, page="typing")
        assert newest.status_code == 200
        assert newest.json()["problem"] is None
        assert {one.result().status_code for one in older} == {409}
    assert comes_to_rest(server)


def test_what_nobody_waits_for_is_ended(server: Served) -> None:
    import httpx

    with pytest.raises(httpx.TimeoutException):
        httpx.post(
            f"{server.origin}/api/code", json={"text": ENDLESS}, headers=server.headers(), timeout=httpx.Timeout(1.0)
        )
    assert comes_to_rest(server)


def test_too_many_waiting_questions_are_refused(server: Served) -> None:
    from concurrent.futures import ThreadPoolExecutor

    sleeping = "import time\ntime.sleep(2)\n"
    with ThreadPoolExecutor(12) as pool:
        codes = [one.result().status_code for one in [pool.submit(server.ask, sleeping) for _ in range(12)]]
    assert set(codes) == {200, 503}
    assert codes.count(200) == 8
    assert goes_on(server)


def test_this_test_process_is_none_of_theirs(server: Served) -> None:
    """A text cannot name processes outside, where the system gives it a world of its own."""
    answer = server.answer(f"import os\n\nprint(os.getpid())\nos.kill({os.getpid()}, 0)\n")
    alone = int(answer["output"]) < 10
    assert answer["problem"]["stage"] == ("define" if alone else "empty")
