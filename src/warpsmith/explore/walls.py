"""What a process may no longer do: limits that are always there, and walls that the system may not grant.

The limits stop accidents: memory, processor time, processes, sizes of files. The walls are namespaces, in which there
are no other processes and no network, and Landlock, under which nothing can be written but in one folder. No special
rights are needed for them on most systems; where one cannot be had, things go on without it.
"""

import ctypes
import os
import resource
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

MIB = 1 << 20
_SLACK = 64 * MIB
"""What there is beyond the limit of memory, to tell that it was reached."""

_MOST_PROCESSES = 64
_MOST_OPEN = 256
_LARGEST_FILE = 256 * MIB

_PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 36, 38
_NEW_IPC, _NEW_USER, _NEW_PID, _NEW_NET = 0x08000000, 0x10000000, 0x20000000, 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION, _LANDLOCK_BENEATH = 1, 1
_WRITE_FILE, _REFER, _TRUNCATE = 1 << 1, 1 << 13, 1 << 14
_WRITES = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))
"""Writing into, removing and making of whatever kind."""


class Limits(msgspec.Struct, frozen=True):
    """How long a text may take, from the start of its process, and how much memory each of its processes."""

    seconds: float = 10.0
    memory_mib: int = 2048


def limit(limits: Limits) -> None:
    """Limit this process for good, and what it starts."""
    processor = int(limits.seconds) + 2
    memory = _mapped() + limits.memory_mib * MIB
    _lower(resource.RLIMIT_AS, memory, memory + _SLACK)
    _lower(resource.RLIMIT_CPU, processor, processor + 1)
    _lower(resource.RLIMIT_NPROC, _processes() + _MOST_PROCESSES)
    _lower(resource.RLIMIT_FSIZE, _LARGEST_FILE)
    _lower(resource.RLIMIT_NOFILE, _MOST_OPEN)
    _lower(resource.RLIMIT_CORE, 0)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def relieve() -> None:
    """Give back the slack of memory, so that an error can be told after the limit was reached."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def adopt_orphans() -> None:
    """Become the parent of what this process's descendants leave behind."""
    _libc().prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def enter_namespaces() -> bool:
    """Cut this process off from the network, and its future children from all other processes.

    Returns whether that was granted. The first child is then the first process of its world: when it ends, so do all.
    """
    flags = _NEW_PID | _NEW_NET | _NEW_IPC
    if _libc().unshare(flags) == 0:
        return True
    user, group = os.geteuid(), os.getegid()
    if _libc().unshare(flags | _NEW_USER) != 0:
        return False
    with suppress(OSError):
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    return True


def write_only_in(folder: str) -> bool:
    """Forbid this process to write anywhere but in a folder and to the null device; return whether that was granted."""
    version = _system_call(_LANDLOCK_CREATE, None, 0, _LANDLOCK_VERSION)
    if version < 1:
        return False
    handled = _WRITES | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    attributes = struct.pack("=Q", handled)
    rules = _system_call(_LANDLOCK_CREATE, attributes, len(attributes), 0)
    if rules < 0:
        return False
    try:
        for path, rights in ((folder, handled), (os.devnull, handled & (_WRITE_FILE | _TRUNCATE))):
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            _system_call(_LANDLOCK_ADD, rules, _LANDLOCK_BENEATH, struct.pack("=Qi", rights, place), 0)
            os.close(place)
        _libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return _system_call(_LANDLOCK_RESTRICT, rules, 0) == 0
    finally:
        os.close(rules)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _system_call(number: int, *arguments: Any) -> int:
    wide = [ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments]
    return int(_libc().syscall(ctypes.c_long(number), *wide))


def _lower(which: int, soft: int, hard: int | None = None) -> None:
    """Set a limit, but never above what it is."""
    most = resource.getrlimit(which)[1]
    wanted = [soft, soft if hard is None else hard]
    if most != resource.RLIM_INFINITY:
        wanted = [min(value, most) for value in wanted]
    with suppress(ValueError, OSError):
        resource.setrlimit(which, (wanted[0], wanted[1]))


def _mapped() -> int:
    """Return how many bytes of addresses this process uses."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 4096 * MIB
    return pages * resource.getpagesize()


def _processes() -> int:
    """Return how many processes and threads the user of this process has: the system's limit counts them all."""
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if folder.stat().st_uid == os.getuid():
                count += sum(1 for _ in (folder / "task").iterdir())
    return count
