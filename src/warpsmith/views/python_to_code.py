"""python-to-cpp and python-to-cuda: the code that Warp makes of a kernel."""

from warpsmith.views.pieces import MADE_FOR, PYTHON, Code, part
from warpsmith.views.view import COMPILES_CPU, COMPILES_CUDA, GRADIENT, SELF_CONTAINED, Task, View

_PARTS = {
    "forward": "the forward function of the kernel `{name}`, and nothing else",
    "backward": "the adjoint (backward) function of the kernel `{name}`, and nothing else",
    "whole": "the whole module of the kernel `{name}`: structs, functions, forward, backward and entry points",
}
_WORDINGS = (
    "Translate this NVIDIA Warp kernel to the {made} that Warp generates from it. Write {part}.",
    "What {made} does NVIDIA Warp make of the following kernel? Write {part}.",
    "Below is a Python kernel for NVIDIA Warp. Lower it to {made} as Warp does; answer with {part}.",
)


def _view(code: Code) -> View:
    compiles = {"cpp": COMPILES_CPU, "cuda": COMPILES_CUDA}[code]
    tasks = {}
    for name, words in _PARTS.items():
        # a completion with an adjoint in it claims that the adjoint is right
        gradient = () if name == "forward" else (GRADIENT,)
        wordings = tuple(wording.replace("{made}", MADE_FOR[code]).replace("{part}", words) for wording in _WORDINGS)
        tasks[name] = Task(wordings, (PYTHON,), part(code, name), (SELF_CONTAINED, compiles, *gradient))
    return View(f"python-to-{code}", f"the {MADE_FOR[code]} that Warp makes of a Python kernel", tasks, "part")


PYTHON_TO_CPP = _view("cpp")
PYTHON_TO_CUDA = _view("cuda")
