"""Kernels are run here, not only written: launches from recipes, and what the launches show.

`launch` runs one kernel from its recipe; `define_in`, `run` and `make_arguments` are its steps, for whoever launches
many. `try_all` launches by the hundred in processes of their own, so that a crash or a hang takes one kernel only.
"""

from warpsmith.verify.arguments import Arguments, make_arguments
from warpsmith.verify.launching import Live, Outcome, define_in, launch, outputs, perturb, run
from warpsmith.verify.trial import Trial, try_kernel
from warpsmith.verify.trials import Limits, try_all

__all__ = [
    "Arguments",
    "Limits",
    "Live",
    "Outcome",
    "Trial",
    "define_in",
    "launch",
    "make_arguments",
    "outputs",
    "perturb",
    "run",
    "try_all",
    "try_kernel",
]
