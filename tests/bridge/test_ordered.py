import os
import subprocess
import sys

CODE = '''
from warpsmith.extract import extract_source
from warpsmith.record import KernelSource

text = """import warp as wp


@wp.kernel
def count(x: wp.array[float], n: int):
    for alpha in range(2):
        for beta in range(2):
            for gamma in range(2):
                x[alpha + beta + gamma] = 1.0
    for j in range(n):
        alpha = j * 2
        beta = j * 3
        gamma = j * 4
        x[alpha + beta + gamma] = 1.0
"""
print(extract_source(KernelSource(text, "count", "", "", 1)).cpu.text)
'''


def test_counters_of_unrolled_loops_are_copied_in_the_same_order_in_every_process() -> None:
    texts = set()
    for seed in range(4):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-c", CODE]
        texts.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(texts) == 1
    assert "count_cpu_kernel_forward" in texts.pop()
