"""cpp-to-cuda: the same kernel for the other target."""

from warpsmith.views.pieces import part
from warpsmith.views.view import COMPILES_CPU, COMPILES_CUDA, GRADIENT, Task, View

_PARTS = {
    "forward": "forward function of the kernel `{name}`",
    "backward": "adjoint (backward) function of the kernel `{name}`",
    "whole": "module of the kernel `{name}`",
}
_WORDINGS = (
    "This is the {part}, in the C++ that NVIDIA Warp generates for the CPU. Write the same in Warp's CUDA.",
    "Port the {part} from Warp's C++ for the CPU to the CUDA that NVIDIA Warp generates.",
    "NVIDIA Warp made this C++ for the CPU; it is the {part}. What is it in the CUDA that Warp makes?",
)


def _task(name: str) -> Task:
    wordings = tuple(wording.replace("{part}", _PARTS[name]) for wording in _WORDINGS)
    gradient = () if name == "forward" else (GRADIENT,)
    return Task(wordings, (part("cpp", name),), part("cuda", name), (COMPILES_CPU, COMPILES_CUDA, *gradient))


CPP_TO_CUDA = View(
    "cpp-to-cuda",
    "the CUDA that Warp makes of a kernel, from the C++ that it makes of the same",
    {name: _task(name) for name in _PARTS},
    "part",
)
