"""cuda-to-python and cpp-to-python: the kernel that generated code came from."""

from warpsmith.views.pieces import MADE_FOR, PYTHON, Code, up_to_forward
from warpsmith.views.view import COMPILES_CPU, COMPILES_CUDA, SELF_CONTAINED, Task, View

_WORDINGS = (
    "NVIDIA Warp generated this {made} from a Python kernel. Write the Python: a whole text that defines `{name}`.",
    "Which Python kernel for NVIDIA Warp is this {made} made of? Write a self-contained text that defines `{name}`.",
    "Raise this {made}, which NVIDIA Warp generated, to the Python kernel `{name}`, with all that it needs.",
)


def _view(code: Code) -> View:
    compiles = {"cpp": COMPILES_CPU, "cuda": COMPILES_CUDA}[code]
    wordings = tuple(wording.replace("{made}", MADE_FOR[code]) for wording in _WORDINGS)
    task = Task(wordings, (up_to_forward(code),), PYTHON, (SELF_CONTAINED, compiles))
    return View(f"{code}-to-python", f"a Python kernel of which Warp makes the given {MADE_FOR[code]}", {"": task})


CUDA_TO_PYTHON = _view("cuda")
CPP_TO_PYTHON = _view("cpp")
