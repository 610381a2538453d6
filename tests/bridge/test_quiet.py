"""Nothing that Warp says reaches the terminal; it is all in the log."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from warpsmith import bridge
if len(sys.argv) > 1:
    bridge.log_to(Path(sys.argv[1]))
text = '''import warp as wp
@wp.func
def square(x: float):
    return x * x
@wp.kernel
def slopes(out: wp.array[float]):
    i = wp.tid()
    out[i] = wp.grad(square)(float(i))
'''
definition = bridge.define(text, "slopes")
with bridge.build(definition.kernel) as built:
    built.generate("cpu")
bridge.release(definition)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=True)


def test_warp_is_silent() -> None:
    result = run()
    assert (result.stdout, result.stderr) == ("", "")


def test_what_it_says_is_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "warp.log"
    result = run(str(log))
    assert (result.stdout, result.stderr) == ("", "")
    said = log.read_text(encoding="utf-8")
    assert "INFO Warp 1.19" in said
    assert 'WARNING grad() call for function "square"' in said
