"""Texts that people paste: good ones, wrong ones, and ones that do harm."""

GOOD = """import warp as wp


@wp.kernel
def scale(x: wp.array[float], factor: float):
    i = wp.tid()
    x[i] = factor * x[i]
"""

ENDLESS = "import warp as wp\n\nx = 0\nwhile True:\n    x += 1\n"

HARMFUL = {
    "memory bomb": ("hoard = []\nwhile True:\n    hoard.append(bytes(1 << 26))\n", "memory", 3),
    "flood": ("while True:\n    print('x' * 1000)\n", "output", None),
    "sys.exit": ("import sys\n\nsys.exit(3)\n", "exit", 3),
    "os._exit": ("import os\n\nos._exit(3)\n", "exit", None),
    "abort": ("import os\n\n\nos.abort()\n", "crash", 4),
    "segmentation fault": ("import ctypes\n\nctypes.string_at(0)\n", "crash", 3),
    "kill itself": ("import os\nos.kill(os.getpid(), 9)\n", "crash", None),
}
"""Text, stage and line of what ends badly by itself."""

SPAWNING = """import os
import time

for _ in range(150):
    if os.fork() == 0:
        time.sleep(120)
        os._exit(0)
time.sleep(120)
"""
"""A bounded fork bomb: more processes than a text may have."""

ORPHAN = """import os
import signal
import time

signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print("MARK", flush=True)
        time.sleep(120)
    os._exit(0)
os.wait()
"""
"""Leaves a process behind that has nothing to do with it any more and does not hear the usual signals."""

THREADS = """import threading
import time

for _ in range(3):
    threading.Thread(target=time.sleep, args=(120,)).start()
"""

KILLS_PARENT = "import os\nimport time\nos.kill(os.getppid(), 9)\ntime.sleep(0.5)\n"
