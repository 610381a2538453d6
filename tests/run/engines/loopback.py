"""A network of our own that has nothing but loopback, and Ray nodes in it: they listen on every interface there is."""

import ctypes
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

_CLONE_NEWNET = 0x40000000
_SIOCSIFFLAGS = 0x8914
_UP_AND_RUNNING = 0x41
ADDRESS = "127.0.0.1:6379"
RAY = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "7" * 64}


@contextmanager
def only_loopback() -> Iterator[None]:
    """Move this thread, and all that it starts, into a new network; raises OSError where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    before = os.open("/proc/self/ns/net", os.O_RDONLY)
    try:
        if libc.unshare(_CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        with socket.socket() as any_socket:
            fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _UP_AND_RUNNING))
        yield
    finally:
        libc.setns(before, _CLONE_NEWNET)
        os.close(before)


@contextmanager
def short_folder() -> Iterator[str]:
    """Make a folder for Ray's sockets, whose paths may not be long."""
    folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Node:
    """A node of a cluster: the command that keeps it, and everything below."""

    def __init__(self, *arguments: str, ip: str, log: Path) -> None:
        command = [str(Path(sys.executable).with_name("ray")), "start", "--block", "--disable-usage-stats", *arguments]
        with log.open("wb") as file:
            options = ["--num-cpus=1", "--object-store-memory=80000000", f"--node-ip-address={ip}"]
            self.process = subprocess.Popen([*command, *options], stdout=file, stderr=file)

    def tree(self) -> list[psutil.Process]:
        """Return the processes of the node that are there."""
        try:
            return [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def is_at_work(self) -> bool:
        """Tell whether a worker of the node is doing a task of ours; Ray gives it the name of the task."""
        for process in self.tree():
            with suppress(psutil.Error):
                if any("ray::perform" in word for word in process.cmdline()):
                    return True
        return False

    def kill(self) -> None:
        """End the node as a power cut would."""
        for process in self.tree():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()


@contextmanager
def two_nodes(logs: Path) -> Iterator[tuple[Node, Node]]:
    """Start a head and a second node, with a core each, and end what is left of them."""
    nodes = []
    with short_folder() as folder, short_folder() as other:
        try:
            nodes.append(Node("--head", "--port=6379", f"--temp-dir={folder}", ip="127.0.0.1", log=logs / "head"))
            until(lambda: answers(6379))
            nodes.append(Node(f"--address={ADDRESS}", f"--temp-dir={other}", ip="127.0.0.2", log=logs / "second"))
            until(lambda: "Ray runtime started" in (logs / "second").read_text())
            yield nodes[0], nodes[1]
        finally:
            for node in nodes:
                node.kill()


def answers(port: int) -> bool:
    """Tell whether somebody listens."""
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    return False


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
