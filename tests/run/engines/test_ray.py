"""The engine that works on a Ray cluster does what the local one does, whatever dies."""

import os
import re
import signal
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import NoReturn

import psutil
import pytest

from tests.cli.commands import content, run, start
from tests.run.engines.loopback import ADDRESS, RAY, only_loopback, short_folder, two_nodes, until
from warpsmith.errors import GenerationError, PrerequisiteError, UsageError
from warpsmith.run.engines.base import MAX_DEATHS, Setup

os.environ.update(RAY)  # Ray looks at some of it when it is imported
ray = pytest.importorskip("ray", reason="Ray is not installed; install warpsmith[ray]")

from warpsmith.run.engines.cluster import Cluster  # noqa: E402
from warpsmith.run.engines.ray import RayEngine  # noqa: E402
from warpsmith.run.engines.telling import TELL_SECONDS, RayCounters, Teller  # noqa: E402

ROOT = Path(__file__).parents[3]
JOB = ("generate", "-n", "600", "--shard-size", "30", "-c", "loop,math", "--verify", "none")


@pytest.fixture(scope="module")
def network() -> Iterator[None]:
    """A network without a way out, for Ray listens on all that there are."""
    try:
        with only_loopback(), pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{ROOT / 'src'}")
            yield
    except PermissionError:
        pytest.skip("Ray is tried in a network of its own, and making one takes root")


@pytest.fixture(scope="module")
def cluster(network: None) -> Iterator[None]:
    """A cluster of two cores that is there before an engine is, and stays when that is closed."""
    with short_folder() as folder:
        ray.init("local", num_cpus=2, object_store_memory=80 << 20, include_dashboard=False, _temp_dir=folder)
        yield
        ray.shutdown()


def nothing() -> None:
    pass


def square(number: int) -> int:
    return number * number


def refuse(number: int) -> NoReturn:
    raise UsageError(f"number {number}")


def die_once(path: str) -> int:
    """Die at the first call with a path, answer at the second."""
    if not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def die(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail_to_start() -> None:
    raise OSError(28, "No space left on device")


def wait_for_ever(path: str) -> None:
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)


def go_half_way(path: str) -> None:
    """Tell of five rows, wait for the file, tell of ten."""
    Teller().reach(3, 5)
    Teller().charge(3, {"gradient": 0.25})
    until(Path(path).exists)
    time.sleep(2 * TELL_SECONDS)
    Teller().reach(3, 10)
    Teller().charge(3, {"gradient": 0.5, "runs": 1.0})


@pytest.mark.usefixtures("cluster")
def test_every_task_is_done_once() -> None:
    with RayEngine(square, 0, Setup(nothing)) as engine:
        assert sorted(engine.run(range(9))) == [(number, number * number) for number in range(9)]
        assert sorted(engine.run([3])) == [(3, 9)]
        assert list(engine.run([])) == []


@pytest.mark.usefixtures("cluster")
def test_tasks_are_taken_when_there_is_room() -> None:
    taken = count()
    with RayEngine(square, 0, Setup(nothing)) as engine:
        assert len(list(islice(engine.run(taken), 8))) == 8
    assert next(taken) <= 8 + 4


@pytest.mark.usefixtures("cluster")
def test_what_a_task_or_the_setup_raises_is_raised_here() -> None:
    with RayEngine(refuse, 0, Setup(nothing)) as engine, pytest.raises(UsageError, match=r"^number 7$") as caught:
        list(engine.run([7]))
    assert caught.type is UsageError
    with RayEngine(square, 0, Setup(fail_to_start)) as engine, pytest.raises(OSError, match="No space"):
        list(engine.run([7]))


@pytest.mark.usefixtures("cluster")
def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in "abc"]
    with RayEngine(die_once, 0, Setup(nothing)) as engine:
        results = dict(engine.run(paths))
    assert sorted(results) == paths
    assert os.getpid() not in results.values()


@pytest.mark.usefixtures("cluster")
def test_a_task_that_keeps_killing_ends_the_job() -> None:
    with (
        RayEngine(die, 0, Setup(nothing)) as engine,
        pytest.raises(GenerationError, match=f"{MAX_DEATHS} workers died of the same task, the last by a crash"),
    ):
        list(engine.run([1, 2]))


