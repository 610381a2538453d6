"""How long `warpsmith explore` takes: from the command to its address, to the first answer, and for the next ones.

``python -m benchmarks.exploring``; the requests go over HTTP as the page's do. Each next text is another one.
"""

import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from warpsmith.synth import generate_kernel

SCRIPT = str(Path(sys.executable).with_name("warpsmith"))
CATEGORIES = ("arithmetic", "loop", "matrix", "structs", "tile_elementwise")
ROUNDS = 20


def asked(address: str, text: str, *, ptx: bool = False) -> float:
    """Return the seconds that a text takes from request to answer; every kernel of it must have its code."""
    origin, _, token = address.partition("/?token=")
    headers = {"Origin": origin, "Content-Type": "application/json", "X-Warpsmith-Token": token}
    body = msgspec.json.encode({"text": text, "ptx": ptx})
    started = time.perf_counter()
    with urllib.request.urlopen(urllib.request.Request(f"{origin}/api/code", body, headers)) as response:
        answer: dict[str, Any] = msgspec.json.decode(response.read())
    taken = time.perf_counter() - started
    assert answer["problem"] is None, answer["problem"]
    assert all(kernel["problem"] is None for kernel in answer["kernels"])
    return taken


def main() -> None:
    """Start a server, ask it, print what it took."""
    started = time.perf_counter()
    server = subprocess.Popen([SCRIPT, "explore", "--no-browser"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = re.search(r"http\S+", server.stdout.readline())
        assert found
        address, up = found[0], time.perf_counter() - started
        texts = [generate_kernel(category, seed).python_source for seed in range(ROUNDS) for category in CATEGORIES]
        first, *rest = [asked(address, text) for text in texts]
        with_ptx = [asked(address, text, ptx=True) for text in texts[: len(CATEGORIES)]]
    finally:
        server.terminate()
        server.wait()
    print("| `warpsmith explore` | seconds |\n|---|---:|")
    print(f"| from the command to its address | {up:.2f} |")
    print(f"| the first answer | {first:.2f} |")
    print(f"| the next {len(rest)}, median | {median(rest):.3f} |")
    print(f"| the slowest of them | {max(rest):.3f} |")
    print(f"| with PTX, median | {median(with_ptx):.2f} |")


if __name__ == "__main__":
    main()
