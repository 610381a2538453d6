"""description-to-python: a kernel that does what a description says."""

from warpsmith.views.pieces import DESCRIPTION, PYTHON, SKELETON
from warpsmith.views.view import RUNS, SELF_CONTAINED, Task, View

_WORDINGS = (
    "Write a kernel for NVIDIA Warp, `{name}`, that does the following.",
    "Implement the Python kernel `{name}` for NVIDIA Warp by this description.",
    "Complete the NVIDIA Warp kernel `{name}`, so that it does what is described here.",
)

DESCRIPTION_TO_PYTHON = View(
    "description-to-python",
    "a kernel that runs, from a description in plain English",
    {"": Task(_WORDINGS, (DESCRIPTION, SKELETON), PYTHON, (SELF_CONTAINED, RUNS))},
)
