"""forward-to-backward: the adjoint of a function, in reverse mode, as Warp writes it."""

from warpsmith.views.pieces import CODES, MADE_FOR, PYTHON, Code, backward, before, forward
from warpsmith.views.view import COMPILES_CPU, COMPILES_CUDA, GRADIENT, SELF_CONTAINED, Task, View

_WORDINGS = (
    "Write the adjoint of this kernel: the function in {made} that NVIDIA Warp generates as the backward pass of "
    "`{name}`.",
    "Differentiate the kernel `{name}` in reverse mode. Write its backward function in {made}, as NVIDIA Warp does.",
    "Below are a kernel for NVIDIA Warp and its forward function. What is the backward function of `{name}` in {made}?",
)


def _task(code: Code) -> Task:
    compiles = {"cpp": COMPILES_CPU, "cuda": COMPILES_CUDA}[code]
    wordings = tuple(wording.replace("{made}", MADE_FOR[code]) for wording in _WORDINGS)
    context = before(code)
    given = (PYTHON, context, forward(code))
    return Task(wordings, given, backward(code), (SELF_CONTAINED, compiles, GRADIENT), (context,))


FORWARD_TO_BACKWARD = View(
    "forward-to-backward",
    "the adjoint of a kernel, right in its gradient, from its forward function",
    {code: _task(code) for code in CODES},
    "target",
)