@pytest.mark.usefixtures("cluster")
def test_an_interrupt_ends_workers_in_the_middle_of_a_task(tmp_path: Path) -> None:
    path = tmp_path / "pid"

    def stop() -> None:
        if path.exists() and path.read_text():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), RayEngine(wait_for_ever, 0, Setup(nothing)) as engine:
        list(engine.run([str(path)], stop))
    until(lambda: not psutil.pid_exists(int(path.read_text())))


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.usefixtures("cluster")
def test_workers_tell_how_far_they_are(tmp_path: Path, lost: bool) -> None:
    """In the middle of a task, unless what they tell is lost; at its end in any case."""
    counters, path = RayCounters(), tmp_path / "go"

    def watch() -> None:
        if lost:
            ray.kill(counters.inbox)
        if lost or counters.done == 5:
            path.touch()

    with RayEngine(go_half_way, 0, Setup(nothing), counters=counters) as engine:
        list(engine.run([str(path)], watch))
    assert counters.done == 10
    assert lost or counters.costs == {"runs": 1.0, "gradient": 0.75}


@pytest.mark.usefixtures("cluster")
def test_a_node_with_other_versions_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpsmith.run.engines.ray.versions", lambda: {"warpsmith": "9.9"})
    line = r"^node \S+ has warpsmith \S+; install warpsmith 9\.9 there$"
    with RayEngine(square, 0, Setup(nothing)) as engine, pytest.raises(PrerequisiteError, match=line):
        list(engine.run([7]))


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            "Version mismatch:\n    Ray: 2.9.0\n    Python: 3.9.1\n",
            r"\(Version mismatch: Ray: 2\.9\.0 Python: 3\.9\.1\); this",
        ),
        ("RPC error: InvalidAuthToken: Authentication token is missing", "wants a token; set RAY_AUTH_TOKEN to it$"),
    ],
)
def test_a_cluster_that_is_not_fit_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, said: str, line: str
) -> None:
    def init(**_: object) -> NoReturn:
        raise ConnectionError from RuntimeError(said)

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", init)
    with pytest.raises(PrerequisiteError, match=rf"^the Ray cluster at 'auto' .*{line}"):
        Cluster("auto", 0)


@pytest.mark.usefixtures("cluster")
def test_a_cluster_that_is_gone_ends_the_job_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("warpsmith.run.engines.cluster.silence", lambda *_: "refused")
    monkeypatch.setattr("warpsmith.run.engines.cluster.GONE_SECONDS", 2.0)
    engine = RayEngine(wait_for_ever, 0, Setup(nothing))
    with engine, pytest.raises(GenerationError, match=r"head of the cluster at .* is gone; finish with `--resume`"):
        list(engine.run([str(tmp_path / "pid")]))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes that two workers of this machine make."""
    folder = tmp_path_factory.mktemp("undisturbed") / "set"
    result = run(*JOB, "-o", folder, "--workers", "2")
    assert result.returncode == 0, result.stderr
    return content(folder)


@pytest.mark.usefixtures("network")
def test_a_node_that_dies_costs_its_shards_only(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    """Two nodes on one machine, one of them killed in the middle of the job."""
    folder = tmp_path / "set"
    with two_nodes(tmp_path) as (_, second):
        process = start(*JOB, "-o", folder, "--engine", "ray", "--address", ADDRESS)
        until(lambda: process.poll() is not None or (begun(folder) and second.is_at_work()))
        second.kill()
        assert process.poll() is None
        stdout, stderr = process.communicate(timeout=300)
    assert process.returncode == 0, stderr
    assert content(folder) == undisturbed
    expected = re.compile("replacing|[0-9,]+ of 600 kernels, |600 kernels in [0-9,]+ clusters")
    assert all(expected.match(line) for line in stderr.splitlines())
    assert "raylet" not in stdout


def begun(folder: Path) -> bool:
    return len(list(folder.glob(".warpsmith/shards/*.json"))) >= 3
